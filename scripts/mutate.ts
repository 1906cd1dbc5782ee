// Tries the tests: npm run mutate [-- COUNT [SEED]] [--file PART] [--tests PART] [--again]; 300 mutants of seed 1 if left out. A
// mutant is a source with one fault in it, such as a < that is a <=; a test should fail. --file and --tests take only the sources and
// test files with PART in their path, --again those mutants only that no test saw the last time.
// Ends with 1 where fewer than 95 % die of those that are not equivalent (test/mutants/equivalent.json), or a test fails anyway.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { equivalents } from './mutate/equivalent.js';
import { allMutants, instrument, isSame, type Mutant, sample, sourceFiles } from './mutate/mutants.js';
import { measure, type Outcome, tryMutant } from './mutate/runs.js';
import { makeSandbox } from './mutate/sandbox.js';

const GOAL = 0.95;
const LAST = join('build', 'mutate-survivors.json');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { again: { type: 'boolean' }, file: { type: 'string' }, tests: { type: 'string' } },
});
const [count = '300', seed = '1'] = positionals;
const { again = false, file: part = '', tests = '' } = values;

const begin = performance.now();
const mutants = await allMutants(sourceFiles());
const known = equivalents();
const stale = known.find((one) => !mutants.some((mutant) => isSame(mutant, one)));
if (stale !== undefined)
  throw new Error(`test/mutants/equivalent.json: no mutant of ${stale.file} is ${stale.from} → ${stale.to}`);
const chosen = again ? survivorsOfLastRun() : sample(mutants.filter(isAskedFor), Number(count), seed);
console.log(`${chosen.length} of ${mutants.length} mutants${again ? ' again' : `, seed ${seed}`}`);

const sources = await instrument(chosen);
const sandbox = makeSandbox(sources);
const ids = new Map(sources.flatMap((source) => [...source.ids]));
const workers = Math.min(availableParallelism(), 8);
const measured = await measure(sandbox, workers, tests);
const coverage = measured.filter((one) => !one.isFailing);
console.log(`${coverage.length} test files pass without a mutant, ${minutes()}`);
for (const { file, isFailing } of measured)
  if (isFailing) console.log(`${file} fails without a mutant, and is left out`);

const outcomes = new Map<Mutant, Outcome>();
const waiting = [...chosen];
await Promise.all(
  Array.from({ length: workers }, async () => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const id = ids.get(mutant.key);
      if (id === undefined) throw new Error(`No switch was made for ${nameOf(mutant)}`);
      const outcome = await tryMutant(sandbox, mutant, id, coverage);
      outcomes.set(mutant, outcome);
      const by = outcome.status === 'killed' ? ` by ${outcome.by}` : '';
      console.log(`${outcomes.size}/${chosen.length} ${outcome.status}${by}: ${nameOf(mutant)}`);
    }
  }),
);

const alive = chosen.filter((mutant) => !isDead(mutant));
const equivalent = alive.filter((mutant) => known.some((one) => isSame(one, mutant)));
const survivors = alive.filter((mutant) => !equivalent.includes(mutant));
writeFileSync(LAST, JSON.stringify(survivors, null, 2));
const relevant = chosen.length - equivalent.length;
const rate = (relevant - survivors.length) / relevant;
console.log(`\n${survivors.length} survived:`);
for (const mutant of survivors) console.log(`  ${nameOf(mutant)}\n    in ${mutant.line}`);
console.log(
  `${chosen.length} mutants, ${chosen.length - alive.length} died, ${equivalent.length} are equivalent, ${survivors.length} survived: ` +
    `${(100 * rate).toFixed(1)} % of those that a test can see; ${minutes()}`,
);
if (rate < GOAL || coverage.length < measured.length) process.exitCode = 1;

function isAskedFor({ file }: Mutant): boolean {
  return file.includes(part);
}

function isDead(mutant: Mutant): boolean {
  const status = outcomes.get(mutant)?.status;
  return status === 'killed' || status === 'timeout';
}

function nameOf({ file, lineNumber, from, to }: Mutant): string {
  return `${file}:${lineNumber}  ${from}  →  ${to}`;
}

function survivorsOfLastRun(): Mutant[] {
  const last: Mutant[] = existsSync(LAST) ? JSON.parse(readFileSync(LAST, 'utf8')) : [];
  const isAgain = (a: Mutant, b: Mutant) =>
    a.file === b.file && a.line === b.line && a.from === b.from && a.to === b.to;
  return mutants.filter((mutant) => last.some((one) => isAgain(mutant, one)));
}

function minutes(): string {
  return `${((performance.now() - begin) / 60_000).toFixed(1)} min`;
}
