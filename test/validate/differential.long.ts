import { describe, expect, it } from '@jest/globals';
// The long run: npm run test:long, all of HL7's examples and 10,000 mutants (or CLINIK_FHIR_MUTANTS) of the smaller ones.
import { Tally } from '../support/differential.js';
import { EXAMPLES, example, smallExamples } from '../support/examples.js';
import { mutants } from '../support/mutants.js';

const count = Number(process.env.CLINIK_FHIR_MUTANTS ?? 10_000);
const seed = Number(process.env.CLINIK_FHIR_SEED ?? 2);

function report(where: string, { total, same, failed, left, excused, holding, failing }: Tally): void {
  console.log(
    `${where}: ${total} comparisons, ${same} the same; fhirpath threw in ${failed}, was left ${left} to decide`,
  );
  console.log(`invariants that held somewhere: ${holding.size}, that failed somewhere: ${failing.size}`);
  for (const [reason, times] of Object.entries(excused)) console.log(`${times} excused: ${reason}`);
}

describe('the closures of R4’s invariants give the answers of fhirpath', () => {
  it('on all of HL7’s examples', () => {
    const tally = new Tally();
    for (const file of EXAMPLES) tally.compare(example(file), file);
    report('examples', tally);
    expect(tally.differing).toStrictEqual([]);
    expect([tally.failed, tally.left, tally.excused]).toStrictEqual([0, 0, {}]);
    expect(tally.total).toBeGreaterThan(1_000_000);
  });

  it(`on ${count} mutants of them`, () => {
    const tally = new Tally();
    for (const mutant of mutants(smallExamples(10), count, seed))
      tally.compare(mutant, `mutant of ${mutant.resourceType}`);
    report(`mutants of seed ${seed}`, tally);
    expect(tally.differing).toStrictEqual([]);
    expect(tally.failing.size).toBeGreaterThan(150);
  });
});
