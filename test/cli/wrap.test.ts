import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { row, wrap } from '../../src/cli/wrap.js';

describe('wrapping', () => {
  it('breaks at spaces', () => {
    assert.deepEqual(wrap('the id of a Patient', 10), ['the id of', 'a Patient']);
    assert.deepEqual(wrap('', 10), ['']);
  });

  it('breaks a path before a dot and a URL before a slash where it must', () => {
    assert.deepEqual(wrap('hospitalization.admitSource', 16), ['hospitalization', '.admitSource']);
    assert.deepEqual(wrap('of http://hl7.org/CodeSystem', 16), ['of', 'http://hl7.org', '/CodeSystem']);
  });

  it('breaks anywhere where nothing else does', () => {
    assert.deepEqual(wrap('abcdefgh ij', 3), ['abc', 'def', 'gh', 'ij']);
  });

  it('puts cells side by side', () => {
    assert.deepEqual(row(['a b', 'c'], [1, 3]), ['a  c', 'b']);
  });
});
