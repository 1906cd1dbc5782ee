// References as EHRs write them: relative, versioned, absolute, urn, conditional, contained, logical, in words only.
import fc from 'fast-check';
import { choice, type Json, object, pick } from '../object.js';
import { anyText as text } from '../text.js';
import { CONTAINED } from './contained.js';

const uuid = fc.uuid();
const LONG = '0123456789abcdef'.repeat(4);

/** An id by R4's grammar. */
export const fhirId = (): fc.Arbitrary<string> =>
  pick(
    choice(3, uuid),
    choice(4, fc.constantFrom('1', 'a1', 'example', 'f001', 'A.b-C', '2024-01-01', '-', '.x', LONG)),
    choice(1, fc.integer({ min: 1, max: 9_999_999 }).map(String)),
  );

const PATHS: Record<string, string> = {
  Patient: 'patients',
  Practitioner: 'practitioners',
  Organization: 'organizations',
  Location: 'locations',
  Observation: 'observations',
  Condition: 'conditions',
  Specimen: 'specimens',
  ServiceRequest: 'service-requests',
  Appointment: 'appointments',
  Media: 'media',
  Encounter: 'encounters',
  Composition: 'documents',
};

const CLINIKAPI = 'https://api.clinikapi.com/v1';
const clinikId = fc.constantFrom('pt_abc123', 'prac_1', 'x_1', 'cond_c1', 'org_1');

/** An id by R4's grammar, or one of ClinikAPI's, which its documentation writes into literal references. */
const anyId = (): fc.Arbitrary<string> => pick(choice(5, fhirId()), choice(1, clinikId));

/** What stands in `Reference.reference`, for one type. */
function literal(type: string): fc.Arbitrary<string> {
  const relative = anyId().map((id) => `${type}/${id}`);
  const base = fc.constantFrom(
    'https://ehr.example.org/fhir',
    'http://localhost:8080/r4',
    CLINIKAPI,
    `${CLINIKAPI}/fhir`,
  );
  return pick(
    choice(8, relative),
    choice(
      1,
      fc.tuple(relative, fc.constantFrom('3', 'v_3')).map((parts) => parts.join('/_history/')),
    ),
    choice(
      1,
      fc.tuple(base, relative).map((parts) => parts.join('/')),
    ),
    choice(
      1,
      relative.map((made) => `https://ehr.example.org/fhir/${made}/_history/1`),
    ),
    choice(
      1,
      uuid.map((made) => `urn:uuid:${made}`),
    ),
    choice(1, fc.constantFrom('urn:oid:1.2.840.113619.2.5', 'urn:uuid:00000000-0000-4000-8000-000000000000')),
    choice(
      1,
      fc.constantFrom('urn:ehr|42', 'http://hl7.org/fhir/sid/us-npi|999').map((id) => `${type}?identifier=${id}`),
    ),
  );
}

const logical = (type: string): fc.Arbitrary<Json> => {
  const foreign = object(
    { value: text(40) },
    { system: fc.constantFrom('urn:oid:1.2.36.146.595', 'http://ehr.example/id') },
  );
  const path = PATHS[type];
  const ours = fc.constant(path === undefined ? CLINIKAPI : `${CLINIKAPI}/${path}`);
  const identifier = pick(choice(1, foreign), choice(1, object({ system: ours, value: clinikId })));
  return pick(choice(2, object({ type: fc.constant(type), identifier })), choice(1, object({ identifier })));
};

function toType(type: string): fc.Arbitrary<Json> {
  const known = object({ reference: literal(type) });
  const described = object({ reference: literal(type) }, { display: text(100), type: fc.constant(type) });
  const shapes = [
    choice(6, known),
    choice(5, described),
    choice(2, logical(type)),
    choice(1, object({ display: text(100) })),
  ];
  const inside = CONTAINED[type];
  if (inside) shapes.push(choice(1, object({ reference: fc.constant(`#${inside.id}`) }, { display: text(100) })));
  return pick(...shapes);
}

/** A reference to one of the types, the first of them two times in three. */
export function reference(...types: readonly [string, ...string[]]): fc.Arbitrary<Json> {
  const [first, ...others] = types;
  if (others.length === 0) return toType(first);
  return pick(choice(2 * others.length, toType(first)), ...others.map((type) => choice(1, toType(type))));
}

/** A reference that a field of this one type can take, nearly always. */
export function readable(type: string, ...others: readonly string[]): fc.Arbitrary<Json> {
  const plain = anyId().map((id) => `${type}/${id}`);
  const ours = object({
    type: fc.constant(type),
    identifier: object({ system: fc.constant(`${CLINIKAPI}/${PATHS[type] ?? ''}`), value: clinikId }),
  });
  return pick(
    choice(24, object({ reference: plain }, { display: text(100) })),
    choice(6, ours),
    choice(2, toType(type)),
    choice(1, reference(type, ...others)),
  );
}

const ANY = [
  'Observation',
  'Condition',
  'MedicationRequest',
  'Procedure',
  'DocumentReference',
  'Group',
  'Patient',
] as const;

/** A reference to a resource of any type. */
export const anyReference = (): fc.Arbitrary<Json> => reference(...ANY);
