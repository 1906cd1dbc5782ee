import { describe, expect, it } from '@jest/globals';
import { type Codec, putValue } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import { object, weakest } from '../../src/lens/object.js';
import { report, type Scope } from '../../src/lens/scope.js';
import { newScope, word } from '../support/toy.js';

interface Person {
  name: string;
  role?: string;
}

type Element = { title?: string; job?: string };

const rules = [field('name', 'title', word, { required: true }), field('role', 'job', word)];
const person = object<Person, Element>(rules);

const idsOf = (scope: Scope): (readonly [string, string | undefined])[] =>
  (scope.issues ?? []).map((issue) => [issue.id, issue.expression[0]]);

describe('object', () => {
  it('reads and writes field by field', () => {
    expect(person.read({ title: 'Ann', job: 'MD', age: 4 }, newScope())).toStrictEqual({ name: 'Ann', role: 'MD' });
    expect(person.write({ name: 'Ann', role: 'MD' }, newScope())).toStrictEqual({ title: 'Ann', job: 'MD' });
  });

  it('reads nothing where something required is missing, and from what is no object', () => {
    expect(person.read({ job: 'MD' }, newScope())).toBeUndefined();
    for (const value of [null, 'Ann', ['Ann'], 1]) expect(person.read(value, newScope())).toBeUndefined();
  });

  it('reads and writes nothing rather than an empty object', () => {
    const open = object<{ role?: string }, Element>([field('role', 'job', word)]);
    expect(open.read({ age: 4 }, newScope())).toBeUndefined();
    expect(open.write({}, newScope())).toBeUndefined();
  });

  it('keeps what a payload cannot say when a part of it changes', () => {
    const put = putValue(
      person,
      { name: 'Ann', role: 'RN' },
      { title: 'Ann', job: 'MD', _title: 1, age: 4 },
      newScope(),
    );
    expect(put.value).toStrictEqual({ title: 'Ann', job: 'RN', _title: 1, age: 4 });
  });

  it('is replaced whole where it is a datatype', () => {
    const whole = object<Person, Element>(rules, { whole: true });
    const put = putValue(whole, { name: 'Ann', role: 'RN' }, { title: 'Ann', job: 'MD', age: 4 }, newScope());
    expect(put.value).toStrictEqual({ title: 'Ann', job: 'RN' });
  });

  it('does not touch the element that it is put over', () => {
    const before = { title: 'Ann', job: 'MD' };
    putValue(person, { name: 'Bob' }, before, newScope());
    expect(before).toStrictEqual({ title: 'Ann', job: 'MD' });
  });

  it('takes its parts away where the payload has it no more', () => {
    expect(person.put?.(undefined, { title: 'Ann', age: 4 }, newScope())).toStrictEqual({ age: 4 });
    expect(person.put?.(undefined, { title: 'Ann' }, newScope())).toBeUndefined();
    expect(person.put?.({ name: 'Ann' }, 'no object', newScope())).toStrictEqual({ title: 'Ann' });
  });

  it('refuses a payload object without what is required', () => {
    const scope = newScope();
    expect(person.admit({ name: '', role: 'MD' }, scope)).toBeUndefined();
    expect(idsOf(scope)).toStrictEqual([['payload-required', 'name']]);
  });

  it('leaves out an object that says nothing, and tells', () => {
    const scope = newScope();
    const open = object<{ role?: string }, Element>([field('role', 'job', word)]);
    expect(open.admit({ role: '' }, scope)).toBeUndefined();
    expect(idsOf(scope)).toStrictEqual([['payload-empty-omitted', '']]);
    expect(scope.failed).toBe(false);
  });

  it('checks what no single field can', () => {
    const checked = object<Person, Element>(rules, {
      check: (value, scope) => {
        if (value.name === value.role)
          report(scope, { severity: 'error', code: 'invariant', id: 'same', diagnostics: '' });
      },
    });
    const scope = newScope();
    checked.admit({ name: 'a', role: 'b' }, scope);
    expect(idsOf(scope)).toStrictEqual([]);
    checked.admit({ name: 'a', role: 'a' }, scope);
    expect(idsOf(scope)).toStrictEqual([['same', '']]);
  });

  it('tells its schema', () => {
    expect(person.schema).toStrictEqual({
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string' }, role: { type: 'string' } },
      required: ['name'],
    });
    expect('required' in object([field('role', 'job', word)]).schema).toBe(false);
  });

  it('promises no more than its weakest part', () => {
    const lossy: Codec<string, string> = { ...word, fidelity: 'lossy' };
    expect(person.fidelity).toBe('exact');
    expect(object([field('a', 'a', word), field('b', 'b', lossy)]).fidelity).toBe('lossy');
    expect(weakest(['lossy', 'partial', 'exact'])).toBe('partial');
    expect(weakest([])).toBe('exact');
  });
});
