import { describe, expect, it } from '@jest/globals';
import type { Bundle, Encounter } from 'fhir/r4.js';
import { bundleToPayloads, encounters } from '../../../src/index.js';

const X = 'http://x.example/fhir';
const Y = 'http://y.example/fhir';
const OTHER = ['diagnosis-of-other-subject'];
const p1 = { reference: 'Patient/p1' };
const encounter = (subject: object, condition: object, more: object = {}): object => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  diagnosis: [{ condition }],
  ...more,
});
const condition = (subject: object) => ({ resourceType: 'Condition', id: 'c', subject, code: { text: 'Asthma' } });
const patient = () => ({ resourceType: 'Patient', id: 'p1', name: [{ family: 'A', given: ['B'] }] });

/** The diagnosis that is read of the only encounter of a Bundle, and the warnings about it. */
function inBundle(entries: readonly (readonly [string | undefined, object])[], options: object = {}) {
  const entry = entries.map(([fullUrl, resource]) => ({ ...(fullUrl === undefined ? {} : { fullUrl }), resource }));
  const { payloads, issues } = bundleToPayloads(
    { resourceType: 'Bundle', type: 'collection', entry } as Bundle,
    options,
  );
  const [read] = payloads.encounters;
  const ids = issues.map(({ id }) => id).filter((id) => id.startsWith('diagnosis-'));
  return [read?.diagnosis?.[0]?.condition, ids];
}

describe('whom a target in a Bundle is about', () => {
  const of = (server: string) => ({ reference: `${server}/Condition/c`, display: 'Asthma' });

  it('is somebody else where its server is another one', () => {
    for (const options of [{}, { baseUrl: X }, { baseUrl: Y }])
      for (const subject of [p1, { reference: `${X}/Patient/p1` }]) {
        const [e, c] = [encounter(subject, of(Y)), condition(p1)];
        const both = [
          [`${X}/Encounter/e1`, e],
          [`${Y}/Condition/c`, c],
        ] as const;
        expect(inBundle(both, options)).toStrictEqual([undefined, OTHER]);
        const patients = [
          [`${X}/Patient/p1`, patient()],
          [`${Y}/Patient/p1`, patient()],
        ] as const;
        expect(inBundle([...both, ...patients], options)).toStrictEqual([undefined, OTHER]);
      }
  });

  it('is the same on one server, by relative references and by absolute ones', () => {
    for (const subject of [p1, { reference: `${X}/Patient/p1` }])
      for (const theirs of [p1, { reference: `${X}/Patient/p1` }])
        for (const reference of [of(X), { reference: 'Condition/c' }]) {
          const [e, c] = [encounter(subject, reference), condition(theirs)];
          expect(
            inBundle([
              [`${X}/Encounter/e1`, e],
              [`${X}/Condition/c`, c],
            ]),
          ).toStrictEqual(['Asthma', []]);
          // The only server that the Bundle names is that of the encounter, too.
          expect(
            inBundle([
              [undefined, encounter(subject, of(X))],
              [`${X}/Condition/c`, c],
            ]),
          ).toStrictEqual(['Asthma', []]);
        }
  });

  it('is the same by the name of an entry, whatever server the target is of', () => {
    const urn = { reference: 'urn:uuid:0c2f5b4e-8d0b-4c52-9f0e-6b6f0a0f7a11' };
    expect(
      inBundle([
        [`${X}/Encounter/e1`, encounter(urn, of(Y))],
        [`${Y}/Condition/c`, condition(urn)],
        [urn.reference, patient()],
      ]),
    ).toStrictEqual(['Asthma', []]);
    expect(
      inBundle([
        ['urn:uuid:0c2f5b4e-8d0b-4c52-9f0e-6b6f0a0f7a12', encounter(p1, of(Y))],
        [`${Y}/Condition/c`, condition(p1)],
        [`${Y}/Patient/p1`, patient()],
      ]),
    ).toStrictEqual(['Asthma', []]);
  });

  it('is somebody else for a contained target, too', () => {
    const contained = (reference: string) => ({ contained: [condition({ reference })] });
    const read = (reference: string) =>
      inBundle([[`${X}/Encounter/e1`, encounter(p1, { reference: '#c' }, contained(reference))]]);
    expect(read(`${Y}/Patient/p1`)).toStrictEqual([undefined, OTHER]);
    expect(read(`${X}/Patient/p1`)).toStrictEqual(['Asthma', []]);
    expect(read('Patient/p1')).toStrictEqual(['Asthma', []]);
  });
});

describe('a target of which a Bundle has several versions that nobody can order', () => {
  const refuted = { ...condition(p1), verificationStatus: { coding: [{ code: 'refuted' }] } };
  const versions = (...given: readonly object[]) =>
    inBundle([
      [`${X}/Encounter/e1`, encounter(p1, { reference: 'Condition/c', display: 'Asthma' })],
      ...given.map((version) => [`${X}/Condition/c`, version] as const),
    ]);

  it('is not read where any of them is denied', () => {
    const [one, other] = [condition(p1), { ...refuted, recordedDate: '2026' }];
    for (const given of [
      [one, refuted],
      [refuted, one],
      [refuted, one, other],
    ])
      expect(versions(...given)).toStrictEqual([undefined, ['diagnosis-refuted']]);
  });

  it('is read by its display where none is', () => {
    expect(versions(condition(p1), { ...condition(p1), recordedDate: '2026' })).toStrictEqual(['Asthma', []]);
  });
});

describe('whom a contained target is about', () => {
  const read = (ours: string, theirs: string, options: object = {}) => {
    const contained = [condition({ reference: theirs })];
    const given = encounter({ reference: ours }, { reference: '#c', display: 'Asthma' }, { contained });
    return encounters.fromFhir(given as Encounter, options).payload.diagnosis?.[0]?.condition;
  };

  it.each([
    ['on another server', `${X}/Patient/p1`, `${Y}/Patient/p1`, {}],
    ['on a server that nobody named as home', 'Patient/p1', `${Y}/Patient/p1`, {}],
    ['on a server that is not home', 'Patient/p1', `${Y}/Patient/p1`, { baseUrl: X }],
    ['of another id', 'Patient/p1', 'Patient/p2', {}],
  ])('is somebody else %s', (_, ours, theirs, options) => {
    expect(read(ours, theirs, options)).toBeUndefined();
  });

  it.each([
    ['in the same words', `${Y}/Patient/p1`, `${Y}/Patient/p1`, {}],
    ['in another version', 'Patient/p1', 'Patient/p1/_history/2', {}],
    ['at home', 'Patient/p1', `${X}/Patient/p1`, { baseUrl: `${X}/` }],
  ])('is the same %s', (_, ours, theirs, options) => {
    expect(read(ours, theirs, options)).toBe('Asthma');
  });
});
