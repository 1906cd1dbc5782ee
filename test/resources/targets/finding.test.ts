import { describe, expect, it } from '@jest/globals';
import type { ClinicalImpression, ClinicalImpressionFinding, Resource } from 'fhir/r4.js';
import { assessments } from '../../../src/index.js';
import { targetEssence } from '../../../src/resources/targets/essence.js';

const subject = { reference: 'Patient/a' };
const CM = 'http://hl7.org/fhir/sid/icd-10-cm';
const impression = (finding: ClinicalImpressionFinding[]): ClinicalImpression => ({
  resourceType: 'ClinicalImpression',
  status: 'completed',
  subject,
  date: '2026-01-05T10:00:00Z',
  summary: 'x',
  finding,
});
const itemReference = { reference: 'Condition/c', display: 'Acute MI' };
const confirmed = { code: { coding: [{ system: CM, code: 'I21.9', display: 'Acute myocardial infarction' }] } };
const refuted = { ...confirmed, verificationStatus: { coding: [{ code: 'refuted' }] } };
const suspected = { ...confirmed, verificationStatus: { coding: [{ code: 'unconfirmed' }] } };

function read(finding: ClinicalImpressionFinding, target?: object) {
  const found = { resourceType: 'Condition', subject, ...target };
  const { payload, issues } = assessments.fromFhir(
    impression([finding]),
    target === undefined ? {} : { resolve: () => found as Resource },
  );
  return [payload.findings?.[0], issues.map(({ id }) => id)];
}

describe('a finding by reference', () => {
  it('has the display of the reference, and its basis', () => {
    expect(read({ itemReference, basis: 'ECG' })).toStrictEqual([{ text: 'Acute MI', basis: 'ECG' }, []]);
    expect(read({ itemReference: { reference: 'Condition/c' }, basis: 'ECG' })).toStrictEqual([undefined, []]);
  });

  it('has the code of a Condition that is certain, beside the words', () => {
    expect(read({ itemReference }, confirmed)).toStrictEqual([{ code: 'I21.9', text: 'Acute MI' }, []]);
    expect(read({ itemReference: { reference: 'Condition/c' } }, confirmed)).toStrictEqual([
      { code: 'I21.9', text: 'Acute myocardial infarction' },
      [],
    ]);
  });

  it('has no code, and a word in front, where the Condition is in doubt', () => {
    expect(read({ itemReference }, suspected)).toStrictEqual([
      { text: 'Unconfirmed: Acute MI' },
      ['diagnosis-in-doubt'],
    ]);
  });

  it('has no code that the words of its Condition deny', () => {
    const infarction = { system: 'http://snomed.info/sct', code: '22298006', display: 'MI' };
    const excluded = { code: { coding: [infarction], text: 'MI excluded' } };
    const named = { reference: 'Condition/c', display: 'MI' };
    expect(read({ itemReference: named }, excluded)).toStrictEqual([
      { text: 'MI excluded' },
      ['diagnosis-denied-by-words'],
    ]);
    expect(read({ itemReference: { reference: 'Condition/c' } }, excluded)).toStrictEqual([
      { text: 'MI excluded' },
      [],
    ]);
    expect(read({ itemReference: { ...named, display: 'No MI' } }, { code: { coding: [infarction] } })).toStrictEqual([
      { text: 'No MI' },
      [],
    ]);
    const itemCodeableConcept = { coding: [infarction], text: 'MI' };
    expect(read({ itemCodeableConcept, itemReference: named }, excluded)).toStrictEqual([
      { text: 'MI excluded' },
      ['diagnosis-denied-by-words'],
    ]);
  });

  it('is not read where its target is denied', () => {
    expect(read({ itemReference, basis: 'ECG' }, refuted)).toStrictEqual([undefined, ['diagnosis-refuted']]);
    const media = { resourceType: 'Media', status: 'not-done' };
    expect(read({ itemReference: { ...itemReference, reference: 'Media/m' } }, media)).toStrictEqual([
      undefined,
      ['diagnosis-not-done'],
    ]);
  });

  it('has the display alone of an Observation or a picture', () => {
    for (const [type, status] of [
      ['Observation', 'final'],
      ['Media', 'completed'],
    ]) {
      const target = { resourceType: type, status, code: { text: 'ECG' } };
      expect(read({ itemReference: { reference: `${type}/x`, display: 'ST elevation' } }, target)).toStrictEqual([
        { text: 'ST elevation' },
        [],
      ]);
      expect(read({ itemReference: { reference: `${type}/x` } }, target)[0]).toBeUndefined();
    }
  });
});

