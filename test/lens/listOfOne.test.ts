import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Codec, putValue } from '../../src/lens/codec.js';
import { first } from '../../src/lens/first.js';
import { isObject } from '../../src/lens/json.js';
import { oneOrMany } from '../../src/lens/oneOrMany.js';
import { newScope } from '../support/toy.js';

const named: Codec<string, { name: string }> = {
  fidelity: 'exact',
  rule: 'its name',
  schema: { type: 'string' },
  read: (value) => (isObject(value) && typeof value.name === 'string' ? value.name : undefined),
  write: (name) => ({ name }),
  admit: (value) => (value === '' ? undefined : value),
};

const a = { name: 'a', note: 1 };
const b = { name: 'b', note: 2 };
const best = { name: 'best', good: true };
const unreadable = { note: 'no name' };
const put = <P>(codec: Codec<P, unknown>, wanted: P | undefined, before: unknown): unknown =>
  putValue(codec, wanted, before, newScope()).value;

describe('first', () => {
  const one = first(named);
  const preferring = first(named, { prefer: (element) => isObject(element) && element.good === true });

  it('reads the first element that can be read', () => {
    assert.equal(one.read([unreadable, a, b], newScope()), 'a');
    assert.equal(one.read([unreadable], newScope()), undefined);
    assert.equal(one.read(a, newScope()), undefined);
  });

  it('reads the first preferred element that can be read, else the first', () => {
    assert.equal(preferring.read([a, best, { name: 'later', good: true }], newScope()), 'best');
    assert.equal(preferring.read([a, { good: true }, b], newScope()), 'a');
  });

  it('notes the element that it took where that is not the first', () => {
    const scope = newScope();
    const [straight, skipping]: [unknown[], unknown[]] = [
      [a, b],
      [unreadable, a],
    ];
    one.read(straight, scope);
    one.read(skipping, scope);
    assert.equal(scope.origins.get(straight), undefined);
    assert.deepEqual(scope.origins.get(skipping), [1]);
  });

  it('writes a list of one', () => {
    assert.deepEqual(one.write('a', newScope()), [{ name: 'a' }]);
  });

  it('keeps the other elements when the one that was read changes', () => {
    assert.deepEqual(put(one, 'x', [unreadable, a, b]), [unreadable, { name: 'x' }, b]);
    assert.deepEqual(put(one, 'a', [a, b]), [a, b]);
  });

  it('puts a new element before those that could not be read', () => {
    assert.deepEqual(put(one, 'x', [unreadable]), [{ name: 'x' }, unreadable]);
  });

  it('writes the list anew where another element would be read instead', () => {
    assert.deepEqual(put(preferring, 'x', [best, { name: 'second', good: true }]), [{ name: 'x' }]);
  });

  it('takes the element away, and the whole list where another would then be read', () => {
    assert.deepEqual(put(one, undefined, [unreadable, a]), [unreadable]);
    assert.equal(put(one, undefined, [a, b]), undefined);
    assert.equal(put(one, undefined, [a]), undefined);
  });

  it('leaves the list alone where the payload has no value and none could be read', () => {
    const before = [unreadable];
    assert.equal(put(one, undefined, before), before);
  });

  it('promises less than its item, and says which element it takes', () => {
    assert.equal(one.fidelity, 'lossy');
    assert.equal(first({ ...named, fidelity: 'partial' }).fidelity, 'partial');
    assert.equal(one.rule, 'its name; of several, the first that fits');
    assert.equal(first(named, { rule: 'the best' }).rule, 'its name; the best');
  });
});

describe('oneOrMany', () => {
  const some = oneOrMany(named);

  it('reads a single item without brackets, and several as a list', () => {
    assert.equal(some.read([a], newScope()), 'a');
    assert.deepEqual(some.read([a, b], newScope()), ['a', 'b']);
    assert.equal(some.read([unreadable], newScope()), undefined);
  });

  it('writes either as a list', () => {
    assert.deepEqual(some.write('a', newScope()), [{ name: 'a' }]);
    assert.deepEqual(some.write(['a', 'b'], newScope()), [{ name: 'a' }, { name: 'b' }]);
  });

  it('takes the brackets off a list of one', () => {
    assert.equal(some.admit(['a'], newScope()), 'a');
    assert.equal(some.admit(['', 'a'], newScope()), 'a');
    assert.deepEqual(some.admit(['a', 'b'], newScope()), ['a', 'b']);
    assert.equal(some.admit('a', newScope()), 'a');
    assert.equal(some.admit([], newScope()), undefined);
  });

  it('puts either like a list', () => {
    assert.deepEqual(put(some, 'b', [a, b]), [b]);
    assert.deepEqual(put(some, ['x', 'b'], [b]), [{ name: 'x' }, b]);
    assert.equal(put(some, undefined, [a]), undefined);
  });

  it('allows both in its schema', () => {
    assert.deepEqual(some.schema, { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] });
  });
});
