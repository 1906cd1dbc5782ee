// How long a process takes that does next to nothing, against an empty Node.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const RUNS = 41;
const main = join('dist', 'cli', 'main.js');

const time = (args: readonly string[]): number => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The median of the ratios to an empty Node, and of the milliseconds, of alternating runs. */
function compare(name: string, args: readonly string[]): void {
  const ratios: number[] = [];
  const empty: number[] = [];
  const taken: number[] = [];
  for (let run = -3; run < RUNS; run += 1) {
    const before = time(['-e', '0']);
    const after = time(args);
    if (run < 0) continue;
    ratios.push(after / before);
    empty.push(before);
    taken.push(after);
  }
  const ms = `${median(taken).toFixed(0)} ms to ${median(empty).toFixed(0)} ms`;
  console.log(`${median(ratios).toFixed(2)} × node -e 0  ${name} (${ms}, median of ${RUNS} alternating runs)`);
}

const library = pathToFileURL(join('dist', 'index.js')).href;
const patient = `{ resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }], birthDate: '1970-01-01' }`;
const first = `import { validate } from '${library}'; if (validate(${patient}).issue.length !== 1) process.exit(1);`;

compare('clinik-fhir convert --help', [main, 'convert', '--help']);
compare('the first validate of a process', ['--input-type=module', '-e', first]);
