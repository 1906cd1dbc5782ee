import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(names.read([a, unreadable, b], newScope()), ['a', 'b']);
    assert.equal(names.read([unreadable], newScope()), undefined);
    assert.equal(names.read([], newScope()), undefined);
    assert.equal(names.read(a, newScope()), undefined);
  });

  it('notes which items it took where it passed one over, and only then', () => {
    const scope = newScope();
    const [all, some]: [unknown[], unknown[]] = [
      [a, b],
      [a, unreadable, b, null, c],
    ];
    names.read(all, scope);
    names.read(some, scope);
    assert.equal(scope.origins.get(all), undefined);
    assert.deepEqual(scope.origins.get(some), [0, 2, 4]);
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
    assert.deepEqual(
      scope.issues?.map((issue) => issue.expression[0]),
      ['0', '1'],
    );
    assert.deepEqual(scope.at, []);
  });

  it('refuses more items than its limit, and never cuts', () => {
    const limited = list(named, { max: 2, min: 1 });
    const scope = newScope();
    assert.deepEqual(limited.read([a, b], scope), ['a', 'b']);
    assert.equal(scope.failed, false);
    assert.deepEqual(limited.read([a, unreadable, b, c], scope), ['a', 'b', 'c']);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, issue.code]),
      [['list-over-limit', 'too-long']],
    );
    assert.deepEqual(limited.schema, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 });
  });

  it('leaves out empty items of a payload, and an empty list with a word about it', () => {
    const scope = newScope();
    assert.deepEqual(names.admit(['a', '', 'b'], scope), ['a', 'b']);
    assert.equal(scope.issues?.length, 0);
    assert.equal(names.admit([], scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => issue.id),
      ['payload-empty-omitted'],
    );
  });

  it('names the item of a payload that is refused', () => {
    const scope = newScope();
    names.admit(['a', 'b!'], scope);
    assert.deepEqual(scope.issues?.[0]?.expression, ['1']);
  });

  it('writes nothing rather than an empty list', () => {
    assert.equal(names.write([], newScope()), undefined);
  });
});

describe('a put of a list', () => {
  it('keeps the very list that already reads so', () => {
    const before = [a, unreadable, b];
    assert.equal(put(['a', 'b'], before), before);
  });

  it('keeps an element when another was inserted before it', () => {
    assert.deepEqual(put(['x', 'a', 'b'], [a, b]), [{ name: 'x' }, a, b]);
    assert.deepEqual(put(['a', 'x', 'b'], [a, b]), [a, { name: 'x' }, b]);
  });

  it('keeps an element when another was removed', () => {
    assert.deepEqual(put(['b'], [a, b]), [b]);
    assert.deepEqual(put(['a', 'c'], [a, b, c]), [a, c]);
  });

  it('keeps elements that moved', () => {
    assert.deepEqual(put(['c', 'a', 'b'], [a, b, c]), [c, a, b]);
  });

  it('writes an item that was doubled, and keeps the first', () => {
    assert.deepEqual(put(['a', 'a'], [a]), [a, { name: 'a' }]);
  });

  it('keeps equal items apart, each with its own', () => {
    const other = { name: 'a', note: 'second' };
    assert.deepEqual(put(['a', 'x', 'a'], [a, other]), [a, { name: 'x' }, other]);
    assert.deepEqual(put(['a'], [a, other]), [a]);
  });

  it('replaces an item that changed without an identity', () => {
    assert.deepEqual(put(['a', 'x', 'c'], [a, b, c]), [a, { name: 'x' }, c]);
  });

  it('leaves an element that cannot be read behind its neighbour', () => {
    assert.deepEqual(put(['b', 'a'], [a, unreadable, b]), [b, a, unreadable]);
    assert.deepEqual(put(['x', 'a'], [unreadable, a]), [unreadable, { name: 'x' }, a]);
    assert.deepEqual(put(['a', 'x'], [a, unreadable]), [a, unreadable, { name: 'x' }]);
  });

  it('keeps several unreadable elements in their order, and behind the last neighbour that stays', () => {
    const [one, two] = [{ note: 'one' }, { note: 'two' }];
    assert.deepEqual(put(['a', 'c'], [a, one, b, two, c]), [a, one, two, c]);
    assert.deepEqual(put(['c'], [a, one, b, two, c]), [one, two, c]);
  });

  it('keeps the unreadable elements of a list that the payload has no more', () => {
    assert.deepEqual(put(undefined, [a, unreadable]), [unreadable]);
    assert.equal(put(undefined, [a, b]), undefined);
  });

  it('writes anew over what is no list', () => {
    assert.deepEqual(put(['a'], { name: 'a' }), [{ name: 'a' }]);
    assert.deepEqual(put(['a'], undefined), [{ name: 'a' }]);
  });

  it('does not touch the list that it is put over', () => {
    const before = [a, b];
    put(['b', 'x'], before);
    assert.deepEqual(before, [
      { name: 'a', note: 1 },
      { name: 'b', note: 2 },
    ]);
  });

  it('finds an element whose reading only differs in the order of its keys', () => {
    const element = { role: 'r', key: 'k', note: 1 };
    const laid = putValue(people, [{ role: 'r', key: 'k' }, { key: 'n' }], [element], newScope()).value;
    assert.deepEqual(laid, [element, { key: 'n' }]);
  });
});

describe('a put of a list whose items have an identity', () => {
  const ann = { key: 'ann', role: 'md', note: 'about ann' };
  const bob = { key: 'bob', role: 'rn', note: 'about bob' };
  const putPeople = (wanted: { key: string; role?: string }[], before: unknown[]): unknown =>
    putValue(people, wanted, before, newScope()).value;

  it('puts a changed item over the element of the same identity', () => {
    assert.deepEqual(
      putPeople(
        [
          { key: 'ann', role: 'chief' },
          { key: 'bob', role: 'rn' },
        ],
        [ann, bob],
      ),
      [{ ...ann, role: 'chief' }, bob],
    );
  });

  it('does so also where the item moved', () => {
    assert.deepEqual(putPeople([{ key: 'bob' }, { key: 'ann', role: 'md' }], [ann, bob]), [
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
    assert.deepEqual(putPeople(wanted, [first, ann]), [ann, { ...first, role: 'chief' }]);
  });

  it('never lays one element under two items', () => {
    assert.deepEqual(
      putPeople(
        [
          { key: 'ann', role: 'x' },
          { key: 'ann', role: 'y' },
        ],
        [ann],
      ),
      [
        { ...ann, role: 'x' },
        { key: 'ann', role: 'y' },
      ],
    );
  });

  it('writes an item of an unknown identity anew', () => {
    assert.deepEqual(putPeople([{ key: 'eve', role: 'md' }], [ann]), [{ key: 'eve', role: 'md' }]);
  });
});
