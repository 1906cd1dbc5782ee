import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { plan } from '../../../src/convert/planUpload.js';
import type { Progress } from '../../../src/read/inputBatches.js';
import { fill, temporaryFolder, tree } from '../../support/folder.js';

const EXPORT = join('fixtures', 'ehr-export');

/** The records of the fixtures with ids of their own, many times, so that there are several chunks of lines. */
function copies(times: number): string[] {
  const once = readdirSync(EXPORT)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) => readFileSync(join(EXPORT, file), 'utf8').split('\n'))
    .filter((line) => line !== '');
  return Array.from({ length: times }, (_, copy) =>
    once.map((line) => line.replace(/("id": ?"|"reference": ?"[A-Za-z]+\/)/g, `$1${copy}-`)),
  ).flat();
}

/** Some of what makes lines differ from each other: blank ones, damage, Bundles, what has no payload, what is refused. */
const damaged = copies(14).flatMap((line, index) => {
  if (index % 97 === 3) return ['', line];
  if (index % 101 === 5) return [line.slice(0, line.length / 2)];
  if (index % 103 === 7) return [line.replace('"status"', '"state"')];
  if (index % 107 === 9) return [`{"resourceType":"Bundle","type":"collection","entry":[{"resource":${line}},{}]}`];
  if (index % 109 === 11) return [line.replace('"id":', '"id":"twice","id":')];
  if (index % 113 === 13) return [line.replace('{', '{"implicitRules":"http://example.org/r",')];
  return [line];
});

const diagnosed = (id: number) => ({
  resourceType: 'Encounter',
  id: `d${id}`,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  diagnosis: [{ condition: { reference: `Condition/c${id % 7}` } }],
});
const condition = (id: number) => ({
  resourceType: 'Condition',
  id: `c${id}`,
  code: { text: `Reason ${id}` },
  subject: { reference: 'Patient/p1' },
});

const folder = fill(temporaryFolder(), {
  'a.ndjson': `${damaged.join('\n')}\n`,
  'b.json': JSON.parse(readFileSync(join(EXPORT, 'visit-bundle.json'), 'utf8')),
  'c.ndjson.gz': gzipSync(copies(3).slice(0, 60).join('\n').replaceAll('"id":"', '"id":"z')),
  'd.json': [diagnosed(9000), 1, {}, diagnosed(9001)],
  'e.json': '{\n"resourceType":"Encounter",\n',
  'diagnosed.ndjson': Array.from({ length: 700 }, (_, id) => diagnosed(id)),
  'versions.ndjson': [diagnosed(1), diagnosed(2), { ...diagnosed(2), status: 'planned' }],
  'encounters.ndjson': [{ status: 'finished', class: 'AMB', patientId: 'p1' }, { status: 'nonsense' }],
  'z-conditions.ndjson': Array.from({ length: 7 }, (_, id) => condition(id)),
});
const map = join(
  fill(temporaryFolder(), { 'map.csv': 'reference,id\nPatient/p1,pat_1\nPatient/0-p1,pat_2\n' }),
  'map.csv',
);

const RUNS: readonly (readonly [name: string, options: Partial<ConvertRun>])[] = [
  ['no options', {}],
  ['validation, residues and waves', { validate: true, residue: true, splitWaves: true }],
  ['all that may go as it came', { rawTypes: ['all'], raw: true }],
  ['an id map', { idMap: map, rawTypes: ['Patient'] }],
  ['an id map that refuses', { idMap: map, unmapped: 'refuse' }],
  ['bodies', { format: 'bulk-import', maxBody: 20_000, strict: true, allowLoss: ['Encounter.text'] }],
  ['reports only', { dryRun: true }],
];

async function outcome(options: Partial<ConvertRun>): Promise<unknown> {
  const out = temporaryFolder();
  const report = join(temporaryFolder(), 'report.html');
  const summary = await convert({ inputs: [folder], ...options, out, report: { file: report, version: '0.0.0' } });
  return { summary, files: tree(out), report: readFileSync(report, 'utf8') };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a run whose lines are shared among threads', () => {
  it.each(RUNS)('writes the same bytes with one thread and with two: %s', async (_, options) => {
    expect(await outcome({ ...options, threads: 2 })).toStrictEqual(await outcome({ ...options, threads: 1 }));
  });

  it('writes the same bytes with four', async () => {
    expect(await outcome({ residue: true, threads: 4 })).toStrictEqual(await outcome({ residue: true, threads: 1 }));
  });

  it('uses the threads, but for what others may have to say more of', async () => {
    const given = jest.spyOn(Worker.prototype, 'postMessage');
    await outcome({ threads: 2 });
    const files = new Set(given.mock.calls.flatMap(([task]) => ('file' in task ? [task.file] : [])));
    expect([...files].map((file) => file.slice(folder.length + 1)).sort()).toStrictEqual([
      'a.ndjson',
      'b.json',
      'c.ndjson.gz',
      'd.json',
      'e.json',
      'encounters.ndjson',
      'z-conditions.ndjson',
    ]);
    given.mockClear();
    await outcome({ threads: 2, resolve: () => undefined });
    expect(given).not.toHaveBeenCalled();
  });

  it('loses no line and does none twice where threads die', async () => {
    const alone = await outcome({ threads: 1 });
    const give = Worker.prototype.postMessage;
    let given = 0;
    jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...message) {
      give.apply(this, message);
      given += 1;
      if (given % 5 === 2) void this.terminate();
    });
    expect(await outcome({ threads: 3 })).toStrictEqual(alone);
    expect(given).toBeGreaterThan(12);
  });

  it('does it all itself where every thread dies', async () => {
    const alone = await outcome({ threads: 1 });
    jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker) {
      void this.terminate();
    });
    expect(await outcome({ threads: 2 })).toStrictEqual(alone);
  });

  it('puts fixes in their places', async () => {
    const first = temporaryFolder();
    await convert({ inputs: [folder], out: first });
    for (const [file, text] of Object.entries(tree(join(first, 'rejected'))))
      writeFileSync(join(first, 'rejected', file), text.replaceAll('"implicitRules":"http://example.org/r",', ''));
    const fixed = async (threads: number) => {
      const { summary, files } = Object(await outcome({ threads, fixes: join(first, 'rejected') }));
      return { fixes: summary.fixes, files };
    };
    const alone = await fixed(1);
    expect(alone.fixes.converted).toBeGreaterThan(0);
    expect(await fixed(2)).toStrictEqual(alone);
  });

  it('plans the same', async () => {
    const planned = (threads: number) => plan({ inputs: [folder], rawTypes: ['all'], threads });
    expect(await planned(2)).toStrictEqual(await planned(1));
  });

  it('tells how far it is, record by record', async () => {
    const ends = async (threads: number) => {
      const told: Progress[] = [];
      await convert({ inputs: [folder], out: temporaryFolder(), threads, onProgress: (far) => told.push(far) });
      return told.filter(({ isEnd }) => isEnd).map(({ file, bytesRead, filesRead }) => [file, bytesRead, filesRead]);
    };
    expect(await ends(2)).toStrictEqual(await ends(1));
  });

  it('ends where it is told to, and leaves nothing', async () => {
    const out = temporaryFolder();
    const stop = new AbortController();
    const running = convert({
      inputs: [folder],
      out,
      threads: 2,
      signal: stop.signal,
      onProgress: () => stop.abort(new RangeError('enough')),
    });
    await expect(running).rejects.toThrow(/enough/);
    expect(tree(out)).toStrictEqual({});
  });
});
