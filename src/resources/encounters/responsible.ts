import { reference } from '../../fhir/datatypes/reference.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import type { FhirScope } from '../../fhir/scope.js';
import { PARTICIPATION } from '../../fhir/terminology/codeSystems.js';
import { isFieldsOwn, isSystem } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { quietly, report } from '../../lens/scope.js';
import { comparePeriods, hasEnded, isToCome, RANK, rankOfPeriod } from './standing.js';

const practitioner = reference('Practitioner');

/** The statuses of an encounter in which those who took part have done so. */
const OVER: ReadonlySet<unknown> = new Set(['finished', 'cancelled']);

const isUnderWay = ({ resource: { status } }: FhirScope): boolean => !OVER.has(status) && status !== 'planned';

/** Says why the participant that is taken for the responsible one may not be it. */
export function warnOfDoubt(element: JsonObject, index: number, scope: FhirScope): void {
  const warn = (id: string, diagnostics: string): void =>
    report(scope, { severity: 'warning', code: 'incomplete', id, diagnostics }, index);
  if (!hasType(element))
    warn('encounter-practitioner-untyped', 'The only participant without a type is taken for the responsible one.');
  if (!OVER.has(scope.resource.status) && isFormer(element, scope))
    warn(
      'encounter-practitioner-former',
      'The participation of the responsible practitioner has ended, and the encounter has not.',
    );
  if (isUnderWay(scope) && isToCome(element.period, scope.options))
    warn(
      'encounter-practitioner-to-come',
      'The participation of the responsible practitioner has not begun, and the encounter has.',
    );
}

/**
 * Where the responsible participant stands: one that can be read before one that cannot, one that has begun and not ended before one
 * that is to come, and that before a former one; of former ones the latest. In an encounter that is over, the latest that has a time.
 */
export function responsibleIndex(elements: readonly unknown[], scope: FhirScope): number {
  const unreadable: number[] = [];
  for (const { code } of [PARTICIPATION.responsible, PARTICIPATION.attender]) {
    const coded = indexesOf(elements, (element) => hasCode(element, code));
    if (coded.length === 0) continue;
    const readable = coded.filter((index) => practitionerOf(elements[index], scope) !== undefined);
    const [one, ...others] = readable;
    if (one === undefined) {
      unreadable.push(...coded);
      continue;
    }
    if (unreadable.length > 0)
      warnSeveral(scope, 'the id of the primary performer cannot be told, and an attender was taken');
    return coded.length < 2 ? one : ofSeveral([one, ...others], coded, elements, scope);
  }
  return unreadable[0] ?? soleUntyped(elements);
}

/** Which of several that are coded so, and that can be read, is the responsible one; says why. */
function ofSeveral(
  indexes: readonly [number, ...number[]],
  coded: readonly number[],
  elements: readonly unknown[],
  scope: FhirScope,
): number {
  const isOver = OVER.has(scope.resource.status);
  const rank = (index: number): number => rankOfPeriod(periodOf(elements[index]), isOver, scope.options);
  const highest = Math.max(...indexes.map(rank));
  const top = indexes.filter((index) => rank(index) === highest);
  const [first = indexes[0]] = top;
  if (indexes.length === 1) {
    if (coded.some((index) => rank(index) > highest))
      warnSeveral(scope, `the only one whose id can be told was taken, ${LACKS[highest] ?? 'which has no time'}`);
    return first;
  }
  if (!isOver && highest > 0) {
    const isAnyToCome = indexes.some((index) => rank(index) === RANK.toCome);
    const which = top.length === 1 ? 'only one' : 'first';
    warnSeveral(
      scope,
      highest === RANK.toCome
        ? `the ${which} whose participation is to come was taken, and that of the others has ended`
        : `the ${which} whose participation has ${isAnyToCome ? 'begun and not ended' : 'not ended'} was taken`,
    );
    return first;
  }
  const isLater = (one: number, other: number): boolean =>
    (comparePeriods(periodOf(elements[one]), periodOf(elements[other])) ?? 0) > 0;
  let latest = first;
  for (const other of top) if (isLater(other, latest)) latest = other;
  const isCertain = top.every((index) => index === latest || isLater(latest, index));
  const which = isCertain ? 'the latest' : 'the first of those that may be the latest';
  const haveAllEnded = indexes.every((index) => hasEnded(periodOf(elements[index]), scope.options));
  const why = haveAllEnded ? 'the participation of all of them has ended' : 'the encounter is over';
  warnSeveral(scope, `${why}, and ${which} was taken`);
  return latest;
}

function indexesOf(elements: readonly unknown[], isOne: (element: unknown) => boolean): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < elements.length; index += 1) if (isOne(elements[index])) indexes.push(index);
  return indexes;
}

/** What is wrong with the only one that can be read, by its rank. */
const LACKS: { readonly [rank: number]: string } = {
  [RANK.over]: 'whose participation has ended',
  [RANK.toCome]: 'whose participation has not begun',
  [RANK.dated + RANK.over]: 'whose participation has ended',
  [RANK.dated + RANK.toCome]: 'whose participation has not begun',
};

/** Where the only participant without a type stands of those that name anybody; -1 where there is none, or are several. */
function soleUntyped(elements: readonly unknown[]): number {
  const untyped = indexesOf(elements, (element) => isUntyped(element) && namesAnybody(element));
  return untyped.length === 1 ? (untyped[0] ?? -1) : -1;
}

/** True for a participant without a type. */
export const isUntyped = (element: unknown): boolean => isObject(element) && !hasType(element);

function namesAnybody(element: unknown): boolean {
  const individual = isObject(element) ? element.individual : undefined;
  if (!isObject(individual)) return false;
  const { reference, identifier, display } = individual;
  return nonEmpty(reference) !== undefined || isObject(identifier) || nonEmpty(display) !== undefined;
}

function practitionerOf(element: unknown, scope: FhirScope): string | undefined {
  return isObject(element) ? quietly(scope, () => practitioner.read(element.individual, scope)) : undefined;
}

const periodOf = (element: unknown): unknown => (isObject(element) ? element.period : undefined);

const isFormer = (element: unknown, scope: FhirScope): boolean => hasEnded(periodOf(element), scope.options);

function warnSeveral(scope: FhirScope, which: string): void {
  const diagnostics = `Several participants could be the responsible one; ${which}.`;
  report(scope, { severity: 'warning', code: 'incomplete', id: 'encounter-practitioner-several', diagnostics });
}

/** The types of a participant that are objects. */
export function typesOf(element: JsonObject): readonly JsonObject[] {
  return objectsIn(element.type);
}

function hasType(element: JsonObject): boolean {
  return typesOf(element).length > 0;
}

/** True for an element with a code of v3-ParticipationType. */
function hasCode(element: unknown, code: string): boolean {
  if (!isObject(element) || !Array.isArray(element.type)) return false;
  for (const type of element.type) {
    if (!isObject(type) || !Array.isArray(type.coding)) continue;
    for (const coding of type.coding) if (isObject(coding) && isParticipation(coding, code)) return true;
  }
  return false;
}

/** True for a coding of v3-ParticipationType, under any of its names, or of no system: the field is for its codes. */
export function isParticipation(coding: JsonObject, code: string): boolean {
  return coding.code === code && (isFieldsOwn(coding.system) || isSystem(coding.system, PARTICIPATION.other.system));
}
