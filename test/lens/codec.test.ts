import { describe, expect, it } from '@jest/globals';
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
    expect(peek(named, { name: '' }, scope)).toBe('');
    expect(scope.issues).toStrictEqual([]);
    expect(scope.failed).toBe(false);
  });

  it('reads nothing where nothing is', () => {
    const broken: Codec<string, { name: string }> = { ...named, read: () => 'made up' };
    expect(peek(broken, undefined, newScope())).toBeUndefined();
  });
});

describe('putValue', () => {
  it('keeps a value untouched that already reads so', () => {
    const before = { name: 'ANN', note: 'kept' };
    const put = putValue(named, 'ann', before, newScope());
    expect(put.changed).toBe(false);
    expect(put.value).toBe(before);
  });

  it('keeps a value that cannot be read where the payload has none', () => {
    const put = putValue(named, undefined, 42, newScope());
    expect(put).toStrictEqual({ changed: false, value: 42 });
  });

  it('replaces a value that changed whole, so that nothing old stands beside it', () => {
    expect(putValue(named, 'bob', { name: 'ann', note: 'about ann' }, newScope())).toStrictEqual({
      changed: true,
      value: { name: 'bob' },
    });
  });

  it("takes the codec's own put where it comes out right", () => {
    expect(putValue(keeping, 'bob', { name: 'ann', note: 'kept' }, newScope()).value).toStrictEqual({
      name: 'bob',
      note: 'kept',
    });
  });

  it("replaces the value whole where the codec's own put does not read back", () => {
    const wrong: Codec<string, { name: string }> = { ...named, put: () => ({ name: 'someone else' }) };
    expect(putValue(wrong, 'bob', { name: 'ann' }, newScope()).value).toStrictEqual({ name: 'bob' });
  });

  it('writes anew where nothing was, whatever put would do', () => {
    expect(putValue(keeping, 'bob', undefined, newScope())).toStrictEqual({ changed: true, value: { name: 'bob' } });
  });

  it('takes a value away that the payload has no more', () => {
    expect(putValue(named, undefined, { name: 'ann' }, newScope())).toStrictEqual({ changed: true, value: undefined });
  });
});
