import type { JsonObject } from '../../../src/lens/json.js';
import {
  ABSENT,
  bundle,
  composition,
  encounter,
  holding,
  impression,
  observation,
  patient,
  type Row,
  report,
  task,
  UCUM,
} from '../../support/validation.js';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const OWN = 'http://example.org/codes';
const coding = (...pairs: [system: string | undefined, code: string][]): JsonObject => ({
  coding: pairs.map(([system, code]) => ({ ...(system === undefined ? {} : { system }), code })),
});

/** Codes of a required binding, where the code alone says it. */
export const codeRows: readonly Row[] = [
  ['a code outside of its value set', task, { status: 'started' }, 'error binding-required Task.status'],
  ['a code in another case', task, { status: 'Draft' }, 'error binding-required Task.status'],
  ['a display in the place of a code', observation, { status: 'Final' }, 'error binding-required Observation.status'],
  ['a code of another value set', impression, { status: 'final' }, 'error binding-required ClinicalImpression.status'],
  ['a code that R4 gave up', encounter, { status: 'completed' }, 'error binding-required Encounter.status'],
  [
    'a code outside of its value set in a report',
    report,
    { status: 'done' },
    'error binding-required DiagnosticReport.status',
  ],
  [
    'a code outside of its value set in a Composition',
    composition,
    { status: 'active' },
    'error binding-required Composition.status',
  ],
  ['a code outside of its value set in a Bundle', bundle, { type: 'list' }, 'error binding-required Bundle.type'],
  ['a code outside of its value set in a Patient', patient, { gender: 'm' }, 'error binding-required Patient.gender'],
  ['a code that every object has', patient, { gender: 'constructor' }, 'error binding-required Patient.gender'],
  [
    'a code in a backbone element',
    encounter,
    { location: [{ location: { reference: 'Location/a' }, status: 'open' }] },
    'error binding-required Encounter.location[0].status',
  ],
  [
    'a code in a datatype',
    patient,
    { name: [{ use: 'main', text: 'a' }] },
    'error binding-required Patient.name[0].use',
  ],
  [
    'a code in a list',
    patient,
    holding('Timing', { repeat: { dayOfWeek: ['mon', 'monday'] } }),
    'error binding-required Patient.extension[0].value.repeat.dayOfWeek[1]',
  ],
  [
    'a currency that does not exist',
    patient,
    holding('Money', { value: 1, currency: 'XYZ' }),
    'error binding-required Patient.extension[0].value.currency',
  ],
  ['a code that is no code, as that alone', task, { status: ' draft' }, 'error format-code Task.status'],
  ['codes of one value set in two systems', task, { intent: 'unknown' }],
  ['a code that only an extension carries', task, { status: undefined, _status: ABSENT }],
  ['a code with extensions', task, { _status: ABSENT }],
  ['a code of UCUM from a list', patient, holding('Timing', { repeat: { duration: 1, durationUnit: 'wk' } })],
  ['a currency', patient, holding('Money', { value: 1, currency: 'EUR' })],
  [
    'any type of media, since nobody lists them',
    patient,
    { photo: [{ contentType: 'application/x-nobody-has-this' }] },
  ],
  ['any language of the registry, though R4 prefers some', patient, { language: 'tlh' }],
  ['any language of a communication', patient, { communication: [{ language: coding([OWN, 'a']) }] }],
  ['any unit', observation, { valueQuantity: { value: 1, system: UCUM, code: '{nobody}' } }],
  ['any code of an extensible code', patient, holding('Expression', { language: 'text/cobol', expression: 'a' })],
];

const condition: JsonObject = { resourceType: 'Condition', subject: { reference: 'Patient/a' } };
const CLINICAL = `${HL7}/condition-clinical`;
const active = { clinicalStatus: coding([CLINICAL, 'active']) };

