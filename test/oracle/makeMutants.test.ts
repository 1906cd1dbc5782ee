import { describe, expect, it } from '@jest/globals';
import { CLASSES } from '../../scripts/oracle/classes.js';
import { FAULTS, RARE } from '../../scripts/oracle/faults.js';
import { makeMutants } from '../../scripts/oracle/makeMutants.js';
import { smallExamples } from '../support/examples.js';

const resources = smallExamples(1).filter((one) => JSON.stringify(one).length < 3000);
const COUNT = FAULTS.size * 10 + RARE.size;

describe('the mutants of the comparison with the Java validator', () => {
  const mutants = makeMutants(resources, COUNT, 1);

  it('are the same for the same seed, and others for another', () => {
    expect(makeMutants(resources, 200, 1)).toStrictEqual(mutants.slice(0, 200));
    expect(makeMutants(resources, 200, 2)).not.toStrictEqual(mutants.slice(0, 200));
  });

  it('have ten of each kind of fault, and one of each rare kind', () => {
    const times = (fault: string): number => mutants.filter((one) => one.fault === fault).length;
    expect([...FAULTS.keys()].filter((fault) => times(fault) !== 10)).toStrictEqual([]);
    expect([...RARE.keys()].filter((fault) => times(fault) !== 1)).toStrictEqual([]);
  });

  it('are each a line of JSON', () => {
    for (const { text } of mutants) {
      expect(text).not.toMatch(/[\n\r§]/);
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });
});

describe('the classes of differences', () => {
  it('have each a name of its own and a reason', () => {
    expect(new Set(CLASSES.map(({ name }) => name)).size).toBe(CLASSES.length);
    expect(CLASSES.filter(({ why }) => why === '')).toStrictEqual([]);
  });
});
