import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withQuery } from '../../src/response/urlQuery.js';
import { runs } from '../support/runs.js';

describe('the parameters of a URL', () => {
  it('are percent-encoded', () => {
    expect(withQuery('/a', { b: 'c d&é😀', e: ['1', '2'], f: undefined })).toBe(
      '/a?b=c%20d%26%C3%A9%F0%9F%98%80&e=1&e=2',
    );
  });

  it.each([
    ['\ud83d', '%EF%BF%BD'],
    ['\ude00', '%EF%BF%BD'],
    ['x\ude00\ude00\ud83dy', 'x%EF%BF%BD%EF%BF%BD%EF%BF%BDy'],
    ['\ud83d\ud83d\ude00\ude00', '%EF%BF%BD%F0%9F%98%80%EF%BF%BD'],
  ])('have U+FFFD for half of a pair: %j', (text, encoded) => {
    expect(withQuery('/a', { b: text })).toBe(`/a?b=${encoded}`);
  });

  it('are read as UTF-8 has them, whatever the text', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(texts, (text) => {
        const wanted = Buffer.from(text, 'utf8').toString('utf8');
        expect(decodeURIComponent(withQuery('', { b: text }).slice('?b='.length))).toBe(wanted);
      }),
      { numRuns: runs(5000) },
    );
  });
});
