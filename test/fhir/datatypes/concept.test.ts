import { describe, expect, it } from '@jest/globals';
import type { CodeableConcept } from 'fhir/r4.js';
import { codingOf, concept, phraseOf } from '../../../src/fhir/datatypes/concept.js';
import { type ConvertOptions, type FhirScope, payloadScope, readScope } from '../../../src/fhir/scope.js';
import { actPriority, documentTypes, SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';
import { type Codec, putValue } from '../../../src/lens/codec.js';

const prio = SYSTEM.actPriority;
const other = 'http://example.org/priorities';
const plain = concept(20);
const priority = concept(20, actPriority);

function reading(codec: Codec<string, CodeableConcept, FhirScope>, value: unknown, options: ConvertOptions = {}) {
  const scope = readScope('Encounter', options);
  return { text: codec.read(value, scope), ids: scope.issues?.map((issue) => issue.id), origins: scope.origins };
}
const read = (value: unknown, codec = priority): string | undefined => reading(codec, value).text;

describe('a concept', () => {
  it('reads its text, else the first display, else the first code', () => {
    const coding = [{ code: 'c1' }, { code: 'c2', display: 'two' }];
    expect(read({ text: 'words', coding }, plain)).toBe('words');
    expect(read({ text: '', coding }, plain)).toBe('two');
    expect(read({ coding: [{ code: ' bad' }, { code: 'c1' }] }, plain)).toBe('c1');
    for (const value of [{}, { coding: [] }, { coding: 'c1' }, { coding: [null, 'c1'] }, { text: 1 }, 'words', null]) {
      expect(read(value, plain)).toBeUndefined();
    }
  });

  it('reads the display that a user chose before the first', () => {
    const chosen = { system: other, code: 'c2', display: 'two', userSelected: true };
    expect(read({ coding: [{ code: 'c1', display: 'one' }, chosen] }, plain)).toBe('two');
    expect(
      read(
        {
          coding: [
            { code: 'c1', display: 'one' },
            { ...chosen, userSelected: 'true' },
          ],
        },
        plain,
      ),
    ).toBe('one');
  });

  it('reads a code without words only where it tells its system, or is of none', () => {
    const snomed = { system: SYSTEM.snomed, code: '73211009' };
    expect(read({ coding: [{ code: 'c1' }, snomed] }, plain)).toBe('73211009');
    expect(read({ coding: [{ system: SYSTEM.icd10cm, code: 'E11.9' }] }, plain)).toBe('E11.9');
    for (const foreign of [
      { system: SYSTEM.icd10, code: 'E11.9' },
      { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '850.0' },
      { system: other, code: '73211009' },
    ]) {
      expect(reading(plain, { coding: [foreign] })).toMatchObject({ text: undefined, ids: ['code-of-other-system'] });
      expect(reading(plain, { coding: [{ ...foreign, display: 'words' }] })).toMatchObject({ text: 'words', ids: [] });
    }
  });

  it.each([
    ['http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory'],
    ['http://hl7.org/fhir/uv/sdc/CodeSystem/temp', 'complete-questionnaire'],
    ['http://terminology.hl7.org/CodeSystem/encounter-type', 'OKI'],
  ])("reads a word of FHIR's own, of %s", (system, code) => {
    expect(reading(concept(), { coding: [{ system, code }] })).toMatchObject({ text: code, ids: [] });
  });

  it.each([
    ['http://terminology.hl7.org/CodeSystem/v2-0007', 'Elective'],
    ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB'],
    ['http://hl7.org/fhir/sid/cvx', 'abc'],
    ['http://terminology.hl7.org/CodeSystem/encounter-type', 'BD-1'],
    ['http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown'],
    ['http://ehr.example.org/CodeSystem/types', 'laboratory'],
  ])('reads no other as a word: %s, %s', (system, code) => {
    expect(read({ coding: [{ system, code }] }, concept())).toBeUndefined();
  });

  it('reads any code, with a warning, where one is better than none', () => {
    const needed = concept(20, undefined, { anyCode: true });
    expect(reading(needed, { coding: [{ system: other, code: 'c1' }] })).toMatchObject({
      text: 'c1',
      ids: ['code-of-other-system'],
    });
    expect(
      read({ coding: [{ system: other, code: 'R' }] }, concept(20, actPriority, { anyCode: true })),
    ).toBeUndefined();
  });

  it('reads no value from a code that says that there is none', () => {
    const nothing = { system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'UNK', display: 'Unknown' };
    expect(reading(plain, { coding: [nothing] })).toMatchObject({ text: undefined, ids: [] });
    expect(read({ coding: [nothing], text: 'Unknown' }, plain)).toBe('Unknown');
    expect(read({ coding: [nothing, { code: 'c1' }] }, plain)).toBe('c1');
  });

  it('is written as text', () => {
    expect(plain.write('urgent', payloadScope({}))).toStrictEqual({ text: 'urgent' });
  });

  it('is held to its limit; a code is never cut', () => {
    const long = 'x'.repeat(21);
    const truncate: ConvertOptions = { overflow: 'truncate' };
    expect(reading(plain, { text: long }).ids).toStrictEqual(['text-over-limit']);
    expect(reading(plain, { text: long }, truncate).text).toStrictEqual('x'.repeat(20));
    expect(reading(plain, { coding: [{ display: long }] }, truncate).text).toStrictEqual('x'.repeat(20));
    expect(reading(plain, { coding: [{ code: long }] }, truncate)).toStrictEqual({
      text: undefined,
      ids: ['text-over-limit'],
      origins: undefined,
    });
  });

  it('reads the display that denies another one', () => {
    const infarct = { system: SYSTEM.icd10cm, code: 'I21.9', display: 'MI' };
    const ruledOut = { system: other, code: 'x', display: 'MI ruled out' };
    expect(reading(plain, { coding: [infarct, ruledOut] }).text).toBe('MI ruled out');
    expect(reading(plain, { coding: [infarct, ruledOut], text: 'MI' }).text).toBe('MI');
    const long = `${'x'.repeat(20)}, MI ruled out`;
    for (const value of [{ coding: [infarct], text: long }, { coding: [infarct, { display: long }] }]) {
      expect(reading(plain, value)).toMatchObject({ text: undefined, ids: ['text-over-limit'] });
    }
  });

  it('reads what fits where the first words are over the limit: the next display, else a code', () => {
    const long = 'x'.repeat(21);
    const snomed = { system: SYSTEM.snomed, code: '185349003' };
    for (const options of [{}, { overflow: 'truncate' }] as const) {
      const text = (value: unknown) => reading(plain, value, options);
      const several = { coding: [{ ...snomed, display: long }, { display: 'Office visit' }] };
      expect(text(several)).toMatchObject({ text: 'Office visit', ids: [] });
      expect(text({ ...several, text: long })).toMatchObject({ text: 'Office visit', ids: [] });
      expect(text({ coding: [{ ...snomed, display: long }], text: long })).toMatchObject({
        text: '185349003',
        ids: [],
      });
    }
    // A code of another system is better than no record.
    expect(reading(plain, { coding: [{ system: other, code: 'c', display: long }] })).toMatchObject({
      text: 'c',
      ids: ['code-of-other-system'],
    });
  });

  it('refuses words that FHIR cannot hold', () => {
    expect(reading(plain, { text: 'a\u0002' }).ids).toStrictEqual(['text-invalid-character']);
    expect(reading(priority, { coding: [{ display: 'a\u0002' }] }).ids).toStrictEqual(['text-invalid-character']);
  });

  it('keeps the second coding on put, and leaves no old coding beside new words', () => {
    const before = { text: 'words', coding: [{ code: 'c1' }, { code: 'c2' }] };
    expect(putValue(plain, 'words', before, readScope('Encounter', {})).value).toBe(before);
    expect(putValue(plain, 'new', before, readScope('Encounter', {})).value).toStrictEqual({ text: 'new' });
  });
});

describe('a concept with a vocabulary', () => {
  it("writes a word as its code, with R4's display where there is one", () => {
    expect(priority.write('EM', payloadScope({}))).toStrictEqual({
      coding: [{ system: prio, code: 'EM', display: 'emergency' }],
    });
    expect(concept(100, documentTypes).write('discharge-summary', payloadScope({}))).toStrictEqual({
      coding: [{ system: SYSTEM.loinc, code: '18842-5' }],
    });
    for (const word of ['em', 'emergency', 'constructor', 'toString', '__proto__']) {
      expect(priority.write(word, payloadScope({}))).toStrictEqual({ text: word });
      expect(codingOf(word, actPriority)).toBeUndefined();
    }
  });

  it('reads back what it writes', () => {
    for (const word of ['EM', 'em', 'emergency', 'R', 'whatever', 'constructor']) {
      expect(read(priority.write(word, payloadScope({})))).toBe(word);
    }
  });

  it('says where a display says more than the code that is read', () => {
    expect(reading(priority, { coding: [{ system: prio, code: 'R', display: 'Rush' }] })).toMatchObject({
      text: 'R',
      ids: ['code-text-differs'],
    });
    expect(reading(priority, { coding: [{ system: prio, code: 'R', display: 'Routine' }] }).ids).toStrictEqual([]);
  });

  it('reads a code where there is no text, or the text says no more than the code', () => {
    const coding = [{ system: prio, code: 'EM', display: 'Emergency!' }];
    expect(read({ coding })).toBe('EM');
    for (const text of ['Emergency!', 'emergency', 'EM'])
      expect([text, read({ coding, text })]).toStrictEqual([text, 'EM']);
  });

  it('reads the text where it says more than the code', () => {
    const coding = [{ system: prio, code: 'EM', display: 'emergency' }];
    expect(read({ coding, text: 'emergency, from home' })).toBe('emergency, from home');
  });

  it('reads the slug of a LOINC code, and no code of another system', () => {
    const type = concept(100, documentTypes);
    expect(read({ coding: [{ system: SYSTEM.loinc, code: '18842-5', display: 'Discharge summary' }] }, type)).toBe(
      'discharge-summary',
    );
    expect(read({ coding: [{ system: other, code: '18842-5' }] }, type)).toBeUndefined();
    expect(read({ coding: [{ system: SYSTEM.loinc, code: '34133-9', display: 'Summary' }] }, type)).toBe('Summary');
  });

  it('never reads another system’s words as one of its codes', () => {
    expect(read({ coding: [{ system: other, code: 'S' }] })).toBeUndefined();
    expect(read({ coding: [{ system: other, code: 'S', display: 'Secondary' }] })).toBe('Secondary');
    expect(read({ coding: [{ system: other, code: 'x', display: 'R' }] })).toBeUndefined();
    expect(read({ text: 'R', coding: [{ system: other, code: 'x', display: 'Rare' }] })).toBe('Rare');
    expect(read({ text: 'R', coding: [{ system: prio, code: 'EM', display: 'emergency' }] })).toBe('emergency');
  });

  it('reads a word that stands alone as text', () => {
    expect(read({ text: 'R' })).toBe('R');
  });

  it('finds its code behind others, and notes which it took', () => {
    const coding = [
      { system: other, code: 'x', display: 'first' },
      { system: prio, code: 'EM', display: 'emergency' },
    ];
    const found = reading(priority, { coding });
    expect(found.text).toBe('EM');
    expect(found.origins?.get(coding)).toStrictEqual([1]);
  });
});

describe('phraseOf', () => {
  it('gives the words of a concept of any kind', () => {
    expect(phraseOf({ coding: [{ code: 'c' }] })).toBe('c');
    expect(phraseOf({ text: 't', coding: [{ code: 'c' }] })).toBe('t');
    expect(phraseOf('t')).toBeUndefined();
  });

  it('gives no code of another system, also where it stands as a display or as text', () => {
    const german = { system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'E11.41' };
    expect(phraseOf({ coding: [german] })).toBeUndefined();
    expect(phraseOf({ coding: [{ ...german, display: 'E11.41' }] })).toBeUndefined();
    expect(phraseOf({ coding: [german], text: 'E11.41' })).toBeUndefined();
    expect(phraseOf({ coding: [{ ...german, display: 'Diabetes' }] })).toBe('Diabetes');
    expect(phraseOf({ coding: [{ system: SYSTEM.icd10cm, code: 'E11.41' }] })).toBeUndefined();
    expect(phraseOf({ coding: [{ system: SYSTEM.icd10cm, code: 'E11.41' }] }, { options: {} })).toBe('E11.41');
    expect(phraseOf({ coding: [{ system: SYSTEM.icd10cm, code: 'C56' }] })).toBe('C56');
    expect(phraseOf({ coding: [{ system: SYSTEM.snomed, code: '73211009' }] })).toBe('73211009');
  });
});
