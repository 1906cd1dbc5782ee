import { codingsOf } from '../../fhir/datatypes/concept.js';
import { compareDateTimes, isDateTime } from '../../fhir/datatypes/dateTime.js';
import type { ConvertOptions } from '../../fhir/scope.js';
import { isFieldsOwn } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';

/** What is known of the present. */
export type Present = Pick<ConvertOptions, 'now'>;

/** True for a period with an end; where the present is known, with one that is not yet to come. */
export function hasEnded(period: unknown, { now }: Present): boolean {
  if (!isObject(period) || period.end === undefined) return false;
  return now === undefined || !((compareDateTimes(period.end, now) ?? 0) > 0);
}

/** True for a period that is known to be yet to come. */
export function isToCome(period: unknown, { now }: Present): boolean {
  return isObject(period) && now !== undefined && (compareDateTimes(period.start, now) ?? 0) > 0;
}

/** How current something is by its time; `dated` is added to what has one where all is over. */
export const RANK = { over: 0, toCome: 1, current: 2, active: 3, dated: 10 } as const;

/** How current something of a period can be: the higher one counts. Where all is over, what has no time says nothing of when it was. */
export function rankOfPeriod(period: unknown, isFinished: boolean, present: Present): number {
  const rank = hasEnded(period, present) ? RANK.over : isToCome(period, present) ? RANK.toCome : RANK.current;
  return isFinished && isDated(period) ? RANK.dated + rank : rank;
}

const isDated = (period: unknown): boolean => isObject(period) && (isDateTime(period.start) || isDateTime(period.end));

/**
 * Which of two periods is the later one: that of what ended later, of what began later, or of what began when the other one had ended.
 * Positive where it is the first, negative where it is the second, undefined where neither tells.
 */
export function comparePeriods(one: unknown, other: unknown): number | undefined {
  const [a, b] = [isObject(one) ? one : {}, isObject(other) ? other : {}] as [JsonObject, JsonObject];
  const [ends, starts] = [compareDateTimes(a.end, b.end), compareDateTimes(a.start, b.start)];
  if (ends !== undefined && ends !== 0) return ends;
  if (starts !== undefined) return starts === 0 ? undefined : starts;
  if ((compareDateTimes(a.start, b.end) ?? -1) >= 0) return 1;
  return (compareDateTimes(b.start, a.end) ?? -1) >= 0 ? -1 : undefined;
}

/** What a list of locations says of where the patient is; `index` is -1 where none of them can be it. */
interface Current {
  readonly index: number;
  /** False where only the order of the list decided. */
  readonly isCertain: boolean;
}

interface Ranked {
  readonly index: number;
  readonly location: JsonObject;
}

/**
 * Where the location stands at which the patient of an encounter is, or was last (
 * https://hl7.org/fhir/R4/encounter-definitions.html#Encounter.location), of those that count.
 */
export function currentOf(
  locations: readonly unknown[],
  encounterStatus: unknown,
  present: Present,
  counts: (location: JsonObject) => boolean = () => true,
): Current {
  const all: Ranked[] = [];
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < locations.length; index += 1) {
    const location = locations[index];
    if (!isObject(location) || !isPossible(location, encounterStatus) || !counts(location)) continue;
    const rank = rankOf(location, encounterStatus === 'finished', present);
    if (rank > highest) {
      highest = rank;
      all.length = 0;
    }
    if (rank === highest) all.push({ index, location });
  }
  const [first] = all;
  if (first === undefined) return { index: -1, isCertain: true };
  let best = first;
  for (const other of all) if (other !== first && compare(other.location, best.location) > 0) best = other;
  const isCertain = all.every((one) => one === best || compare(best.location, one.location) > 0);
  return { index: best.index, isCertain };
}

/** What is only planned is no place of the patient's but in an encounter that is planned itself. */
function isPossible({ status }: JsonObject, encounterStatus: unknown): boolean {
  return encounterStatus === 'planned' || (status !== 'planned' && status !== 'reserved');
}

/** How current a location can be by its status, and by whether it has a time: the higher one counts, whatever the times. */
function rankOf({ status, period }: JsonObject, isFinished: boolean, present: Present): number {
  const isOver = status === 'completed' || hasEnded(period, present);
  const isYet = status === 'planned' || status === 'reserved' || isToCome(period, present);
  const active = status === 'active' ? RANK.active : RANK.current;
  const standing = isOver ? RANK.over : isYet ? RANK.toCome : active;
  return isFinished && isDated(period) ? RANK.dated + standing : standing;
}

/** Positive where the first of two locations of one rank is the later or the more specific one, 0 where nothing tells. */
function compare(one: JsonObject, other: JsonObject): number {
  const order = comparePeriods(one.period, other.period);
  if (order !== undefined) return order;
  if (one.status !== other.status || !isSamePeriod(one.period, other.period)) return 0;
  const [level, otherLevel] = [levelOf(one.physicalType), levelOf(other.physicalType)];
  return level === undefined || otherLevel === undefined ? 0 : level - otherLevel;
}

function isSamePeriod(one: unknown, other: unknown): boolean {
  const [a, b] = [isObject(one) ? one : {}, isObject(other) ? other : {}] as [JsonObject, JsonObject];
  return (['start', 'end'] as const).every(
    (end) => (a[end] === undefined && b[end] === undefined) || compareDateTimes(a[end], b[end]) === 0,
  );
}

/** Its code system, and what STU3 called that. */
const PHYSICAL_TYPES: ReadonlySet<unknown> = new Set([
  'http://terminology.hl7.org/CodeSystem/location-physical-type',
  'http://hl7.org/fhir/location-physical-type',
]);

/** From the widest to the narrowest; a vehicle, a road and a cabinet are no part of that order. */
const LEVELS: readonly (readonly string[])[] = [
  ['jdn'],
  ['area'],
  ['si'],
  ['bu', 'ho'],
  ['wi', 'lvl'],
  ['wa'],
  ['co'],
  ['ro'],
  ['bd'],
];

/** How narrow a place is by its type (https://hl7.org/fhir/R4/codesystem-location-physical-type.html). */
function levelOf(physicalType: unknown): number | undefined {
  if (!isObject(physicalType)) return undefined;
  for (const { system, code } of codingsOf(physicalType)) {
    if (typeof code !== 'string' || !(isFieldsOwn(system) || PHYSICAL_TYPES.has(system))) continue;
    const level = LEVELS.findIndex((codes) => codes.includes(code));
    if (level >= 0) return level;
  }
  return undefined;
}
