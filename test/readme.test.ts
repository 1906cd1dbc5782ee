import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

describe('the README', () => {
  it('has at most 150 lines', () => {
    expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});
