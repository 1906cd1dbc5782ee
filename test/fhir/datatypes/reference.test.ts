import { describe, expect, it } from '@jest/globals';
import type { Reference, Resource } from 'fhir/r4.js';
import { anyReference, nameOrReference, pointTo, reference } from '../../../src/fhir/datatypes/reference.js';
import { CLINIK_API } from '../../../src/fhir/references/identity.js';
import type { FhirScope } from '../../../src/fhir/scope.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';
import type { Codec } from '../../../src/lens/codec.js';

type ReferenceCodec = Codec<string, Reference, FhirScope>;

const UUID = '3f2a0c1e-7d55-4d8e-9a51-0c0a5d1b2c3d';
const patients = `${CLINIK_API}/patients`;
const logical = (system: string, value: string, type?: string): Reference => ({
  ...(type === undefined ? {} : { type }),
  identifier: { system, value },
});

function reading(codec: ReferenceCodec, value: unknown, options: ConvertOptions = {}) {
  const scope = readScope('Encounter', options);
  return { id: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id) };
}
const read = (codec: ReferenceCodec, value: unknown, options?: ConvertOptions) => reading(codec, value, options).id;
const write = (codec: ReferenceCodec, value: string, options: ConvertOptions = {}) =>
  codec.write(value, payloadScope(options));
function admitting(codec: ReferenceCodec, value: string) {
  const scope = payloadScope({});
  return { value: codec.admit(value, scope), ids: scope.issues?.map((issue) => issue.id) };
}

