import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.equal(read({ text: 'words', coding }, plain), 'words');
    assert.equal(read({ text: '', coding }, plain), 'two');
    assert.equal(read({ coding: [{ code: ' bad' }, { code: 'c1' }] }, plain), 'c1');
    for (const value of [{}, { coding: [] }, { coding: 'c1' }, { coding: [null, 'c1'] }, { text: 1 }, 'words', null]) {
      assert.equal(read(value, plain), undefined);
    }
  });

  it('is written as text', () => {
    assert.deepEqual(plain.write('urgent', payloadScope({})), { text: 'urgent' });
  });

  it('is held to its limit; a code is never cut', () => {
    const long = 'x'.repeat(21);
    const truncate: ConvertOptions = { overflow: 'truncate' };
    assert.deepEqual(reading(plain, { text: long }).ids, ['text-over-limit']);
    assert.deepEqual(reading(plain, { text: long }, truncate).text, 'x'.repeat(20));
    assert.deepEqual(reading(plain, { coding: [{ display: long }] }, truncate).text, 'x'.repeat(20));
    assert.deepEqual(reading(plain, { coding: [{ code: long }] }, truncate), {
      text: undefined,
      ids: ['text-over-limit'],
      origins: new Map(),
    });
  });

  it('refuses words that FHIR cannot hold', () => {
    assert.deepEqual(reading(plain, { text: 'a\u0002' }).ids, ['text-not-holdable']);
    assert.deepEqual(reading(priority, { coding: [{ display: 'a\u0002' }] }).ids, ['text-not-holdable']);
  });

  it('keeps the second coding on put, and leaves no old coding beside new words', () => {
    const before = { text: 'words', coding: [{ code: 'c1' }, { code: 'c2' }] };
    assert.equal(putValue(plain, 'words', before, readScope('Encounter', {})).value, before);
    assert.deepEqual(putValue(plain, 'new', before, readScope('Encounter', {})).value, { text: 'new' });
  });
});

describe('a concept with a vocabulary', () => {
  it("writes a word as its code, with R4's display where there is one", () => {
    assert.deepEqual(priority.write('EM', payloadScope({})), {
      coding: [{ system: prio, code: 'EM', display: 'emergency' }],
    });
    assert.deepEqual(concept(100, documentTypes).write('discharge-summary', payloadScope({})), {
      coding: [{ system: SYSTEM.loinc, code: '18842-5' }],
    });
    for (const word of ['em', 'emergency', 'constructor', 'toString', '__proto__']) {
      assert.deepEqual(priority.write(word, payloadScope({})), { text: word });
      assert.equal(codingOf(word, actPriority), undefined);
    }
  });

  it('reads back what it writes', () => {
    for (const word of ['EM', 'em', 'emergency', 'R', 'whatever', 'constructor']) {
      assert.equal(read(priority.write(word, payloadScope({}))), word);
    }
  });

  it('reads a code where there is no text, or the text says no more than the code', () => {
    const coding = [{ system: prio, code: 'EM', display: 'Emergency!' }];
    assert.equal(read({ coding }), 'EM');
    for (const text of ['Emergency!', 'emergency', 'EM']) assert.equal(read({ coding, text }), 'EM', text);
  });

  it('reads the text where it says more than the code', () => {
    const coding = [{ system: prio, code: 'EM', display: 'emergency' }];
    assert.equal(read({ coding, text: 'emergency, from home' }), 'emergency, from home');
  });

  it('reads the slug of a LOINC code, and no code of another system', () => {
    const type = concept(100, documentTypes);
    assert.equal(
      read({ coding: [{ system: SYSTEM.loinc, code: '18842-5', display: 'Discharge summary' }] }, type),
      'discharge-summary',
    );
    assert.equal(read({ coding: [{ system: other, code: '18842-5' }] }, type), '18842-5');
    assert.equal(read({ coding: [{ system: SYSTEM.loinc, code: '34133-9', display: 'Summary' }] }, type), 'Summary');
  });

  it('never reads another system’s words as one of its codes', () => {
    assert.equal(read({ coding: [{ system: other, code: 'S' }] }), undefined);
    assert.equal(read({ coding: [{ system: other, code: 'S', display: 'Secondary' }] }), 'Secondary');
    assert.equal(read({ coding: [{ system: other, code: 'x', display: 'R' }] }), 'x');
    assert.equal(read({ text: 'R', coding: [{ system: other, code: 'x', display: 'Rare' }] }), 'Rare');
    assert.equal(read({ text: 'R', coding: [{ system: prio, code: 'EM', display: 'emergency' }] }), 'emergency');
  });

  it('reads a word that stands alone as text', () => {
    assert.equal(read({ text: 'R' }), 'R');
  });

  it('finds its code behind others, and notes which it took', () => {
    const coding = [
      { system: other, code: 'x', display: 'first' },
      { system: prio, code: 'EM', display: 'emergency' },
    ];
    const found = reading(priority, { coding });
    assert.equal(found.text, 'EM');
    assert.deepEqual(found.origins.get(coding), [1]);
  });
});

describe('phraseOf', () => {
  it('gives the words of a concept of any kind', () => {
    assert.equal(phraseOf({ coding: [{ code: 'c' }] }), 'c');
    assert.equal(phraseOf({ text: 't', coding: [{ code: 'c' }] }), 't');
    assert.equal(phraseOf('t'), undefined);
  });
});
