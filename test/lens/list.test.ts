import { describe, expect, it } from '@jest/globals';
import { type Codec, putValue } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import { isObject } from '../../src/lens/json.js';
import { list } from '../../src/lens/list.js';
import { object } from '../../src/lens/object.js';
import { report, type Scope } from '../../src/lens/scope.js';
import { newScope, word } from '../support/toy.js';

/** A name of `{ name }`; what else is said there is not read, and neither is an element without a name. */
const named: Codec<string, { name: string }> = {
  fidelity: 'lossy',
  rule: 'its name',
  schema: { type: 'string' },
  read: (value) => (isObject(value) && typeof value.name === 'string' ? value.name : undefined),
  write: (name) => ({ name }),
  admit(value, scope) {
    if (value.includes('!')) report(scope, { severity: 'error', code: 'value', id: 'loud', diagnostics: '' });
    return value === '' ? undefined : value;
  },
};

const names = list(named);

/** People, told apart by their key. */
const people = list(
  object<{ key: string; role?: string }, object>(
    [field('key', 'key', word, { required: true }), field('role', 'role', word)],
    { identity: (value) => [value.key] },
  ),
);

const a = { name: 'a', note: 1 };
const b = { name: 'b', note: 2 };
const c = { name: 'c', note: 3 };
const unreadable = { note: 'no name' };

const put = (wanted: string[] | undefined, before: unknown): unknown =>
  putValue(names, wanted, before, newScope()).value;

describe('list', () => {
  it('reads the items that can be read, and nothing where there are none', () => {
    expect(names.read([a, unreadable, b], newScope())).toStrictEqual(['a', 'b']);
    expect(names.read([unreadable], newScope())).toBeUndefined();
    expect(names.read([], newScope())).toBeUndefined();
    expect(names.read(a, newScope())).toBeUndefined();
  });

  it('notes which items it took where it passed one over, and only then', () => {
    const scope = newScope();
    const [all, some]: [unknown[], unknown[]] = [
      [a, b],
      [a, unreadable, b, null, c],
    ];
    names.read(all, scope);
    names.read(some, scope);
    expect(scope.origins?.get(all)).toBeUndefined();
    expect(scope.origins?.get(some)).toStrictEqual([0, 2, 4]);
  });

  it('says where it is to its items', () => {
    const scope = newScope();
    list<unknown, unknown, Scope>({
      ...word,
      read: (value, at) => {
        report(at, { severity: 'warning', code: 'value', id: 'seen', diagnostics: '' });
        return value;
      },
      write: (value) => value,
      admit: (value) => value,
      put: undefined,
      identity: undefined,
    }).read(['x', 'y'], scope);
    expect(scope.issues?.map((issue) => issue.expression[0])).toStrictEqual(['0', '1']);
    expect(scope.at).toStrictEqual([]);
  });

  it('refuses more items than its limit, and never cuts', () => {
    const limited = list(named, { max: 2, min: 1 });
    const scope = newScope();
    expect(limited.read([a, b], scope)).toStrictEqual(['a', 'b']);
    expect(scope.failed).toBe(false);
    expect(limited.read([a, unreadable, b, c], scope)).toStrictEqual(['a', 'b', 'c']);
    expect(scope.issues?.map((issue) => [issue.id, issue.code])).toStrictEqual([['list-over-limit', 'too-long']]);
    expect(limited.schema).toStrictEqual({ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 });
  });

  it('leaves out empty items of a payload, and an empty list with a word about it', () => {
    const scope = newScope();
    expect(names.admit(['a', '', 'b'], scope)).toStrictEqual(['a', 'b']);
    expect(scope.issues?.length).toBe(0);
    expect(names.admit([], scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => issue.id)).toStrictEqual(['payload-empty-omitted']);
  });

  it('names the item of a payload that is refused', () => {
    const scope = newScope();
    names.admit(['a', 'b!'], scope);
    expect(scope.issues?.[0]?.expression).toStrictEqual(['1']);
  });

  it('writes nothing rather than an empty list', () => {
    expect(names.write([], newScope())).toBeUndefined();
  });
});

