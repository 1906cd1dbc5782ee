import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Codec } from '../../src/lens/codec.js';
import { type Absent, field } from '../../src/lens/field.js';
import { group } from '../../src/lens/group.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { list } from '../../src/lens/list.js';
import { object } from '../../src/lens/object.js';
import { firstOf, missingKeys, type Rule, rewrite } from '../../src/lens/rule.js';
import { report, type Scope } from '../../src/lens/scope.js';
import { spread } from '../../src/lens/spread.js';
import { newScope } from '../support/toy.js';

/** A word; it complains about one with a digit. */
const word: Codec<string, string> = {
  fidelity: 'exact',
  rule: 'a word',
  schema: { type: 'string', maxLength: 9 },
  sibling: '_',
  read(value, scope) {
    if (typeof value !== 'string' || value === '') return undefined;
    if (/\d/.test(value))
      report(scope, { severity: 'warning', code: 'value', id: 'digit', diagnostics: '' }, 'character');
    return value;
  },
  write: (value) => value,
  admit: (value) => (value === '' ? undefined : value.trim()),
};

const absent: Absent<Scope> = {
  write: () => ({ _name: 'none' }),
  marks: (element) => element._name === 'none',
};

function readOf(rule: Rule, element: JsonObject, scope = newScope()): JsonObject {
  const payload: JsonObject = {};
  rule.read(element, payload, scope);
  return payload;
}

function writeOf(rule: Rule, payload: JsonObject): JsonObject {
  const element: JsonObject = {};
  rule.write(payload, element, newScope());
  return element;
}

/** What a put leaves, and whether it says that it changed something. */
function putOf(rule: Rule, payload: JsonObject, element: JsonObject): { changed: boolean; after: JsonObject } {
  const after = { ...element };
  return { changed: rule.put(payload, after, newScope()), after };
}

describe('field', () => {
  const rule = field('name', 'title', word);

  it('reads, writes and admits one key and one element', () => {
    assert.deepEqual(readOf(rule, { title: 'a', name: 'b' }), { name: 'a' });
    assert.deepEqual(writeOf(rule, { name: 'a', title: 'b' }), { title: 'a' });
    const normal: JsonObject = {};
    rule.admit({ name: ' a ' }, normal, newScope());
    assert.deepEqual(normal, { name: 'a' });
  });

  it('leaves no key for what cannot be read, written or admitted', () => {
    assert.deepEqual(Object.keys(readOf(rule, { title: 1 })), []);
    assert.deepEqual(Object.keys(writeOf(rule, {})), []);
    const normal: JsonObject = {};
    rule.admit({ name: '' }, normal, newScope());
    assert.deepEqual(Object.keys(normal), []);
  });

  it('names the element in an issue, and only while it reads', () => {
    const scope = newScope();
    readOf(rule, { title: 'a1' }, scope);
    assert.deepEqual(scope.issues?.[0]?.expression, ['title/character']);
    assert.deepEqual(scope.at, []);
  });

  it('lets the sibling of a value go when the value changes, and keeps it otherwise', () => {
    const before = { title: 'a', _title: { id: 'x' } };
    assert.deepEqual(putOf(rule, { name: 'a' }, before), { changed: false, after: before });
    assert.deepEqual(putOf(rule, { name: 'b' }, before), { changed: true, after: { title: 'b' } });
    assert.deepEqual(putOf(rule, {}, before), { changed: true, after: {} });
  });

  it('displaces the elements that belong to the value when it changes', () => {
    const displacing = field('name', 'title', word, { displaces: ['subtitle'] });
    assert.deepEqual(putOf(displacing, { name: 'b' }, { title: 'a', subtitle: 's', other: 1 }).after, {
      title: 'b',
      other: 1,
    });
    assert.deepEqual(displacing.elements, ['title', '_title', 'subtitle']);
  });

  it('keeps the order of the elements when a value changes', () => {
    assert.deepEqual(Object.keys(putOf(rule, { name: 'b' }, { x: 1, title: 'a', y: 2 }).after), ['x', 'title', 'y']);
  });

  it('marks a value that the payload leaves out, and takes the mark for none', () => {
    const marking = field('name', 'name', word, { absent });
    assert.deepEqual(writeOf(marking, {}), { _name: 'none' });
    assert.deepEqual(writeOf(marking, { name: 'a' }), { name: 'a' });
    assert.deepEqual(putOf(marking, {}, { name: 'a' }).after, { _name: 'none' });
    assert.deepEqual(putOf(marking, { name: 'a' }, { _name: 'none' }).after, { name: 'a' });
    assert.deepEqual(putOf(marking, {}, { _name: 'none' }), { changed: false, after: { _name: 'none' } });
  });

  it('lacks a required element, and an expected one that is not marked as absent', () => {
    const required = field('name', 'title', word, { required: true });
    assert.equal(required.lacking?.({}, {}), 'title');
    assert.equal(required.lacking?.({}, { name: 'a' }), undefined);
    const expected = field('name', 'name', word, { expected: true, absent });
    assert.equal(expected.lacking?.({}, {}), 'name');
    assert.equal(expected.lacking?.({ _name: 'none' }, {}), undefined);
    assert.equal(rule.lacking, undefined);
    assert.deepEqual([required.required, expected.required], [['name'], []]);
  });

  it('tells its row: rule, note, limit, and the rows below it', () => {
    assert.deepEqual(field('name', 'title', word, { required: true, note: 'else nothing' }).rows, [
      {
        payload: 'name',
        element: 'title',
        rule: 'a word; else nothing',
        fidelity: 'exact',
        required: true,
        limit: '≤9 characters',
      },
    ]);
    const people = field('people', 'person', list(object([rule]), { min: 1, max: 5 }));
    assert.deepEqual(
      people.rows.map((row) => [row.payload, row.element, row.limit]),
      [
        ['people', 'person', '1–5 items'],
        ['people[].name', 'person[].title', '≤9 characters'],
      ],
    );
  });
});

