import { describe, expect, it } from '@jest/globals';
import type { Codec } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import type { JsonObject } from '../../src/lens/json.js';
import { lens, type Table } from '../../src/lens/lens.js';
import { list } from '../../src/lens/list.js';
import type { Rule } from '../../src/lens/rule.js';
import { quietly, report, type Scope } from '../../src/lens/scope.js';

const newScope = (): Scope => ({
  options: undefined,
  at: [],
  issues: [],
  failed: false,
  origins: new Map(),
  express: (at) => `Toy.${at.join('.')}`,
});

const word: Codec<string, string> = {
  fidelity: 'lossy',
  rule: 'a word, in lower case',
  schema: { type: 'string' },
  sibling: '_',
  read: (value) => (typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined),
  write: (value) => value,
  admit: (value) => (value === '' ? undefined : value),
};

/** A word that refuses all but one. */
const only: Codec<string, string> = {
  ...word,
  read(value, scope) {
    if (value !== 'yes') report(scope, { severity: 'error', code: 'not-supported', id: 'not-yes', diagnostics: '' });
    return value === 'yes' ? value : undefined;
  },
};

function toy(rules: readonly Rule[], more: Partial<Table<Scope>> = {}) {
  return lens<Scope>({
    rules,
    begin(resource) {
      resource.kind = 'toy';
    },
    enter: () => undefined,
    ...more,
  });
}

const rules = [field('name', 'title', word, { required: true }), field('tags', 'tag', list(word))];
const plain = toy(rules);

const idsOf = (scope: Scope): (readonly [string, string | undefined])[] =>
  (scope.issues ?? []).map((issue) => [issue.id, issue.expression[0]]);

describe('lens', () => {
  it('derives both directions from one table', () => {
    expect(plain.get({ kind: 'toy', title: 'A', tag: ['X'], other: 1 }, newScope())).toStrictEqual({
      name: 'a',
      tags: ['x'],
    });
    expect(plain.create({ name: 'a', tags: ['x'] }, newScope())).toStrictEqual({ kind: 'toy', title: 'a', tag: ['x'] });
  });

  it('writes elements in the order of the table, after what a resource begins with', () => {
    expect(Object.keys(plain.create({ tags: ['x'], name: 'a' }, newScope()))).toStrictEqual(['kind', 'title', 'tag']);
  });

  it('tells the scope which resource it works with', () => {
    const entered: JsonObject[] = [];
    const telling = toy(rules, { enter: (_scope, resource) => entered.push(resource) });
    const resource = { title: 'a' };
    telling.get(resource, newScope());
    const created = telling.create({ name: 'a' }, newScope());
    const after = telling.put({ name: 'b' }, resource, newScope());
    expect(entered[0]).toBe(resource);
    expect(entered[1]).toBe(created);
    expect(['what stands there is read as it stood', entered[2]]).toStrictEqual([
      'what stands there is read as it stood',
      resource,
    ]);
    expect(entered[3]).toBe(after);
  });

  it('refuses a resource in which a required key cannot be read', () => {
    const scope = newScope();
    plain.get({ tag: ['x'] }, scope);
    expect(idsOf(scope)).toStrictEqual([['required-missing', 'Toy.title']]);
    expect(scope.failed).toBe(true);
  });

  it('does not say it twice where the value was refused for a reason of its own', () => {
    const scope = newScope();
    const strict = toy([field('name', 'title', only, { required: true }), field('b', 'b', word, { required: true })]);
    strict.get({ title: 'no', b: 1 }, scope);
    expect(idsOf(scope)).toStrictEqual([
      ['not-yes', 'Toy.title'],
      ['required-missing', 'Toy.b'],
    ]);
  });

  it('says it where something else was refused, or the same place was only warned of', () => {
    const scope = newScope();
    const warning: Codec<string, string> = {
      ...word,
      read(_value, scope) {
        report(scope, { severity: 'warning', code: 'value', id: 'odd', diagnostics: '' });
        return undefined;
      },
    };
    toy([field('a', 'a', only), field('b', 'b', warning, { required: true })]).get({ a: 'no', b: 'x' }, scope);
    expect(idsOf(scope)).toStrictEqual([
      ['not-yes', 'Toy.a'],
      ['odd', 'Toy.b'],
      ['required-missing', 'Toy.b'],
    ]);
  });

  it('reads where nothing is recorded, too', () => {
    const scope = newScope();
    expect(quietly(scope, () => plain.get({ tag: ['x'] }, scope))).toStrictEqual({ tags: ['x'] });
    expect(scope.issues).toStrictEqual([]);
  });

  it('admits a payload key by key and reports what it lacks', () => {
    const scope = newScope();
    expect(plain.admit({ name: '', tags: ['x', ''], unknown: 1 }, scope)).toStrictEqual({ tags: ['x'] });
    expect(idsOf(scope)).toStrictEqual([['payload-required', 'Toy.name']]);
  });
});

