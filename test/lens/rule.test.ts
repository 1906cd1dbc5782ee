import { describe, expect, it } from '@jest/globals';
import type { Codec } from '../../src/lens/codec.js';
import { type Absent, field } from '../../src/lens/field.js';
import { group } from '../../src/lens/group.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { list } from '../../src/lens/list.js';
import { object } from '../../src/lens/object.js';
import { firstOf, missingKeys, type Rule, rewrite } from '../../src/lens/rule.js';
import { report, type Scope } from '../../src/lens/scope.js';
import { spread } from '../../src/lens/spread.js';
import { ensure } from '../support/ensure.js';
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
    expect(readOf(rule, { title: 'a', name: 'b' })).toStrictEqual({ name: 'a' });
    expect(writeOf(rule, { name: 'a', title: 'b' })).toStrictEqual({ title: 'a' });
    const normal: JsonObject = {};
    rule.admit({ name: ' a ' }, normal, newScope());
    expect(normal).toStrictEqual({ name: 'a' });
  });

  it('leaves no key for what cannot be read, written or admitted', () => {
    expect(Object.keys(readOf(rule, { title: 1 }))).toStrictEqual([]);
    expect(Object.keys(writeOf(rule, {}))).toStrictEqual([]);
    const normal: JsonObject = {};
    rule.admit({ name: '' }, normal, newScope());
    expect(Object.keys(normal)).toStrictEqual([]);
  });

  it('names the element in an issue, and only while it reads', () => {
    const scope = newScope();
    readOf(rule, { title: 'a1' }, scope);
    expect(scope.issues?.[0]?.expression).toStrictEqual(['title/character']);
    expect(scope.at).toStrictEqual([]);
  });

  it('lets the sibling of a value go when the value changes, and keeps it otherwise', () => {
    const before = { title: 'a', _title: { id: 'x' } };
    expect(putOf(rule, { name: 'a' }, before)).toStrictEqual({ changed: false, after: before });
    expect(putOf(rule, { name: 'b' }, before)).toStrictEqual({ changed: true, after: { title: 'b' } });
    expect(putOf(rule, {}, before)).toStrictEqual({ changed: true, after: {} });
  });

  it('displaces the elements that belong to the value when it changes', () => {
    const displacing = field('name', 'title', word, { displaces: ['subtitle'] });
    expect(putOf(displacing, { name: 'b' }, { title: 'a', subtitle: 's', other: 1 }).after).toStrictEqual({
      title: 'b',
      other: 1,
    });
    expect(displacing.elements).toStrictEqual(['title', '_title', 'subtitle']);
  });

  it('keeps the order of the elements when a value changes', () => {
    expect(Object.keys(putOf(rule, { name: 'b' }, { x: 1, title: 'a', y: 2 }).after)).toStrictEqual([
      'x',
      'title',
      'y',
    ]);
  });

  it('marks a value that the payload leaves out, and takes the mark for none', () => {
    const marking = field('name', 'name', word, { absent });
    expect(writeOf(marking, {})).toStrictEqual({ _name: 'none' });
    expect(writeOf(marking, { name: 'a' })).toStrictEqual({ name: 'a' });
    expect(putOf(marking, {}, { name: 'a' }).after).toStrictEqual({ _name: 'none' });
    expect(putOf(marking, { name: 'a' }, { _name: 'none' }).after).toStrictEqual({ name: 'a' });
    expect(putOf(marking, {}, { _name: 'none' })).toStrictEqual({ changed: false, after: { _name: 'none' } });
  });

  it('lacks a required element, and an expected one that is not marked as absent', () => {
    const required = field('name', 'title', word, { required: true });
    expect(required.lacking?.({}, {})).toBe('title');
    expect(required.lacking?.({}, { name: 'a' })).toBeUndefined();
    const expected = field('name', 'name', word, { expected: true, absent });
    expect(expected.lacking?.({}, {})).toBe('name');
    expect(expected.lacking?.({ _name: 'none' }, {})).toBeUndefined();
    expect(rule.lacking).toBeUndefined();
    expect([required.required, expected.required]).toStrictEqual([['name'], []]);
  });

  it('tells its row: rule, note, limit, and the rows below it', () => {
    expect(field('name', 'title', word, { required: true, note: 'else nothing' }).rows).toStrictEqual([
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
    expect(people.rows.map((row) => [row.payload, row.element, row.limit])).toStrictEqual([
      ['people', 'person', '1–5 items'],
      ['people[].name', 'person[].title', '≤9 characters'],
    ]);
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
    expect(readOf(rule, { name: 'Ann Lee' })).toStrictEqual({ first: 'Ann', last: 'Lee' });
    expect(writeOf(rule, { first: 'Ann', last: 'Lee', other: 1 })).toStrictEqual({ name: 'Ann Lee' });
    expect(writeOf(rule, { other: 1 })).toStrictEqual({});
  });

  it('judges a put by the whole element', () => {
    const before = { name: 'Ann B Lee' };
    expect(putOf(rule, { first: 'Ann', last: 'Lee' }, before)).toStrictEqual({ changed: false, after: before });
    expect(putOf(rule, { first: 'Bob', last: 'Lee' }, before).after).toStrictEqual({ name: 'Bob Lee' });
    expect(putOf(rule, { first: 'Ann' }, before).after).toStrictEqual({ name: 'Ann -' });
    expect(putOf(rule, {}, before)).toStrictEqual({ changed: true, after: {} });
  });

  it('writes the mark of expected keys for a payload without them, and lacks an element without it', () => {
    const marks = (value: unknown): boolean => value === '- -';
    const expecting = spread(['first', 'last'], 'name', fullName, { expected: { keys: ['last'], marks } });
    expect(writeOf(expecting, {})).toStrictEqual({ name: '- -' });
    expect(putOf(expecting, {}, { name: 'Ann Lee' }).after).toStrictEqual({ name: '- -' });
    expect(expecting.lacking?.({ name: '- -' }, {})).toBeUndefined();
    expect(expecting.lacking?.({ name: 'Ann -' }, { first: 'Ann' })).toBe('name');
    expect(expecting.lacking?.({ name: 'Ann Lee' }, { last: 'Lee' })).toBeUndefined();
  });

  it('lacks an element where a required key was not read', () => {
    const requiring = spread(['first', 'last'], 'name', fullName, { required: ['last'] });
    expect(requiring.lacking?.({ name: 'Ann -' }, { first: 'Ann' })).toBe('name');
    expect(requiring.lacking?.({}, { last: 'Lee' })).toBeUndefined();
    expect(requiring.required).toStrictEqual(['last']);
  });

  it('gives the properties and rows of its codec as its own', () => {
    expect(Object.keys(rule.properties)).toStrictEqual(['first', 'last']);
    expect(rule.rows.map((row) => [row.payload, row.element])).toStrictEqual([['first', 'name']]);
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
    expect(readOf(rule, { long: 'a' })).toStrictEqual({ long: 'a', short: 'a' });
    expect(readOf(rule, { long: 'a', short: 'b' })).toStrictEqual({ long: 'a', short: 'b' });
  });

  it('leaves a resource alone that reads so through the fallback', () => {
    const before = { long: 'a', _long: 'kept' };
    expect(putOf(rule, { long: 'a', short: 'a' }, before)).toStrictEqual({ changed: false, after: before });
  });

  it('writes what an edit takes from the fallback', () => {
    expect(putOf(rule, { long: 'b', short: 'a' }, { long: 'a' }).after).toStrictEqual({ long: 'b', short: 'a' });
    expect(putOf(rule, { short: 'a' }, { long: 'a' }).after).toStrictEqual({ short: 'a' });
  });

  it('changes only the part that came out different', () => {
    expect(putOf(rule, { long: 'a', short: 'c' }, { long: 'a', _long: 'kept', short: 'b' }).after).toStrictEqual({
      long: 'a',
      _long: 'kept',
      short: 'c',
    });
  });

  it('says that it changed what it could not settle', () => {
    const deaf: Rule = { ...field('deaf', 'deaf', word), read: () => undefined };
    const { changed, after } = putOf(
      group([deaf], () => undefined),
      { deaf: 'a' },
      { deaf: 'b' },
    );
    expect([changed, after]).toStrictEqual([true, { deaf: 'a' }]);
  });

  it('lacks what none of its rules could read', () => {
    expect(rule.lacking?.({}, {})).toBe('short');
    expect(rule.lacking?.({}, { short: 'a' })).toBeUndefined();
    expect([rule.keys, rule.required, rule.elements.length]).toStrictEqual([['long', 'short'], ['short'], 4]);
  });
});

