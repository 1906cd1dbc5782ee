import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Cost, cost, MAIN, withFolder } from '../child.js';
import { endsOf, hospitalExport } from '../corpora.js';
import { speed } from '../paired.js';
import { type Measured, median, type Part } from '../row.js';

const ROUNDS = 5;
const MEGABYTES = 40;

/** Without the option there are as many as processors, so that other machines have other figures. */
const THREADS = ['1', '2'];

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
  /** The code that it ends with. */
  readonly ends: number;
}

/** Runs each in turn, beside the yardstick, some times. */
function measured(runs: readonly Run[], yardstick: readonly string[], folder: string, corpus: string, bytes: number) {
  const costs = new Map(runs.map((run): [Run, { taken: Cost; plain: Cost }[]] => [run, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = cost(yardstick, folder, 0);
    for (const [run, list] of costs) list.push({ taken: cost(run.args, folder, run.ends), plain });
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
    const ends = endsOf(lines);
    const convert = (id: string, name: string, from: string, ...more: readonly string[]): Run => {
      const args = [MAIN, 'convert', from, '--out', join(folder, 'out'), '--force', '--quiet', ...more];
      return { id, name: `clinik-fhir convert${name}`, args, ends: ends.convert };
    };
    const validate = (id: string, name: string, ...more: readonly string[]): Run => {
      const args = [MAIN, 'validate', file, '--quiet', ...more];
      return { id, name: `clinik-fhir validate${name}`, args, ends: ends.validate };
    };
    const runs = [
      convert('convert', '', file),
      convert('gzip', ' of a gzip', zipped),
      validate('validate', ''),
      ...THREADS.map((n) => convert(`threads-${n}`, ` --threads ${n}`, file, '--threads', n)),
      ...THREADS.map((n) => validate(`validate-threads-${n}`, ` --threads ${n}`, '--threads', n)),
    ];
    const yardstick = ['-e', YARDSTICK, file, join(folder, 'yardstick.ndjson')];
    return measured(runs, yardstick, folder, corpus, text.length);
  });
}

export const run: Part = {
  name: 'run',
  title: `A whole run on ${MEGABYTES} MB of NDJSON, start to exit, wall time`,
  here: () => [hospitalExport().id],
  measure,
};
