import { type Issue, isFailure } from '../lens/issue.js';
import { validationIssues } from '../validate/validate.js';
import { newFaultsRefused } from './putCheck.js';

/**
 * What makes the result of a conversion no valid R4. That the system of a code does not have it is no fault of the conversion: it
 * carries the code as it was given, and `validate` tells. docs/decisions/063.
 */
export function faultsOf(resource: unknown): Issue[] {
  return validationIssues(resource).filter((issue) => isFailure(issue) && issue.id !== 'code-unknown');
}

/** Refuses a put by what `validate` finds. */
export const refuseNewFaults = newFaultsRefused(faultsOf);
