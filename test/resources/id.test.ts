import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Composition, Encounter, Identifier } from 'fhir/r4.js';
import { documents, type EncounterInput, encounters, type Issue } from '../../src/index.js';

const system = 'https://api.clinikapi.com/v1/encounters';
const mrn: Identifier = { system: 'http://hospital.org/visits', value: '7' };
const visit: EncounterInput = { status: 'finished', class: 'AMB', patientId: 'p1' };
const uuid = '3f2a0c1e-7d55-4d8e-9a51-0c0a5d1b2c3d';

const idsOf = ({ id, identifier }: Encounter) => ({ id, identifier });
const onto = (more: Partial<Encounter>): Encounter => ({ ...encounters.toFhir(visit), ...more });
const put = (id: string, more: Partial<Encounter>) => idsOf(encounters.toFhir(visit, { id, onto: onto(more) }));
const short = (issues: readonly Issue[]): string[] =>
  issues.map((issue) => `${issue.id} ${issue.expression.join(' ')}`);

describe("a record's id", () => {
  it('is the resource’s id where FHIR allows it, else an identifier', () => {
    assert.deepEqual(idsOf(encounters.toFhir(visit, { id: uuid })), { id: uuid, identifier: undefined });
    assert.deepEqual(idsOf(encounters.toFhir(visit, { id: 'enc_1' })), {
      id: undefined,
      identifier: [{ system, value: 'enc_1' }],
    });
    assert.deepEqual(idsOf(encounters.toFhir(visit)), { id: undefined, identifier: undefined });
  });

  it('may stand in the payload; the option comes first', () => {
    assert.equal(encounters.toFhir({ id: 'a', ...visit }).id, 'a');
    assert.equal(encounters.toFhir({ id: 'a', ...visit }, { id: 'b' }).id, 'b');
  });

  it('is refused where it is none', () => {
    for (const id of ['not an id', '', 'a/b']) {
      const result = encounters.safeToFhir(visit, { id });
      assert.equal(result.ok, false);
      assert.deepEqual(short(result.issues), ['payload-id id']);
    }
    assert.deepEqual(short(encounters.safeToFhir({ id: 7, ...visit }).issues), ['payload-id id']);
  });

  it('is read from ClinikAPI’s identifier first, then from the resource', () => {
    assert.equal(encounters.fromFhir(onto({ id: 'e1' })).id, 'e1');
    assert.equal(encounters.fromFhir(onto({ id: 'e1', identifier: [mrn, { system, value: 'enc_1' }] })).id, 'enc_1');
    assert.equal(encounters.fromFhir(onto({ identifier: [mrn] })).id, undefined);
  });

  it('survives the trip', () => {
    for (const id of [uuid, 'enc_1', 'x'.repeat(65)]) {
      assert.equal(encounters.fromFhir(encounters.toFhir(visit, { id })).id, id);
      assert.equal(encounters.fromFhir(encounters.toFhir(visit, { id, onto: onto({ id: 'theirs' }) })).id, id);
    }
  });
});

describe("a record's id on put", () => {
  it('never overwrites an id of somebody else’s', () => {
    assert.deepEqual(put(uuid, { id: 'theirs', identifier: [mrn] }), {
      id: 'theirs',
      identifier: [mrn, { system, value: uuid }],
    });
  });

  it('becomes the resource’s id where none stands there', () => {
    assert.deepEqual(put(uuid, { identifier: [mrn] }), { id: uuid, identifier: [mrn] });
  });

  it('stays as it is where it is there already', () => {
    const identifier = [mrn, { system, value: 'enc_1', use: 'official' as const }];
    assert.deepEqual(put('enc_1', { id: 'theirs', identifier }), { id: 'theirs', identifier });
    assert.deepEqual(put(uuid, { id: uuid, identifier: [mrn] }), { id: uuid, identifier: [mrn] });
  });

  it('takes the place of an old one of ClinikAPI’s', () => {
    assert.deepEqual(put('enc_2', { identifier: [{ system, value: 'enc_1' }, mrn] }), {
      id: undefined,
      identifier: [mrn, { system, value: 'enc_2' }],
    });
  });

  it('is not written where a document has room for one identifier and it is taken', () => {
    const payload = {
      status: 'final',
      type: 'note',
      patientId: 'p1',
      practitionerId: 'd1',
      title: 't',
      date: '2026-01-05',
      sections: [{ title: 'a', text: 'x' }],
    } as const;
    const input = { ...payload, sections: [...payload.sections] };
    const taken: Composition = { ...documents.toFhir(input), identifier: mrn };
    const result = documents.safeToFhir(input, { id: 'doc_1', onto: taken });
    assert.ok(result.ok);
    assert.deepEqual(result.resource.identifier, mrn);
    assert.deepEqual(short(result.issues), ['put-id-not-written Composition.identifier']);
    const free = documents.toFhir(input, { id: 'doc_1', onto: documents.toFhir(input) });
    assert.deepEqual(free.identifier, { system: 'https://api.clinikapi.com/v1/documents', value: 'doc_1' });
  });
});
