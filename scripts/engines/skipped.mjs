import { appendFileSync } from 'node:fs';

/** What a check ends with where nothing failed and something was not run, as automake's tests do. */
export const SKIPPED = 77;

/**
 * Says why something does not run here. Where CLINIK_FHIR_ENGINES is `all`, as in the check of a change, that is a failure.
 * The file that CLINIK_FHIR_SKIPPED names gets a line.
 * @param {string} name
 * @param {string} reason
 */
export function skipped(name, reason) {
  console.log(`${name}: skipped, since ${reason}`);
  if (process.env.CLINIK_FHIR_ENGINES === 'all') process.exitCode = 1;
  else process.exitCode ||= SKIPPED;
  const { CLINIK_FHIR_SKIPPED: reasons } = process.env;
  if (reasons) appendFileSync(reasons, `${name}: ${reason}\n`);
}
