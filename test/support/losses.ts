import { isObject, type JsonObject } from '../../src/lens/json.js';
import { objects } from './folder.js';

/** What each record lost, as `losses.ndjson` tells it: with the losses themselves in the place of their numbers. */
export function lossesIn(folder: string): { readonly source: JsonObject; readonly losses: readonly JsonObject[] }[] {
  const defined = new Map<unknown, JsonObject>();
  return objects(folder, 'losses.ndjson').flatMap((line) => {
    const { loss, source, losses, ...rest } = line;
    if (loss !== undefined) {
      if (defined.has(loss) || typeof loss !== 'number') throw new Error('a loss is defined twice, or has no number');
      defined.set(loss, rest);
      return [];
    }
    if (!isObject(source) || !Array.isArray(losses)) throw new Error('a line is neither a definition nor a record');
    return [{ source, losses: losses.map((entry) => expanded(entry, defined)) }];
  });
}

function expanded(entry: unknown, defined: ReadonlyMap<unknown, JsonObject>): JsonObject {
  if (isObject(entry)) return entry;
  const [number, ...indexes]: unknown[] = Array.isArray(entry) ? entry : [entry];
  const known = defined.get(number);
  if (known === undefined) throw new Error('a loss is not defined before the record');
  const [start = '', ...parts] = String(known.expression).split('[]');
  if (indexes.length > 0 && indexes.length !== parts.length) throw new Error('a loss has not all of its indexes');
  return { ...known, expression: start + parts.map((part, at) => `[${indexes[at] ?? 0}]${part}`).join('') };
}
