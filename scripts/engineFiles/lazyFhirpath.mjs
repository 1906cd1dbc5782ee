import { makeEngine } from '../../src/fhirpathEngine.ts';

let engine;

/** fhirpath as part of the same file, started by the first rule that asks. */
export function loadFhirPath() {
  engine ??= makeEngine(require('fhirpath'), require('fhirpath/fhir-context/r4'));
  return engine;
}
