import { isPath } from '../../read/payloadPath.js';
import { RESIDUES, recordFile, SOURCES } from '../../read/runFiles.js';
import { lenses, type Path } from '../../resources/registry.js';
import type { Outputs } from '../outputFolder.js';
import { BETWEEN, bodyFrame, inBody } from './body.js';
import type { At, Layout } from './layOut.js';
import { PATHS, type Payloads } from './payloads.js';

/**
 * Gives each payload its wave in `sources.ndjson`, and puts the payloads where they are to stand. Reads the outputs line by
 * line; flat in memory.
 * @throws the signal's reason.
 */
export async function arrange(
  outputs: Outputs,
  payloads: Payloads,
  layout: Layout,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (payloads.count === 0) return;
  const { order } = payloads;
  const run = { outputs, payloads, layout, signal };
  await rewrite(run, SOURCES, (payload) => {
    const places = { cut: order.cutOf, toRejected: order.rejectedOf, outside: order.outsideOf };
    const more = Object.entries(places).map(([key, of]) => listed(key, of(payload)));
    const known = payloads.isKnown(payload) ? ',"known":true' : '';
    return `,"wave":${order.waveOf(payload)}${known}${more.join('')}`;
  });
  if (layout.isPlain) return;
  await rewrite(run, RESIDUES, () => '');
  for (const path of PATHS) await move(run, path);
}

const listed = (key: string, elements: readonly string[]): string =>
  elements.length === 0 ? '' : `,"${key}":${JSON.stringify(elements)}`;

interface Run {
  readonly outputs: Outputs;
  readonly payloads: Payloads;
  readonly layout: Layout;
  readonly signal: AbortSignal | undefined;
}

/** A report's own key: what a string holds has its quotes escaped, and before it stands no object but the source. */
const OUTPUT = Buffer.from('"output":{"file":"');
const CLOSING = 0x7d;

/** Writes a report again, with more at the end of each line about a payload, and the place where the payload stands. */
async function rewrite(
  { outputs, layout, signal }: Run,
  file: string,
  more: (payload: number) => string,
): Promise<void> {
  const place = layout.isPlain ? undefined : layout.places();
  let payload = 0;
  for await (const lines of outputs.take(file)) {
    signal?.throwIfAborted();
    for (const line of lines) {
      const output = payloadOutput(line);
      let written = line;
      if (output !== undefined) {
        const at = place?.(payload);
        written = Buffer.concat([
          ...(at === undefined ? [line.subarray(0, -1)] : moved(line, output, at)),
          Buffer.from(`${more(payload)}}`),
        ]);
        payload += 1;
      }
      const adding = outputs.line(file, written);
      if (adding !== undefined) await adding;
    }
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a line says in which output the payload is that it is about; undefined where it is about none. */
function payloadOutput(line: Buffer): Span | undefined {
  const start = line.indexOf(OUTPUT);
  if (start < 0) return undefined;
  const name = start + OUTPUT.length;
  const path = line.toString('latin1', name, line.indexOf('.', name));
  return isPath(path) ? { start, end: line.indexOf(CLOSING, name) + 1 } : undefined;
}

function moved(line: Buffer, { start, end }: Span, at: At): Buffer[] {
  return [line.subarray(0, start), Buffer.from(`"output":${JSON.stringify(at)}`), line.subarray(end, -1)];
}

/** Moves the payloads of a path to where they stand in the end. */
async function move({ outputs, payloads, layout, signal }: Run, path: Path): Promise<void> {
  const place = layout.places();
  const write = layout.packing === undefined ? inLines(outputs) : inBodies(outputs, path);
  let payload = -1;
  const next = (): number => {
    do payload += 1;
    while (payload < payloads.count && payloads.pathOf(payload) !== path);
    return payload;
  };
  for await (const lines of outputs.take(recordFile(path))) {
    signal?.throwIfAborted();
    for (const line of lines) {
      const number = next();
      const adding = write.add(line, place(number), payloads.order.waveOf(number));
      if (adding !== undefined) await adding;
    }
  }
  await write.end();
}

/** Writes payloads to their places. */
interface Writer {
  /** Await it before the next one. */
  add(line: Buffer, at: At, wave: number): Promise<void> | undefined;
  end(): Promise<void>;
}

function inLines(outputs: Outputs): Writer {
  return {
    // A copy, since one that waits for its turn would hold on to all that was read with it.
    add: (line, { file }) => outputs.line(file, Buffer.from(line)),
    end: async () => {},
  };
}

function inBodies(outputs: Outputs, path: Path): Writer {
  const { before, after } = bodyFrame(lenses[path].resourceType);
  const ending = Buffer.from(after);
  /** The body that is being filled, by wave. */
  const open = new Map<number, string>();
  return {
    async add(line, { file }, wave) {
      const last = open.get(wave);
      if (last !== undefined && last !== file) await outputs.line(last, ending);
      open.set(wave, file);
      await outputs.append(file, Buffer.from(`${last === file ? BETWEEN : before}${inBody(line.toString())}`));
    },
    async end() {
      for (const file of open.values()) await outputs.line(file, ending);
    },
  };
}
