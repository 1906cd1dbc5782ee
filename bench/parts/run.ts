import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Cost, cost, MAIN, withFolder } from '../child.js';
import { hospitalExport } from '../corpora.js';
import { speed } from '../paired.js';
import { type Measured, median, type Part } from '../row.js';

const ROUNDS = 5;
const MEGABYTES = 40;

/** A process that reads lines, parses them, and writes their JSON. */
const YARDSTICK = `const { createReadStream, createWriteStream } = require('node:fs');
const out = createWriteStream(process.argv[2]);
let rest = '';
createReadStream(process.argv[1], { encoding: 'utf8', highWaterMark: 1 << 20 })
  .on('data', (text) => {
    const lines = (rest + text).split('\\n');
    rest = lines.pop();
    out.write(lines.map((line) => JSON.stringify(JSON.parse(line)) + '\\n').join(''));
  })
  .on('end', () => out.end());`;

/** Lines as often as makes a file that is worth a run, each copy with ids of its own, since of the same only one is converted. */
function copies(lines: readonly string[]): string {
  const once = `${lines.join('\n')}\n`;
  const copy = (number: number): string => once.replace(/("id": ?"|"reference": ?"[A-Za-z]+\/)/g, `$1${number}-`);
  return Array.from({ length: Math.max(1, Math.round((MEGABYTES * 1e6) / once.length)) }, (_, n) => copy(n)).join('');
}

interface Run {
  readonly id: string;
  readonly name: string;
  readonly args: readonly string[];
}

/** Whether the command line shares the lines of a conversion among threads, as many as it is told. */
const hasThreads = (): boolean =>
  spawnSync(process.execPath, [MAIN, 'convert', '--help'], { encoding: 'utf8' }).stdout.includes('--threads');

/** Runs each in turn, beside the yardstick, some times. */
function measured(runs: readonly Run[], yardstick: readonly string[], folder: string, corpus: string, bytes: number) {
  const costs = new Map(runs.map((run): [Run, { taken: Cost; plain: Cost }[]] => [run, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = cost(yardstick, folder);
    for (const [run, list] of costs) list.push({ taken: cost(run.args, folder), plain });
  }
  return [...costs].flatMap(([{ id, name }, list]): Measured[] => {
    const cpu = median(list.map(({ taken, plain }) => taken.cpu / plain.cpu));
    const wall = median(list.map(({ taken }) => taken.wall));
    return [
      {
        id: `run/${corpus}/${id}`,
        name,
        unit: '× read, parse, write',
        value: median(list.map(({ taken, plain }) => taken.wall / plain.wall)),
        detail: `${speed(bytes, wall)}, ${cpu.toFixed(2)} × CPU`,
      },
      {
        id: `run/${corpus}/${id}/memory`,
        name: `${name}: memory at most`,
        unit: 'MiB',
        value: Math.max(...list.map(({ taken }) => taken.memory)),
      },
    ];
  });
}

function measure(): Measured[] {
  const { id: corpus, lines } = hospitalExport();
  const text = Buffer.from(copies(lines));
  return withFolder((folder) => {
    const file = join(folder, 'all.ndjson');
    const zipped = join(folder, 'zipped.ndjson.gz');
    writeFileSync(file, text);
    writeFileSync(zipped, gzipSync(text, { level: 1 }));
    const convert = (from: string, ...more: readonly string[]): readonly string[] => [
      ...[MAIN, 'convert', from, '--out', join(folder, 'out'), '--force', '--quiet'],
      ...more,
    ];
    const runs: Run[] = [
      { id: 'convert', name: 'clinik-fhir convert', args: convert(file) },
      { id: 'gzip', name: 'clinik-fhir convert of a gzip', args: convert(zipped) },
      { id: 'validate', name: 'clinik-fhir validate', args: [MAIN, 'validate', file, '--quiet'] },
    ];
    const threads = [1, 2].map((number) => ({
      id: `threads-${number}`,
      name: `clinik-fhir convert --threads ${number}`,
      args: convert(file, '--threads', String(number)),
    }));
    const isThere = hasThreads();
    const yardstick = ['-e', YARDSTICK, file, join(folder, 'yardstick.ndjson')];
    const notRun = 'there is no option --threads';
    return [
      ...measured([...runs, ...(isThere ? threads : [])], yardstick, folder, corpus, text.length),
      ...(isThere ? [] : threads.map(({ id, name }) => ({ id: `run/${corpus}/${id}`, name, notRun }))),
    ];
  });
}

export const run: Part = {
  name: 'run',
  title: `A whole run on ${MEGABYTES} MB of NDJSON, start to exit, wall time`,
  measure,
};
