import type { FhirScope } from '../fhir/scope.js';
import type { Issue } from '../lens/issue.js';
import type { JsonObject } from '../lens/json.js';

/** Refuses a put for what it makes of a resource. */
export type PutCheck = (after: JsonObject, before: JsonObject, scope: FhirScope) => void;

/**
 * Refuses a put whose result breaks a rule of R4 that the resource before it kept: an edit that breaks an invariant is
 * refused, not repaired in secret. What was wrong before is not the edit's fault.
 */
export function newFaultsRefused(faultsOf: (resource: unknown) => readonly Issue[]): PutCheck {
  return (after, before, scope) => {
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
  };
}

/** The rule and its place, without indexes: an edit may move what was wrong before. */
const placeOf = ({ id, expression }: Issue): string => `${id} ${expression.join().replace(/\[\d+\]/g, '')}`;

/** Refuses every put, where nothing can tell what it breaks. */
export const putRefused: PutCheck = (_after, before, scope) => {
  scope.failed = true;
  scope.issues?.push({
    severity: 'error',
    code: 'not-supported',
    id: 'put-not-checked',
    expression: [String(before.resourceType)],
    diagnostics:
      'Nothing here can tell whether the edit breaks a rule of R4. Give the validator to lensesWith of clinik-fhir/lenses, or take the lenses of clinik-fhir.',
  });
};
