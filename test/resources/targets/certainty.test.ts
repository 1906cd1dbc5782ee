import { describe, expect, it } from '@jest/globals';
import { certaintyOf } from '../../../src/resources/targets/certainty.js';

const SYSTEM = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const KBV = 'https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT';

/** What is said of a Condition, in one word. */
function said(condition: object): string {
  const certainty = certaintyOf({ resourceType: 'Condition', ...condition });
  if (certainty.kind === 'denied') return certainty.as;
  return certainty.kind === 'doubtful' ? certainty.word : certainty.kind;
}
const verified = (...coding: object[]) => said({ verificationStatus: { coding } });
const letters = (url: string, value: object) =>
  said({ code: { coding: [{ extension: [{ url, ...value }], code: 'E11.41' }] } });

describe('how sure a Condition is', () => {
  it.each([
    ['nothing', {}, 'certain'],
    ['a code of STU3', { verificationStatus: 'differential' }, 'Differential'],
    ['a code of STU3 that R4 has not', { verificationStatus: 'unknown' }, 'Unconfirmed'],
    ['a code of nobody', { verificationStatus: 'likely' }, 'likely'],
    ['something else', { verificationStatus: 7 }, 'unknown'],
    ['an empty concept', { verificationStatus: {} }, 'certain'],
    ['words', { verificationStatus: { text: 'Entered in error' } }, 'entered-in-error'],
    ['words that nobody understands', { verificationStatus: { text: 'naja' } }, 'naja'],
    ['blank words, which are none', { verificationStatus: { text: ' ' } }, 'certain'],
  ])('is told by %s', (_, condition, expected) => {
    expect(said(condition)).toBe(expected);
  });

  it.each([
    [SYSTEM, 'certain'],
    [`${SYSTEM}|4.0.1`, 'certain'],
    ['http://hl7.org/fhir/condition-ver-status', 'certain'],
    ['http://hl7.org/fhir/ValueSet/condition-ver-status', 'certain'],
    ['urn:oid:2.16.840.1.113883.4.642.4.1075', 'certain'],
    [undefined, 'certain'],
    ['urn:ehr:status', 'unknown'],
  ])('is told by the code `confirmed` of the system %s', (system, expected) => {
    expect(verified({ ...(system === undefined ? {} : { system }), code: 'confirmed' })).toBe(expected);
  });

  it('is told by what denies and doubts in any system, and by displays that spell R4’s', () => {
    expect(verified({ system: 'urn:ehr:status', code: 'refuted' })).toBe('refuted');
    expect(verified({ system: 'urn:ehr:status', code: 'Provisional' })).toBe('Provisional');
    expect(verified({ system: 'http://snomed.info/sct', code: '1', display: 'Refuted' })).toBe('refuted');
    expect(verified({ system: 'http://snomed.info/sct', code: '1', display: 'Confirmed' })).toBe('certain');
    expect(verified({ system: 'http://snomed.info/sct', code: '1', display: 'Suspected' })).toBe('Suspected');
    expect(verified({ system: KBV, code: 'V' })).toBe('Suspected');
  });

  it('is what denies before what doubts, and what doubts before what confirms', () => {
    const [confirmed, provisional, refuted] = ['confirmed', 'provisional', 'refuted'].map((code) => ({
      system: SYSTEM,
      code,
    }));
    expect(verified({ ...confirmed }, { ...refuted })).toBe('refuted');
    expect(verified({ ...provisional }, { ...refuted })).toBe('refuted');
    expect(verified({ ...confirmed }, { ...provisional })).toBe('Provisional');
    expect(verified({ ...confirmed }, { system: 'urn:ehr:status', code: '7' })).toBe('certain');
    expect(said({ verificationStatus: { coding: [confirmed], text: 'refuted' } })).toBe('refuted');
    const extension = [{ url: 'urn:diagnosesicherheit', valueCode: 'V' }];
    expect(said({ extension, verificationStatus: { coding: [provisional] } })).toBe('Provisional, Suspected');
  });

  it.each([
    ['A', 'refuted'],
    ['V', 'Suspected'],
    ['Z', 'Status post'],
    ['G', 'certain'],
    ['g', 'certain'],
    ['?', 'unknown'],
  ])('is told by the letter %s of ICD-10-GM', (code, expected) => {
    for (const url of [
      'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit',
      'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit/0.2',
      'https://fhir.kbv.de/StructureDefinition/KBV_EX_Base_Diagnosesicherheit',
    ])
      for (const value of [
        { valueCoding: { system: KBV, code } },
        { valueCoding: { code } },
        { valueCode: code },
        { valueCodeableConcept: { coding: [{ system: 'urn:other', code }] } },
      ])
        expect([url, letters(url, value)]).toStrictEqual([url, expected]);
  });

  it('is not told by other extensions', () => {
    expect(letters('http://fhir.de/StructureDefinition/seitenlokalisation', { valueCoding: { code: 'A' } })).toBe(
      'certain',
    );
  });

  it('has the words of a letter that nobody knows', () => {
    expect(letters('urn:diagnosesicherheit', { valueCoding: { code: 'X', display: 'fraglich' } })).toBe('fraglich');
  });

  const SCT = 'http://snomed.info/sct';
  const [confirmed, provisional] = ['confirmed', 'provisional'].map((code) => ({ system: SYSTEM, code }));

  it.each([
    ['410605003', 'certain'],
    ['410515003', 'certain'],
    ['410516002', 'refuted'],
    ['410594000', 'refuted'],
    ['415684004', 'Suspected'],
  ])('is told by SNOMED’s %s, alone and beside `confirmed`', (code, expected) => {
    expect(verified({ system: SCT, code })).toBe(expected);
    expect(verified({ ...confirmed }, { system: 'urn:oid:2.16.840.1.113883.6.96', code })).toBe(expected);
  });

  it.each([
    ['Bestätigt', 'certain'],
    ['gesichert', 'certain'],
    [' Confirmed ', 'certain'],
    ['Confirmed present', 'certain'],
    ['Ruled out', 'refuted'],
    ['PE ruled out by CT', 'refuted'],
    ['Known absent', 'refuted'],
    ['Ausgeschlossen', 'refuted'],
    ['écarté', 'refuted'],
    ['not ruled out', 'not ruled out'],
    ['nicht ausgeschlossen', 'nicht ausgeschlossen'],
    ['nicht bestätigt', 'nicht bestätigt'],
    ['Verdacht', 'Verdacht'],
  ])('is told by the words “%s”, alone, as a display and beside `confirmed`', (text, expected) => {
    expect(said({ verificationStatus: { text } })).toBe(expected);
    expect(said({ verificationStatus: text })).toBe(expected);
    expect(verified({ system: SCT, code: '1', display: text })).toBe(expected);
    expect(said({ verificationStatus: { coding: [confirmed], text } })).toBe(expected);
    expect(verified({ ...confirmed, display: text })).toBe(expected);
  });

  it('is not told by words that only say more, nor twice by words that doubt what a code does', () => {
    expect(said({ verificationStatus: { coding: [confirmed], text: 'by the laboratory' } })).toBe('certain');
    expect(said({ verificationStatus: { coding: [provisional], text: 'Verdacht' } })).toBe('Provisional');
    expect(said({ verificationStatus: { coding: [provisional], text: 'Ruled out' } })).toBe('refuted');
  });

  it('is unconfirmed by whatever says that nobody tells', () => {
    const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];
    const REASON = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
    const NULL = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
    for (const condition of [
      { verificationStatus: { extension } },
      { _verificationStatus: { extension } },
      { verificationStatus: 'unknown' },
      { verificationStatus: { text: 'unknown' } },
      ...['unknown', 'masked', 'not-asked'].flatMap((code) => [
        { verificationStatus: { coding: [{ system: REASON, code }] } },
        { verificationStatus: { coding: [{ code }] } },
      ]),
      { verificationStatus: { coding: [{ system: NULL, code: 'UNK', display: 'unknown' }] } },
      { verificationStatus: { coding: [{ system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'MSK' }] } },
    ])
      expect([condition, said(condition)]).toStrictEqual([condition, 'Unconfirmed']);
    expect(verified({ ...confirmed }, { system: NULL, code: 'UNK' })).toBe('certain');
  });
});
