import { describe, expect, it } from '@jest/globals';
import { row, wrap } from '../../src/cli/wrap.js';

describe('wrapping', () => {
  it('breaks at spaces', () => {
    expect(wrap('the id of a Patient', 10)).toStrictEqual(['the id of', 'a Patient']);
    expect(wrap('', 10)).toStrictEqual(['']);
  });

  it('breaks a path before a dot and a URL before a slash where it must', () => {
    expect(wrap('hospitalization.admitSource', 16)).toStrictEqual(['hospitalization', '.admitSource']);
    expect(wrap('of http://hl7.org/CodeSystem', 16)).toStrictEqual(['of', 'http://hl7.org', '/CodeSystem']);
  });

  it('breaks anywhere where nothing else does', () => {
    expect(wrap('abcdefgh ij', 3)).toStrictEqual(['abc', 'def', 'gh', 'ij']);
  });

  it('puts cells side by side', () => {
    expect(row(['a b', 'c'], [1, 3])).toStrictEqual(['a  c', 'b']);
  });
});