describe('the helpers of rules', () => {
  it('firstOf gives the first answer and asks no further', () => {
    const asked: number[] = [];
    const answer = firstOf([1, 2, 3], (item) => {
      asked.push(item);
      return item > 1 ? `${item}` : undefined;
    });
    expect(answer).toBe('2');
    expect(asked).toStrictEqual([1, 2]);
    expect(firstOf([1], () => undefined)).toBeUndefined();
  });

  it('rewrite replaces all that a rule owns and nothing else', () => {
    const element: JsonObject = { title: 'a', _title: 1, other: 2 };
    rewrite(field('name', 'title', word), { name: 'b' }, element, newScope());
    expect(element).toStrictEqual({ other: 2, title: 'b' });
  });

  it('missingKeys reports each required key that is not there', () => {
    const scope = newScope();
    const rules = ['a', 'b', 'c'].map((key) => field(key, key, word, { required: key !== 'b' }));
    expect(missingKeys(rules, { a: 'x' }, scope)).toBe(true);
    expect(scope.issues?.map((issue) => [issue.id, ...issue.expression])).toStrictEqual([['payload-required', 'c']]);
    expect(missingKeys(rules, { a: 'x', c: 'y' }, newScope())).toBe(false);
    ensure(isObject(scope.issues?.[0]));
  });
});