/** `first` and `last` for `"first last"`; a middle name is only kept. */
const fullName: Codec<{ first?: string; last?: string }, string> = {
  fidelity: 'lossy',
  rule: 'first and last',
  schema: { type: 'object', properties: { first: { type: 'string' }, last: { type: 'string' } } },
  rows: [{ payload: 'first', element: '', rule: 'the first word', fidelity: 'lossy', required: false }],
  read(value) {
    if (typeof value !== 'string') return undefined;
    const words = value.split(' ');
    const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
    return { ...(first === '-' ? {} : { first }), ...(last === '-' ? {} : { last }) };
  },
  write: ({ first = '-', last = '-' }) => `${first} ${last}`,
  admit: (value) => value,
};

describe('spread', () => {
  const rule = spread(['first', 'last'], 'name', fullName);

  it('reads several keys from one element and writes them to it', () => {
    assert.deepEqual(readOf(rule, { name: 'Ann Lee' }), { first: 'Ann', last: 'Lee' });
    assert.deepEqual(writeOf(rule, { first: 'Ann', last: 'Lee', other: 1 }), { name: 'Ann Lee' });
    assert.deepEqual(writeOf(rule, { other: 1 }), {});
  });

  it('judges a put by the whole element', () => {
    const before = { name: 'Ann B Lee' };
    assert.deepEqual(putOf(rule, { first: 'Ann', last: 'Lee' }, before), { changed: false, after: before });
    assert.deepEqual(putOf(rule, { first: 'Bob', last: 'Lee' }, before).after, { name: 'Bob Lee' });
    assert.deepEqual(putOf(rule, { first: 'Ann' }, before).after, { name: 'Ann -' });
    assert.deepEqual(putOf(rule, {}, before), { changed: true, after: {} });
  });

  it('writes the mark of expected keys for a payload without them, and lacks an element without it', () => {
    const marks = (value: unknown): boolean => value === '- -';
    const expecting = spread(['first', 'last'], 'name', fullName, { expected: { keys: ['last'], marks } });
    assert.deepEqual(writeOf(expecting, {}), { name: '- -' });
    assert.deepEqual(putOf(expecting, {}, { name: 'Ann Lee' }).after, { name: '- -' });
    assert.equal(expecting.lacking?.({ name: '- -' }, {}), undefined);
    assert.equal(expecting.lacking?.({ name: 'Ann -' }, { first: 'Ann' }), 'name');
    assert.equal(expecting.lacking?.({ name: 'Ann Lee' }, { last: 'Lee' }), undefined);
  });

  it('lacks an element where a required key was not read', () => {
    const requiring = spread(['first', 'last'], 'name', fullName, { required: ['last'] });
    assert.equal(requiring.lacking?.({ name: 'Ann -' }, { first: 'Ann' }), 'name');
    assert.equal(requiring.lacking?.({}, { last: 'Lee' }), undefined);
    assert.deepEqual(requiring.required, ['last']);
  });

  it('gives the properties and rows of its codec as its own', () => {
    assert.deepEqual(Object.keys(rule.properties), ['first', 'last']);
    assert.deepEqual(
      rule.rows.map((row) => [row.payload, row.element]),
      [['first', 'name']],
    );
  });
});

