import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Finding } from '../lens/scope.js';
import type { FhirScope } from './scope.js';

type Test = (value: unknown) => boolean;
/** A version, an element, and what is true of it there and never in R4. */
export type Mark = readonly [version: string, element: string, test: Test];

export const present: Test = (value) => value !== undefined;
export const isList: Test = Array.isArray;
export const isOne: Test = isObject;
export const isWord: Test = (value) => typeof value === 'string';
/** A CodeableReference of R5. */
export const isEither: Test = (value) => isObject(value) && (isObject(value.concept) || isObject(value.reference));
const someItem =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.some(test);
const has =
  (key: string): Test =>
  (value) =>
    isObject(value) && own(value, key) !== undefined;

/** Elements that R4 does not have, or has in another shape, by the version that they are from. */
const MARKS: { readonly [resourceType: string]: readonly Mark[] } = {
  ClinicalImpression: [
    ['STU3', 'context', present],
    ['STU3', 'action', present],
    ['R5', 'performer', present],
    ['R5', 'finding', someItem(has('item'))],
  ],
  Composition: [
    ['STU3', 'class', present],
    ['R5', 'subject', isList],
    ['R5', 'url', present],
    ['R5', 'note', present],
    ['STU3', 'attester', someItem((item) => isObject(item) && Array.isArray(item.mode))],
    ['R5', 'attester', someItem((item) => isObject(item) && isObject(item.mode))],
  ],
  DiagnosticReport: [
    ['STU3', 'context', present],
    ['STU3', 'image', present],
    ['STU3', 'codedDiagnosis', present],
    ['STU3', 'performer', someItem(has('actor'))],
    ['R5', 'note', present],
    ['R5', 'supportingInfo', present],
    ['R5', 'composition', present],
  ],
  Encounter: [
    ['R5', 'class', isList],
    ['R5', 'actualPeriod', present],
    ['R5', 'admission', present],
    ['R5', 'subjectStatus', present],
    ['R5', 'plannedStartDate', present],
    ['R5', 'priority', isList],
    ['R5', 'serviceType', isList],
    ['R5', 'participant', someItem(has('actor'))],
    ['STU3', 'diagnosis', someItem(has('role'))],
    ['DSTU2', 'indication', present],
    ['DSTU2', 'class', isWord],
  ],
  Task: [
    ['STU3', 'context', present],
    ['STU3', 'definitionUri', present],
    ['STU3', 'definitionReference', present],
    ['STU3', 'requester', has('agent')],
    ['STU3', 'reason', isOne],
    ['R5', 'reason', isList],
    ['R5', 'requestedPeriod', present],
    ['R5', 'requestedPerformer', present],
    ['R5', 'doNotPerform', present],
    ['R5', 'statusReason', isEither],
  ],
};

/** What tells a resource of another version of FHIR from one of R4, in which the same words may mean something else. */
export function otherVersion(resource: JsonObject, resourceType: string): Issue | undefined {
  return versionByMarks(resource, resourceType, MARKS[resourceType]);
}

/** The same by other marks. */
export function versionByMarks(
  resource: JsonObject,
  resourceType: string,
  marks: readonly Mark[] | undefined,
): Issue | undefined {
  for (const [version, element, test] of marks ?? []) {
    const value = own(resource, element);
    // Nothing is true of what is not there.
    if (value !== undefined && test(value))
      return { ...findingOf(version), expression: [`${resourceType}.${element}`] };
  }
  return undefined;
}

/** Reports a resource of another version of FHIR; gives true where there is nothing to report. */
export function checkVersion(resource: JsonObject, resourceType: string, scope: FhirScope): boolean {
  const issue = otherVersion(resource, resourceType);
  if (issue === undefined) return true;
  scope.failed = true;
  // Named as that version names it: R4 may not know the element.
  scope.issues?.push(issue);
  return false;
}

function findingOf(version: string): Finding {
  const diagnostics = `This is a resource of FHIR ${version}; ClinikAPI and clinik-fhir speak R4 (4.0.1).`;
  return { severity: 'error', code: 'structure', id: 'fhir-version', diagnostics };
}
