import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Codec } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import type { JsonObject } from '../../src/lens/json.js';
import { lens, type Table } from '../../src/lens/lens.js';
import { list } from '../../src/lens/list.js';
import type { Rule } from '../../src/lens/rule.js';
import { report, type Scope } from '../../src/lens/scope.js';

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
    assert.deepEqual(plain.get({ kind: 'toy', title: 'A', tag: ['X'], other: 1 }, newScope()), {
      name: 'a',
      tags: ['x'],
    });
    assert.deepEqual(plain.create({ name: 'a', tags: ['x'] }, newScope()), { kind: 'toy', title: 'a', tag: ['x'] });
  });

  it('writes elements in the order of the table, after what a resource begins with', () => {
    assert.deepEqual(Object.keys(plain.create({ tags: ['x'], name: 'a' }, newScope())), ['kind', 'title', 'tag']);
  });

  it('tells the scope which resource it works with', () => {
    const entered: JsonObject[] = [];
    const telling = toy(rules, { enter: (_scope, resource) => entered.push(resource) });
    const resource = { title: 'a' };
    telling.get(resource, newScope());
    const created = telling.create({ name: 'a' }, newScope());
    const after = telling.put({ name: 'b' }, resource, newScope());
    assert.equal(entered[0], resource);
    assert.equal(entered[1], created);
    assert.equal(entered[2], resource, 'what stands there is read as it stood');
    assert.equal(entered[3], after);
  });

  it('refuses a resource in which a required key cannot be read', () => {
    const scope = newScope();
    plain.get({ tag: ['x'] }, scope);
    assert.deepEqual(idsOf(scope), [['required-unreadable', 'Toy.title']]);
    assert.equal(scope.failed, true);
  });

  it('does not say it twice where the value was refused for a reason of its own', () => {
    const scope = newScope();
    const strict = toy([field('name', 'title', only, { required: true }), field('b', 'b', word, { required: true })]);
    strict.get({ title: 'no', b: 1 }, scope);
    assert.deepEqual(idsOf(scope), [
      ['not-yes', 'Toy.title'],
      ['required-unreadable', 'Toy.b'],
    ]);
  });

  it('admits a payload key by key and reports what it lacks', () => {
    const scope = newScope();
    assert.deepEqual(plain.admit({ name: '', tags: ['x', ''], unknown: 1 }, scope), { tags: ['x'] });
    assert.deepEqual(idsOf(scope), [['payload-required', 'Toy.name']]);
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
    assert.deepEqual(plain.put({ name: 'a', tags: ['x', 'y'] }, before, newScope()), {
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
    assert.equal(JSON.stringify(after), JSON.stringify(before));
    assert.equal(settled.length, 0);
    assert.deepEqual(idsOf(scope), []);
  });

  it('touches neither the resource nor anything in it', () => {
    const before = { title: 'a', tag: ['x'], other: { deep: [1] } };
    const text = JSON.stringify(before);
    const after = plain.put({ name: 'b', tags: ['y', 'x'] }, before, newScope());
    assert.equal(JSON.stringify(before), text);
    assert.notEqual(after.other, before.other);
  });

  it('settles what any change brings with it', () => {
    assert.deepEqual(watched.put({ name: 'b' }, { title: 'a' }, newScope()), { title: 'b', touched: true });
  });

  it('refuses a result that breaks a rule of the resource', () => {
    const scope = newScope();
    watched.put({ name: 'forbidden' }, { title: 'a' }, scope);
    assert.deepEqual(idsOf(scope), [['forbidden', 'Toy.title']]);
    assert.equal(scope.failed, true);
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
    assert.deepEqual(after, { a: 'second', b: 'fallback' });
  });

  it('refuses a payload that cannot be put so that it reads the same afterwards', () => {
    const deaf: Rule = { ...field('b', 'b', word), read: () => undefined };
    const scope = newScope();
    toy([field('a', 'a', word), deaf]).put({ a: 'x', b: 'y' }, { a: 'w' }, scope);
    assert.deepEqual(
      idsOf(scope).map(([id]) => id),
      ['put-unsettled'],
    );
    assert.equal(scope.failed, true);
  });

  it('keeps keys of any name', () => {
    const before: JsonObject = JSON.parse('{"title":"a","__proto__":{"x":1},"constructor":{"y":[2]},"toString":"z"}');
    const after = plain.put({ name: 'b' }, before, newScope());
    assert.equal(JSON.stringify(after), '{"title":"b","__proto__":{"x":1},"constructor":{"y":[2]},"toString":"z"}');
  });
});
