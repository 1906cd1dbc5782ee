/** How bad an issue is: FHIR's own four words (https://hl7.org/fhir/R4/valueset-issue-severity.html). */
export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** The issue types of R4 that the library uses (https://hl7.org/fhir/R4/valueset-issue-type.html). */
export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'security'
  | 'not-supported'
  | 'not-found'
  | 'too-long'
  | 'code-invalid'
  | 'business-rule'
  | 'incomplete'
  | 'informational'
  | 'processing';

/**
 * One thing that is worth saying about a record. It never holds a value of the record: no name, date, note or id.
 *
 * `id` is a stable identifier for documentation and filters; `expression` holds FHIRPath locations with indexes.
 */
export interface Issue {
  readonly severity: Severity;
  readonly code: IssueCode;
  readonly id: string;
  readonly expression: string[];
  readonly diagnostics: string;
  /** Names of options of which each would let the record pass here, if it is refused; left out where there is none. */
  readonly options?: readonly string[];
  /** Of a guide the canonical of what could not be checked: of a value set; left out where the issue is about anything else. */
  readonly canonical?: string;
}

/** Thrown by the calls that do not return a result object; `issues` says everything that was found. */
export class ClinikFhirError extends Error {
  override readonly name = 'ClinikFhirError';

  constructor(readonly issues: readonly Issue[]) {
    super(
      issues
        .filter(isFailure)
        .map((issue) => `${issue.id} at ${issue.expression.join(', ')}: ${issue.diagnostics}`)
        .join('; ') || 'The record was refused.',
    );
  }
}

/** True for the issues that refuse a record. */
export function isFailure(issue: Issue): boolean {
  return issue.severity === 'error' || issue.severity === 'fatal';
}
