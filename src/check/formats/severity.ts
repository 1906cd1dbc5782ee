import type { Severity } from '../../lens/issue.js';

/** The severities of FHIR, the worst first. */
const WORST_FIRST: readonly Severity[] = ['fatal', 'error', 'warning', 'information'];

/** Sorts the worst severity to the front. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity);
}
