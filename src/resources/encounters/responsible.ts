import { reference } from '../../fhir/datatypes/reference.js';
import type { FhirScope } from '../../fhir/scope.js';
import { PARTICIPATION } from '../../fhir/terminology/codeSystems.js';
import { isFieldsOwn, isSystem } from '../../fhir/terminology/systemNames.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { quietly, report } from '../../lens/scope.js';
import { comparePeriods, hasEnded } from './standing.js';

const practitioner = reference('Practitioner');

/** The statuses of an encounter in which those who took part have done so. */
const OVER: ReadonlySet<unknown> = new Set(['finished', 'cancelled']);

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
}

/**
 * Where the responsible participant stands: one that can be read before one that cannot, one that has not ended before a former one,
 * of former ones the latest.
 */
export function responsibleIndex(elements: readonly unknown[], scope: FhirScope): number {
  for (const { code } of [PARTICIPATION.responsible, PARTICIPATION.attender]) {
    const one = elements.findIndex((element) => hasCode(element, code));
    if (one < 0) continue;
    const coded = [...elements.keys()].filter((index) => index >= one && hasCode(elements[index], code));
    if (coded.length < 2) return one;
    const readable = coded.filter((index) => practitionerOf(elements[index], scope) !== undefined);
    return readable.length === 0 ? one : ofSeveral(readable, coded, elements, scope);
  }
  return soleUntyped(elements);
}

/** Which of several that are coded so, and that can be read, is the responsible one; says why. */
function ofSeveral(
  indexes: readonly number[],
  coded: readonly number[],
  elements: readonly unknown[],
  scope: FhirScope,
): number {
  const isCurrent = (index: number): boolean => !isFormer(elements[index], scope);
  const current = indexes.filter(isCurrent);
  const [first = -1, ...others] = current.length > 0 ? current : indexes;
  if (indexes.length === 1) {
    if (current.length === 0 && coded.some(isCurrent))
      warnSeveral(scope, 'the only one whose id can be told was taken, whose participation has ended');
    return first;
  }
  if (current.length > 0) {
    warnSeveral(scope, `the ${others.length === 0 ? 'only one' : 'first'} whose participation has not ended was taken`);
    return first;
  }
  const isLater = (one: number, other: number): boolean =>
    (comparePeriods(periodOf(elements[one]), periodOf(elements[other])) ?? 0) > 0;
  let latest = first;
  for (const other of others) if (isLater(other, latest)) latest = other;
  const isCertain = indexes.every((index) => index === latest || isLater(latest, index));
  const which = isCertain ? 'the latest' : 'the first of those that may be the latest';
  warnSeveral(scope, `the participation of all of them has ended, and ${which} was taken`);
  return latest;
}

/** Where the only participant without a type stands; -1 where there is none, or are several. */
function soleUntyped(elements: readonly unknown[]): number {
  const untyped = [...elements.keys()].filter((index) => isUntyped(elements[index]));
  return untyped.length === 1 ? (untyped[0] ?? -1) : -1;
}

/** True for a participant without a type. */
export const isUntyped = (element: unknown): boolean => isObject(element) && !hasType(element);

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
export function typesOf(element: JsonObject): JsonObject[] {
  return Array.isArray(element.type) ? element.type.filter(isObject) : [];
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
