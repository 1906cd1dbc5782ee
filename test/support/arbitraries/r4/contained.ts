// The resources that a record can carry inside it; one appears as soon as something refers to its id.
import { isObject, type Json } from '../object.js';

interface Contained {
  readonly id: string;
  /** The resource; `variant` picks among its forms, `subject` is that of the record it sits in. */
  readonly make: (variant: number, subject: Json) => Json;
}

const CONDITION_CODES: readonly Json[] = [
  {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10', display: 'Essential (primary) hypertension' }],
  },
  { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }], text: 'High blood pressure' },
  { text: 'Fever & chills <unclear>' },
  { coding: [{ code: 'E11.9' }, { system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11.9' }] },
];

/** How sure a Condition is: by R4's codes, STU3's, none, KBV's letters, or in words of somebody else's. */
const VERIFICATIONS: readonly Json[] = [
  {},
  {},
  ...['confirmed', 'refuted', 'entered-in-error', 'provisional', 'differential'].map((code) => ({
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] },
  })),
  { verificationStatus: { coding: [{ system: 'http://hl7.org/fhir/condition-ver-status', code: 'unconfirmed' }] } },
  { verificationStatus: { coding: [{ code: 'refuted' }] } },
  { verificationStatus: { coding: [{ system: 'urn:ehr:sure', code: '7', display: 'Likely' }] } },
  { verificationStatus: { coding: [{ system: 'urn:ehr:sure', code: '7' }] } },
  { verificationStatus: { text: 'gesichert' } },
];

const SICHERHEIT = 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit';
const LETTERS = ['', '', '', 'G', 'V', 'Z', 'A', '?'];

/** Codes that are not as they would be read: under another system, with a text that denies them, and as sure as a letter says. */
const OTHER_CODES: readonly Json[] = [
  { coding: [{ system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'E11.41' }] },
  { coding: [{ system: 'http://human-phenotype-ontology.org', code: 'HP:0001250', display: 'Seizure' }] },
  {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'U07.1', display: 'COVID-19' }],
    text: 'No COVID-19',
  },
];

function lettered(code: Json, letter: string): Json {
  const [first, ...others] = Array.isArray(code.coding) ? code.coding.filter(isObject) : [];
  if (letter === '' || first === undefined) return code;
  const extension = [{ url: SICHERHEIT, valueCoding: { code: letter } }];
  return { ...code, coding: [{ ...first, extension }, ...others] };
}

/** Whom a target is about: mostly the same, now and then nobody or somebody else; some have a label. */
function roles(n: number, subject: Json): Json {
  const meta = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
  const about: readonly Json[] = [{ subject }, {}, { subject: { reference: 'Patient/somebody-else' } }];
  return { ...(n % 11 === 0 ? { meta } : {}), ...(n % 7 < 2 ? about[(n % 7) + 1] : about[0]) };
}

/** Whom a role names, if anybody whose id can be told. */
const OFFICES: readonly Json[] = [
  { practitioner: { reference: 'Practitioner/prac-9' } },
  { active: true, practitioner: { reference: 'Practitioner/prac_9' } },
  { practitioner: { display: 'Dr. X' } },
  { practitioner: { identifier: { system: 'https://api.clinikapi.com/v1/practitioners', value: 'prac_9' } } },
  {},
];

const EVENTS = ['completed', 'completed', 'not-done', 'entered-in-error', 'in-progress', 'preparation', 'unknown'];
const LOOKS = ['final', 'final', 'cancelled', 'entered-in-error', 'preliminary', 'registered', 'amended'];
const at = <T>(all: readonly T[], n: number): T | undefined => all[n % all.length];

const NAMES = ['North Ward', 'A & E <2>', 'Bed 3', 'Patient/pt_abc', 'Dr. \u05d3\u05d5\u05d3'];
const name = (variant: number) => NAMES[variant % NAMES.length] ?? 'North Ward';

export const CONTAINED: Readonly<Record<string, Contained>> = {
  Patient: { id: 'pat1', make: (n) => ({ resourceType: 'Patient', id: 'pat1', name: [{ text: name(n) }] }) },
  Practitioner: {
    id: 'prac1',
    make: (n) => ({
      resourceType: 'Practitioner',
      id: 'prac1',
      active: true,
      name: [{ family: name(n), given: ['A', 'B'] }],
    }),
  },
  PractitionerRole: {
    id: 'role1',
    make: (n) => ({
      resourceType: 'PractitionerRole',
      id: 'role1',
      ...at(OFFICES, n),
      ...(n % 5 === 0 ? { active: false } : {}),
    }),
  },
  Organization: { id: 'org1', make: (n) => ({ resourceType: 'Organization', id: 'org1', name: name(n) }) },
  Location: { id: 'l1', make: (n) => ({ resourceType: 'Location', id: 'l1', name: name(n), status: 'active' }) },
  Condition: {
    id: 'c1',
    make: (n, subject) => ({
      resourceType: 'Condition',
      id: 'c1',
      code: lettered(at([...CONDITION_CODES, ...OTHER_CODES], n) ?? {}, at(LETTERS, n >> 3) ?? ''),
      ...at(VERIFICATIONS, n >> 2),
      ...roles(n, subject),
    }),
  },
  Observation: {
    id: 'o1',
    make: (n, subject) => ({
      resourceType: 'Observation',
      id: 'o1',
      status: at(LOOKS, n >> 2),
      code: { text: name(n) },
      valueString: '<5',
      ...roles(n, subject),
    }),
  },
  Binary: {
    id: 'bin1',
    make: (n) => ({
      resourceType: 'Binary',
      id: 'bin1',
      contentType: ['application/pdf', 'text/plain', 'image/png'][n % 3],
      data: 'JVBERi0xLjQK',
    }),
  },
  Procedure: {
    id: 'proc1',
    make: (n, subject) => ({
      resourceType: 'Procedure',
      id: 'proc1',
      status: at(EVENTS, n >> 2),
      code: n % 3 === 0 ? { coding: [{ system: 'http://snomed.info/sct', code: '80146002' }] } : { text: name(n) },
      ...roles(n, subject),
    }),
  },
};

/** The elements whose text can lead to what is contained. */
const NAMING = ['reference', 'url'];

function referred(value: unknown, ids: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) referred(item, ids);
  else if (isObject(value)) {
    for (const key of NAMING) {
      const text = value[key];
      if (typeof text === 'string' && text.startsWith('#')) ids.add(text.slice(1));
    }
    for (const item of Object.values(value)) referred(item, ids);
  }
}

const isPatient = (value: unknown): value is Json =>
  isObject(value) && (value.type === 'Patient' || /^(Patient\/|#pat1$)/.test(String(value.reference)));

const subjectOf = (body: Json): Json => [body.subject, body.for].find(isPatient) ?? { display: 'Someone' };

/** The resource behind a reference of `body` to what it is about, was done or was seen: another one for each reference. */
export function targetOf(body: Json, reference: string, variant: number): Json | undefined {
  const [type = ''] = /(Condition|Procedure|Observation|PractitionerRole)(?=[/?])/.exec(reference) ?? [];
  const seed = [...reference].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 100_003, variant);
  return CONTAINED[type]?.make(seed, subjectOf(body));
}

/** The resources that `body` refers to inside itself, each once, whether the reference is in it or in one of them. */
export function containedIn(body: Json, variant: number): Json[] {
  const subject = subjectOf(body);
  const ids = new Set<string>();
  referred(body, ids);
  const all = Object.values(CONTAINED);
  return [...ids].flatMap((id) => all.filter((entry) => entry.id === id).map((entry) => entry.make(variant, subject)));
}
