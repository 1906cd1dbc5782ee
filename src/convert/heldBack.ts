import type { Inputs } from '../read/findInputs.js';
import type { FileFailure } from '../read/inputBatches.js';
import { isPath } from '../read/payloadPath.js';
import type { RawCopy } from './conversion.js';
import { convertInputs, type InternalOptions, type Known } from './conversionStream.js';
import type { Filed } from './filed.js';
import { heldSet } from './waves/heldSet.js';
import { rawRoute } from './waves/routes.js';

/**
 * Tells which records are not rejected but wait: under `unmapped: 'refuse'` those that only an id map keeps from being converted,
 * which will have the ids once earlier waves are sent. That shows at the end of the set, so that it is converted once for it, and
 * nothing is written; of pipes, which cannot be read twice, nothing is known, and none waits.
 * @returns what a conversion is, of which all are to be given in their order.
 * @throws the signal's reason; UsageError as `convertInputs` does.
 */
export async function heldBack(
  found: Inputs,
  options: InternalOptions,
  known: Known,
): Promise<(conversion: Filed | FileFailure) => Filed | FileFailure> {
  const isTwice = found.files.every(({ size }) => size > 0);
  if (options.unmapped !== 'refuse' || !isTwice) return (conversion) => conversion;
  const { onProgress: _, ...silently } = options;
  const set = heldSet();
  let isAny = false;
  const addRaw = ({ type, upload }: RawCopy): void => {
    set.add(upload.names, rawRoute(type), upload.links);
  };
  for await (const conversion of convertInputs(found, silently, known)) {
    if (conversion.kind === 'rejected') {
      const { waits } = conversion;
      if (waits !== undefined) set.hold(waits.names, waits.route, waits.links, waits.waitsFor);
      else if (conversion.raw !== undefined) addRaw(conversion.raw);
      isAny ||= waits !== undefined;
    } else if (conversion.kind === 'raw') addRaw(conversion.raw);
    else if (conversion.kind === 'converted' && conversion.upload !== undefined && isPath(conversion.name))
      set.add(conversion.upload.names, conversion.name, conversion.upload.links);
  }
  const waves = isAny ? set.waves() : new Int32Array();
  let next = 0;
  return (conversion) => {
    if (conversion.kind !== 'rejected' || conversion.waits === undefined) return conversion;
    const wave = waves[next] ?? -1;
    next += 1;
    if (wave < 0) return conversion;
    const { source, bytes, fix, waits: wanting } = conversion;
    const waiting = { kind: 'skipped', source, bytes, reason: 'waiting', wave, wanting } as const;
    return fix === undefined ? waiting : { ...waiting, fix };
  };
}
