import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(payload, { words: ['a', 'b'] });
    const element: JsonObject = {};
    rule.write({ words: ['a'] }, element, newScope());
    assert.deepEqual(element, { word: ['a'] });
  });

  it('owns the list and its sibling', () => {
    assert.deepEqual(rule.elements, ['word', '_word']);
  });

  it('leaves both alone where the list reads the same', () => {
    const before = { word: ['a', null], _word: [null, one] };
    assert.deepEqual(put(['a'], before), { changed: false, after: before });
  });

  it('keeps what belongs to each value that stays', () => {
    assert.deepEqual(put(['x', 'b', 'a'], { word: ['a', 'b'], _word: [one, two] }).after, {
      word: ['x', 'b', 'a'],
      _word: [null, two, one],
    });
  });

  it('lets the sibling go with a value that goes', () => {
    assert.deepEqual(put(['b'], { word: ['a', 'b'], _word: [one, null] }).after, { word: ['b'] });
  });

  it('keeps a sibling without a value behind its neighbour', () => {
    assert.deepEqual(put(['a', 'x'], { word: ['a', null, 'b'], _word: [null, one] }).after, {
      word: ['a', null, 'x'],
      _word: [null, one, null],
    });
  });

  it('leaves the siblings alone where no value is left', () => {
    assert.deepEqual(put(undefined, { word: ['a', null], _word: [two, one] }).after, { _word: [one] });
    assert.deepEqual(put(undefined, { word: ['a'], other: 1 }), { changed: true, after: { other: 1 } });
  });

  it('copes with a sibling list that is longer, shorter or none', () => {
    assert.deepEqual(put(['x'], { word: ['a'], _word: [null, one] }).after, { word: [null, 'x'], _word: [one, null] });
    assert.deepEqual(put(['b'], { word: ['a', 'b'], _word: [one] }).after, { word: ['b'] });
    assert.deepEqual(put(['b'], { word: ['a', 'b'], _word: 'none' }).after, { word: ['b'] });
  });

  it('writes values where only another rule’s elements were', () => {
    assert.deepEqual(put(['a'], { other: 1 }), { changed: true, after: { other: 1, word: ['a'] } });
  });
});
