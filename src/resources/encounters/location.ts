import type { EncounterLocation, Reference } from 'fhir/r4.js';
import type { FhirScope } from '../../fhir/scope.js';
import type { Codec } from '../../lens/codec.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { below, quietly, report, took } from '../../lens/scope.js';
import { currentOf } from './standing.js';

/**
 * One location of a payload for an encounter's list of them: where the patient is, or was last. A put replaces that one and keeps the
 * others as the history that they are.
 */
export function currentLocation(
  item: Codec<string, Reference, FhirScope>,
): Codec<string, EncounterLocation[], FhirScope> {
  /** Of those that can be read; what is refused is not skipped. */
  const counts = ({ location }: JsonObject, scope: FhirScope): boolean =>
    quietly(scope, () => {
      scope.failed = false;
      return item.read(location, scope) !== undefined || scope.failed;
    });
  const currentOfAll = (list: readonly unknown[], scope: FhirScope) =>
    currentOf(list, scope.resource.status, scope.options);
  const currentIn = (list: readonly unknown[], scope: FhirScope) =>
    currentOf(list, scope.resource.status, scope.options, (location) => counts(location, scope));
  return {
    fidelity: 'partial',
    rule: `of those that can be read the active location that has begun and not ended, else the latest by its period, else the first; of one place at several levels (physicalType) the most specific; in a finished encounter those with a period first; a planned or reserved one only in a planned encounter; ${item.rule}`,
    schema: item.schema,
    ...(item.targets === undefined ? {} : { targets: item.targets }),
    read(value, scope) {
      if (!Array.isArray(value)) return undefined;
      const all = currentOfAll(value, scope);
      const readable = currentIn(value, scope);
      const { index, isCertain } = readable.index < 0 ? all : readable;
      const current: unknown = value[index];
      if (!isObject(current)) return undefined;
      const read = below(scope, [index, 'location'], () => item.read(current.location, scope));
      if (read === undefined) return undefined;
      took(scope, value, [index]);
      if (index !== all.index) report(scope, PASSED_OVER, index);
      else if (!isCertain) report(scope, BY_ORDER, index);
      return read;
    },
    write(value, scope) {
      const location = item.write(value, scope);
      return location === undefined ? undefined : [{ location }];
    },
    admit: item.admit,
    put(value, before, scope) {
      if (!Array.isArray(before)) return undefined;
      const readable = currentIn(before, scope).index;
      const index = readable < 0 && value !== undefined ? currentOfAll(before, scope).index : readable;
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

const PASSED_OVER = {
  severity: 'warning',
  code: 'incomplete',
  id: 'encounter-location-unreadable',
  diagnostics: 'The location that comes first as the current one cannot be told; the next that can was taken.',
} as const;

function timeOf(location: unknown): JsonObject {
  const { status, period } = isObject(location) ? location : ({} as JsonObject);
  return { ...(status === undefined ? {} : { status }), ...(period === undefined ? {} : { period }) };
}
