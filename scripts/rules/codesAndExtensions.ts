import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, onEach } from './entry.js';

const patient = onEach('Patient');
const HL7 = 'http://hl7.org/fhir/StructureDefinition';
const MARITAL = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus';

const marital = (coding: JsonObject): JsonObject => ({ maritalStatus: { coding: [{ system: MARITAL, ...coding }] } });

/** Codes and displays of systems that R4 publishes, and of languages, units and countries. */
export const codes: Entries = {
  'code-unknown': patient(
    'Use a code that its system has, in its own spelling: HL7’s code systems, UCUM for units, BCP 47 for languages, ISO 3166 for countries; leave the system out where the code is your own.',
    marital({ code: 'M' }),
    marital({ code: 'married' }),
    'maritalStatus.coding[0].code',
  ),
  'display-wrong': patient(
    'Write the display that the code system has, or leave it out; the words of the record belong in text.',
    marital({ code: 'M', display: 'Married' }),
    marital({ code: 'M', display: 'Divorced' }),
    'maritalStatus.coding[0].display',
  ),
  'terminology-not-loaded': {
    fix: 'Nothing to fix; validate under Node, where the tables are.',
    where: 'the whole input, where there is no Node',
  },
};

const birthPlace: JsonObject = { url: `${HL7}/patient-birthPlace`, valueAddress: { city: 'Ghent' } };
const location = (...extension: JsonObject[]): JsonObject => ({
  address: [{ city: 'Ghent', extension: [{ url: `${HL7}/geolocation`, extension }] }],
});
const latitude: JsonObject = { url: 'latitude', valueDecimal: 51.05 };
const longitude: JsonObject = { url: 'longitude', valueDecimal: 3.72 };

/** What R4’s definitions of extensions ask for (https://hl7.org/fhir/R4/extensibility-registry.html). */
export const extensions: Entries = {
  'extension-context': patient(
    'Put the extension on an element that its definition names, or use one that is meant for this element.',
    { extension: [birthPlace] },
    { contact: [{ name: { text: 'Ann Lee' }, extension: [birthPlace] }] },
    'contact[0].extension[0]',
  ),
  'extension-modifier': patient(
    'Put the extension into extension; into modifierExtension where its definition says that it modifies.',
    { extension: [birthPlace] },
    { modifierExtension: [birthPlace] },
    'modifierExtension[0]',
  ),
  'extension-repeats': patient(
    'Keep one of the extensions: their definition allows no more.',
    { extension: [birthPlace] },
    { extension: [birthPlace, birthPlace] },
    'extension[1]',
  ),
  'extension-incomplete': patient(
    'Add the extension that the definition requires inside of this one.',
    location(latitude, longitude),
    location(latitude),
    'address[0].extension[0]',
  ),
  'extension-value': patient(
    'Give the value the type that the definition of the extension has.',
    { extension: [birthPlace] },
    { extension: [{ url: birthPlace.url, valueString: 'Ghent' }] },
    'extension[0].value',
  ),
  'extension-value-missing': patient(
    'Add the value; where it is not known, leave the whole extension out.',
    { extension: [birthPlace] },
    { extension: [{ url: birthPlace.url, extension: [{ url: 'http://example.org/city', valueString: 'Ghent' }] }] },
    'extension[0]',
  ),
};
