import type { EncounterLocation, Reference } from 'fhir/r4.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, report, took } from '../../lens/scope.js';
import { currentOf } from './standing.js';

/**
 * One location of a payload for an encounter's list of them: where the patient is, or was last. A put replaces that one and keeps the
 * others as the history that they are.
 */
export function currentLocation(
  item: Codec<string, Reference, FhirScope>,
): Codec<string, EncounterLocation[], FhirScope> {
  const currentIn = (list: readonly unknown[], scope: FhirScope) =>
    currentOf(list, scope.resource.status, scope.options);
  return {
    fidelity: 'partial',
    rule: `the active location that has begun and not ended, else the latest by its period, else the first; of one place at several levels (physicalType) the most specific; in a finished encounter those with a period first; a planned or reserved one only in a planned encounter; ${item.rule}`,
    schema: item.schema,
    ...(item.targets === undefined ? {} : { targets: item.targets }),
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const { index, isCertain } = currentIn(value, scope);
      const current: unknown = value[index];
      if (!isObject(current)) return undefined;
      const read = below(scope, [index, 'location'], () => item.read(current.location, scope));
      if (read === undefined) return undefined;
      took(scope, value, [index]);
      if (!isCertain) report(scope, BY_ORDER, index);
      return read;
    },
    write(value, scope) {
      const location = item.write(value, scope);
      return location === undefined ? undefined : [{ location }];
    },
    admit: item.admit,
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const { index } = currentIn(before, scope);
      const others: unknown[] = before.filter((_, position) => position !== index);
      const made = value === undefined ? undefined : item.write(value, scope);
      if (made === undefined) return others.length === 0 ? undefined : (others as EncounterLocation[]);
      const plain = { location: made };
      // Where another one is said to be active, only one that is said so too stands before it.
      const active = { location: made, status: 'active' };
      const lists = [
        [...others, plain],
        [...others, active],
        [plain, ...others],
        [active, ...others],
      ];
      const fitting = lists.find((list) => {
        const current: unknown = list[currentIn(list, scope).index];
        return current === plain || current === active;
      });
      // Among others that have a time in what is over it takes the time of the one in whose place it comes.
      return (fitting ?? [{ ...timeOf(before[index]), ...plain }, ...others]) as EncounterLocation[];
    },
  };
}

const BY_ORDER = {
  severity: 'warning',
  code: 'incomplete',
  id: 'encounter-location-by-order',
  diagnostics: 'Neither status nor period nor level tells which location is the current one; the first was taken.',
} as const;

function timeOf(location: unknown): JsonObject {
  const { status, period } = isObject(location) ? location : ({} as JsonObject);
  return { ...(status === undefined ? {} : { status }), ...(period === undefined ? {} : { period }) };
}
