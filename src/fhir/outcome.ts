import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { Issue } from '../lens/issue.js';

/** The code system of the stable identifiers of issues, in `OperationOutcome.issue.details`. */
export const ISSUE_SYSTEM = 'urn:clinik-fhir:issue';

const NOTHING: Issue = {
  severity: 'information',
  code: 'informational',
  id: 'no-issues',
  expression: [],
  diagnostics: 'There is nothing to say.',
};

/**
 * The R4 OperationOutcome of some issues, which has one issue to say so where there are none
 * (https://hl7.org/fhir/R4/operationoutcome.html).
 */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: (issues.length === 0 ? [NOTHING] : issues).map(outcomeIssue) };
}

function outcomeIssue({ severity, code, id, expression, diagnostics }: Issue): OperationOutcomeIssue {
  return {
    severity,
    code,
    details: { coding: [{ system: ISSUE_SYSTEM, code: id }] },
    diagnostics,
    // FHIR forbids empty lists.
    ...(expression.length === 0 ? {} : { expression: [...expression] }),
  };
}