describe('a reference to one type', () => {
  const patient = reference('Patient');

  it('writes an id that FHIR allows literally, and any other logically', () => {
    expect(write(patient, UUID)).toStrictEqual({ reference: `Patient/${UUID}` });
    expect(write(patient, 'pt_abc123')).toStrictEqual(logical(patients, 'pt_abc123', 'Patient'));
    expect(write(patient, 'x'.repeat(64))).toStrictEqual({ reference: `Patient/${'x'.repeat(64)}` });
    expect(write(patient, 'x'.repeat(65))).toStrictEqual(logical(patients, 'x'.repeat(65), 'Patient'));
  });

  it('writes the root as system for a type that has no path', () => {
    expect(pointTo('Procedure', 'proc_1')).toStrictEqual(logical(CLINIK_API, 'proc_1', 'Procedure'));
  });

  it('reads back what it writes', () => {
    for (const id of [UUID, 'pt_abc123', 'a', '_', '.', '-', 'x'.repeat(65)]) {
      expect(read(patient, write(patient, id))).toBe(id);
    }
  });

  it('reads literal references of its type', () => {
    expect(read(patient, { reference: 'Patient/1/_history/2' })).toBe('1');
    expect(read(patient, { reference: 'Patient/1', display: 'Ann' })).toBe('1');
    expect(reading(patient, { reference: 'http://x.org/Patient/1' })).toStrictEqual({
      id: '1',
      ids: ['reference-absolute-assumed'],
    });
    expect(reading(patient, { reference: 'http://x.org/Patient/1' }, { baseUrl: 'http://x.org' })).toStrictEqual({
      id: '1',
      ids: [],
    });
  });

  it('never takes the id of another type', () => {
    const others: Reference[] = [
      { reference: 'Group/1' },
      { reference: 'http://x.org/Group/1' },
      logical(`${CLINIK_API}/practitioners`, 'prac_1'),
      logical(`${CLINIK_API}/practitioners`, 'prac_1', 'Patient'),
      logical(patients, 'pt_1', 'Group'),
      logical(CLINIK_API, 'x_1', 'Group'),
    ];
    for (const other of others)
      expect([JSON.stringify(other), read(patient, other)]).toStrictEqual([JSON.stringify(other), undefined]);
  });

  it('takes the type of a resolved reference from what was found, else from Reference.type', () => {
    const resolveId = (): string => 'pt_1';
    const urn = { reference: 'urn:uuid:1' };
    expect(read(patient, urn, { resolveId, resolve: () => ({ resourceType: 'Group' }) })).toBeUndefined();
    expect(read(patient, { ...urn, type: 'Group' }, { resolveId })).toBeUndefined();
    expect(read(patient, { ...urn, type: 'Patient' }, { resolveId })).toBe('pt_1');
    expect(read(patient, urn, { resolve: () => ({ resourceType: 'Patient', id: 'p9' }) })).toBe('p9');
  });

  it('knows a target by an identifier: of a logical reference, beside a literal one, of a contained resource', () => {
    const practitioner = reference('Practitioner');
    const npi = { system: 'http://npi', value: '9' };
    const knows = (text: string) => text === 'Practitioner?identifier=http://npi|9';
    const resource = (text: string) => (knows(text) ? { resourceType: 'Practitioner' as const, id: 'p9' } : undefined);
    for (const options of [
      { resolveId: (text: string) => (knows(text) ? 'p9' : undefined) },
      { resolve: resource },
    ] satisfies ConvertOptions[]) {
      const scope = readScope('Encounter', options);
      const contained = (type: string, identifier: unknown) => ({ resourceType: type, id: type, identifier });
      scope.resource = {
        contained: [
          contained('Practitioner', [{ value: 'x' }, npi]),
          contained('Organization', [npi]),
          contained('Person', [npi]),
        ],
      };
      const id = (value: unknown) => practitioner.read(value, scope);
      expect(id({ identifier: npi })).toBe('p9');
      expect(id({ reference: 'Practitioner?name=x', identifier: npi })).toBe('p9');
      expect(id({ reference: '#Practitioner' })).toBe('p9');
      expect(id({ reference: '#Organization' })).toBeUndefined();
      expect(id({ reference: '#none' })).toBeUndefined();
      expect(id({ type: 'Organization', identifier: npi })).toBeUndefined();
      expect(id({ identifier: { value: '9' } })).toBeUndefined();
      expect(anyReference().read({ reference: '#Practitioner' }, scope)).toBe('Practitioner/p9');
      expect(anyReference().read({ identifier: npi }, scope)).toBeUndefined();
    }
    const scope = readScope('Encounter', {});
    scope.resource = {
      contained: [{ resourceType: 'Patient', id: 'p', identifier: [{ system: patients, value: 'pt_4' }] }],
    };
    expect(patient.read({ reference: '#p' }, scope)).toBe('pt_4');
  });

  it('refuses what the map does not know, where that is asked for, if it could be an id of the field', () => {
    const options: ConvertOptions = { resolveId: () => undefined, unmapped: 'refuse' };
    const ids = (value: unknown) => reading(patient, value, options).ids;
    const refused = ['reference-unmapped'];
    expect(ids({ reference: 'Patient/1' })).toStrictEqual(refused);
    expect(ids({ reference: 'urn:uuid:1' })).toStrictEqual(refused);
    expect(ids({ identifier: { system: 'http://mrn', value: '1' } })).toStrictEqual(refused);
    expect(ids({ reference: 'Group/1' })).toStrictEqual([]);
    expect(ids({ reference: '#p1' })).toStrictEqual([]);
    expect(ids({ display: 'Ann' })).toStrictEqual([]);
    expect(ids(logical(patients, 'pt_1'))).toStrictEqual([]);
  });

  it('refuses a reference that no map can know, and none to a target that is no one of the field’s', () => {
    const options: ConvertOptions = { resolveId: () => undefined, unmapped: 'refuse' };
    const ids = (value: unknown, more: ConvertOptions = {}) => reading(patient, value, { ...options, ...more }).ids;
    const refused = ['reference-unmapped'];
    const found = (resourceType: string) => ({ resolve: () => ({ resourceType }) as Resource });
    expect(ids({ reference: 'https://ehr.example/p/123' })).toStrictEqual(refused);
    expect(ids({ reference: 'Patient/pt_1' })).toStrictEqual(refused);
    expect(ids({ reference: 'Patient?identifier=https://ehr.example/Group/1|1' }, found('Group'))).toStrictEqual(
      refused,
    );
    expect(ids({ reference: 'urn:uuid:1' }, found('Patient'))).toStrictEqual(refused);
    expect(ids({ reference: 'urn:uuid:1', type: 'Patient' })).toStrictEqual(refused);
    expect(ids({ reference: 'Group/grp_1' })).toStrictEqual([]);
    expect(ids({ reference: 'urn:uuid:1' }, found('Group'))).toStrictEqual([]);
    expect(ids({ reference: 'urn:uuid:1', type: 'Group' })).toStrictEqual([]);
    expect(reading(anyReference(), { reference: 'urn:uuid:1' }, { ...options, ...found('Group') }).ids).toStrictEqual(
      refused,
    );
  });

  it('takes null of the caller’s functions for what they do not know', () => {
    const none = JSON.parse('null');
    const options: ConvertOptions = { resolveId: () => none, resolveReference: () => none, resolve: () => none };
    const { id, ids } = reading(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, options);
    expect([id, ids]).toStrictEqual([undefined, []]);
    expect(read(patient, write(patient, 'pt_1', options), options)).toBe('pt_1');
    expect(read(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, { resolve: () => none })).toBe('1');
    const known: ConvertOptions = { ...options, resolveId: (text) => (text === 'Patient/1' ? 'pt_1' : none) };
    expect(read(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, known)).toBe('pt_1');
  });

  it('is not written as the caller’s function has it where that names another type, or what is contained', () => {
    for (const reference of ['Practitioner/9', 'https://ehr.example/fhir/Group/9', 'Group?identifier=a|b', '#p'])
      expect(write(patient, 'pt_1', { resolveReference: () => reference })).toStrictEqual(
        logical(patients, 'pt_1', 'Patient'),
      );
    expect(write(patient, 'pt_1', { resolveReference: () => 'Patient/9' })).toStrictEqual({ reference: 'Patient/9' });
  });

  it('takes the id that an identifier of ClinikAPI’s says of what was found before its own', () => {
    const identifier = [{ system: `${CLINIK_API}/patients`, value: 'pt_1' }];
    const resolve = (): Resource => ({ resourceType: 'Patient', id: 'p9', identifier }) as Resource;
    expect(read(patient, { reference: 'urn:uuid:x' }, { resolve })).toBe('pt_1');
    const other = [{ system: `${CLINIK_API}/encounters`, value: 'enc_1' }];
    expect(read(patient, { reference: 'urn:uuid:x' }, { resolve: () => ({ ...resolve(), identifier: other }) })).toBe(
      'p9',
    );
  });

  it('asks resolveId for the simplest reference too', () => {
    expect(read(patient, { reference: 'Patient/1' }, { resolveId: () => 'pt_1' })).toBe('pt_1');
    expect(read(patient, { reference: 'Patient/1' }, { resolveId: () => undefined })).toBeUndefined();
    expect(read(patient, { reference: 'Patient/1' }, { resolveId: () => 'not an id' })).toBeUndefined();
  });

  it('reads no id from a display, a foreign identifier, or what is no reference', () => {
    const others: unknown[] = [
      { display: 'Ann' },
      logical('http://hospital.org/mrn', '1', 'Patient'),
      logical(patients, 'not an id'),
      logical(patients, 'Patient/1', 'Patient'),
      { identifier: { system: patients } },
      { identifier: [{ system: patients, value: 'pt_1' }] },
      { reference: '#p1' },
      { reference: 'Patient?identifier=a|b' },
      { reference: 7 },
      'Patient/1',
      null,
    ];
    for (const other of others)
      expect([JSON.stringify(other), read(patient, other)]).toStrictEqual([JSON.stringify(other), undefined]);
  });

  it('admits an id bare or with its own type, and makes it bare', () => {
    expect(admitting(patient, 'Patient/1')).toStrictEqual({ value: '1', ids: [] });
    expect(admitting(patient, 'pt_1')).toStrictEqual({ value: 'pt_1', ids: [] });
    expect(admitting(patient, 'Group/1')).toStrictEqual({ value: undefined, ids: ['reference-type'] });
    expect(admitting(patient, '')).toStrictEqual({ value: undefined, ids: ['payload-empty-omitted'] });
  });
});

