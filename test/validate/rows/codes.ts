import type { JsonObject } from '../../../src/lens/json.js';
import { holding, observation, patient, type Row, UCUM } from '../../support/validation.js';

const GENDER = 'http://hl7.org/fhir/administrative-gender';
const HL7 = 'http://terminology.hl7.org/CodeSystem';

/** An Observation with a coding where no value set is bound. */
const method = (...coding: JsonObject[]): JsonObject => ({ method: { coding } });
const quantity = (code: string): JsonObject => ({ valueQuantity: { value: 1, system: UCUM, code } });
const unknown = (index = 0): string => `error code-unknown Observation.method.coding[${index}].code`;
const wrongDisplay = 'warning display-wrong Observation.method.coding[0].display';

const bad = (title: string, change: JsonObject, ...finds: string[]): Row => [title, observation, change, ...finds];
const good = (title: string, change: JsonObject): Row => [title, observation, change];

/** Codes of systems that R4 publishes completely, whatever they are bound to. */
export const knownCodeRows: readonly Row[] = [
  bad('a code that its system does not have', method({ system: GENDER, code: 'zzz' }), unknown()),
  bad('a code in other capitals, where they matter', method({ system: GENDER, code: 'Male' }), unknown()),
  bad('a code that every object has', method({ system: GENDER, code: 'constructor' }), unknown()),
  bad('a code with a number of the list', method({ system: GENDER, code: '1' }), unknown()),
  bad(
    'each code that its system does not have',
    method({ system: GENDER, code: 'a' }, { system: GENDER, code: 'b' }),
    unknown(0),
    unknown(1),
  ),
  bad(
    'a code beside one that is right',
    method({ system: GENDER, code: 'male' }, { system: GENDER, code: 'b' }),
    unknown(1),
  ),
  bad('a code of R4’s own version', method({ system: GENDER, version: '4.0.1', code: 'b' }), unknown()),
  bad('a code of version 3', method({ system: `${HL7}/v3-RoleCode`, code: 'MOTHER' }), unknown()),
  bad('a code of version 2', method({ system: `${HL7}/v2-0203`, code: 'MRN' }), unknown()),
  [
    'a code unknown to its system, as that alone where the set is extensible',
    { resourceType: 'Condition', subject: { display: 'a' } },
    { category: [{ coding: [{ system: `${HL7}/condition-category`, code: 'zzz' }] }] },
    'error code-unknown Condition.category[0].coding[0].code',
  ],
  [
    'a code unknown to its system in a Coding',
    patient,
    { meta: { tag: [{ system: GENDER, code: 'zzz' }] } },
    'error code-unknown Patient.meta.tag[0].code',
  ],
  [
    'a code unknown to its system in the value of an extension',
    patient,
    holding('Coding', { system: GENDER, code: 'zzz' }),
    'error code-unknown Patient.extension[0].value.code',
  ],
  bad(
    'a malformed code, as that alone',
    method({ system: GENDER, code: ' male' }),
    'error format-code Observation.method.coding[0].code',
  ),
  good('a code of its system', method({ system: GENDER, code: 'male' })),
  good('a code below another one', method({ system: `${HL7}/v3-ActCode`, code: 'IMP' })),
  good('a code of another version', method({ system: GENDER, version: '9', code: 'b' })),
  good('a code that its system has had since R4', method({ system: `${HL7}/v2-0203`, code: 'PGN' })),
  good('other capitals where nobody says that they matter', method({ system: `${HL7}/v2-0203`, code: 'mr' })),
  good('a system without a code', method({ system: GENDER })),
  good('a code without a system', method({ code: 'zzz' })),
  good('a code of a system under its address in STU3', method({ system: 'http://hl7.org/fhir/v2/0203', code: 'zzz' })),
  good('a code of a system that R4 gives examples of', method({ system: `${HL7}/service-type`, code: 'zzz' })),
  good('a code of a system that R4 gives a part of', method({ system: `${HL7}/insurance-plan-type`, code: 'zzz' })),
  good(
    'a code of a system that R4 gives no codes of',
    method({ system: 'http://hl7.org/fhir/message-events', code: 'zzz' }),
  ),
  good('a code of a system of others', method({ system: 'http://loinc.org', code: 'zzz' })),
  good(
    'a code of a system of DICOM’s',
    method({ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'zzz' }),
  ),
];

/** The displays of those codes. */
export const displayRows: readonly Row[] = [
  bad('the display of another code', method({ system: GENDER, code: 'male', display: 'Female' }), wrongDisplay),
  bad('a display that says more', method({ system: GENDER, code: 'male', display: 'Male person' }), wrongDisplay),
  bad('a part of a display', method({ system: GENDER, code: 'male', display: 'Mal' }), wrongDisplay),
  bad(
    'the display of an unknown code, as that alone',
    method({ system: GENDER, code: 'b', display: 'Male' }),
    unknown(),
  ),
  good('the display', method({ system: GENDER, code: 'male', display: 'Male' })),
  good(
    'a display in other capitals and spaces',
    method({ system: `${HL7}/v2-0203`, code: 'MR', display: 'medical  RECORD number' }),
  ),
  good(
    'a display in another language',
    method({ system: `${HL7}/v2-0203`, code: 'DL', display: 'Führerscheinnummer' }),
  ),
  good(
    'a display with another apostrophe',
    method({ system: `${HL7}/v2-0203`, code: 'DL', display: 'Driver’s license number' }),
  ),
  good('any display of a system of others', method({ system: 'http://loinc.org', code: 'a', display: 'b' })),
];

const language = (tag: string): Row => [
  `the language ${tag}`,
  patient,
  { language: tag },
  'error binding-required Patient.language',
];

/** Languages, units and countries. */
export const standardRows: readonly Row[] = [
  ...['en-', 'en_US', 'english', 'xx-YY', 'A-B'].map(language),
  ['the language de-CH-1996', patient, { language: 'de-CH-1996' }],
  [
    'a language that is none in a coding',
    patient,
    { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'english' }] } }] },
    'error code-unknown Patient.communication[0].language.coding[0].code',
  ],
  [
    'a language that is none in a datatype',
    patient,
    { photo: [{ language: 'en_US', title: 'a' }] },
    'error binding-required Patient.photo[0].language',
  ],
  [
    'a language of a communication',
    patient,
    { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'nl-NL' }] } }] },
  ],
  bad('a unit that UCUM does not have', quantity('zzz'), 'error code-unknown Observation.value.code'),
  bad('a unit in other capitals', quantity('MMOL/l'), 'error code-unknown Observation.value.code'),
  bad('a unit that is none in a coding', method({ system: UCUM, code: 'beats/min' }), unknown()),
  good('a unit', quantity('mm[Hg]')),
  good('a unit of another system', { valueQuantity: { value: 1, system: 'http://example.org/units', code: 'zzz' } }),
  [
    'an age whose unit is none',
    patient,
    holding('Age', { value: 1, system: UCUM, code: 'year' }),
    'error code-unknown Patient.extension[0].value.code',
  ],
  bad('a country that ISO 3166 does not have', method({ system: 'urn:iso:std:iso:3166', code: 'ZZZ' }), unknown()),
  bad(
    'a part of a country that ISO 3166 does not have',
    method({ system: 'urn:iso:std:iso:3166:-2', code: 'ZZ-A' }),
    unknown(),
  ),
  good('a country', method({ system: 'urn:iso:std:iso:3166', code: 'BEL' })),
  good('a part of a country', method({ system: 'urn:iso:std:iso:3166:-2', code: 'US-CA' })),
];