describe('a put of a list', () => {
  it('keeps the very list that already reads so', () => {
    const before = [a, unreadable, b];
    expect(put(['a', 'b'], before)).toBe(before);
  });

  it('keeps an element when another was inserted before it', () => {
    expect(put(['x', 'a', 'b'], [a, b])).toStrictEqual([{ name: 'x' }, a, b]);
    expect(put(['a', 'x', 'b'], [a, b])).toStrictEqual([a, { name: 'x' }, b]);
  });

  it('keeps an element when another was removed', () => {
    expect(put(['b'], [a, b])).toStrictEqual([b]);
    expect(put(['a', 'c'], [a, b, c])).toStrictEqual([a, c]);
  });

  it('keeps elements that moved', () => {
    expect(put(['c', 'a', 'b'], [a, b, c])).toStrictEqual([c, a, b]);
  });

  it('writes an item that was doubled, and keeps the first', () => {
    expect(put(['a', 'a'], [a])).toStrictEqual([a, { name: 'a' }]);
  });

  it('keeps equal items apart, each with its own', () => {
    const other = { name: 'a', note: 'second' };
    expect(put(['a', 'x', 'a'], [a, other])).toStrictEqual([a, { name: 'x' }, other]);
    expect(put(['a'], [a, other])).toStrictEqual([a]);
  });

  it('replaces an item that changed without an identity', () => {
    expect(put(['a', 'x', 'c'], [a, b, c])).toStrictEqual([a, { name: 'x' }, c]);
  });

  it('leaves an element that cannot be read behind its neighbour', () => {
    expect(put(['b', 'a'], [a, unreadable, b])).toStrictEqual([b, a, unreadable]);
    expect(put(['x', 'a'], [unreadable, a])).toStrictEqual([unreadable, { name: 'x' }, a]);
    expect(put(['a', 'x'], [a, unreadable])).toStrictEqual([a, unreadable, { name: 'x' }]);
  });

  it('keeps several unreadable elements in their order, and behind the last neighbour that stays', () => {
    const [one, two] = [{ note: 'one' }, { note: 'two' }];
    expect(put(['a', 'c'], [a, one, b, two, c])).toStrictEqual([a, one, two, c]);
    expect(put(['c'], [a, one, b, two, c])).toStrictEqual([one, two, c]);
  });

  it('keeps the unreadable elements of a list that the payload has no more', () => {
    expect(put(undefined, [a, unreadable])).toStrictEqual([unreadable]);
    expect(put(undefined, [a, b])).toBeUndefined();
  });

  it('writes anew over what is no list', () => {
    expect(put(['a'], { name: 'a' })).toStrictEqual([{ name: 'a' }]);
    expect(put(['a'], undefined)).toStrictEqual([{ name: 'a' }]);
  });

  it('does not touch the list that it is put over', () => {
    const before = [a, b];
    put(['b', 'x'], before);
    expect(before).toStrictEqual([
      { name: 'a', note: 1 },
      { name: 'b', note: 2 },
    ]);
  });

  it('finds an element whose reading only differs in the order of its keys', () => {
    const element = { role: 'r', key: 'k', note: 1 };
    const laid = putValue(people, [{ role: 'r', key: 'k' }, { key: 'n' }], [element], newScope()).value;
    expect(laid).toStrictEqual([element, { key: 'n' }]);
  });
});

describe('a put of a list whose items have an identity', () => {
  const ann = { key: 'ann', role: 'md', note: 'about ann' };
  const bob = { key: 'bob', role: 'rn', note: 'about bob' };
  const putPeople = (wanted: { key: string; role?: string }[], before: unknown[]): unknown =>
    putValue(people, wanted, before, newScope()).value;

  it('puts a changed item over the element of the same identity', () => {
    expect(
      putPeople(
        [
          { key: 'ann', role: 'chief' },
          { key: 'bob', role: 'rn' },
        ],
        [ann, bob],
      ),
    ).toStrictEqual([{ ...ann, role: 'chief' }, bob]);
  });

  it('does so also where the item moved', () => {
    expect(putPeople([{ key: 'bob' }, { key: 'ann', role: 'md' }], [ann, bob])).toStrictEqual([
      { key: 'bob', note: 'about bob' },
      ann,
    ]);
  });

  it('prefers an element that reads the same to one of the same identity', () => {
    const first = { key: 'ann', role: 'rn', note: 'first' };
    const wanted = [
      { key: 'ann', role: 'md' },
      { key: 'ann', role: 'chief' },
    ];
    expect(putPeople(wanted, [first, ann])).toStrictEqual([ann, { ...first, role: 'chief' }]);
  });

  it('never lays one element under two items', () => {
    expect(
      putPeople(
        [
          { key: 'ann', role: 'x' },
          { key: 'ann', role: 'y' },
        ],
        [ann],
      ),
    ).toStrictEqual([
      { ...ann, role: 'x' },
      { key: 'ann', role: 'y' },
    ]);
  });

  it('writes an item of an unknown identity anew', () => {
    expect(putPeople([{ key: 'eve', role: 'md' }], [ann])).toStrictEqual([{ key: 'eve', role: 'md' }]);
  });
});

describe('a list of ids', () => {
  const ids = list({ ...named, targets: ['Person'] });
  const again = { name: 'a', note: 'again' };
  const putIds = (wanted: string[] | undefined, before: unknown): unknown =>
    putValue(ids, wanted, before, newScope()).value;

  it('has each once, and says which items it took', () => {
    const scope = newScope();
    const value = [a, again, b, unreadable, again, c];
    expect(ids.read(value, scope)).toStrictEqual(['a', 'b', 'c']);
    expect(scope.origins?.get(value)).toStrictEqual([0, 2, 5]);
    expect(names.read(value, newScope())).toStrictEqual(['a', 'a', 'b', 'a', 'c']);
    expect([ids.rule, names.rule]).toStrictEqual(['its name; each once', 'its name']);
  });

  it('has each once in its normal form, and says which it left out', () => {
    const scope = newScope();
    expect(ids.admit(['', 'a', 'b', 'a'], scope)).toStrictEqual(['a', 'b']);
    expect(scope.issues?.map(({ id, severity }) => `${severity} ${id}`)).toStrictEqual([
      'information payload-id-repeated',
    ]);
    expect(scope.issues?.[0]?.expression).toStrictEqual(['3']);
    expect(names.admit(['a', 'a'], newScope())).toStrictEqual(['a', 'a']);
  });

  it('keeps what says an id again while the id stays, and takes it away with it', () => {
    expect(putIds(['a', 'b', 'c'], [a, again, b])).toStrictEqual([a, again, b, { name: 'c' }]);
    expect(putIds(['b'], [a, again, b])).toStrictEqual([b]);
    expect(putIds(['b', 'a'], [a, again, b])).toStrictEqual([b, a, again]);
    expect(putIds(undefined, [a, again])).toBeUndefined();
  });
});
