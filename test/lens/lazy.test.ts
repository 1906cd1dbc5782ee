import { describe, expect, it } from '@jest/globals';
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
    expect(tree.read(element, newScope())).toStrictEqual(payload);
    expect(tree.write(payload, newScope())).toStrictEqual(element);
  });

  it('admits at every level', () => {
    const scope = newScope();
    tree.admit({ name: 'a', below: [{ name: 'b', below: [{ name: '' }] }] }, scope);
    expect(scope.issues?.[0]?.expression).toStrictEqual(['below/0/below/0/name']);
  });

  it('keeps what a payload cannot say, level by level, and knows identities', () => {
    const before = { label: 'a', child: [{ label: 'b', note: 1, child: [{ label: 'c', note: 2 }, { label: 'd' }] }] };
    const put = putValue(tree, { name: 'a', below: [{ name: 'b', below: [{ name: 'c' }] }] }, before, newScope());
    expect(put.value).toStrictEqual({ label: 'a', child: [{ label: 'b', note: 1, child: [{ label: 'c', note: 2 }] }] });
  });

  it('gives a reference for its schema, and has no rows of its own', () => {
    const codec = lazy(() => tree, schema, 'a tree again');
    expect([codec.schema, codec.rule, codec.rows]).toStrictEqual([schema, 'a tree again', undefined]);
  });

  it('does not look its codec up before it is used', () => {
    const never = lazy<string, string, Scope>(
      () => {
        throw new Error('looked up');
      },
      {},
      '',
    );
    expect(() => never.read('a', newScope())).toThrow(/looked up/);
  });
});
