import { describe, expect, it } from '@jest/globals';
import { total, unchecked } from '../../../src/check/formats/total.js';
import { NOTHING } from './samples.js';

const ALL = NOTHING.notChecked;

describe('what a run comes to', () => {
  it('is how many there are of each severity, or that there is no error', () => {
    const said = (counts: Partial<typeof NOTHING.new>, more = {}): string =>
      total({ ...NOTHING, ...more, new: { ...NOTHING.new, ...counts } });
    expect(said({})).toBe('No errors in 1,204 records of 3 files.');
    expect(said({ information: 2 })).toBe('No errors, 2 remarks in 1,204 records of 3 files.');
    expect(said({ warning: 1, information: 2 })).toBe('1 warning, 2 remarks in 1,204 records of 3 files.');
    expect(said({ fatal: 1, error: 1000 })).toBe('1 fatal error, 1,000 errors in 1,204 records of 3 files.');
    expect(said({}, { known: 2 })).toBe('No new errors in 1,204 records of 3 files. Besides: 2 known.');
  });

  it('is never only good where something was not checked', () => {
    for (const [not, says] of [
      [{ profiles: [{ name: 'bp', count: 3 }] }, '3 × profile bp'],
      [{ otherProfiles: 1 }, '1 × another profile'],
      [{ terminology: true }, 'codes, units and extensions (their tables were not loaded)'],
      [{ files: 2, endings: ['.log'] }, '2 files skipped (.log)'],
      [{ files: 1 }, '1 file skipped'],
    ] as const)
      expect(total({ ...NOTHING, notChecked: { ...ALL, ...not } })).toBe(
        `No errors in 1,204 records of 3 files. Not checked: ${says}.`,
      );
  });

  it('names the most frequent profiles, and counts the others', () => {
    const profiles = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => ({ name, count: 9 - index }));
    expect(unchecked({ ...ALL, profiles, otherProfiles: 10 }).at(-1)).toBe('17 × other profiles');
    const endings = ['.a', '.b', '.c', '.d', '.e', '.f'];
    expect(unchecked({ ...ALL, files: 6, endings })).toStrictEqual(['6 files skipped (.a, .b, .c, .d, .e, …)']);
  });
});