/** CodeableConcepts of a required binding: one coding of the set has to be there. */
export const conceptRows: readonly Row[] = [
  [
    'a concept with a code that the system of the required set does not have, as that alone',
    condition,
    { clinicalStatus: coding([CLINICAL, 'sleeping']) },
    'error code-unknown Condition.clinicalStatus.coding[0].code',
  ],
  [
    'a concept with the code of the set in another system',
    condition,
    { clinicalStatus: coding([OWN, 'active']) },
    'error binding-required Condition.clinicalStatus',
  ],
  [
    'a concept with the code of the set in no system',
    condition,
    { clinicalStatus: coding([undefined, 'active']) },
    'error binding-required Condition.clinicalStatus',
  ],
  [
    'a concept with a text alone',
    { ...condition, ...active },
    { clinicalStatus: { text: 'active' } },
    'error binding-required-missing Condition.clinicalStatus',
  ],
  [
    'a concept with an extension alone',
    condition,
    { clinicalStatus: ABSENT },
    'error binding-required-missing Condition.clinicalStatus',
  ],
  ['an empty concept, as that alone', condition, { clinicalStatus: {} }, 'error empty-value Condition.clinicalStatus'],
  [
    'a concept with an id, as that alone',
    condition,
    { clinicalStatus: { id: 'a' } },
    'error ele-1 Condition.clinicalStatus',
  ],
  [
    'a concept whose code has the wrong JSON type, as that alone',
    condition,
    { clinicalStatus: { coding: [{ system: CLINICAL, code: 7 }] } },
    'error wrong-json-type Condition.clinicalStatus.coding[0].code',
  ],
  [
    'a concept whose codings are no list, as that alone',
    condition,
    { clinicalStatus: { coding: { system: CLINICAL, code: 'active' } } },
    'error list-expected Condition.clinicalStatus.coding',
  ],
  [
    'a concept whose code is malformed, as that alone',
    condition,
    { clinicalStatus: coding([CLINICAL, ' active']) },
    'error format-code Condition.clinicalStatus.coding[0].code',
  ],
  [
    'a concept of no codings, as that alone',
    condition,
    { clinicalStatus: { coding: [] } },
    'error empty-value Condition.clinicalStatus.coding',
  ],
  [
    'a concept outside of the set, and a broken extension of it',
    condition,
    { clinicalStatus: { ...coding([OWN, 'a']), extension: [{ url: 'http://example.org/a' }] } },
    'error binding-required Condition.clinicalStatus',
    'error ext-1 Condition.clinicalStatus.extension[0]',
  ],
  ['a concept with a coding of the set', condition, active],
  [
    'a concept with one coding of the set among others',
    condition,
    { clinicalStatus: coding([OWN, 'a'], [CLINICAL, 'active'], [OWN, 'sleeping']) },
  ],
  [
    'a concept of units, since nobody lists them',
    {
      resourceType: 'RiskEvidenceSynthesis',
      name: 'Aa',
      status: 'draft',
      population: { reference: 'EvidenceVariable/a' },
      outcome: { reference: 'EvidenceVariable/a' },
    },
    { riskEstimate: { unitOfMeasure: coding([UCUM, '{nobody}']) } },
  ],
];

const MARITAL = `${HL7}/v3-MaritalStatus`;
const NULL = `${HL7}/v3-NullFlavor`;
const label = (system: string, code: string): JsonObject => ({ meta: { security: [{ system, code }] } });

/** Extensible bindings: a code that one of the set's own systems does not have there is worth a warning. */
export const extensibleRows: readonly Row[] = [
  [
    'a concept outside of an extensible set, in its system',
    patient,
    { maritalStatus: coding([NULL, 'NI']) },
    'warning binding-extensible Patient.maritalStatus.coding[0]',
  ],
  [
    'a concept with the first coding of several that is outside',
    patient,
    { maritalStatus: coding([OWN, 'a'], [NULL, 'NI'], [NULL, 'MSK']) },
    'warning binding-extensible Patient.maritalStatus.coding[1]',
  ],
  [
    'a Coding outside of an extensible set, in its system',
    encounter,
    { class: { system: `${HL7}/v3-ActCode`, code: 'HIV' } },
    'warning binding-extensible Encounter.class',
  ],
  [
    'a Coding outside of an extensible set in a list',
    patient,
    {
      meta: {
        security: [
          { system: `${HL7}/v3-Confidentiality`, code: 'R' },
          { system: `${HL7}/v3-Confidentiality`, code: '_Confidentiality' },
        ],
      },
    },
    'warning binding-extensible Patient.meta.security[1]',
  ],
  [
    'a concept in a list',
    observation,
    {
      interpretation: [
        { text: 'a' },
        coding([`${HL7}/v3-ObservationInterpretation`, '_GeneticObservationInterpretation']),
      ],
    },
    'warning binding-extensible Observation.interpretation[1].coding[0]',
  ],
  [
    'a concept in a choice',
    patient,
    holding('DataRequirement', {
      type: 'Patient',
      subjectCodeableConcept: coding(['http://hl7.org/fhir/resource-types', 'Encounter']),
    }),
    'warning binding-extensible Patient.extension[0].value.subject.coding[0]',
  ],
  [
    'a Duration with a code that the system of an extensible set does not have, as that alone',
    { resourceType: 'Specimen' },
    { collection: { fastingStatusDuration: { value: 1, system: `${HL7}/v2-0916`, code: 'Z' } } },
    'error code-unknown Specimen.collection.fastingStatus.code',
    'error drt-1 Specimen.collection.fastingStatus',
  ],
  ['a concept of another system', patient, { maritalStatus: coding([OWN, 'Z']) }],
  ['a concept of no system', patient, { maritalStatus: coding([undefined, 'Z']) }],
  ['a concept with a text alone', patient, { maritalStatus: { text: 'Z' } }],
  [
    'a concept with one coding of the set among those outside',
    patient,
    { maritalStatus: coding([NULL, 'NI'], [MARITAL, 'M']) },
  ],
  ['a concept of the second system of a set', patient, { maritalStatus: coding([`${HL7}/v3-NullFlavor`, 'UNK']) }],
  ['a Coding of another system', encounter, { class: { system: OWN, code: 'Z' } }],
  ['a security label of the set', patient, label(`${HL7}/v3-ActReason`, 'HTEST')],
  [
    'a concept of a set that R4 only prefers',
    encounter,
    { hospitalization: { dischargeDisposition: coding([`${HL7}/discharge-disposition`, 'oth']) } },
  ],
];
