import type { OperationOutcomeIssue } from 'fhir/r4.js';

type Severity = OperationOutcomeIssue['severity'];
type IssueType = OperationOutcomeIssue['code'];

/** https://hl7.org/fhir/R4/valueset-issue-severity.html */
const SEVERITIES: { readonly [S in Severity]: true } = { fatal: true, error: true, warning: true, information: true };

/** https://hl7.org/fhir/R4/valueset-issue-type.html */
const ISSUE_TYPES: { readonly [T in IssueType]: true } = {
  'business-rule': true,
  'code-invalid': true,
  conflict: true,
  deleted: true,
  duplicate: true,
  exception: true,
  expired: true,
  extension: true,
  forbidden: true,
  incomplete: true,
  informational: true,
  invalid: true,
  invariant: true,
  'lock-error': true,
  login: true,
  'multiple-matches': true,
  'no-store': true,
  'not-found': true,
  'not-supported': true,
  processing: true,
  required: true,
  security: true,
  structure: true,
  suppressed: true,
  throttled: true,
  timeout: true,
  'too-costly': true,
  'too-long': true,
  transient: true,
  unknown: true,
  value: true,
};

/** True for one of R4's severities of an issue. */
export function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && Object.hasOwn(SEVERITIES, value);
}

/** True for one of R4's types of an issue. */
export function isIssueType(value: unknown): value is IssueType {
  return typeof value === 'string' && Object.hasOwn(ISSUE_TYPES, value);
}
