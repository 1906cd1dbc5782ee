import { describe, expect, it } from '@jest/globals';
import { rememberingLast } from '../../../src/fhir/narrative/rememberingLast.js';

/** What a function was asked for, in order, and the function that remembers. */
function watched() {
  const asked: string[] = [];
  const length = rememberingLast((text) => {
    asked.push(text);
    return text.length;
  });
  return { asked, length };
}

describe('a function that remembers the last few texts', () => {
  it('makes what a text becomes once', () => {
    const { asked, length } = watched();
    expect(['a', 'bc', 'a', 'bc'].map(length)).toEqual([1, 2, 1, 2]);
    expect(asked).toEqual(['a', 'bc']);
  });

  it('remembers that nothing came of a text', () => {
    let asked = 0;
    const nothing = rememberingLast((): undefined => {
      asked += 1;
    });
    expect([nothing('a'), nothing('a')]).toEqual([undefined, undefined]);
    expect(asked).toBe(1);
  });

  it('forgets the oldest where there are more than eight', () => {
    const { asked, length } = watched();
    const texts = Array.from({ length: 9 }, (_, index) => 'x'.repeat(index));
    texts.forEach(length);
    length('xxxxxxxx');
    expect(asked).toEqual(texts);
    expect(length('')).toBe(0);
    expect(asked).toEqual([...texts, '']);
  });

  it('does not hold long texts', () => {
    const { asked, length } = watched();
    const long = 'x'.repeat(8193);
    expect([length(long), length(long)]).toEqual([8193, 8193]);
    expect(asked).toEqual([long, long]);
  });
});
