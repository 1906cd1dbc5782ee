import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Codec, putValue } from '../../src/lens/codec.js';
import { field } from '../../src/lens/field.js';
import { lazy } from '../../src/lens/lazy.js';
import { list } from '../../src/lens/list.js';
import { object } from '../../src/lens/object.js';
import type { Scope } from '../../src/lens/scope.js';
import { newScope, word } from '../support/toy.js';

interface Tree {
  name: string;
  below?: Tree[];
}

const schema = { $ref: '#/definitions/tree' };
const tree: Codec<Tree, object> = object<Tree, object>(
  [
    field('name', 'label', word, { required: true }),
    field('below', 'child', list(lazy(() => tree, schema, 'a tree again'))),
  ],
  { identity: (value) => [value.name] },
);

describe('lazy', () => {
  it('reads and writes a codec that refers to itself', () => {
    const payload = { name: 'a', below: [{ name: 'b', below: [{ name: 'c' }] }] };
    const element = { label: 'a', child: [{ label: 'b', child: [{ label: 'c' }] }] };
    assert.deepEqual(tree.read(element, newScope()), payload);
    assert.deepEqual(tree.write(payload, newScope()), element);
  });

  it('admits at every level', () => {
    const scope = newScope();
    tree.admit({ name: 'a', below: [{ name: 'b', below: [{ name: '' }] }] }, scope);
    assert.deepEqual(scope.issues?.[0]?.expression, ['below/0/below/0/name']);
  });

  it('keeps what a payload cannot say, level by level, and knows identities', () => {
    const before = { label: 'a', child: [{ label: 'b', note: 1, child: [{ label: 'c', note: 2 }, { label: 'd' }] }] };
    const put = putValue(tree, { name: 'a', below: [{ name: 'b', below: [{ name: 'c' }] }] }, before, newScope());
    assert.deepEqual(put.value, { label: 'a', child: [{ label: 'b', note: 1, child: [{ label: 'c', note: 2 }] }] });
  });

  it('gives a reference for its schema, and has no rows of its own', () => {
    const codec = lazy(() => tree, schema, 'a tree again');
    assert.deepEqual([codec.schema, codec.rule, codec.rows], [schema, 'a tree again', undefined]);
  });

  it('does not look its codec up before it is used', () => {
    const never = lazy<string, string, Scope>(
      () => {
        throw new Error('looked up');
      },
      {},
      '',
    );
    assert.throws(() => never.read('a', newScope()), /looked up/);
  });
});
