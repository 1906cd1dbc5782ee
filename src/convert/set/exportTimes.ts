import { parseDateTime, secondsOf } from '../../fhir/datatypes/dateTime.js';
import type { Exports } from '../../read/inputs.js';

/**
 * By file of a bulk export, when the server looked, in seconds since 1970: what stands there was so at that time, and what `deleted` lists was
 * deleted by then. Of several servers, or of one that is not told, nothing is known: their clocks and their ids are not the same.
 */
export function exportTimes({ all }: Exports): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  if (new Set(all.map(({ server }) => server)).size !== 1 || all[0]?.server === undefined) return times;
  for (const { time, files } of all) {
    const seconds = instantOf(time);
    for (const { list, found } of files)
      if (seconds !== undefined && list !== 'error' && typeof found === 'object')
        times.set(found.path, Math.min(seconds, times.get(found.path) ?? seconds));
  }
  return times;
}

function instantOf(text: string | undefined): number | undefined {
  const read = parseDateTime(text);
  return read?.time === undefined ? undefined : secondsOf(read) + Number(`0.${read.time.fraction.slice(0, 6) || '0'}`);
}
