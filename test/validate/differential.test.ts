import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { Tally } from '../support/differential.js';
import { ensure } from '../support/ensure.js';
import { EXAMPLES, example, smallExamples } from '../support/examples.js';
import { mutants } from '../support/mutants.js';

const DATES = [
  ...['1999', '2015', '2015-02', '2015-03', '2015-02-07', '2015-02-08', '2016-02-29', '2015-12-31'],
  ...['2015-02-07T13:28:17Z', '2015-02-07T13:28:17+00:00', '2015-02-07T13:28:17-05:00', '2015-02-07T15:28:17+02:00'],
  ...['2015-02-07T13:28:17.0Z', '2015-02-07T13:28:17.2Z', '2015-02-07T13:28:17.23Z', '2015-02-07T13:28:17.239-05:00'],
  ...['2015-02-08T00:00:00+14:00', '2015-02-07T23:59:59-11:30', '2015-02-28T23:59:59Z', '2015-03-01T00:59:59+01:00'],
  ...['2015-02-07T13:28:17.2391Z', '2015-02-07T13:28:17-00:30', '2015-02-30', '2015-02-07T13:28', 'soon', '2015-13'],
];

const periodOf = (start: string, end: string): JsonObject => ({
  resourceType: 'Patient',
  identifier: [{ period: { start, end } }],
});

/** The long run has all examples, and 10,000 mutants: differential.long.ts. */
describe('the closures of R4’s invariants give the answers of fhirpath', () => {
  it('on every twentieth of HL7’s examples', () => {
    const tally = new Tally();
    for (const file of EXAMPLES.filter((one, index) => index % 20 === 0 && !one.startsWith('Bundle-'))) {
      tally.compare(example(file), file);
    }
    expect(tally.differing).toStrictEqual([]);
    expect([tally.failed, tally.left, tally.excused]).toStrictEqual([0, 0, {}]);
    ensure(tally.total > 10_000, String(tally.total));
  });

  it('on every pair of these dates, wherever fhirpath is right about them', () => {
    const tally = new Tally();
    for (const start of DATES) for (const end of DATES) tally.compare(periodOf(start, end), `${start} to ${end}`);
    expect(tally.differing).toStrictEqual([]);
    expect(tally.total >= DATES.length ** 2 && tally.holding.has('per-1') && tally.failing.has('per-1')).toBe(true);
    expect(
      Object.keys(tally.excused)
        .map((reason) => reason.slice(0, 20))
        .sort(),
    ).toStrictEqual(['a date and a dateTim', 'a fraction of more t', 'an offset of -00:mm,', 'no date or dateTime ']);
  });

  it('on 500 mutants of them', () => {
    const tally = new Tally();
    for (const [index, mutant] of mutants(smallExamples(3), 500, 1).entries()) tally.compare(mutant, `mutant ${index}`);
    expect(tally.differing).toStrictEqual([]);
    ensure(tally.total > 5_000 && tally.failing.size > 50, `${tally.total}, ${tally.failing.size}`);
  });
});
