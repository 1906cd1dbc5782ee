import { describe, expect, it } from '@jest/globals';
import type { Encounter, Resource } from 'fhir/r4.js';
import { encounters } from '../../../src/index.js';
import { ensure } from '../../support/ensure.js';

const subject = { reference: 'Patient/a' };
const encounter = (more: object): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  ...more,
});
const reason = (display?: string, reference = 'Condition/c') => ({
  reference,
  ...(display === undefined ? {} : { display }),
});
const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } };
const coded = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'O80', display: 'Delivery' }] };

function read(reasonReference: object[], target?: object, more: object = {}) {
  const found = { resourceType: 'Condition', subject, ...target };
  const { payload, issues } = encounters.fromFhir(
    encounter({ reasonReference, ...more }),
    target === undefined ? {} : { resolve: () => found as Resource },
  );
  return { reasons: payload.reasonCode, ids: issues.map(({ id }) => id) };
}

describe('a reason that an encounter refers to', () => {
  it('is read by its display, one alone and several as a list', () => {
    expect(read([reason('Labour')]).reasons).toBe('Labour');
    expect(read([reason('Labour'), reason(), reason('Fever')]).reasons).toStrictEqual(['Labour', 'Fever']);
    expect(read([reason()]).reasons).toBeUndefined();
  });

  it('is not read where there is a reason in words', () => {
    expect(read([reason('Labour')], undefined, { reasonCode: [{ text: 'Fever' }] }).reasons).toBe('Fever');
    expect(read([reason('Labour')], refuted, { reasonCode: [{ text: 'Fever' }] }).ids).toStrictEqual([]);
  });

  it('is read where the reasons in words cannot be', () => {
    expect(read([reason('Labour')], undefined, { reasonCode: [{}] }).reasons).toBe('Labour');
  });

  it.each([
    ['a Condition', { code: { text: 'Labour' } }, 'Labour'],
    ['the display of its code', { code: coded }, 'Delivery'],
    ['a Procedure', { resourceType: 'Procedure', status: 'completed', code: { text: 'Scan' } }, 'Scan'],
    ['a Condition in doubt', { ...{ verificationStatus: 'provisional' }, code: coded }, 'Provisional: Delivery'],
  ])('has the words of %s', (_, target, words) => {
    expect(read([reason()], target).reasons).toBe(words);
  });

  it('has the words of a target that denies it', () => {
    expect(read([reason('PE')], { code: { text: 'PE ausgeschlossen' } })).toStrictEqual({
      reasons: 'PE ausgeschlossen',
      ids: ['diagnosis-denied-by-words'],
    });
  });

  it('has no code: it would lose its system', () => {
    const coding = coded.coding.map(({ system, code }) => ({ system, code }));
    expect(read([reason()], { code: { coding } })).toStrictEqual({
      reasons: undefined,
      ids: ['diagnosis-without-words'],
    });
  });

  it.each([
    ['is refuted', refuted, 'diagnosis-refuted'],
    ['is a Procedure that was not done', { resourceType: 'Procedure', status: 'not-done' }, 'diagnosis-not-done'],
    [
      'is an Observation that was cancelled',
      { resourceType: 'Observation', status: 'cancelled' },
      'diagnosis-not-done',
    ],
    ['was entered in error', { resourceType: 'Observation', status: 'entered-in-error' }, 'diagnosis-entered-in-error'],
    [
      'is an Observation of a fetus',
      { resourceType: 'Observation', status: 'final', focus: [{ reference: 'Patient/fetus' }] },
      'diagnosis-of-other-subject',
    ],
    [
      'is recommended to somebody else',
      { resourceType: 'ImmunizationRecommendation', subject: undefined, patient: { reference: 'Patient/b' } },
      'diagnosis-of-other-subject',
    ],
  ])('is not read where its target %s', (_, target, id) => {
    const type = 'resourceType' in target ? target.resourceType : 'Condition';
    expect(read([reason('Labour', `${type}/c`)], target)).toStrictEqual({ reasons: undefined, ids: [id] });
  });

  it.each([
    ['an Observation', { resourceType: 'Observation', status: 'final' }],
    ['a recommendation', { resourceType: 'ImmunizationRecommendation', subject: undefined, patient: subject }],
  ])('has the display of the reference to %s alone, whose name is no finding', (_, target) => {
    const named = { ...target, code: { text: 'Troponin' } };
    const to = `${target.resourceType}/c`;
    expect(read([reason('Raised troponin', to)], named)).toStrictEqual({ reasons: 'Raised troponin', ids: [] });
    expect(read([reason(undefined, to)], named).reasons).toBeUndefined();
  });

  it('says that an Observation has no result yet', () => {
    const target = { resourceType: 'Observation', status: 'registered' };
    expect(read([reason('Troponin', 'Observation/c')], target).reasons).toBe('Registered: Troponin');
  });

  it('over the limit is refused, or cut', () => {
    const long = encounter({ reasonReference: [reason('x'.repeat(501))] });
    const refusal = encounters.safeFromFhir(long);
    ensure(!refusal.ok);
    expect(refusal.issues.map(({ id, expression }) => [id, ...expression])).toStrictEqual([
      ['text-over-limit', 'Encounter.reasonReference[0]'],
    ]);
    expect(encounters.fromFhir(long, { overflow: 'truncate' }).payload.reasonCode).toBe('x'.repeat(500));
  });
});

describe('a put over a reason by reference', () => {
  const before = encounter({ reasonReference: [reason('Labour'), reason('Fever')] });
  const { payload } = encounters.fromFhir(before);

  it('leaves it as it is where it says the same', () => {
    expect(encounters.toFhir(payload, { onto: before })).toStrictEqual(before);
    const other = encounters.toFhir({ ...payload, class: 'IMP' }, { onto: before });
    expect(other.reasonReference).toStrictEqual(before.reasonReference);
    expect(other.reasonCode).toBeUndefined();
  });

  it('takes its place where it says something else, or nothing', () => {
    const after = encounters.toFhir({ ...payload, reasonCode: 'Labour' }, { onto: before });
    expect([after.reasonCode, after.reasonReference]).toStrictEqual([[{ text: 'Labour' }], undefined]);
    const { reasonCode: _, ...without } = payload;
    const none = encounters.toFhir(without, { onto: before });
    expect([none.reasonCode, none.reasonReference]).toStrictEqual([undefined, undefined]);
  });

  it('is the same as an update', () => {
    expect(encounters.update(before, { reasonCode: 'Labour' })).toStrictEqual(
      encounters.toFhir({ ...payload, reasonCode: 'Labour' }, { onto: before }),
    );
  });
});
