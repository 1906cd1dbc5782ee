// Ids, references, codes and the other values that several payloads share.
import fc from 'fast-check';
import { choice, type Json, nonEmpty, object, pick } from './object.js';
import { code, text } from './text.js';
import { CODES, PROTOTYPE_WORDS } from './words.js';

export * from './times.js';

/** Every prefix that ClinikAPI's documentation shows, with the type it stands for. */
export const PREFIXES = {
  pt: 'Patient',
  prac: 'Practitioner',
  enc: 'Encounter',
  obs: 'Observation',
  spec: 'Specimen',
  cond: 'Condition',
  allergy: 'AllergyIntolerance',
  rx: 'MedicationRequest',
  lab: 'DiagnosticReport',
  dr: 'DiagnosticReport',
  assess: 'ClinicalImpression',
  doc: 'Composition',
  task: 'Task',
  appt: 'Appointment',
  sr: 'ServiceRequest',
  org: 'Organization',
  proc: 'Procedure',
  media: 'Media',
  intake: 'QuestionnaireResponse',
} as const;

export const TYPES = [
  ...new Set<string>(Object.values(PREFIXES)),
  ...['Location', 'ImagingStudy', 'DocumentReference', 'RiskAssessment', 'FamilyMemberHistory', 'PractitionerRole'],
  ...['CarePlan', 'Goal', 'Device', 'Group', 'RelatedPerson'],
];
const OTHER_TYPES = ['CareTeam', 'EpisodeOfCare', 'Flag', 'Basic', 'Binary', 'Bundle', 'List', 'Medication', 'Claim'];
const UNKNOWN_TYPES = ['Foo', 'patient', 'PATIENT', 'Resource', 'DomainResource', 'X', 'Patients', 'constructor'];

const PLAIN_IDS = ['1', '0', 'abc', 'a-1', 'a.b.c', 'P1', 'example', '2024-01-01', '24323-8', 'I10', 'null', 'A'];
const ODD_IDS = [
  ...['-a', '.a', '_a', '-', '.', '..', '_', '__', 'pt_', '_pt', 'PT_1', 'pt__1', 'pt-1', 'foo_1', 'loc_1', 'a_b_c'],
  ...PROTOTYPE_WORDS,
];

const uuid = fc.uuid();
const tail = fc.constantFrom('abc123', 'c1', '1', '001', 'cbc_001', 'hypertension', 'cmp-001', 'a.b', '_1');
const prefixed = (prefix: fc.Arbitrary<string>) => fc.tuple(prefix, tail).map((parts) => parts.join('_'));
const anyPrefix = fc.constantFrom(...Object.keys(PREFIXES));
const alphabet = fc.constantFrom(...'ABCXYZabcxyz0189-.');
const plain = fc.array(alphabet, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(''));
const sized = fc
  .tuple(fc.constantFrom(63, 64, 64, 65, 66, 128, 200), fc.constantFrom('a', 'pt_', '0-', 'Ab.', '.', '_'))
  .map(([length, part]) => part.repeat(length).slice(0, length));

/** An id of ClinikAPI's alphabet, prefixed or not, that FHIR may or may not allow. */
export function id(prefix?: string): fc.Arbitrary<string> {
  return pick(
    choice(4, prefixed(prefix === undefined ? anyPrefix : fc.constant(prefix))),
    choice(2, prefixed(anyPrefix)),
    choice(3, uuid),
    choice(2, fc.constantFrom(...PLAIN_IDS)),
    choice(1, plain),
    choice(1, sized),
    choice(1, fc.constantFrom(...ODD_IDS)),
  );
}

/** A typed reference, `Type/id`, to one of the types. */
export function typed(...types: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...types), id()).map((parts) => parts.join('/'));
}

/** What a ref(*) field holds: a bare id of any prefix, or `Type/id` with a known, another or an unknown type. */
export function refAny(): fc.Arbitrary<string> {
  return pick(
    choice(5, id()),
    choice(4, typed(...TYPES)),
    choice(1, typed(...OTHER_TYPES)),
    choice(1, typed(...UNKNOWN_TYPES)),
  );
}

