// What a whole run of clinik-fhir validate costs beside validate alone on the same lines, and how much memory it takes:
// npm run bench:validate [-- MEGABYTES]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from '../src/validate/validate.js';

const ROUNDS = 5;

const megabytes = Number(process.argv[2] ?? 100);
const corpora = [join('..', 'shared', 'corpus', 'clinosim-us-100'), join('..', 'shared', 'corpus', 'synthea-10')];
const folders = corpora.some((folder) => existsSync(folder)) ? corpora : [join('fixtures', 'ehr-export')];
const once = folders
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ndjson'))
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter((line) => line !== '' && typeof JSON.parse(line).resourceType === 'string');
const size = once.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
const lines = Array.from({ length: Math.ceil((megabytes * 1e6) / size) }, () => once).flat();

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
// Told by the process itself, at its end.
const hook = `data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))`;

const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-bench-'));
try {
  const file = join(folder, 'all.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const ratios: number[] = [];
  const times: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let start = performance.now();
    let issues = 0;
    for (const line of lines) issues += validate(JSON.parse(line)).issue.length;
    const alone = performance.now() - start;
    if (issues === 0) throw new Error('nothing was validated');
    start = performance.now();
    const args = ['--import', hook, join('dist', 'cli', 'main.js'), 'validate', file, '--quiet'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const run = performance.now() - start;
    if (status !== 0 && status !== 1) throw new Error(`the run ended with ${status}`);
    memory = Math.max(memory, Number(/\d+$/.exec(stderr)?.[0] ?? 0));
    ratios.push(run / alone);
    times.push(run);
  }
  const seconds = (median(times) / 1000).toFixed(2);
  const mebibytes = (memory / 1024).toFixed(0);
  console.log(
    `${median(ratios).toFixed(2)} × parse + validate in one process  clinik-fhir validate on ${megabytes} MB of NDJSON (${seconds} s, ${mebibytes} MiB at most, median of ${ROUNDS})`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
