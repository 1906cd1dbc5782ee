import { isObject, type JsonObject, own } from '../../lens/json.js';

const BASE = 'http://hl7.org/fhir/StructureDefinition/';

/** R4's profiles of vital signs by the LOINC codes that are theirs. */
const PROFILES: ReadonlyMap<unknown, string> = new Map([
  ['85353-1', `${BASE}vitalspanel`],
  ['9279-1', `${BASE}resprate`],
  ['8867-4', `${BASE}heartrate`],
  ['2708-6', `${BASE}oxygensat`],
  ['8310-5', `${BASE}bodytemp`],
  ['8302-2', `${BASE}bodyheight`],
  ['9843-4', `${BASE}headcircum`],
  ['29463-7', `${BASE}bodyweight`],
  ['39156-5', `${BASE}bmi`],
  ['85354-9', `${BASE}bp`],
]);

/**
 * The canonicals of the profiles that R4 holds an Observation to by its code, whatever it claims: a vital sign with one of these codes
 * conforms to its profile (https://hl7.org/fhir/R4/observation-vitalsigns.html).
 */
export function vitalSignsOf(value: JsonObject, type: string): readonly string[] {
  const code = type === 'Observation' ? own(value, 'code') : undefined;
  const codings = isObject(code) ? own(code, 'coding') : undefined;
  if (!Array.isArray(codings)) return [];
  return codings
    .filter(isObject)
    .filter((coding) => own(coding, 'system') === 'http://loinc.org')
    .flatMap((coding) => PROFILES.get(own(coding, 'code')) ?? []);
}
