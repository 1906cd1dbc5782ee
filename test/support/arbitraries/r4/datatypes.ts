// R4's datatypes with the variety of real exports.
import fc from 'fast-check';
import { choice, type Json, list, merge, nonEmpty, object, pick } from '../object.js';
import { code, anyText as text } from '../text.js';
import { base64, dateTime, plainDate, plainPeriod, uri } from '../values.js';
import { fhirId, reference } from './references.js';

const V3_ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

export interface Known {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';

export const CLINICAL: readonly Known[] = [
  { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10', display: 'Essential (primary) hypertension' },
  { system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11.9' },
  { system: SNOMED, code: '38341003', display: 'Hypertensive disorder' },
  { system: SNOMED, code: '281900007', display: 'No abnormality detected' },
  { system: 'urn:oid:1.2.3', code: 'F-42', display: 'Fever & chills' },
  { code: 'I10' },
  { code: 'fever' },
];
export const REPORTS: readonly Known[] = [
  { system: LOINC, code: '24323-8', display: 'Comprehensive metabolic 2000 panel - Serum or Plasma' },
  { system: LOINC, code: '58410-2' },
  { system: LOINC, code: '718-7', display: 'Hemoglobin' },
  { system: 'https://lab.example/codes', code: 'CBC', display: 'Full blood count' },
  { code: '24323-8' },
  { system: 'urn:oid:2.16.840.1.113883.6.1', code: '718-7' },
];
export const DOCUMENTS: readonly Known[] = [
  { system: LOINC, code: '18842-5', display: 'Discharge summary' },
  { system: LOINC, code: '57133-1', display: 'Referral note' },
  { system: LOINC, code: '11488-4' },
  { system: 'urn:oid:1.2.3', code: 'DS' },
  { system: 'urn:oid:2.16.840.1.113883.6.1', code: '18842-5' },
  { code: 'discharge-summary', display: 'Discharge summary' },
  { code: 'referral-letter' },
  { system: 'https://clinikapi.com/document-types', code: 'care-plan', display: 'Something else' },
  { system: LOINC, code: 'operative-report' },
];
export const SECTIONS: readonly Known[] = [
  { system: LOINC, code: '10154-3', display: 'Chief complaint Narrative - Reported' },
  { system: LOINC, code: '8648-8', display: 'Hospital course Narrative' },
  { system: LOINC, code: '10160-0' },
  { system: LOINC, code: '29545-1', display: 'Physical findings Narrative' },
  { code: 'plan' },
  { code: 'chief-complaint', display: 'Chief Complaint' },
  { code: 'follow-up', display: 'Follow up' },
  { code: 'medications', display: 'On admission' },
];
export const CATEGORIES: readonly Known[] = [
  ...['LAB', 'RAD', 'PAT', 'CH'].map((made) => ({
    system: 'http://terminology.hl7.org/CodeSystem/v2-0074',
    code: made,
  })),
  { system: 'http://hl7.org/fhir/v2/0074', code: 'LAB' },
  { system: 'urn:oid:2.16.840.1.113883.12.74', code: 'MB', display: 'Mikrobiologie' },
  { code: 'LAB', display: 'Laboratory' },
  { code: 'RAD', display: 'Radius' },
];
export const PARTICIPANTS: readonly Known[] = [
  ...['PPRF', 'ATND', 'ADM', 'PART', 'SPRF'].map((made) => ({ system: PARTICIPATION, code: made })),
  { system: PARTICIPATION, code: 'PPRF', display: 'primary performer' },
  { system: 'http://terminology.hl7.org/CodeSystem/participant-type', code: 'translator', display: 'Translator' },
  { system: 'urn:local', code: 'PPRF' },
  { code: 'PPRF' },
  { code: 'PART' },
  { system: 'http://hl7.org/fhir/v3/ParticipationType', code: 'ATND' },
  { system: 'urn:oid:2.16.840.1.113883.5.90', code: 'PART', display: 'Teilnehmer' },
];
export const PRIORITIES: readonly Known[] = [
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code: 'R', display: 'routine' },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority', code: 'EM' },
  { system: SNOMED, code: '25876001', display: 'Emergency' },
  { system: 'http://hl7.org/fhir/v3/ActPriority', code: 'UR' },
  { code: 'UR', display: 'Urgent' },
  { code: 'R', display: 'Rush' },
];
export const DIAGNOSIS_ROLES: readonly Known[] = [
  ...['AD', 'DD', 'CC', 'CM', 'pre-op', 'billing'].map((made) => ({
    system: 'http://terminology.hl7.org/CodeSystem/diagnosis-role',
    code: made,
  })),
  { system: 'http://hl7.org/fhir/diagnosis-role', code: 'AD' },
  { code: 'CC', display: 'Chief complaint' },
];
export const CLASSES: readonly Known[] = [
  { system: V3_ACT, code: 'AMB', display: 'ambulatory' },
  { system: V3_ACT, code: 'IMP', display: 'inpatient encounter' },
  ...['EMER', 'HH', 'VR', 'ACUTE'].map((made) => ({ system: V3_ACT, code: made })),
  { code: 'AMB' },
  { system: 'urn:local:class', code: 'AMB', display: 'Tagesklinik' },
  { system: 'http://hl7.org/fhir/v3/ActCode', code: 'IMP', display: 'Station' },
  { system: 'urn:oid:2.16.840.1.113883.5.4', code: 'EMER', display: 'emergency' },
  { system: 'https://clinikapi.com/encounter-class', code: 'VR' },
  { system: 'http://terminology.hl7.org/CodeSystem/v2-0004', code: 'I', display: 'Inpatient' },
  { system: 'http://hl7.org/fhir/encounter-class', code: 'outpatient' },
  { system: 'urn:oid:1.2.840.114350.1.72.1.7.7.10.696784.13260', code: '5', display: 'Appointment' },
  { system: 'https://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'Ambulatory surgery' },
];
export const TASK_CODES: readonly Known[] = [
  { system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'approve' },
  { system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill', display: 'Fulfill the focal request' },
  { system: 'urn:local', code: 'collect' },
  { code: 'fulfill' },
  { code: 'lab-order', display: 'Lab order' },
];

/** Codes that are not what they look like: of systems that no field expects, or that say that there is no value. */
const FOREIGN: readonly Known[] = [
  { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '850.0', display: 'Concussion' },
  { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '850.0' },
  { system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'E11.41' },
  { system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'E11.41', display: 'E11.41' },
  { system: 'http://human-phenotype-ontology.org', code: 'HP:0001250', display: 'Seizure' },
  { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C56' },
  { system: 'http://hl7.org/fhir/sid/icd-10', code: 'C56' },
  { system: '2.16.840.1.113883.6.90', code: 'I10' },
  { system: 'urn:local', code: 'AMB' },
  { system: 'urn:local', code: '5', display: '5' },
  { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown', display: 'Unknown' },
  { system: 'http://hl7.org/fhir/data-absent-reason', code: 'masked' },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' },
  { system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'NI', display: 'NoInformation' },
  { system: 'urn:oid:2.16.840.1.113883.5.1008', code: 'NA' },
];

/** Words that deny, doubt or narrow what stands beside them. */
const TURNS = [
  'COVID-19 excluded',
  'no diabetes',
  'Hypertension?',
  'COVID-19 (-)',
  'Verdacht auf Diabetes',
  'mild',
  'left',
];

/** One of the known codings, with a version or the user's choice on it, or a local one of any form. */
export function coding(known: readonly Known[]): fc.Arbitrary<Json> {
  const listed = fc.constantFrom(...known).map((made): Json => ({ ...made }));
  return pick(
    choice(6, listed),
    choice(2, merge(listed, object({}, { version: fc.constantFrom('2.74', '2024'), userSelected: fc.boolean() }))),
    choice(1, merge(listed, object({ display: text(100) }))),
    choice(
      2,
      fc.constantFrom(...FOREIGN).map((made): Json => ({ ...made })),
    ),
    choice(1, nonEmpty({ system: uri(), code: code(), display: text(100) })),
  );
}

/** A CodeableConcept with up to three codings, a text, or both. */
export function concept(known: readonly Known[] = CLINICAL): fc.Arbitrary<Json> {
  const codings = pick(choice(3, fc.tuple(coding(known))), choice(2, list(coding(known))));
  const repeats = fc
    .constantFrom(...known)
    .map((made): Json => ({ coding: [{ ...made }], text: made.display ?? made.code }));
  return pick(
    choice(3, object({ coding: codings })),
    choice(3, object({ coding: codings, text: text(200) })),
    choice(1, object({ coding: codings, text: fc.constantFrom(...TURNS) })),
    choice(2, object({ text: text(200) })),
    choice(1, repeats),
  );
}

export const identifier = (): fc.Arbitrary<Json> =>
  object(
    { value: pick(choice(1, text(60)), choice(2, fc.constantFrom('42', 'MRN-1', 'pt_abc123', 'v_1'))) },
    {
      use: fc.constantFrom('usual', 'official', 'temp', 'secondary', 'old'),
      type: concept([{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }]),
      system: fc.constantFrom('urn:oid:1.2.36', 'http://ehr.example/id', 'https://api.clinikapi.com/v1/encounters'),
      period: plainPeriod(),
      assigner: reference('Organization'),
    },
  );

export const annotation = (): fc.Arbitrary<Json> =>
  merge(
    object({ text: text(500) }, { time: plainDate() }),
    pick(
      choice(2, object({})),
      choice(1, object({ authorString: text(60) })),
      choice(1, object({ authorReference: reference('Practitioner', 'Patient', 'RelatedPerson', 'Organization') })),
    ),
  );

export const attachment = (): fc.Arbitrary<Json> =>
  pick(
    choice(
      5,
      object(
        { contentType: fc.constantFrom('application/pdf', 'text/plain; charset=utf-8', 'image/png') },
        {
          data: base64(),
          url: pick(choice(2, uri()), choice(1, fc.constantFrom('#bin1', 'Binary/77/_history/1', 'urn:uuid:0'))),
          title: text(100),
          language: fc.constant('en'),
          creation: plainDate(),
          size: fc.nat(),
        },
      ),
    ),
    choice(1, nonEmpty({ url: uri(), title: text(100) })),
  );

const UCUM = 'http://unitsofmeasure.org';
const amount = fc.constantFrom(0, 1, 2, 15, 45, 60, 90, 720, 1.5, 0.25, 10_080, 10_081, 100_000);

/** A Duration in seconds, minutes, hours or days, with or without a comparator, or in words. */
export const duration = (): fc.Arbitrary<Json> => {
  const unit = fc.constantFrom('min', 'min', 'h', 'd', 's', 'wk').map((made): Json => ({ system: UCUM, code: made }));
  return pick(
    choice(8, merge(object({ value: amount }, { unit: fc.constantFrom('min', 'hours', 'Minuten') }), unit)),
    choice(1, merge(object({ value: amount, comparator: fc.constantFrom('<', '<=', '>=', '>') }), unit)),
    choice(1, object({ value: amount, unit: fc.constantFrom('min', 'minutes') })),
  );
};

const labels = (system: string, ...codes: readonly string[]) => codes.map((made) => ({ system, code: made }));
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

export const meta = (): fc.Arbitrary<Json> =>
  nonEmpty({
    versionId: fhirId(),
    lastUpdated: dateTime(),
    source: fc.constantFrom('urn:ehr', '#abc', 'https://ehr.example.org/export'),
    profile: list(fc.constantFrom('https://example.org/StructureDefinition/a', 'https://example.org/b|1.0')),
    tag: list(coding([...labels('urn:tags', 'a', 'b'), ...labels('https://clinikapi.com/tenant', 't1')])),
    security: pick(
      choice(15, list(fc.constantFrom(...labels(CONFIDENTIALITY, 'N', 'L', 'U')).map((made): Json => ({ ...made })))),
      choice(1, list(fc.constantFrom(...labels(CONFIDENTIALITY, 'R', 'V')).map((made): Json => ({ ...made })))),
    ),
  });

const quantity = object({ value: fc.constantFrom(1, 0.5, -3, 1e-7) }, { unit: text(20) });

/** A value that no payload field has an equivalent for. */
export const otherValue = (): fc.Arbitrary<Json> =>
  pick(
    choice(2, object({ valueCode: code() })),
    choice(2, object({ valuePeriod: plainPeriod() })),
    choice(2, object({ valueDecimal: fc.constantFrom(0, 1.5, -0.001, 1e21, 100) })),
    choice(1, object({ valueAddress: nonEmpty({ city: text(40), line: list(text(60)), postalCode: text(10) }) })),
    choice(1, object({ valueCodeableConcept: concept() })),
    choice(1, object({ valueCoding: coding(CLINICAL) })),
    choice(1, object({ valueQuantity: quantity })),
    choice(1, object({ valueRange: object({ low: quantity }) })),
    choice(1, object({ valueHumanName: nonEmpty({ family: text(40), given: list(text(20)) }) })),
    choice(1, object({ valueAttachment: attachment() })),
    choice(1, object({ valueIdentifier: identifier() })),
    choice(1, object({ valueInstant: dateTime() })),
    choice(1, object({ valueTime: fc.constantFrom('12:00:00', '23:59:59.123') })),
    choice(1, object({ valueMarkdown: text(100) })),
    choice(1, object({ valueUri: uri() })),
    choice(1, object({ valueBase64Binary: base64() })),
    choice(1, object({ valueUnsignedInt: fc.nat() })),
    choice(1, object({ valueAnnotation: annotation() })),
  );
