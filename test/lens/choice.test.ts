import { describe, expect, it } from '@jest/globals';
import { choice } from '../../src/lens/choice.js';
import type { Codec } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import type { JsonObject } from '../../src/lens/json.js';
import type { Scope } from '../../src/lens/scope.js';

const newScope = (): Scope => ({
  options: undefined,
  at: ['item'],
  issues: [],
  failed: false,
  origins: new Map(),
  express: (at) => at.join('/'),
});

function codecOf<T>(fits: (value: unknown) => value is T): Codec<T, T> {
  return {
    fidelity: 'exact',
    rule: 'as it is',
    schema: {},
    sibling: '_',
    read: (value) => (fits(value) ? value : undefined),
    write: (value) => value,
    admit: (value) => (fits(value) ? value : undefined),
  };
}

const text = codecOf((value): value is string => typeof value === 'string' && value !== '');
const number = codecOf((value): value is number => typeof value === 'number');
const rules = [field('text', 'valueText', text), field('number', 'valueNumber', number)];
const owns = (element: string): boolean => /^_?value[A-Z]/.test(element);
const absent = {
  write: (): JsonObject => ({ _valueText: 'none' }),
  marks: (element: JsonObject): boolean => element._valueText === 'none',
};

const rule = choice(rules, { owns });
const marked = choice(rules, { owns, expected: true, absent });

function read(from: JsonObject): JsonObject {
  const payload: JsonObject = {};
  rule.read(from, payload, newScope());
  return payload;
}

function put(onto: JsonObject, payload: JsonObject, by = rule): { changed: boolean; after: JsonObject } {
  const after = { ...onto };
  return { changed: by.put(payload, after, newScope()), after };
}

describe('choice', () => {
  it('reads the first of its elements that can be read, and no other', () => {
    expect(read({ valueNumber: 3 })).toStrictEqual({ number: 3 });
    expect(read({ valueNumber: 3, valueText: 'a' })).toStrictEqual({ text: 'a' });
    expect(read({ valueNumber: 3, valueText: 7 })).toStrictEqual({ number: 3 });
    expect(read({})).toStrictEqual({});
  });

  it('keeps a value that reads the same, with its sibling', () => {
    const before = { valueText: 'a', _valueText: 'x' };
    expect(put(before, { text: 'a' })).toStrictEqual({ changed: false, after: before });
  });

  it('lets a new value take the place of one of another type, also of one that no key can say', () => {
    expect(put({ valueText: 'a', _valueText: 'x' }, { number: 3 }).after).toStrictEqual({ valueNumber: 3 });
    expect(put({ valueRatio: [1, 2], other: 1 }, { number: 3 }).after).toStrictEqual({ other: 1, valueNumber: 3 });
  });

  it('keeps a value that no key can say where the payload has none', () => {
    const before = { valueRatio: [1, 2] };
    expect(put(before, {})).toStrictEqual({ changed: false, after: before });
  });

  it('takes the value away that the payload has no more', () => {
    expect(put({ valueText: 'a', other: 1 }, {})).toStrictEqual({ changed: true, after: { other: 1 } });
    expect(put({ valueText: 'a' }, {}, marked).after).toStrictEqual({ _valueText: 'none' });
  });

  it('writes its mark for a payload without a value only', () => {
    const written = (payload: JsonObject): JsonObject => {
      const element: JsonObject = {};
      marked.write(payload, element, newScope());
      return element;
    };
    expect(written({})).toStrictEqual({ _valueText: 'none' });
    expect(written({ number: 0 })).toStrictEqual({ valueNumber: 0 });
  });

  it('lacks its first element where neither a value nor the mark is there, if it expects one', () => {
    expect(marked.lacking?.({}, {})).toBe('valueText');
    expect(marked.lacking?.({ _valueText: 'none' }, {})).toBeUndefined();
    expect(marked.lacking?.({}, { number: 1 })).toBeUndefined();
    expect(rule.lacking?.({}, {})).toBeUndefined();
  });

  it('refuses two values, at the second one', () => {
    const scope = newScope();
    rule.admit({ text: 'a', number: 1 }, {}, scope);
    expect(scope.issues?.map((issue) => [issue.id, issue.severity, ...issue.expression])).toStrictEqual([
      ['payload-several-values', 'error', 'item/number'],
    ]);
  });

  it('does not count a value that says nothing', () => {
    const scope = newScope();
    const normal: JsonObject = {};
    rule.admit({ text: '', number: 1 }, normal, scope);
    expect(scope.issues).toStrictEqual([]);
    expect(normal).toStrictEqual({ number: 1 });
  });
});