describe('group', () => {
  const rule = group(
    [field('long', 'long', word), field('short', 'short', word, { required: true })],
    (_element, payload) => {
      if (payload.short === undefined && payload.long !== undefined) payload.short = payload.long;
    },
  );

  it('falls back on another element', () => {
    assert.deepEqual(readOf(rule, { long: 'a' }), { long: 'a', short: 'a' });
    assert.deepEqual(readOf(rule, { long: 'a', short: 'b' }), { long: 'a', short: 'b' });
  });

  it('leaves a resource alone that reads so through the fallback', () => {
    const before = { long: 'a', _long: 'kept' };
    assert.deepEqual(putOf(rule, { long: 'a', short: 'a' }, before), { changed: false, after: before });
  });

  it('writes what an edit takes from the fallback', () => {
    assert.deepEqual(putOf(rule, { long: 'b', short: 'a' }, { long: 'a' }).after, { long: 'b', short: 'a' });
    assert.deepEqual(putOf(rule, { short: 'a' }, { long: 'a' }).after, { short: 'a' });
  });

  it('changes only the part that came out different', () => {
    assert.deepEqual(putOf(rule, { long: 'a', short: 'c' }, { long: 'a', _long: 'kept', short: 'b' }).after, {
      long: 'a',
      _long: 'kept',
      short: 'c',
    });
  });

  it('lacks what none of its rules could read', () => {
    assert.equal(rule.lacking?.({}, {}), 'short');
    assert.equal(rule.lacking?.({}, { short: 'a' }), undefined);
    assert.deepEqual([rule.keys, rule.required, rule.elements.length], [['long', 'short'], ['short'], 4]);
  });
});

describe('the helpers of rules', () => {
  it('firstOf gives the first answer and asks no further', () => {
    const asked: number[] = [];
    const answer = firstOf([1, 2, 3], (item) => {
      asked.push(item);
      return item > 1 ? `${item}` : undefined;
    });
    assert.equal(answer, '2');
    assert.deepEqual(asked, [1, 2]);
    assert.equal(
      firstOf([1], () => undefined),
      undefined,
    );
  });

  it('rewrite replaces all that a rule owns and nothing else', () => {
    const element: JsonObject = { title: 'a', _title: 1, other: 2 };
    rewrite(field('name', 'title', word), { name: 'b' }, element, newScope());
    assert.deepEqual(element, { other: 2, title: 'b' });
  });

  it('missingKeys reports each required key that is not there', () => {
    const scope = newScope();
    const rules = ['a', 'b', 'c'].map((key) => field(key, key, word, { required: key !== 'b' }));
    assert.equal(missingKeys(rules, { a: 'x' }, scope), true);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, ...issue.expression]),
      [['payload-required', 'c']],
    );
    assert.equal(missingKeys(rules, { a: 'x', c: 'y' }, newScope()), false);
    assert.ok(isObject(scope.issues?.[0]));
  });
});
