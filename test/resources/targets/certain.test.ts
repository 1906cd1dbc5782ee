import { describe, expect, it } from '@jest/globals';
import type { ClinicalImpression, CodeableConcept, Encounter } from 'fhir/r4.js';
import { assessments, encounters } from '../../../src/index.js';

const subject = { reference: 'Patient/a' };
const CM = 'http://hl7.org/fhir/sid/icd-10-cm';
const extension = (code: string) => [
  { url: 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit', valueCoding: { code } },
];
const stroke = (letter: string): CodeableConcept => ({
  coding: [{ extension: extension(letter), system: CM, code: 'I63.9', display: 'Cerebral infarction' }],
});
const encounter = (more: object): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  ...more,
});
const impression = (more: object): ClinicalImpression => ({
  resourceType: 'ClinicalImpression',
  status: 'completed',
  subject,
  date: '2026-01-05T10:00:00Z',
  summary: 'x',
  ...more,
});

describe('a concept whose coding says how sure it is', () => {
  it.each([
    ['G', 'Cerebral infarction', []],
    ['Z', 'Status post: Cerebral infarction', ['diagnosis-in-doubt']],
    ['V', 'Suspected: Cerebral infarction', ['diagnosis-in-doubt']],
    ['A', undefined, ['diagnosis-refuted']],
    ['?', undefined, ['diagnosis-status-unknown']],
  ])('%s is read so as a reason, a finding and a prognosis', (letter, text, ids) => {
    const reasoned = encounters.fromFhir(encounter({ reasonCode: [stroke(letter)] }));
    expect([reasoned.payload.reasonCode, reasoned.issues.map(({ id }) => id)]).toStrictEqual([text, ids]);
    for (const element of [
      { finding: [{ itemCodeableConcept: stroke(letter) }] },
      { prognosisCodeableConcept: [stroke(letter)] },
    ]) {
      const { payload, issues } = assessments.fromFhir(impression(element));
      const code = letter === 'G' ? { code: 'I63.9' } : {};
      const expected = text === undefined ? undefined : [{ ...code, text }];
      expect([payload.findings ?? payload.prognosis, issues.map(({ id }) => id)]).toStrictEqual([expected, ids]);
    }
  });

  it('that is denied has no reference in its place', () => {
    const reference = { reference: 'Condition/c', display: 'Stroke' };
    expect(
      encounters.fromFhir(encounter({ reasonCode: [stroke('A')], reasonReference: [reference] })).payload.reasonCode,
    ).toBeUndefined();
    const finding = [{ itemCodeableConcept: stroke('A'), itemReference: reference }];
    expect(assessments.fromFhir(impression({ finding })).payload.findings).toBeUndefined();
  });

  it('stays as it is under its own payload, and is replaced by another one', () => {
    const before = impression({ finding: [{ itemCodeableConcept: stroke('V') }] });
    const { payload } = assessments.fromFhir(before);
    expect(assessments.toFhir(payload, { onto: before })).toStrictEqual(before);
    const after = assessments.toFhir({ ...payload, findings: [{ text: 'Stroke' }] }, { onto: before });
    expect(after.finding).toStrictEqual([{ itemCodeableConcept: { text: 'Stroke' } }]);
  });
});
