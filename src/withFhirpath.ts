// The public surface of `clinik-fhir/fhirpath`, nothing else: for programs that are bundled, and for runtimes other than Node.
import library from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import { makeEngine } from './fhirpathEngine.js';
import type { Engine } from './validate/fhirpath/engine.js';
import { provideFhirPath } from './validate/fhirpath/interpret.js';

export type { Engine, Evaluation, Fault, Surroundings } from './validate/fhirpath/engine.js';

/**
 * Rules of one's own, in all of FHIRPath (http://hl7.org/fhirpath/N1/): the option `fhirpath` of `validate`. Who imports this module
 * needs no option; every call of the same copy of clinik-fhir finds it.
 */
export const fhirpath: Engine = makeEngine(library, model);

provideFhirPath(fhirpath);
