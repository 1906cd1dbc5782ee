import { describe, expect, it } from '@jest/globals';
import type { Composition, Encounter, Identifier } from 'fhir/r4.js';
import { documents, type EncounterInput, encounters, type Issue } from '../../src/index.js';
import { ensure } from '../support/ensure.js';

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
    expect(idsOf(encounters.toFhir(visit, { id: uuid }))).toStrictEqual({ id: uuid, identifier: undefined });
    expect(idsOf(encounters.toFhir(visit, { id: 'enc_1' }))).toStrictEqual({
      id: undefined,
      identifier: [{ system, value: 'enc_1' }],
    });
    expect(idsOf(encounters.toFhir(visit))).toStrictEqual({ id: undefined, identifier: undefined });
  });

  it('may stand in the payload; the option comes first', () => {
    expect(encounters.toFhir({ id: 'a', ...visit }).id).toBe('a');
    expect(encounters.toFhir({ id: 'a', ...visit }, { id: 'b' }).id).toBe('b');
  });

  it('is refused where it is none', () => {
    for (const id of ['not an id', '', 'a/b']) {
      const result = encounters.safeToFhir(visit, { id });
      expect(result.ok).toBe(false);
      expect(short(result.issues)).toStrictEqual(['payload-id id']);
    }
    expect(short(encounters.safeToFhir({ id: 7, ...visit }).issues)).toStrictEqual(['payload-id id']);
  });

  it('is read from ClinikAPI’s identifier first, then from the resource', () => {
    expect(encounters.fromFhir(onto({ id: 'e1' })).id).toBe('e1');
    expect(encounters.fromFhir(onto({ id: 'e1', identifier: [mrn, { system, value: 'enc_1' }] })).id).toBe('enc_1');
    expect(encounters.fromFhir(onto({ identifier: [mrn] })).id).toBeUndefined();
  });

  it('survives the trip', () => {
    for (const id of [uuid, 'enc_1', 'x'.repeat(65)]) {
      expect(encounters.fromFhir(encounters.toFhir(visit, { id })).id).toBe(id);
      expect(encounters.fromFhir(encounters.toFhir(visit, { id, onto: onto({ id: 'theirs' }) })).id).toBe(id);
    }
  });
});

describe("a record's id on put", () => {
  it('never overwrites an id of somebody else’s', () => {
    expect(put(uuid, { id: 'theirs', identifier: [mrn] })).toStrictEqual({
      id: 'theirs',
      identifier: [mrn, { system, value: uuid }],
    });
  });

  it('becomes the resource’s id where none stands there', () => {
    expect(put(uuid, { identifier: [mrn] })).toStrictEqual({ id: uuid, identifier: [mrn] });
  });

  it('stays as it is where it is there already', () => {
    const identifier = [mrn, { system, value: 'enc_1', use: 'official' as const }];
    expect(put('enc_1', { id: 'theirs', identifier })).toStrictEqual({ id: 'theirs', identifier });
    expect(put(uuid, { id: uuid, identifier: [mrn] })).toStrictEqual({ id: uuid, identifier: [mrn] });
  });

  it('takes the place of an old one of ClinikAPI’s', () => {
    expect(put('enc_2', { identifier: [{ system, value: 'enc_1' }, mrn] })).toStrictEqual({
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
    ensure(result.ok);
    expect(result.resource.identifier).toStrictEqual(mrn);
    expect(short(result.issues)).toStrictEqual(['put-id-not-written Composition.identifier']);
    const free = documents.toFhir(input, { id: 'doc_1', onto: documents.toFhir(input) });
    expect(free.identifier).toStrictEqual({ system: 'https://api.clinikapi.com/v1/documents', value: 'doc_1' });
  });
});
