import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasOnlyXmlChars, isQualifiedName, referenceFault } from '../../../src/validate/narrative/chars.js';
import { runs } from '../../support/runs.js';

describe('a reference in a text of XML', () => {
  it.each([
    '&amp;',
    '&lt;&gt;&quot;&apos;',
    '&#9;',
    '&#160;',
    '&#x20;',
    '&#xD7FF;',
    '&#xe000;',
    '&#x10FFFF;',
    'no reference',
  ])('is good: %s', (text) => expect(referenceFault(text)).toBeUndefined());

  it.each([
    ["An '&' stands", ['&', '&;', '& amp;', '&#;', '&#x;', '&#xg;', '&#1a;', '&1a;', '&a b;', '&lt; &']],
    ['An entity other than', ['&nbsp;', '&AMP;', '&lt;&eacute;']],
    ['A numeric character reference', ['&#0;', '&#8;', '&#x1f;', '&#xd800;', '&#xffff;', '&#x110000;']],
  ])('has a fault: %s', (fault, texts) => {
    for (const text of texts) expect([text, referenceFault(text)?.slice(0, fault.length)]).toStrictEqual([text, fault]);
  });
});

describe('the characters of XML', () => {
  /** XML's own words: [2] of https://www.w3.org/TR/xml/. */
  const CHARS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
  const PIECES = [
    'a',
    '\t',
    '\n',
    '\u0000',
    '\u001f',
    '\ud7ff',
    '\ue000',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udbff',
    '\udc00',
  ];
  const texts = fc.array(fc.constantFrom(...PIECES, '\udfff', '😀', '\u{10ffff}'), { maxLength: 6 });

  it('are those of the specification, halves of pairs in every order', () => {
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        expect(hasOnlyXmlChars(text)).toBe(CHARS.test(text));
      }),
      { numRuns: runs(20000) },
    );
  });
});

describe('a name of XML', () => {
  it.each([
    'a',
    'div',
    'xml:lang',
    '_',
    'é',
    'a-b.c1',
    'a\u00b7',
    'a\u0300',
    '\u{10000}',
    '\u{effff}a',
    'a\u203f',
    'a\u{1f600}',
  ])('is one: %j', (name) => expect(isQualifiedName(name)).toBe(true));

  it.each([
    '',
    ':',
    'a:',
    ':a',
    'a:b:c',
    '1',
    '-a',
    '.a',
    '\u00b7a',
    '\u0300a',
    '\u203fa',
    'a b',
    'a\u00d7',
    '\u{f0000}',
    'a\ud800',
    '\udc00a',
  ])('is none: %j', (name) => expect(isQualifiedName(name)).toBe(false));
});
