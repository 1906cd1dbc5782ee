import { describe, expect, it } from '@jest/globals';
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
  const isGood = (element: unknown): boolean => isObject(element) && element.good === true;
  const isFair = (element: unknown): boolean => isObject(element) && element.fair === true;
  const preferring = first(named, { prefer: [isGood, isFair] });

  it('reads the first element that can be read', () => {
    expect(one.read([unreadable, a, b], newScope())).toBe('a');
    expect(one.read([unreadable], newScope())).toBeUndefined();
    expect(one.read(a, newScope())).toBeUndefined();
  });

  it('reads the first preferred element that can be read, else the first', () => {
    expect(preferring.read([a, best, { name: 'later', good: true }], newScope())).toBe('best');
    expect(preferring.read([a, { good: true }, b], newScope())).toBe('a');
    expect(preferring.read([a, { name: 'fair', fair: true }, { good: true }], newScope())).toBe('fair');
    expect(preferring.read([{ name: 'fair', fair: true }, a, best], newScope())).toBe('best');
  });

  it('notes the element that it took where that is not the first', () => {
    const scope = newScope();
    const [straight, skipping]: [unknown[], unknown[]] = [
      [a, b],
      [unreadable, a],
    ];
    one.read(straight, scope);
    one.read(skipping, scope);
    expect(scope.origins?.get(straight)).toBeUndefined();
    expect(scope.origins?.get(skipping)).toStrictEqual([1]);
  });

  it('writes a list of one', () => {
    expect(one.write('a', newScope())).toStrictEqual([{ name: 'a' }]);
  });

  it('keeps the other elements when the one that was read changes', () => {
    expect(put(one, 'x', [unreadable, a, b])).toStrictEqual([unreadable, { name: 'x' }, b]);
    expect(put(one, 'a', [a, b])).toStrictEqual([a, b]);
  });

  it('puts a new element before those that could not be read', () => {
    expect(put(one, 'x', [unreadable])).toStrictEqual([{ name: 'x' }, unreadable]);
  });

  it('writes the list anew where another element would be read instead', () => {
    expect(put(preferring, 'x', [best, { name: 'second', good: true }])).toStrictEqual([{ name: 'x' }]);
  });

  it('takes the element away, and the whole list where another would then be read', () => {
    expect(put(one, undefined, [unreadable, a])).toStrictEqual([unreadable]);
    expect(put(one, undefined, [a, b])).toBeUndefined();
    expect(put(one, undefined, [a])).toBeUndefined();
  });

  it('leaves the list alone where the payload has no value and none could be read', () => {
    const before = [unreadable];
    expect(put(one, undefined, before)).toBe(before);
  });

  it('promises less than its item, and says which element it takes', () => {
    expect(one.fidelity).toBe('lossy');
    expect(first({ ...named, fidelity: 'partial' }).fidelity).toBe('partial');
    expect(one.rule).toBe('its name; of several, the first that fits');
    expect(first(named, { rule: 'the best' }).rule).toBe('its name; the best');
  });
});

describe('oneOrMany', () => {
  const some = oneOrMany(named);

  it('reads a single item without brackets, and several as a list', () => {
    expect(some.read([a], newScope())).toBe('a');
    expect(some.read([a, b], newScope())).toStrictEqual(['a', 'b']);
    expect(some.read([unreadable], newScope())).toBeUndefined();
  });

  it('writes either as a list', () => {
    expect(some.write('a', newScope())).toStrictEqual([{ name: 'a' }]);
    expect(some.write(['a', 'b'], newScope())).toStrictEqual([{ name: 'a' }, { name: 'b' }]);
  });

  it('takes the brackets off a list of one', () => {
    expect(some.admit(['a'], newScope())).toBe('a');
    expect(some.admit(['', 'a'], newScope())).toBe('a');
    expect(some.admit(['a', 'b'], newScope())).toStrictEqual(['a', 'b']);
    expect(some.admit('a', newScope())).toBe('a');
    expect(some.admit([], newScope())).toBeUndefined();
  });

  it('puts either like a list', () => {
    expect(put(some, 'b', [a, b])).toStrictEqual([b]);
    expect(put(some, ['x', 'b'], [b])).toStrictEqual([{ name: 'x' }, b]);
    expect(put(some, undefined, [a])).toBeUndefined();
  });

  it('allows both in its schema', () => {
    expect(some.schema).toStrictEqual({ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] });
  });
});
