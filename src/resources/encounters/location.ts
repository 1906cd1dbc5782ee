import type { EncounterLocation, Reference } from 'fhir/r4.js';
import { compareDateTimes } from '../../fhir/datatypes/dateTime.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, took } from '../../lens/scope.js';

/**
 * One location of a payload for an encounter's list of them: the active one without an end, else the latest. A put replaces
 * that one and keeps the others as the history that they are.
 */
export function currentLocation(
  item: Codec<string, Reference, FhirScope>,
): Codec<string, EncounterLocation[], FhirScope> {
  return {
    fidelity: 'partial',
    rule: `the active location without an end, else the latest; ${item.rule}`,
    schema: item.schema,
    ...(item.targets === undefined ? {} : { targets: item.targets }),
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const index = currentIndex(value);
      const current: unknown = value[index];
      if (!isObject(current)) return undefined;
      const read = below(scope, [index, 'location'], () => item.read(current.location, scope));
      if (read !== undefined) took(scope, value, [index]);
      return read;
    },
    write(value, scope) {
      const location = item.write(value, scope);
      return location === undefined ? undefined : [{ location }];
    },
    admit: item.admit,
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const current = currentIndex(before);
      const others = before.filter((_, index) => index !== current);
      const made = value === undefined ? undefined : item.write(value, scope);
      if (made === undefined) return others.length === 0 ? undefined : others;
      const plain = [...others, { location: made }];
      // Where another one is said to be active, only one that is said so too stands before it.
      return currentIndex(plain) === others.length ? plain : [...others, { location: made, status: 'active' }];
    },
  };
}

/** Where the current location stands; -1 in an empty list. */
function currentIndex(locations: readonly unknown[]): number {
  let current = -1;
  locations.forEach((location, index) => {
    if (current < 0 || !isLater(locations[current], location)) current = index;
  });
  return current;
}

/** True where `a` is more current than `b`; the later in the list where nothing tells. */
function isLater(a: unknown, b: unknown): boolean {
  const [left, right] = [standing(a), standing(b)];
  if (left.open !== right.open) return left.open > right.open;
  const ends = compareDateTimes(left.end, right.end);
  if (ends !== undefined && ends !== 0) return ends > 0;
  const starts = compareDateTimes(left.start, right.start);
  return starts !== undefined && starts > 0;
}

/** How current a location is: active without an end, without an end, ended, or only planned; and when. */
function standing(location: unknown): { open: number; start: unknown; end: unknown } {
  const { status, period } = isObject(location) ? location : ({} as JsonObject);
  const { start, end } = isObject(period) ? period : ({} as JsonObject);
  if (status === 'planned' || status === 'reserved') return { open: -1, start, end };
  if (end !== undefined || status === 'completed') return { open: 0, start, end };
  return { open: status === 'active' ? 2 : 1, start, end };
}
