import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(write(patient, UUID), { reference: `Patient/${UUID}` });
    assert.deepEqual(write(patient, 'pt_abc123'), logical(patients, 'pt_abc123', 'Patient'));
    assert.deepEqual(write(patient, 'x'.repeat(64)), { reference: `Patient/${'x'.repeat(64)}` });
    assert.deepEqual(write(patient, 'x'.repeat(65)), logical(patients, 'x'.repeat(65), 'Patient'));
  });

  it('writes the root as system for a type that has no path', () => {
    assert.deepEqual(pointTo('Procedure', 'proc_1'), logical(CLINIK_API, 'proc_1', 'Procedure'));
  });

  it('reads back what it writes', () => {
    for (const id of [UUID, 'pt_abc123', 'a', '_', '.', '-', 'x'.repeat(65)]) {
      assert.equal(read(patient, write(patient, id)), id);
    }
  });

  it('reads literal references of its type', () => {
    assert.equal(read(patient, { reference: 'Patient/1/_history/2' }), '1');
    assert.equal(read(patient, { reference: 'Patient/1', display: 'Ann' }), '1');
    assert.deepEqual(reading(patient, { reference: 'http://x.org/Patient/1' }), {
      id: '1',
      ids: ['reference-absolute-assumed'],
    });
    assert.deepEqual(reading(patient, { reference: 'http://x.org/Patient/1' }, { baseUrl: 'http://x.org' }), {
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
    for (const other of others) assert.equal(read(patient, other), undefined, JSON.stringify(other));
  });

  it('takes the type of a resolved reference from what was found, else from Reference.type', () => {
    const resolveId = (): string => 'pt_1';
    const urn = { reference: 'urn:uuid:1' };
    assert.equal(read(patient, urn, { resolveId, resolve: () => ({ resourceType: 'Group' }) }), undefined);
    assert.equal(read(patient, { ...urn, type: 'Group' }, { resolveId }), undefined);
    assert.equal(read(patient, { ...urn, type: 'Patient' }, { resolveId }), 'pt_1');
    assert.equal(read(patient, urn, { resolve: () => ({ resourceType: 'Patient', id: 'p9' }) }), 'p9');
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
      assert.equal(id({ identifier: npi }), 'p9');
      assert.equal(id({ reference: 'Practitioner?name=x', identifier: npi }), 'p9');
      assert.equal(id({ reference: '#Practitioner' }), 'p9');
      assert.equal(id({ reference: '#Organization' }), undefined);
      assert.equal(id({ reference: '#none' }), undefined);
      assert.equal(id({ type: 'Organization', identifier: npi }), undefined);
      assert.equal(id({ identifier: { value: '9' } }), undefined);
      assert.equal(anyReference().read({ reference: '#Practitioner' }, scope), 'Practitioner/p9');
      assert.equal(anyReference().read({ identifier: npi }, scope), undefined);
    }
    const scope = readScope('Encounter', {});
    scope.resource = {
      contained: [{ resourceType: 'Patient', id: 'p', identifier: [{ system: patients, value: 'pt_4' }] }],
    };
    assert.equal(patient.read({ reference: '#p' }, scope), 'pt_4');
  });

  it('refuses what the map does not know, where that is asked for, if it could be an id of the field', () => {
    const options: ConvertOptions = { resolveId: () => undefined, unmapped: 'refuse' };
    const ids = (value: unknown) => reading(patient, value, options).ids;
    const refused = ['reference-unmapped'];
    assert.deepEqual(ids({ reference: 'Patient/1' }), refused);
    assert.deepEqual(ids({ reference: 'urn:uuid:1' }), refused);
    assert.deepEqual(ids({ identifier: { system: 'http://mrn', value: '1' } }), refused);
    assert.deepEqual(ids({ reference: 'Group/1' }), []);
    assert.deepEqual(ids({ reference: '#p1' }), []);
    assert.deepEqual(ids({ display: 'Ann' }), []);
    assert.deepEqual(ids(logical(patients, 'pt_1')), []);
  });

  it('refuses a reference that no map can know, and none to a target that is no one of the field’s', () => {
    const options: ConvertOptions = { resolveId: () => undefined, unmapped: 'refuse' };
    const ids = (value: unknown, more: ConvertOptions = {}) => reading(patient, value, { ...options, ...more }).ids;
    const refused = ['reference-unmapped'];
    const found = (resourceType: string) => ({ resolve: () => ({ resourceType }) as Resource });
    assert.deepEqual(ids({ reference: 'https://ehr.example/p/123' }), refused);
    assert.deepEqual(ids({ reference: 'Patient/pt_1' }), refused);
    assert.deepEqual(ids({ reference: 'Patient?identifier=https://ehr.example/Group/1|1' }, found('Group')), refused);
    assert.deepEqual(ids({ reference: 'urn:uuid:1' }, found('Patient')), refused);
    assert.deepEqual(ids({ reference: 'urn:uuid:1', type: 'Patient' }), refused);
    assert.deepEqual(ids({ reference: 'Group/grp_1' }), []);
    assert.deepEqual(ids({ reference: 'urn:uuid:1' }, found('Group')), []);
    assert.deepEqual(ids({ reference: 'urn:uuid:1', type: 'Group' }), []);
    assert.deepEqual(
      reading(anyReference(), { reference: 'urn:uuid:1' }, { ...options, ...found('Group') }).ids,
      refused,
    );
  });

  it('takes null of the caller’s functions for what they do not know', () => {
    const none = JSON.parse('null');
    const options: ConvertOptions = { resolveId: () => none, resolveReference: () => none, resolve: () => none };
    const { id, ids } = reading(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, options);
    assert.deepEqual([id, ids], [undefined, []]);
    assert.equal(read(patient, write(patient, 'pt_1', options), options), 'pt_1');
    assert.equal(read(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, { resolve: () => none }), '1');
    const known: ConvertOptions = { ...options, resolveId: (text) => (text === 'Patient/1' ? 'pt_1' : none) };
    assert.equal(read(patient, { reference: 'https://ehr.example/fhir/Patient/1' }, known), 'pt_1');
  });

  it('is not written as the caller’s function has it where that names another type, or what is contained', () => {
    for (const reference of ['Practitioner/9', 'https://ehr.example/fhir/Group/9', 'Group?identifier=a|b', '#p'])
      assert.deepEqual(
        write(patient, 'pt_1', { resolveReference: () => reference }),
        logical(patients, 'pt_1', 'Patient'),
      );
    assert.deepEqual(write(patient, 'pt_1', { resolveReference: () => 'Patient/9' }), { reference: 'Patient/9' });
  });

  it('takes the id that an identifier of ClinikAPI’s says of what was found before its own', () => {
    const identifier = [{ system: `${CLINIK_API}/patients`, value: 'pt_1' }];
    const resolve = (): Resource => ({ resourceType: 'Patient', id: 'p9', identifier }) as Resource;
    assert.equal(read(patient, { reference: 'urn:uuid:x' }, { resolve }), 'pt_1');
    const other = [{ system: `${CLINIK_API}/encounters`, value: 'enc_1' }];
    assert.equal(
      read(patient, { reference: 'urn:uuid:x' }, { resolve: () => ({ ...resolve(), identifier: other }) }),
      'p9',
    );
  });

  it('asks resolveId for the simplest reference too', () => {
    assert.equal(read(patient, { reference: 'Patient/1' }, { resolveId: () => 'pt_1' }), 'pt_1');
    assert.equal(read(patient, { reference: 'Patient/1' }, { resolveId: () => undefined }), undefined);
    assert.equal(read(patient, { reference: 'Patient/1' }, { resolveId: () => 'not an id' }), undefined);
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
    for (const other of others) assert.equal(read(patient, other), undefined, JSON.stringify(other));
  });

  it('admits an id bare or with its own type, and makes it bare', () => {
    assert.deepEqual(admitting(patient, 'Patient/1'), { value: '1', ids: [] });
    assert.deepEqual(admitting(patient, 'pt_1'), { value: 'pt_1', ids: [] });
    assert.deepEqual(admitting(patient, 'Group/1'), { value: undefined, ids: ['reference-type'] });
    assert.deepEqual(admitting(patient, ''), { value: undefined, ids: ['payload-empty-omitted'] });
  });
});

