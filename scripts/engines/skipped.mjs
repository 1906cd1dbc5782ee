/**
 * Says why something does not run here. Where CLINIK_FHIR_ENGINES is `all`, as in the check of a change, that is a failure.
 * @param {string} name
 * @param {string} reason
 */
export function skipped(name, reason) {
  console.log(`${name}: skipped, since ${reason}`);
  if (process.env.CLINIK_FHIR_ENGINES === 'all') process.exitCode = 1;
}
