import { type Issue, isFailure } from '../lens/issue.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { Lenses, Path } from '../resources/registry.js';
import { nameOfTarget, type Surroundings } from './waves/referenceName.js';

/**
 * The names (`Type/id`) of what a record points at and the id map does not know, where nothing else keeps it from being converted.
 * Undefined where something does, or where a reference names no record.
 */
export function waitsFor(
  value: JsonObject,
  issues: readonly Issue[],
  lens: Lenses[Path],
  surroundings: Surroundings,
): readonly string[] | undefined {
  const names = issues.filter(isFailure).map(({ id, expression: [place = ''] }) => {
    const reference = id === 'reference-unmapped' ? valueAt(value, place) : undefined;
    return isObject(reference) ? nameOfTarget(reference, typeAt(place, lens), surroundings) : undefined;
  });
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
}

const STEP = /\.([A-Za-z]+)|\[(\d+)\]/g;

function valueAt(value: JsonObject, place: string): unknown {
  let found: unknown = value;
  for (const [, key, index] of place.matchAll(STEP)) {
    if (key !== undefined) found = isObject(found) ? found[key] : undefined;
    else found = Array.isArray(found) ? found[Number(index)] : undefined;
  }
  return found;
}

/** The only type that may stand at a place, where there is only one. */
function typeAt(place: string, { fields }: Lenses[Path]): string | undefined {
  const element = place.replace(/^[A-Za-z]+\./, '').replace(/\[\d+\]/g, '');
  const targets = new Set(
    fields.flatMap((field) => (field.element.replaceAll('[]', '') === element ? (field.targets ?? []) : [])),
  );
  const [type] = targets.size === 1 ? targets : [];
  return type === 'Resource' ? undefined : type;
}