describe('a reference to any type', () => {
  const any = anyReference();
  const problem = anyReference(['Condition', 'AllergyIntolerance']);

  it('keeps bare and typed ids apart', () => {
    const ids = ['cond_c1', 'Condition/cond_c1', 'Condition/c1', 'c1', UUID, `Condition/${UUID}`, 'x_y', 'allergy_1'];
    for (const id of ids) {
      assert.equal(read(problem, write(problem, id)), id);
      assert.equal(read(any, write(any, id)), id);
    }
    assert.equal(new Set(ids.map((id) => JSON.stringify(write(problem, id)))).size, ids.length);
  });

  it('writes the type that a prefix tells into the system only', () => {
    assert.deepEqual(write(problem, 'cond_c1'), logical(`${CLINIK_API}/conditions`, 'cond_c1'));
    assert.deepEqual(write(problem, 'Condition/cond_c1'), logical(`${CLINIK_API}/conditions`, 'cond_c1', 'Condition'));
    assert.deepEqual(write(problem, UUID), logical(CLINIK_API, UUID));
  });

  it('leaves a prefix or a type aside that the element does not take', () => {
    assert.deepEqual(write(problem, 'obs_1'), logical(CLINIK_API, 'obs_1'));
    assert.deepEqual(write(problem, 'Observation/1'), logical(CLINIK_API, 'Observation/1'));
    assert.equal(read(problem, write(problem, 'Observation/1')), 'Observation/1');
    assert.deepEqual(write(any, 'Foo/1'), logical(CLINIK_API, 'Foo/1'));
    assert.equal(read(any, write(any, 'Foo/1')), 'Foo/1');
  });

  it('asks resolveType where no prefix tells, and takes no type that the element does not take', () => {
    const asked: (readonly string[])[] = [];
    const resolveType = (_id: string, allowed: readonly string[]): string => {
      asked.push(allowed);
      return 'Condition';
    };
    assert.deepEqual(write(problem, UUID, { resolveType }), logical(`${CLINIK_API}/conditions`, UUID));
    assert.deepEqual(write(problem, 'allergy_1', { resolveType }), logical(`${CLINIK_API}/allergies`, 'allergy_1'));
    assert.deepEqual(asked, [['Condition', 'AllergyIntolerance']]);
    assert.deepEqual(write(problem, UUID, { resolveType: () => 'Observation' }), logical(CLINIK_API, UUID));
  });

  it('reads a literal reference with its type, and none of a type that it does not take', () => {
    assert.equal(read(problem, { reference: 'Condition/1' }), 'Condition/1');
    assert.equal(read(problem, { reference: 'Condition/1/_history/2' }), 'Condition/1');
    assert.equal(read(problem, { reference: 'Observation/1' }), undefined);
    assert.equal(read(problem, logical(CLINIK_API, 'x_1', 'Observation')), undefined);
    assert.equal(read(any, { reference: 'Foo/1' }), undefined);
  });

  it('reads a resolved reference with its type', () => {
    const options: ConvertOptions = { resolveId: (reference) => `new-${reference.length}` };
    assert.equal(read(problem, { reference: 'Condition/1' }, options), 'Condition/new-11');
    assert.equal(read(problem, { reference: 'urn:uuid:1' }, options), 'new-10');
  });

  it('admits any id, and leaves out an empty one', () => {
    assert.deepEqual(admitting(problem, 'Observation/1'), { value: 'Observation/1', ids: [] });
    assert.deepEqual(admitting(problem, ''), { value: undefined, ids: ['payload-empty-omitted'] });
  });
});

