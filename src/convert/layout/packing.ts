import { lenses, type Path } from '../../resources/registry.js';
import { BETWEEN, frameSize } from './body.js';
import { PATHS, type Payloads } from './payloads.js';
import { BULK } from './uploadForm.js';

/** Where a payload stands among the bodies: their numbers are in sending order, from 1, and so are its lines. */
export interface BodyPlace {
  readonly body: number;
  readonly line: number;
}

/** Which payloads stand in which bodies. */
export interface Packing {
  /** The most bytes of a body. */
  readonly maxBody: number;
  /** How many bodies there are. */
  readonly bodies: number;
  readonly byPath: { readonly [P in Path]?: number };
  /** Begins to tell where payloads stand, which are asked for in the order of the input: all, or all of a path. */
  places(): (payload: number) => BodyPlace;
}

/**
 * Fills bodies with payloads: those of a wave and a path in the order of the input, one body after the other. A body is full
 * where the next payload would take it over 10,000 records or `maxBody` bytes; no payload may be larger than that by itself.
 * Numbers the bodies by wave, in a wave by path. Takes linear time, and no memory for each payload.
 */
export function pack(payloads: Payloads, maxBody: number): Packing {
  const { count, order } = payloads;
  const bodiesOf = new Uint32Array(order.waves * PATHS.length);
  const filling = fill(payloads, maxBody);
  for (let payload = 0; payload < count; payload += 1) {
    if (payloads.pathOf(payload) === undefined) continue;
    const { group, body } = filling(payload);
    bodiesOf[group] = body;
  }
  const first = new Uint32Array(bodiesOf.length);
  const byPath: { [P in Path]?: number } = {};
  let bodies = 0;
  for (const [group, of] of bodiesOf.entries()) {
    first[group] = bodies;
    bodies += of;
    const path = PATHS[group % PATHS.length];
    if (path !== undefined && of > 0) byPath[path] = (byPath[path] ?? 0) + of;
  }
  return {
    maxBody,
    bodies,
    byPath,
    places() {
      const again = fill(payloads, maxBody);
      return (payload) => {
        const { group, body, line } = again(payload);
        return { body: (first[group] ?? 0) + body, line };
      };
    },
  };
}

/** Tells of one payload after the other in which body of its wave and path it stands, from 1. */
function fill(
  { order, pathOf, sizeOf }: Payloads,
  maxBody: number,
): (payload: number) => BodyPlace & { readonly group: number } {
  const groups = order.waves * PATHS.length;
  const bodies = new Uint32Array(groups);
  const lines = new Uint32Array(groups);
  const sizes = new Uint32Array(groups);
  return (payload) => {
    const path = pathOf(payload);
    if (path === undefined) throw new RangeError('There is no such payload.');
    const group = order.waveOf(payload) * PATHS.length + PATHS.indexOf(path);
    const records = lines[group] ?? 0;
    const size = sizeOf(payload);
    const together = (sizes[group] ?? 0) + BETWEEN.length + size;
    const isFull = records === 0 || records === BULK.records || together > maxBody;
    const body = (bodies[group] ?? 0) + (isFull ? 1 : 0);
    const line = isFull ? 1 : records + 1;
    bodies[group] = body;
    lines[group] = line;
    sizes[group] = isFull ? frameSize(lenses[path].resourceType) + size : together;
    return { group, body, line };
  };
}
