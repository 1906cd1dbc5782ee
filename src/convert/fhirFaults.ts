import { type Issue, isFailure } from '../lens/issue.js';
import { validationIssues } from '../validate/validate.js';
import type { RawOptions } from './raw/rawTypes.js';

/** What was found last. A record may be converted again once the set was looked through: it is looked at, and counted, once. */
let last: { readonly resource: unknown; readonly options: RawOptions; readonly faults: readonly Issue[] } | undefined;

/** What is wrong with the FHIR side of a record, for a run that asks for that: against R4, and against the guides of the run. */
export function fhirFaults(resource: unknown, options: RawOptions): readonly Issue[] {
  const { validate, profiles, profile } = options;
  if (validate !== true) return [];
  if (last !== undefined && last.resource === resource && last.options === options) return last.faults;
  const held = profiles === undefined ? {} : { profiles, ...(profile === undefined ? {} : { profile }) };
  const faults = validationIssues(resource, held).filter(isFailure);
  last = { resource, options, faults };
  return faults;
}
