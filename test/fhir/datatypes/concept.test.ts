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
      origins: new Map(),
    });
  });

  it('refuses words that FHIR cannot hold', () => {
    expect(reading(plain, { text: 'a\u0002' }).ids).toStrictEqual(['text-not-holdable']);
    expect(reading(priority, { coding: [{ display: 'a\u0002' }] }).ids).toStrictEqual(['text-not-holdable']);
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
    expect(read({ coding: [{ system: other, code: '18842-5' }] }, type)).toBe('18842-5');
    expect(read({ coding: [{ system: SYSTEM.loinc, code: '34133-9', display: 'Summary' }] }, type)).toBe('Summary');
  });

  it('never reads another system’s words as one of its codes', () => {
    expect(read({ coding: [{ system: other, code: 'S' }] })).toBeUndefined();
    expect(read({ coding: [{ system: other, code: 'S', display: 'Secondary' }] })).toBe('Secondary');
    expect(read({ coding: [{ system: other, code: 'x', display: 'R' }] })).toBe('x');
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
    expect(found.origins.get(coding)).toStrictEqual([1]);
  });
});

describe('phraseOf', () => {
  it('gives the words of a concept of any kind', () => {
    expect(phraseOf({ coding: [{ code: 'c' }] })).toBe('c');
    expect(phraseOf({ text: 't', coding: [{ code: 'c' }] })).toBe('t');
    expect(phraseOf('t')).toBeUndefined();
  });
});
