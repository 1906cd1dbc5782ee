import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(person.read({ title: 'Ann', job: 'MD', age: 4 }, newScope()), { name: 'Ann', role: 'MD' });
    assert.deepEqual(person.write({ name: 'Ann', role: 'MD' }, newScope()), { title: 'Ann', job: 'MD' });
  });

  it('reads nothing where something required is missing, and from what is no object', () => {
    assert.equal(person.read({ job: 'MD' }, newScope()), undefined);
    for (const value of [null, 'Ann', ['Ann'], 1]) assert.equal(person.read(value, newScope()), undefined);
  });

  it('reads and writes nothing rather than an empty object', () => {
    const open = object<{ role?: string }, Element>([field('role', 'job', word)]);
    assert.equal(open.read({ age: 4 }, newScope()), undefined);
    assert.equal(open.write({}, newScope()), undefined);
  });

  it('keeps what a payload cannot say when a part of it changes', () => {
    const put = putValue(
      person,
      { name: 'Ann', role: 'RN' },
      { title: 'Ann', job: 'MD', _title: 1, age: 4 },
      newScope(),
    );
    assert.deepEqual(put.value, { title: 'Ann', job: 'RN', _title: 1, age: 4 });
  });

  it('is replaced whole where it is a datatype', () => {
    const whole = object<Person, Element>(rules, { whole: true });
    const put = putValue(whole, { name: 'Ann', role: 'RN' }, { title: 'Ann', job: 'MD', age: 4 }, newScope());
    assert.deepEqual(put.value, { title: 'Ann', job: 'RN' });
  });

  it('does not touch the element that it is put over', () => {
    const before = { title: 'Ann', job: 'MD' };
    putValue(person, { name: 'Bob' }, before, newScope());
    assert.deepEqual(before, { title: 'Ann', job: 'MD' });
  });

  it('takes its parts away where the payload has it no more', () => {
    assert.deepEqual(person.put?.(undefined, { title: 'Ann', age: 4 }, newScope()), { age: 4 });
    assert.equal(person.put?.(undefined, { title: 'Ann' }, newScope()), undefined);
    assert.deepEqual(person.put?.({ name: 'Ann' }, 'no object', newScope()), { title: 'Ann' });
  });

  it('refuses a payload object without what is required', () => {
    const scope = newScope();
    assert.equal(person.admit({ name: '', role: 'MD' }, scope), undefined);
    assert.deepEqual(idsOf(scope), [['payload-required', 'name']]);
  });

  it('leaves out an object that says nothing, and tells', () => {
    const scope = newScope();
    const open = object<{ role?: string }, Element>([field('role', 'job', word)]);
    assert.equal(open.admit({ role: '' }, scope), undefined);
    assert.deepEqual(idsOf(scope), [['payload-empty-omitted', '']]);
    assert.equal(scope.failed, false);
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
    assert.deepEqual(idsOf(scope), []);
    checked.admit({ name: 'a', role: 'a' }, scope);
    assert.deepEqual(idsOf(scope), [['same', '']]);
  });

  it('tells its schema', () => {
    assert.deepEqual(person.schema, {
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string' }, role: { type: 'string' } },
      required: ['name'],
    });
    assert.equal('required' in object([field('role', 'job', word)]).schema, false);
  });

  it('promises no more than its weakest part', () => {
    const lossy: Codec<string, string> = { ...word, fidelity: 'lossy' };
    assert.equal(person.fidelity, 'exact');
    assert.equal(object([field('a', 'a', word), field('b', 'b', lossy)]).fidelity, 'lossy');
    assert.equal(weakest(['lossy', 'partial', 'exact']), 'partial');
    assert.equal(weakest([]), 'exact');
  });
});
