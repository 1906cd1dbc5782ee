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
    make: (n) => ({ resourceType: 'PractitionerRole', id: 'role1', practitioner: { display: name(n) } }),
  },
  Organization: { id: 'org1', make: (n) => ({ resourceType: 'Organization', id: 'org1', name: name(n) }) },
  Location: { id: 'l1', make: (n) => ({ resourceType: 'Location', id: 'l1', name: name(n), status: 'active' }) },
  Condition: {
    id: 'c1',
    make: (n, subject) => ({
      resourceType: 'Condition',
      id: 'c1',
      code: CONDITION_CODES[n % CONDITION_CODES.length],
      subject,
    }),
  },
  Observation: {
    id: 'o1',
    make: (n) => ({
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      code: { text: name(n) },
      valueString: '<5',
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
      status: 'completed',
      code: { text: name(n) },
      subject,
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

/** The resources that `body` refers to inside itself, each once, whether the reference is in it or in one of them. */
export function containedIn(body: Json, variant: number): Json[] {
  const subject = [body.subject, body.for].find(isPatient) ?? { display: 'Someone' };
  const ids = new Set<string>();
  referred(body, ids);
  const all = Object.values(CONTAINED);
  return [...ids].flatMap((id) => all.filter((entry) => entry.id === id).map((entry) => entry.make(variant, subject)));
}
