import type { FhirScope } from '../fhir/scope.js';
import { type Issue, isFailure } from '../lens/issue.js';
import type { JsonObject } from '../lens/json.js';
import { validationIssues } from '../validate/validate.js';

/**
 * Refuses a put whose result breaks a rule of R4 that the resource before it kept: an edit that breaks an invariant is
 * refused, not repaired in secret. What was wrong before is not the edit's fault.
 */
export function refuseNewFaults(after: JsonObject, before: JsonObject, scope: FhirScope): void {
  const faults = faultsOf(after);
  if (faults.length === 0) return;
  const old = faultsOf(before).map(placeOf);
  for (const fault of faults) {
    const known = old.indexOf(placeOf(fault));
    if (known >= 0) {
      old.splice(known, 1);
      continue;
    }
    scope.failed = true;
    scope.issues?.push({
      ...fault,
      severity: 'error',
      id: `put-breaks-${fault.id}`,
      diagnostics: `The edit would break ${fault.id}: ${fault.diagnostics}`,
    });
  }
}

/**
 * What makes the result of a conversion no valid R4. That the system of a code does not have it is no fault of the conversion: it
 * carries the code as it was given, and `validate` tells. docs/decisions/063.
 */
export function faultsOf(resource: unknown): Issue[] {
  return validationIssues(resource).filter((issue) => isFailure(issue) && issue.id !== 'code-unknown');
}

/** The rule and its place, without indexes: an edit may move what was wrong before. */
const placeOf = ({ id, expression }: Issue): string => `${id} ${expression.join().replace(/\[\d+\]/g, '')}`;