describe('a name or a reference', () => {
  const place = nameOrReference(['Location', 'Organization'], 20);

  it('writes a name as display, and a typed id as a reference', () => {
    assert.deepEqual(write(place, 'Ward 3'), { display: 'Ward 3' });
    assert.deepEqual(write(place, 'Location/l1'), { reference: 'Location/l1' });
    assert.deepEqual(
      write(place, 'Organization/org_1'),
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
      assert.deepEqual(write(place, name), { display: name });
    }
  });

  it('reads back what it writes', () => {
    for (const name of ['Ward 3', 'Location/l1', 'Organization/org_1', 'Patient/1', 'Location/', 'org_1', ' ']) {
      assert.equal(read(place, write(place, name)), name);
    }
  });

  it('reads the display before the reference', () => {
    assert.equal(read(place, { reference: 'Location/l1', display: 'Ward 3' }), 'Ward 3');
    assert.equal(read(place, { reference: 'Location/l1', display: '' }), 'Location/l1');
  });

  it('reads no reference of another type or of none', () => {
    assert.equal(read(place, { reference: 'Patient/1' }), undefined);
    assert.equal(read(place, logical(CLINIK_API, 'x_1')), undefined);
  });

  it('holds the name to its limit', () => {
    assert.deepEqual(reading(place, { display: 'x'.repeat(21) }), { id: undefined, ids: ['text-over-limit'] });
    assert.deepEqual(reading(place, { display: 'x'.repeat(21) }, { overflow: 'truncate' }).id, 'x'.repeat(20));
  });
});
