// Throws broken input at validate: npm run fuzz [-- COUNT [SEED]]; a million and 1 if left out.
// Nine of ten inputs are HL7's examples with a few of their values deleted, repeated, replaced, renamed or swapped; the rest are
// arbitrary values. Ends with 1 at the first throw, the first outcome that is no valid OperationOutcome, or the first that takes
// longer than a second.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validate } from '../src/validate/validate.js';
import { mutate, random } from '../test/support/mutate.js';

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
const MAX_BYTES = 6000;
const SLOW = 1000;

const folder = join('node_modules', 'hl7.fhir.r4.examples');
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && file !== 'package.json' && statSync(join(folder, file)).size < MAX_BYTES)
  .map((file) => readFileSync(join(folder, file), 'utf8'));
const values = fc.sample(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  { numRuns: 2000, seed },
);

const next = random(seed);
const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];

let slowest = 0;
let errors = 0;
const begin = performance.now();
for (let run = 1; run <= count; run += 1) {
  const input = next() < 0.9 ? mutate(JSON.parse(pick(examples) ?? '{}'), next, values) : pick(values);
  const start = performance.now();
  const outcome = validate(input);
  const took = performance.now() - start;
  slowest = Math.max(slowest, took);
  if (outcome.issue.some(({ severity }) => severity === 'error' || severity === 'fatal')) errors += 1;
  const isSound = outcome.issue.length > 0 && (run % 100 !== 0 || isValidOutcome(outcome));
  if (!isSound || took > SLOW)
    throw new Error(`input ${run} of seed ${seed}: ${isSound ? 'slow' : 'an unsound outcome'}`);
  if (run % 100_000 === 0) console.log(`${run} inputs, ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}
console.log(`${count} inputs, seed ${seed}: no throw; ${errors} had errors; the slowest took ${slowest.toFixed(0)} ms`);

function isValidOutcome(outcome: unknown): boolean {
  return validate(outcome).issue.every(({ severity }) => severity !== 'error' && severity !== 'fatal');
}
