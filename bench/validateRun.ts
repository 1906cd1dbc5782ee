// What a whole run of clinik-fhir validate costs, start to exit, beside a process that does nothing but parse and validate the
// same lines, and how much memory it takes: npm run bench:validate [-- MEGABYTES]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

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
  const library = pathToFileURL(join('dist', 'index.js')).href;
  const alone = `import { readFileSync } from 'node:fs';
    import { validate } from '${library}';
    let issues = 0;
    for (const line of readFileSync(process.argv[1], 'utf8').split('\\n'))
      if (line !== '') issues += validate(JSON.parse(line)).issue.length;
    if (issues === 0) process.exitCode = 2;`;
  const time = (args: readonly string[]): { ms: number; stderr: string } => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(`a run ended with ${status}: ${stderr}`);
    return { ms: performance.now() - start, stderr };
  };
  const ratios: number[] = [];
  const times: number[] = [];
  let memory = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { ms: plain } = time(['--input-type=module', '-e', alone, file]);
    const main = join('dist', 'cli', 'main.js');
    const { ms, stderr } = time(['--import', hook, main, 'validate', file, '--quiet']);
    memory = Math.max(memory, Number(/\d+$/.exec(stderr)?.[0] ?? 0));
    ratios.push(ms / plain);
    times.push(ms);
  }
  const seconds = (median(times) / 1000).toFixed(2);
  const mebibytes = (memory / 1024).toFixed(0);
  console.log(
    `${median(ratios).toFixed(2)} × parse and validate alone  clinik-fhir validate on ${megabytes} MB of NDJSON (${seconds} s, ${mebibytes} MiB at most, median of ${ROUNDS})`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
