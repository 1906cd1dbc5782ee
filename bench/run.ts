// What a whole run of the command line does a second, and how much memory it takes, on a file that is COPIES times the
// corpus, plain and gzipped: npm run bench:run [-- COPIES]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const copies = Number(process.argv[2] ?? 60);
const places = [join('..', 'shared', 'corpus', 'clinosim-us-100'), join('fixtures', 'ehr-export')];
const corpus = places.find((place) => existsSync(place));
if (corpus === undefined) throw new Error('there is no folder of NDJSON files to measure on');
const once = readdirSync(corpus)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => readFileSync(join(corpus, file), 'utf8'))
  .join('');
/** The corpus with ids of its own, for of copies only one would be converted. */
const copy = (number: number): Buffer =>
  Buffer.from(once.replace(/("id": ?"|"reference": ?"[A-Za-z]+\/)/g, `$1${number}-`));

const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-bench-'));
const main = join('dist', 'cli', 'main.js');
// Told by the process itself, at its end.
const hook = `data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))`;
try {
  for (const times of [copies, copies * 4]) {
    const whole = Buffer.concat(Array.from({ length: times }, (_, number) => copy(number)));
    for (const [name, bytes] of [
      ['all.ndjson', whole],
      ['all.ndjson.gz', gzipSync(whole, { level: 1 })],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      const start = performance.now();
      const args = [
        '--import',
        hook,
        main,
        'convert',
        join(folder, name),
        '--out',
        join(folder, 'out'),
        '--force',
        '--quiet',
      ];
      const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const seconds = (performance.now() - start) / 1000;
      const megabytes = whole.length / 1e6;
      console.log(
        `${(megabytes / seconds).toFixed(1).padStart(5)} MB/s  ${(Number(stderr) / 1024).toFixed(0).padStart(4)} MiB at most  ${megabytes.toFixed(0)} MB as ${name}`,
      );
      rmSync(join(folder, name));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
