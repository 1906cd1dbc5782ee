import { describe, expect, it } from '@jest/globals';
import { referenceFault } from '../../../src/validate/narrative/chars.js';

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
