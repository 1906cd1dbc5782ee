import { type Issue, isFailure } from '../lens/issue.js';
import { validationIssues } from '../validate/validate.js';
import type { RawOptions } from './raw/rawTypes.js';

/** What is wrong with the FHIR side of a record, for a run that asks for that: against R4, and against the guides of the run. */
export function fhirFaults(resource: unknown, { validate, profiles, profile }: RawOptions): readonly Issue[] {
  if (validate !== true) return [];
  const held = profiles === undefined ? {} : { profiles, ...(profile === undefined ? {} : { profile }) };
  return validationIssues(resource, held).filter(isFailure);
}
