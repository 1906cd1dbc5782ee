import { describe, expect, it } from '@jest/globals';
import jsonPatch from 'fast-json-patch';
import { type DiffLanguage, diff, type Operation, type Origins } from '../../src/lens/diff.js';
import { clone, type JsonObject } from '../../src/lens/json.js';

const language: DiffLanguage = {
  locate: (at) => ({ expression: at.join('/'), path: '' }),
  judge: () => ({ class: 'content', reason: 'no-field' }),
};

function residueOf(before: JsonObject, after: JsonObject, origins: Origins = new Map()): Operation[] {
  return diff(before, after, language, { origins }, { residue: true }).residue ?? [];
}

/** Applies the residue to what is left, and expects what was there before. */
function leadsBack(before: JsonObject, after: JsonObject, origins?: Origins): void {
  const patch = residueOf(before, after, origins);
  const patched = jsonPatch.applyPatch(clone(after), clone(patch), true).newDocument;
  expect([JSON.stringify(patch), patched]).toStrictEqual([JSON.stringify(patch), before]);
}

describe('the residue', () => {
  it('is empty where nothing is lost', () => {
    expect(residueOf({ a: [1] }, { a: [1] })).toStrictEqual([]);
  });

  it('adds what is missing, replaces what changed and removes what was added', () => {
    expect(residueOf({ a: 1, b: { c: 2 } }, { b: { c: 3 }, d: 4 })).toStrictEqual([
      { op: 'add', path: '/a', value: 1 },
      { op: 'replace', path: '/b/c', value: 2 },
      { op: 'remove', path: '/d' },
    ]);
    leadsBack({ a: 1, b: { c: 2 } }, { b: { c: 3 }, d: 4 });
  });

  it('escapes keys with a slash or a tilde', () => {
    const before = { 'a/b': { '~': 1, '~1': 2, '/': 3 }, 'c~d': 4, '': 5 };
    expect(residueOf(before, {}).map((operation) => operation.path)).toStrictEqual(['/a~1b', '/c~0d', '/']);
    leadsBack(before, {});
    leadsBack(before, { 'a/b': { '~': 0, '~1': 0, '/': 0, '~0~1': 1 }, 'c~d': 0, '': 0 });
  });

  it('names keys that every object seems to have, with their values', () => {
    const before: JsonObject = JSON.parse('{"constructor":1,"toString":{"a":[2]},"__proto__":{"b":3}}');
    expect(JSON.stringify(residueOf(before, {}))).toBe(
      '[{"op":"add","path":"/constructor","value":1},{"op":"add","path":"/toString","value":{"a":[2]}},' +
        '{"op":"add","path":"/__proto__","value":{"b":3}}]',
    );
    leadsBack({ constructor: 1, toString: 2 }, { toString: 3 });
  });

  it('leads back to lists that were shorter', () => {
    leadsBack({ a: [1] }, { a: [1, 2, 3, 4] });
    leadsBack({ a: [] }, { a: [1, 2] });
    leadsBack({ a: [[1], [2, 3]] }, { a: [[1, 5], [2], [6]] });
  });

  it('leads back to lists that were longer', () => {
    leadsBack({ a: [1, 2, 3, 4] }, { a: [1] });
    leadsBack({ a: [1, 2, 3, 4] }, { a: [9] });
    leadsBack({ a: [{ b: [1, 2] }, { b: [3] }] }, { a: [{ b: [1] }] });
  });

  it('leads back to lists of which some items were skipped', () => {
    const kept = [{ n: 1, note: 'x' }, { n: 2 }];
    for (const skipped of [
      ['s', kept[0], kept[1]],
      [kept[0], 's', kept[1]],
      [kept[0], kept[1], 's'],
      ['s', kept[0], 't', 'u', kept[1], 'v'],
    ]) {
      const taken = skipped.flatMap((item, index) => (typeof item === 'string' ? [] : [index]));
      leadsBack({ a: skipped }, { a: [{ n: 1 }, { n: 2, added: 1 }] }, new Map([[skipped, taken]]));
    }
  });

  it('leads back to lists that were skipped in part and have items added', () => {
    const a = ['s', { n: 1 }, 't'];
    leadsBack({ a }, { a: [{ n: 2 }, { n: 3 }, { n: 4 }] }, new Map([[a, [1]]]));
  });

  it('replaces a list in one piece whose items were reordered', () => {
    const a = [{ n: 1, x: 0 }, 's', { n: 2 }, { n: 3 }];
    const after = { a: [{ n: 3 }, { n: 1 }, { n: 2, y: 0 }], b: 1 };
    const origins = new Map([[a, [3, 0, 2]]]);
    expect(residueOf({ a, b: 1 }, after, origins)).toStrictEqual([{ op: 'replace', path: '/a', value: a }]);
    leadsBack({ a, b: 1 }, after, origins);
  });

  it('leads back to reordered lists at any depth', () => {
    const inner = [1, 2];
    const outer = ['s', { inner }];
    const origins: Origins = new Map<readonly unknown[], readonly number[]>([
      [inner, [1, 0]],
      [outer, [1]],
    ]);
    leadsBack({ outer }, { outer: [{ inner: [2, 1] }] }, origins);
  });

  it('tells null from nothing', () => {
    leadsBack({ a: null, b: [null, 1] }, { b: [0] });
    leadsBack({ b: [1] }, { a: null, b: [null, null] });
  });
});