describe('put', () => {
  const settled: JsonObject[] = [];
  const watched = toy(rules, {
    settle: (after) => {
      after.touched = true;
      settled.push(after);
    },
    invariants: (after, _before, scope) => {
      if (after.title === 'forbidden')
        report(scope, { severity: 'error', code: 'invariant', id: 'forbidden', diagnostics: '' }, 'title');
    },
  });

  it('keeps what a payload cannot say', () => {
    const before = { kind: 'toy', other: { deep: [1] }, title: 'A', _title: 1, tag: ['X', 7] };
    expect(plain.put({ name: 'a', tags: ['x', 'y'] }, before, newScope())).toStrictEqual({
      kind: 'toy',
      other: { deep: [1] },
      title: 'A',
      _title: 1,
      tag: ['X', 7, 'y'],
    });
  });

  it('gives an equal resource, in the same order, and settles nothing, where nothing changed', () => {
    const before = { title: 'forbidden', kind: 'toy', tag: ['X'] };
    const scope = newScope();
    const after = watched.put({ name: 'forbidden', tags: ['x'] }, before, scope);
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    expect(settled).toHaveLength(0);
    expect(idsOf(scope)).toStrictEqual([]);
  });

  it('touches neither the resource nor anything in it', () => {
    const before = { title: 'a', tag: ['x'], other: { deep: [1] } };
    const text = JSON.stringify(before);
    const after = plain.put({ name: 'b', tags: ['y', 'x'] }, before, newScope());
    expect(JSON.stringify(before)).toBe(text);
    expect(after.other).not.toBe(before.other);
  });

  it('settles what any change brings with it', () => {
    expect(watched.put({ name: 'b' }, { title: 'a' }, newScope())).toStrictEqual({ title: 'b', touched: true });
  });

  it('refuses a result that breaks a rule of the resource', () => {
    const scope = newScope();
    watched.put({ name: 'forbidden' }, { title: 'a' }, scope);
    expect(idsOf(scope)).toStrictEqual([['forbidden', 'Toy.title']]);
    expect(scope.failed).toBe(true);
  });

  it('writes a field again that another field’s change has turned', () => {
    // Reading `b` depends on `a`'s element, which no group has been told of.
    const turning: Rule = {
      ...field('b', 'b', word),
      read(element, payload) {
        const value = element.b ?? (element.a === 'first' ? 'fallback' : undefined);
        if (value !== undefined) payload.b = value;
      },
      put: () => false,
    };
    const after = toy([field('a', 'a', word), turning]).put({ a: 'second', b: 'fallback' }, { a: 'first' }, newScope());
    expect(after).toStrictEqual({ a: 'second', b: 'fallback' });
  });

  it('refuses a payload that cannot be put so that it reads the same afterwards', () => {
    const deaf: Rule = { ...field('b', 'b', word), read: () => undefined };
    const scope = newScope();
    toy([field('a', 'a', word), deaf]).put({ a: 'x', b: 'y' }, { a: 'w' }, scope);
    expect(idsOf(scope).map(([id]) => id)).toStrictEqual(['put-unsettled']);
    expect(scope.failed).toBe(true);
  });

  it('keeps keys of any name', () => {
    const before: JsonObject = JSON.parse('{"title":"a","__proto__":{"x":1},"constructor":{"y":[2]},"toString":"z"}');
    const after = plain.put({ name: 'b' }, before, newScope());
    expect(JSON.stringify(after)).toBe('{"title":"b","__proto__":{"x":1},"constructor":{"y":[2]},"toString":"z"}');
  });
});
