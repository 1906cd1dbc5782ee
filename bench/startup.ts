// How long help takes to come, against an empty Node: npm run bench:startup. Alternating runs; the figure is the median of
// the ratios.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const RUNS = 41;
const main = join('dist', 'cli', 'main.js');

const time = (args: readonly string[]): number => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const ratios: number[] = [];
const empty: number[] = [];
const help: number[] = [];
for (let run = -3; run < RUNS; run += 1) {
  const before = time(['-e', '0']);
  const after = time([main, 'convert', '--help']);
  if (run < 0) continue;
  ratios.push(after / before);
  empty.push(before);
  help.push(after);
}
console.log(
  `${median(ratios).toFixed(2)} × node -e 0  clinik-fhir convert --help (${median(help).toFixed(0)} ms to ${median(empty).toFixed(0)} ms, median of ${RUNS} alternating runs)`,
);
