import { describe, expect, it } from '@jest/globals';
import { type Difference, type DiffLanguage, diff, type Origins } from '../../src/lens/diff.js';
import type { JsonObject } from '../../src/lens/json.js';

/** Locations as slashes, indexes left out of the path; everything below `meta` is bookkeeping. */
const language: DiffLanguage = {
  locate: (at) => ({
    expression: at.join('/'),
    path: at.filter((step) => typeof step === 'string').join('/'),
  }),
  judge: ({ at }) => ({ class: at[0] === 'meta' ? 'record' : 'content', reason: 'no-field' }),
};

const none: Origins = new Map();

/** Losses in short: kind and expression. */
function losses(before: JsonObject, after: JsonObject, origins = none): string[] {
  return diff(before, after, language, { origins }).losses.map((loss) => `${loss.kind} ${loss.expression}`);
}

describe('the losses of a diff', () => {
  it('are none between equal resources, in whatever order their keys stand', () => {
    expect(losses({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toStrictEqual([]);
  });

  it('are what is missing, changed or added', () => {
    expect(losses({ a: 1, b: 2 }, { b: 3, c: 4 })).toStrictEqual(['missing a', 'changed b', 'added c']);
  });

  it('name the deepest place that differs', () => {
    expect(losses({ a: { b: [{ c: 1, d: 2 }] } }, { a: { b: [{ c: 1, d: 3 }] } })).toStrictEqual(['changed a/b/0/d']);
  });

  it('name the whole of what is on one side only', () => {
    expect(losses({ a: { b: [1, 2] } }, {})).toStrictEqual(['missing a']);
    expect(losses({}, { a: { b: 1 } })).toStrictEqual(['added a']);
  });

  it('are a change where the shapes differ', () => {
    expect(losses({ a: [1], b: {}, c: null }, { a: { 0: 1 }, b: [], c: 0 })).toStrictEqual([
      'changed a',
      'changed b',
      'changed c',
    ]);
  });

  it('have a location with indexes and one without', () => {
    const [loss] = diff({ a: [{ b: [1] }] }, { a: [{ b: [2] }] }, language, { origins: none }).losses;
    expect(loss).toStrictEqual({
      expression: 'a/0/b/0',
      path: 'a/b',
      kind: 'changed',
      class: 'content',
      reason: 'no-field',
    });
  });

  it('are classed by the language, which is shown both values and the whole resource', () => {
    const seen: [Difference, JsonObject][] = [];
    const before = { meta: { v: 1 }, a: [1] };
    const classes = diff(
      before,
      { meta: { v: 2 }, a: [1, 5] },
      {
        ...language,
        judge(difference, resource, around) {
          seen.push([{ ...difference, at: [...difference.at] }, resource]);
          return language.judge(difference, resource, around);
        },
      },
      { origins: none },
    ).losses.map((loss) => loss.class);
    expect(classes).toStrictEqual(['record', 'content']);
    expect(seen).toStrictEqual([
      [{ at: ['meta', 'v'], kind: 'changed', path: 'meta/v', before: 1, after: 2, noted: undefined }, before],
      [{ at: ['a', 1], kind: 'added', before: undefined, path: 'a', after: 5, noted: undefined }, before],
    ]);
  });

  it('never hold a value', () => {
    const text = JSON.stringify(diff({ a: 'secret', b: ['secret'] }, { a: 'x' }, language, { origins: none }).losses);
    expect(text.includes('secret')).toBe(false);
  });

  it('see keys that every object seems to have', () => {
    const before: JsonObject = JSON.parse('{"__proto__":{"a":1},"constructor":1,"toString":{"b":2}}');
    expect(losses(before, {})).toStrictEqual(['missing __proto__', 'missing constructor', 'missing toString']);
    expect(losses({}, before)).toStrictEqual(['added __proto__', 'added constructor', 'added toString']);
    expect(losses(before, before)).toStrictEqual([]);
  });

  it('are not asked for values unless a residue is wanted', () => {
    expect(diff({ a: 1 }, {}, language, { origins: none }).residue).toBeUndefined();
    expect(diff({ a: 1 }, {}, language, { origins: none }, { residue: true }).residue).toStrictEqual([
      { op: 'add', path: '/a', value: 1 },
    ]);
  });
});

describe('the losses of lists', () => {
  it('are told position by position where a reading took all items in order', () => {
    expect(losses({ a: [1, 2, 3] }, { a: [1, 5] })).toStrictEqual(['changed a/1', 'missing a/2']);
    expect(losses({ a: [1] }, { a: [1, 2, 3] })).toStrictEqual(['added a/2', 'added a/1']);
  });

  it('are told from the item that each came from where some were skipped', () => {
    const a = [{ n: 'skipped' }, { n: 1, note: 'x' }, { n: 2 }];
    const origins = new Map([[a, [1, 2]]]);
    expect(losses({ a }, { a: [{ n: 1 }, { n: 2 }] }, origins)).toStrictEqual(['missing a/0', 'missing a/1/note']);
  });

  it('are told from the item that each came from where they were taken out of order', () => {
    const a = [{ n: 'one', x: 1 }, { n: 'two' }, { n: 'lost' }];
    const origins = new Map([[a, [1, 0]]]);
    expect(losses({ a }, { a: [{ n: 'two' }, { n: 'one' }] }, origins)).toStrictEqual([
      'missing a/0/x',
      'missing a/2',
      'changed a',
    ]);
  });

  it('are additions beyond the items that were taken', () => {
    const a = [{ n: 'skipped' }, { n: 1 }];
    const origins = new Map([[a, [1]]]);
    expect(losses({ a }, { a: [{ n: 1 }, { n: 9 }] }, origins)).toStrictEqual(['added a/1', 'missing a/0']);
  });

  it('are all items where none was written', () => {
    const a = [{ n: 1 }, { n: 2 }];
    expect(losses({ a }, { a: [] }, new Map([[a, [0]]]))).toStrictEqual(['missing a/0', 'missing a/1']);
  });

  it('are found in lists of lists', () => {
    const inner = [7, 8];
    const before = { a: [inner] };
    expect(losses(before, { a: [[8]] }, new Map([[inner, [1]]]))).toStrictEqual(['missing a/0/0']);
  });
});