describe('a finding that is an Observation', () => {
  const SCT = 'http://snomed.info/sct';
  const V3 = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
  const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
  const readOf = (more: object) => {
    const target = { resourceType: 'Observation', status: 'final', code: { text: 'ECG' }, ...more };
    const itemReference = { reference: 'Observation/o', display: 'ST elevation' };
    const [finding, ids] = read({ itemReference }, target);
    // What a set holds of it reads the same.
    expect(read({ itemReference }, targetEssence({ subject, ...target }, 'Observation'))).toStrictEqual([finding, ids]);
    return [finding, ids];
  };

  it.each([
    { valueBoolean: false },
    { valueString: 'Not detected' },
    { valueString: 'NEGATIVE' },
    { valueCodeableConcept: coded(SCT, '260385009') },
    { valueCodeableConcept: coded(SCT, '260415000') },
    { valueCodeableConcept: coded(SCT, '2667000') },
    { valueCodeableConcept: coded('http://loinc.org', 'LA6577-6') },
    { valueCodeableConcept: { text: 'nicht nachweisbar' } },
    { interpretation: [coded(V3, 'NEG')] },
    { valueInteger: 1, interpretation: [coded(V3, 'ND')] },
    { interpretation: coded('http://hl7.org/fhir/v2/0078', 'NEG') },
  ])('is not read where it says that it is not so: %j', (more) => {
    expect(readOf(more)).toStrictEqual([undefined, ['diagnosis-negative']]);
  });

  it('is not read where it says why it has no value', () => {
    expect(readOf({ dataAbsentReason: { text: 'Unknown' } })).toStrictEqual([undefined, ['diagnosis-unobserved']]);
  });

  it.each([
    { valueBoolean: true },
    { valueString: 'negative T waves' },
    { valueQuantity: { value: 3 } },
    { valueSampledData: { data: '1 2' } },
    { component: [{ code: { text: 'x' } }] },
    { interpretation: [coded(V3, 'POS')] },
    { valueCodeableConcept: coded('urn:x', '2667000') },
  ])('is read with a warning where it has another value: %j', (more) => {
    expect(readOf(more)).toStrictEqual([{ text: 'ST elevation' }, ['diagnosis-value-not-read']]);
  });

  it('has its own words where these deny it', () => {
    expect(readOf({ code: { text: 'No ST elevation' } })).toStrictEqual([
      { text: 'No ST elevation' },
      ['diagnosis-denied-by-words'],
    ]);
  });
});

describe('a finding in words beside a reference', () => {
  const itemCodeableConcept = { coding: [{ system: CM, code: 'I21.9' }], text: 'MI' };

  it('is read as it is where the target is not in reach, or certain', () => {
    for (const target of [undefined, confirmed])
      expect(read({ itemCodeableConcept, itemReference }, target)).toStrictEqual([{ code: 'I21.9', text: 'MI' }, []]);
  });

  it('is denied or doubted with its target', () => {
    expect(read({ itemCodeableConcept, itemReference }, refuted)).toStrictEqual([undefined, ['diagnosis-refuted']]);
    expect(read({ itemCodeableConcept, itemReference }, suspected)).toStrictEqual([
      { text: 'Unconfirmed: MI' },
      ['diagnosis-in-doubt'],
    ]);
  });
});

describe('a put over a finding by reference', () => {
  const before = impression([{ itemReference, basis: 'ECG' }]);
  const { payload } = assessments.fromFhir(before);

  it('leaves it as it is where it says the same', () => {
    expect(assessments.toFhir(payload, { onto: before })).toStrictEqual(before);
    const findings = [{ text: 'Acute MI', basis: 'troponin' }];
    expect(assessments.toFhir({ ...payload, findings }, { onto: before }).finding).toStrictEqual([
      { itemReference, basis: 'troponin' },
    ]);
  });

  it('takes its place where it says something else', () => {
    const findings = [{ code: 'I21.9', text: 'Acute MI', basis: 'ECG' }];
    expect(assessments.toFhir({ ...payload, findings }, { onto: before }).finding).toStrictEqual([
      { itemCodeableConcept: { coding: [{ system: CM, code: 'I21.9' }], text: 'Acute MI' }, basis: 'ECG' },
    ]);
  });
});