/** What a name-or-ref field holds: a name, which may look like anything, or a reference to one of the types. */
export function nameOrRef(types: readonly string[], max?: number): fc.Arbitrary<string> {
  const fitting = typed(...types).map((made) => made.slice(0, max));
  return pick(choice(3, text(max)), choice(1, fitting));
}

export const int = (min: number, max: number): fc.Arbitrary<number> =>
  pick(choice(6, fc.integer({ min, max: Math.min(max, min + 200) })), choice(2, fc.integer({ min, max })), {
    weight: 1,
    arbitrary: fc.constantFrom(min, max),
  });

export const MAX_INT = 2_147_483_647;
export const positiveInt = () => int(1, MAX_INT);
export const signedInt = () =>
  pick(choice(3, fc.integer({ min: -10, max: 300 })), choice(1, fc.integer({ min: -MAX_INT - 1, max: MAX_INT })), {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, MAX_INT, -MAX_INT - 1),
  });

/** Base64 of one byte or more, so that its length is a multiple of four. */
export const base64 = (): fc.Arbitrary<string> =>
  pick(
    choice(4, fc.base64String({ minLength: 4, maxLength: 40 })),
    choice(1, fc.constantFrom('AA==', '/+8=', 'JVBERi0xLjQK', 'eA==')),
  );

const URI_PARTS = ['a', 'b', '1', '/', '/', '.', '-', '?', '=', '&', '#', '%20', ':', '|', '<x>', "'", '"', 'é', '😀'];
const uriTail = fc.array(fc.constantFrom(...URI_PARTS), { maxLength: 6 }).map((parts) => parts.join(''));

/** A uri without white space: the well-known, the local, the relative and the ugly. */
export const uri = (): fc.Arbitrary<string> =>
  pick(
    choice(3, fc.constantFrom('http://loinc.org', 'http://snomed.info/sct', 'http://hl7.org/fhir/sid/icd-10-cm')),
    choice(
      1,
      uuid.map((made) => `urn:uuid:${made}`),
    ),
    choice(1, fc.constantFrom('urn:oid:2.16.840.1.113883.6.96', 'urn:ietf:rfc:3986', 'mailto:a@b.example', 'local')),
    choice(
      3,
      uriTail.map((end) => `https://example.org/${end}`),
    ),
    choice(
      1,
      fc.constantFrom(
        'Protocol/1',
        '#p1',
        'Binary/77',
        '/files/a.pdf',
        'cid:part1',
        'file:///a.pdf',
        '//x/y',
        'x',
        '__proto__',
        'http://x|1.0',
        'http://example.org/a?b=c&d=e',
      ),
    ),
  );

const SYSTEMS = [
  ...['urn:oid:2.16.840.1.113883.6.96', 'http://hl7.org/fhir/v3/ActCode', 'https://clinikapi.com/codes'],
  ...['http://loinc.org', 'http://snomed.info/sct', 'http://hl7.org/fhir/sid/icd-10-cm', 'urn:oid:1.2.3'],
  ...[
    'http://hl7.org/fhir/sid/icd-9-cm',
    'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
    '2.16.840.1.113883.6.1',
  ],
  ...['http://hl7.org/fhir/data-absent-reason', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm'],
  ...['http://hl7.org/fhir/sid/icd-10', 'http://terminology.hl7.org/CodeSystem/v2-0074', 'https://lab.example/codes'],
];

/** A code with or without its system and display; the three fit each other only by chance. */
export const codeObject = (): fc.Arbitrary<Json> =>
  object(
    { code: pick(choice(1, fc.constantFrom(...CODES.map((made) => made.trim()))), choice(1, code())) },
    { system: pick(choice(3, fc.constantFrom(...SYSTEMS)), choice(1, uri())), display: text(200) },
  );

/** The same as ClinikAPI's OpenAPI file has it, which asks for none of the three. */
export const anyCodeObject = (): fc.Arbitrary<Json> =>
  pick(
    choice(5, codeObject()),
    choice(1, nonEmpty({ system: pick(choice(3, fc.constantFrom(...SYSTEMS)), choice(1, uri())), display: text(200) })),
  );
