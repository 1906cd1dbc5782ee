import { describe, expect, it } from '@jest/globals';
import { amount, number } from '../../src/report/amount.js';

describe('a count', () => {
  it.each([0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, 9_007_199_254_740_991])(
    'is written as in English: %d',
    (count) => {
      expect(number(count)).toBe(count.toLocaleString('en-US'));
    },
  );

  it('stands with what it counts', () => {
    expect([amount(1, 'record'), amount(1_204, 'record'), amount(2, 'entry', 'entries')]).toStrictEqual([
      '1 record',
      '1,204 records',
      '2 entries',
    ]);
  });
});
