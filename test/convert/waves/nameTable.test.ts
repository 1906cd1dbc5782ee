import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { names } from '../../../src/convert/waves/nameTable.js';

describe('names', () => {
  it('have the numbers of a Map that is asked for the same ones', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 1 }))), (asked) => {
        const known = names();
        const expected = new Map<string, number>();
        for (const name of asked) {
          if (!expected.has(name)) expected.set(name, expected.size);
          expect(known.numberOf(name)).toBe(expected.get(name));
        }
      }),
    );
  });

  it('are told apart however alike they are, and as their table grows', () => {
    const known = names();
    const alike = [
      (index: number) => `Observation/${index}`,
      (index: number) => `Task/${index}`,
      (index: number) => `Encounter/${`${index}`.padStart(64, '0')}`,
      (index: number) => `Encounter/${'0'.repeat(index % 64)}-${index}-e`,
    ];
    const all = alike.flatMap((make) => Array.from({ length: 20_000 }, (_, index) => make(index)));
    const wrong = (): string[] => all.filter((name, number) => known.numberOf(name) !== number);
    expect(wrong()).toStrictEqual([]);
    expect(wrong()).toStrictEqual([]);
  });
});
