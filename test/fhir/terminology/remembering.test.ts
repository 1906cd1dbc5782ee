import { describe, expect, it } from '@jest/globals';
import { remembering } from '../../../src/fhir/terminology/remembering.js';

describe('a test of codes that remembers', () => {
  const asked: string[] = [];
  const test = remembering((code) => {
    asked.push(code);
    return !code.startsWith('x');
  });

  it('asks once for what it takes, and again for what it does not', () => {
    expect(['a', 'a', 'x', 'x', 'a'].map(test)).toStrictEqual([true, true, false, false, true]);
    expect(asked).toStrictEqual(['a', 'x', 'x']);
  });

  it('keeps so many, and no long ones', () => {
    const long = 'a'.repeat(101);
    expect([test(long), test(long)]).toStrictEqual([true, true]);
    for (let code = 0; code < 2000; code += 1) test(String(code));
    asked.length = 0;
    for (let code = 0; code < 2000; code += 1) expect(test(String(code))).toBe(true);
    expect(asked.length).toBe(1001);
    expect(test(long) && asked.includes(long)).toBe(true);
  });
});
