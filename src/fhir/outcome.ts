import type { Coding, OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { Issue } from '../lens/issue.js';

/** The code system of the stable identifiers of issues, in `OperationOutcome.issue.details`. */
export const ISSUE_SYSTEM = 'urn:clinik-fhir:issue';

/** That of the options which would let a record pass in spite of an issue; they stand behind its identifier. */
export const OPTION_SYSTEM = 'urn:clinik-fhir:option';

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

function outcomeIssue({ severity, code, id, expression, diagnostics, options = [] }: Issue): OperationOutcomeIssue {
  const coding: Coding[] = [{ system: ISSUE_SYSTEM, code: id }];
  for (const option of options) coding.push({ system: OPTION_SYSTEM, code: option });
  const issue: OperationOutcomeIssue = { severity, code, details: { coding }, diagnostics };
  // FHIR forbids empty lists.
  if (expression.length > 0) issue.expression = [...expression];
  return issue;
}