describe('a reference to any type', () => {
  const any = anyReference();
  const problem = anyReference(['Condition', 'AllergyIntolerance']);

  it('keeps bare and typed ids apart', () => {
    const ids = ['cond_c1', 'Condition/cond_c1', 'Condition/c1', 'c1', UUID, `Condition/${UUID}`, 'x_y', 'allergy_1'];
    for (const id of ids) {
      expect(read(problem, write(problem, id))).toBe(id);
      expect(read(any, write(any, id))).toBe(id);
    }
    expect(new Set(ids.map((id) => JSON.stringify(write(problem, id)))).size).toBe(ids.length);
  });

  it('writes the type that a prefix tells into the system only', () => {
    expect(write(problem, 'cond_c1')).toStrictEqual(logical(`${CLINIK_API}/conditions`, 'cond_c1'));
    expect(write(problem, 'Condition/cond_c1')).toStrictEqual(
      logical(`${CLINIK_API}/conditions`, 'cond_c1', 'Condition'),
    );
    expect(write(problem, UUID)).toStrictEqual(logical(CLINIK_API, UUID));
  });

  it('leaves a prefix or a type aside that the element does not take', () => {
    expect(write(problem, 'obs_1')).toStrictEqual(logical(CLINIK_API, 'obs_1'));
    expect(write(problem, 'Observation/1')).toStrictEqual(logical(CLINIK_API, 'Observation/1'));
    expect(read(problem, write(problem, 'Observation/1'))).toBe('Observation/1');
    expect(write(any, 'Foo/1')).toStrictEqual(logical(CLINIK_API, 'Foo/1'));
    expect(read(any, write(any, 'Foo/1'))).toBe('Foo/1');
  });

  it('asks resolveType where no prefix tells, and takes no type that the element does not take', () => {
    const asked: (readonly string[])[] = [];
    const resolveType = (_id: string, allowed: readonly string[]): string => {
      asked.push(allowed);
      return 'Condition';
    };
    expect(write(problem, UUID, { resolveType })).toStrictEqual(logical(`${CLINIK_API}/conditions`, UUID));
    expect(write(problem, 'allergy_1', { resolveType })).toStrictEqual(logical(`${CLINIK_API}/allergies`, 'allergy_1'));
    expect(asked).toStrictEqual([['Condition', 'AllergyIntolerance']]);
    expect(write(problem, UUID, { resolveType: () => 'Observation' })).toStrictEqual(logical(CLINIK_API, UUID));
  });

  it('reads a literal reference with its type, and none of a type that it does not take', () => {
    expect(read(problem, { reference: 'Condition/1' })).toBe('Condition/1');
    expect(read(problem, { reference: 'Condition/1/_history/2' })).toBe('Condition/1');
    expect(read(problem, { reference: 'Observation/1' })).toBeUndefined();
    expect(read(problem, logical(CLINIK_API, 'x_1', 'Observation'))).toBeUndefined();
    expect(read(any, { reference: 'Foo/1' })).toBeUndefined();
  });

  it('reads a resolved reference with its type', () => {
    const options: ConvertOptions = { resolveId: (reference) => `new-${reference.length}` };
    expect(read(problem, { reference: 'Condition/1' }, options)).toBe('Condition/new-11');
    expect(read(problem, { reference: 'urn:uuid:1' }, options)).toBe('new-10');
  });

  it('admits any id, and leaves out an empty one', () => {
    expect(admitting(problem, 'Observation/1')).toStrictEqual({ value: 'Observation/1', ids: [] });
    expect(admitting(problem, '')).toStrictEqual({ value: undefined, ids: ['payload-empty-omitted'] });
  });
});

