import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { heap } from '../../../src/convert/waves/heap.js';

describe('a heap', () => {
  it('gives the lowest of its numbers, whatever was pushed and popped before', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(20))), (steps) => {
        const tested = heap(steps.length);
        let expected: number[] = [];
        for (const step of steps) {
          if (step === null) {
            expect(tested.pop()).toBe(expected[0]);
            expected = expected.slice(1);
          } else {
            tested.push(step);
            expected = [...expected, step].sort((a, b) => a - b);
          }
        }
      }),
    );
  });
});
