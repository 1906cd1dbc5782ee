import { makeEngine } from '../../src/fhirpathEngine.ts';

let engine;

function started() {
  engine ??= makeEngine(require('fhirpath'), require('fhirpath/fhir-context/r4'));
  return engine;
}

/** The engine of rules of one's own, started by the first rule that asks. */
export const fhirpath = {
  faultIn: (expression) => started().faultIn(expression),
  evaluation: (expression, base) => started().evaluation(expression, base),
};