describe('a name or a reference', () => {
  const place = nameOrReference(['Location', 'Organization'], 20);

  it('writes a name as display, and a typed id as a reference', () => {
    expect(write(place, 'Ward 3')).toStrictEqual({ display: 'Ward 3' });
    expect(write(place, 'Location/l1')).toStrictEqual({ reference: 'Location/l1' });
    expect(write(place, 'Organization/org_1')).toStrictEqual(
      logical(`${CLINIK_API}/organizations`, 'org_1', 'Organization'),
    );
  });

  it('takes nothing for a typed id that only looks like one', () => {
    for (const name of [
      'Patient/1',
      'Location/',
      'Location/a b',
      'a Location/1',
      'Location/1/2',
      'location/1',
      'org_1',
    ]) {
      expect(write(place, name)).toStrictEqual({ display: name });
    }
  });

  it('reads back what it writes', () => {
    for (const name of ['Ward 3', 'Location/l1', 'Organization/org_1', 'Patient/1', 'Location/', 'org_1', ' a ']) {
      expect(read(place, write(place, name))).toBe(name);
    }
  });

  it('reads the display before the reference', () => {
    expect(read(place, { reference: 'Location/l1', display: 'Ward 3' })).toBe('Ward 3');
    expect(read(place, { reference: 'Location/l1', display: '' })).toBe('Location/l1');
  });

  it('reads no reference of another type or of none', () => {
    expect(read(place, { reference: 'Patient/1' })).toBeUndefined();
    expect(read(place, logical(CLINIK_API, 'x_1'))).toBeUndefined();
  });

  it('holds the name to its limit', () => {
    expect(reading(place, { display: 'x'.repeat(21) })).toStrictEqual({ id: undefined, ids: ['text-over-limit'] });
    expect(reading(place, { display: 'x'.repeat(21) }, { overflow: 'truncate' }).id).toStrictEqual('x'.repeat(20));
  });
});
