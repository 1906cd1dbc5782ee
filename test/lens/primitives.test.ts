import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { primitives } from '../../src/lens/primitives.js';
import { newScope, word } from '../support/toy.js';

const rule = primitives('words', 'word', word);

function put(words: string[] | undefined, onto: JsonObject): { changed: boolean; after: JsonObject } {
  const after = { ...onto };
  const changed = rule.put(words === undefined ? {} : { words }, after, newScope());
  return { changed, after };
}

const [one, two] = [{ id: '1' }, { id: '2' }];

describe('primitives', () => {
  it('reads and writes a list of values', () => {
    const payload: JsonObject = {};
    rule.read({ word: ['a', null, 'b'], _word: [null, one] }, payload, newScope());
    expect(payload).toStrictEqual({ words: ['a', 'b'] });
    const element: JsonObject = {};
    rule.write({ words: ['a'] }, element, newScope());
    expect(element).toStrictEqual({ word: ['a'] });
  });

  it('owns the list and its sibling', () => {
    expect(rule.elements).toStrictEqual(['word', '_word']);
  });

  it('leaves both alone where the list reads the same', () => {
    const before = { word: ['a', null], _word: [null, one] };
    expect(put(['a'], before)).toStrictEqual({ changed: false, after: before });
  });

  it('keeps what belongs to each value that stays', () => {
    expect(put(['x', 'b', 'a'], { word: ['a', 'b'], _word: [one, two] }).after).toStrictEqual({
      word: ['x', 'b', 'a'],
      _word: [null, two, one],
    });
  });

  it('lets the sibling go with a value that goes', () => {
    expect(put(['b'], { word: ['a', 'b'], _word: [one, null] }).after).toStrictEqual({ word: ['b'] });
  });

  it('keeps a sibling without a value behind its neighbour', () => {
    expect(put(['a', 'x'], { word: ['a', null, 'b'], _word: [null, one] }).after).toStrictEqual({
      word: ['a', null, 'x'],
      _word: [null, one, null],
    });
  });

  it('leaves the siblings alone where no value is left', () => {
    expect(put(undefined, { word: ['a', null], _word: [two, one] }).after).toStrictEqual({ _word: [one] });
    expect(put(undefined, { word: ['a'], other: 1 })).toStrictEqual({ changed: true, after: { other: 1 } });
  });

  it('copes with a sibling list that is longer, shorter or none', () => {
    expect(put(['x'], { word: ['a'], _word: [null, one] }).after).toStrictEqual({
      word: [null, 'x'],
      _word: [one, null],
    });
    expect(put(['b'], { word: ['a', 'b'], _word: [one] }).after).toStrictEqual({ word: ['b'] });
    expect(put(['b'], { word: ['a', 'b'], _word: 'none' }).after).toStrictEqual({ word: ['b'] });
  });

  it('writes values where only another rule’s elements were', () => {
    expect(put(['a'], { other: 1 })).toStrictEqual({ changed: true, after: { other: 1, word: ['a'] } });
  });
});
