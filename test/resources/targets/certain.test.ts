import { describe, expect, it } from '@jest/globals';
import type { ClinicalImpression, CodeableConcept, Composition, DiagnosticReport, Encounter, Task } from 'fhir/r4.js';
import { assessments, documents, encounters, labs, tasks } from '../../../src/index.js';

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

  it.each([
    ['G', 'Cerebral infarction', []],
    ['Z', 'Status post: Cerebral infarction', ['diagnosis-in-doubt']],
    ['V', 'Suspected: Cerebral infarction', ['diagnosis-in-doubt']],
    ['A', undefined, ['diagnosis-refuted']],
    ['?', undefined, ['diagnosis-status-unknown']],
  ])('%s is read so in every other field of words', (letter, text, ids) => {
    const task = (more: object): Task => ({ resourceType: 'Task', status: 'requested', intent: 'order', ...more });
    const read = [
      ...(['code', 'reasonCode', 'statusReason'] as const).map((key) => {
        const { payload, issues } = tasks.fromFhir(task({ [key]: stroke(letter) }));
        return [payload[key], issues] as const;
      }),
      ...(['code', 'statusReason'] as const).map((key) => {
        const { payload, issues } = assessments.fromFhir(impression({ [key]: stroke(letter) }));
        return [payload[key], issues] as const;
      }),
      ...(['type', 'serviceType'] as const).map((key) => {
        const value = key === 'type' ? [stroke(letter)] : stroke(letter);
        const { payload, issues } = encounters.fromFhir(encounter({ [key]: value }));
        return [payload[key], issues] as const;
      }),
    ];
    for (const [words, issues] of read) {
      expect(words).toBe(text);
      const found = issues.map(({ id }) => id).filter((id) => id !== 'default-on-upload');
      expect(found).toStrictEqual(ids);
    }
  });

  it.each([
    ['G', [{ system: CM, code: 'I63.9', display: 'Cerebral infarction' }], []],
    ['Z', undefined, ['code-in-doubt']],
    ['V', undefined, ['code-in-doubt']],
    ['A', undefined, ['diagnosis-refuted']],
    ['?', undefined, ['diagnosis-status-unknown']],
  ])('%s is no code object unless it is confirmed', (letter, codes, ids) => {
    const report: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: 'CT' },
      subject,
      effectiveDateTime: '2026-01-05T10:00:00Z',
      conclusionCode: [stroke(letter)],
    };
    const document: Composition = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'Letter' },
      title: 'Letter',
      date: '2026-01-05T10:00:00Z',
      subject,
      author: [{ reference: 'Practitioner/p' }],
      event: [{ code: [stroke(letter)], period: { start: '2026-01-05' } }],
      section: [
        { title: 'a', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">b</div>' } },
      ],
    };
    const lab = labs.safeFromFhir(report);
    expect(lab.ok ? lab.payload.conclusionCodes : 'refused').toStrictEqual(codes);
    const letters = documents.safeFromFhir(document);
    expect(letters.ok ? letters.payload.event?.[0]?.code : 'refused').toStrictEqual(codes);
    for (const { issues } of [lab, letters]) {
      const found = issues.map(({ id }) => id);
      expect(found.filter((id) => id?.startsWith('code-') || id?.startsWith('diagnosis-'))).toStrictEqual(ids);
    }
  });

  it('holds the limit with the word in front', () => {
    const coding = [{ extension: extension('V'), system: CM, code: 'I63.9', display: 'x'.repeat(195) }];
    const read = encounters.safeFromFhir(encounter({ type: [{ coding }] }));
    expect(read.issues.map(({ id }) => id)).toContain('text-over-limit');
    const cut = encounters.fromFhir(encounter({ type: [{ coding }] }), { overflow: 'truncate' });
    expect(cut.payload.type).toBe(`Suspected: ${'x'.repeat(189)}`);
  });

  it('leaves the next of several types', () => {
    const { payload } = encounters.fromFhir(encounter({ type: [stroke('A'), { text: 'Visit' }] }));
    expect(payload.type).toBe('Visit');
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
