import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { equivalents } from '../../scripts/mutate/equivalent.js';

const known = equivalents();

describe('the mutants that no test can see', () => {
  it('are named once each', () => {
    const names = known.map(({ file, line, from, to }) => [file, line, from, to].join('\n'));
    expect(new Set(names).size).toBe(names.length);
  });

  it('stand on lines of their sources', () => {
    const missing = known.filter(({ file, line }) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return !lines.some((one) => one.trim() === line);
    });
    expect(missing).toStrictEqual([]);
  });

  it('change something, and have an argument', () => {
    expect(known.filter(({ from, to, why }) => from === to || !/^[A-Z].{20,}\.$/.test(why))).toStrictEqual([]);
  });
});
