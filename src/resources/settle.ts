import { dropOrphans } from '../fhir/contained.js';
import type { FhirScope } from '../fhir/scope.js';
import { equal, isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';

/** What any put that changed something does to a resource besides: what would go on saying the old thing goes. */
export function settleResource(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  if (isObject(after.text) && after.text.status === 'generated' && equal(after.text, before.text)) {
    delete after.text;
    const diagnostics = 'The generated narrative was dropped: it would go on saying what was there before.';
    report(scope, { severity: 'information', code: 'informational', id: 'put-narrative-dropped', diagnostics }, 'text');
  }
  for (const [element, value] of Object.entries(after)) {
    // An element's id alone is no element (ele-1); beside a primitive, under `_`, it is one.
    if (!element.startsWith('_') && isObject(value) && value.id !== undefined && Object.keys(value).length === 1)
      delete after[element];
  }
  dropOrphans(after, before, scope);
}

/** The elements that say whom a record is about. */
const SUBJECTS = ['subject', 'for'] as const;

/** Warns of a put that gives a record to somebody else: what the payload cannot say is still of the one before. */
export function warnOfOtherSubject(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  for (const element of SUBJECTS) {
    if (before[element] === undefined || equal(after[element], before[element])) continue;
    const diagnostics =
      'The record was given to another patient; what a payload cannot say is still of the one before.';
    report(scope, { severity: 'warning', code: 'business-rule', id: 'put-other-patient', diagnostics }, element);
  }
}
