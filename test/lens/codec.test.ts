import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Codec, peek, putValue } from '../../src/lens/codec.js';
import { isObject } from '../../src/lens/json.js';
import { report } from '../../src/lens/scope.js';
import { newScope } from '../support/toy.js';

/** A name for `{ name }`; it complains about an empty one. */
const named: Codec<string, { name: string }> = {
  fidelity: 'lossy',
  rule: 'its name',
  schema: { type: 'string' },
  read(value, scope) {
    if (!isObject(value) || typeof value.name !== 'string') return undefined;
    if (value.name === '') report(scope, { severity: 'error', code: 'value', id: 'empty', diagnostics: '' });
    return value.name.toLowerCase();
  },
  write: (name) => ({ name }),
  admit: (name) => name,
};

const keeping: Codec<string, { name: string }> = {
  ...named,
  put: (value, before) => ({ ...(isObject(before) ? before : {}), name: value ?? '' }),
};

describe('peek', () => {
  it('reads without reporting', () => {
    const scope = newScope();
    assert.equal(peek(named, { name: '' }, scope), '');
    assert.deepEqual(scope.issues, []);
    assert.equal(scope.failed, false);
  });

  it('reads nothing where nothing is', () => {
    const broken: Codec<string, { name: string }> = { ...named, read: () => 'made up' };
    assert.equal(peek(broken, undefined, newScope()), undefined);
  });
});

describe('putValue', () => {
  it('keeps a value untouched that already reads so', () => {
    const before = { name: 'ANN', note: 'kept' };
    const put = putValue(named, 'ann', before, newScope());
    assert.equal(put.changed, false);
    assert.equal(put.value, before);
  });

  it('keeps a value that cannot be read where the payload has none', () => {
    const put = putValue(named, undefined, 42, newScope());
    assert.deepEqual(put, { changed: false, value: 42 });
  });

  it('replaces a value that changed whole, so that nothing old stands beside it', () => {
    assert.deepEqual(putValue(named, 'bob', { name: 'ann', note: 'about ann' }, newScope()), {
      changed: true,
      value: { name: 'bob' },
    });
  });

  it("takes the codec's own put where it comes out right", () => {
    assert.deepEqual(putValue(keeping, 'bob', { name: 'ann', note: 'kept' }, newScope()).value, {
      name: 'bob',
      note: 'kept',
    });
  });

  it("replaces the value whole where the codec's own put does not read back", () => {
    const wrong: Codec<string, { name: string }> = { ...named, put: () => ({ name: 'someone else' }) };
    assert.deepEqual(putValue(wrong, 'bob', { name: 'ann' }, newScope()).value, { name: 'bob' });
  });

  it('writes anew where nothing was, whatever put would do', () => {
    assert.deepEqual(putValue(keeping, 'bob', undefined, newScope()), { changed: true, value: { name: 'bob' } });
  });

  it('takes a value away that the payload has no more', () => {
    assert.deepEqual(putValue(named, undefined, { name: 'ann' }, newScope()), { changed: true, value: undefined });
  });
});
