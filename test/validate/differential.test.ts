import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Tally } from '../support/differential.js';
import { EXAMPLES, example, smallExamples } from '../support/examples.js';
import { mutants } from '../support/mutants.js';

/** The long run has all examples, and 10,000 mutants: differential.long.ts. */
describe('the closures of R4’s invariants give the answers of fhirpath', () => {
  it('on every twentieth of HL7’s examples', () => {
    const tally = new Tally();
    for (const file of EXAMPLES.filter((one, index) => index % 20 === 0 && !one.startsWith('Bundle-'))) {
      tally.compare(example(file), file);
    }
    assert.deepEqual(tally.differing, []);
    assert.deepEqual([tally.failed, tally.left, tally.excused], [0, 0, {}]);
    assert.ok(tally.total > 10_000, String(tally.total));
  });

  it('on 500 mutants of them', () => {
    const tally = new Tally();
    for (const [index, mutant] of mutants(smallExamples(3), 500, 1).entries()) tally.compare(mutant, `mutant ${index}`);
    assert.deepEqual(tally.differing, []);
    assert.ok(tally.total > 5_000 && tally.failing.size > 50, `${tally.total}, ${tally.failing.size}`);
  });
});
