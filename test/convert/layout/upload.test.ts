import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject } from '../../../src/lens/json.js';
import { type ConvertRun, convert, plan } from '../../../src/node.js';
import { ensure } from '../../support/ensure.js';
import { contents, fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, encounter, encounterPayload, taskPayload } from '../../support/samples.js';
import { booked } from '../books.js';
import { booking, rejections } from '../runs.js';
import { payloadsBySource } from './placed.js';

const task = (id: string, ...partOf: string[]) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  for: { reference: 'Patient/p1' },
  ...(partOf.length === 0 ? {} : { partOf: partOf.map((target) => ({ reference: `Task/${target}` })) }),
});

const chain = (length: number) =>
  Array.from({ length }, (_, index) => task(`t${index}`, ...(index === 0 ? [] : [`t${index - 1}`])));

/** Children before their parents, of two types. */
const family = {
  'a.ndjson': [
    { ...encounter, id: 'child', partOf: { reference: 'Encounter/parent' } },
    task('second', 'first'),
    { ...encounter, id: 'parent' },
    task('first'),
    task('third', 'second'),
  ],
};

describe('the waves of a run', () => {
  it('are those in which the records can be sent, in the order of the input', async () => {
    const { out, summary } = await booking(family);
    expect(objects(out, 'sources.ndjson').map(({ output, wave }) => ({ output, wave }))).toStrictEqual([
      { output: { file: 'encounters.ndjson', line: 1 }, wave: 1 },
      { output: { file: 'tasks.ndjson', line: 1 }, wave: 1 },
      { output: { file: 'encounters.ndjson', line: 2 }, wave: 0 },
      { output: { file: 'tasks.ndjson', line: 2 }, wave: 0 },
      { output: { file: 'tasks.ndjson', line: 3 }, wave: 2 },
    ]);
    expect(summary.waves).toStrictEqual([
      { wave: 0, records: { total: 2, byPath: { encounters: 1, tasks: 1 } } },
      { wave: 1, records: { total: 2, byPath: { encounters: 1, tasks: 1 } } },
      { wave: 2, records: { total: 1, byPath: { tasks: 1 } } },
    ]);
    expect(summary.references.inSet).toBe(3);
  });

  it('are of payloads only', async () => {
    const { out, summary } = await booking({ 'encounters.ndjson': [encounterPayload], 'tasks.ndjson': [taskPayload] });
    expect(summary.waves).toStrictEqual([]);
    expect(objects(out, 'sources.ndjson').every((line) => !('wave' in line))).toBe(true);
  });

  it('name what was cut where records point at each other', async () => {
    const { out, summary } = await booking({ 'a.ndjson': [task('a', 'b'), task('b', 'a'), task('c')] });
    expect(summary.cycles.groups).toBe(1);
    expect(summary.cycles.records).toBe(2);
    const cut = booked(out).flatMap((line) => line.cut ?? []);
    expect(new Set(cut)).toStrictEqual(new Set(['Task.partOf']));
    expect(summary.cycles.cut['Task.partOf']).toBe(cut.length);
  });

  it('are found inside a Bundle, whose references are no names of types and ids', async () => {
    const urn = (digit: number) => `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e${digit}`;
    const { id: _, ...unnamed } = encounter;
    const { out } = await booking({
      'bundle.json': bundle([
        { fullUrl: urn(1), resource: { ...unnamed, partOf: { reference: urn(2) } } },
        { fullUrl: urn(2), resource: { ...encounter, id: 'e2' } },
      ]),
    });
    expect(booked(out).map(({ wave }) => wave)).toStrictEqual([1, 0]);
  });

  it('count the references to records that were rejected', async () => {
    const { summary } = await booking({
      'a.ndjson': [
        { ...encounter, id: 'bad', status: 'entered-in-error' },
        { ...encounter, partOf: { reference: 'Encounter/bad' } },
      ],
    });
    expect(summary.references.rejected).toStrictEqual({ total: 1, byType: { Encounter: 1 } });
  });

  it('are listed up to 1,000, and counted', async () => {
    const { summary } = await booking({ 'a.ndjson': chain(1003) });
    expect(summary.waves).toHaveLength(1000);
    expect(summary.moreWaves).toBe(3);
  });
});

describe('the layout of what is sent', () => {
  const layouts: Partial<ConvertRun>[] = [
    { splitWaves: true },
    { format: 'bulk-import' },
    { format: 'bulk-import', maxBody: 4000 },
  ];

  it('changes where payloads stand, and nothing else', async () => {
    const corpus = join('..', 'shared', 'corpus', 'clinosim-us-100');
    for (const input of ['fixtures', join('fixtures', 'ehr-export'), ...(existsSync(corpus) ? [corpus] : [])]) {
      const plain = join(temporaryFolder(), 'out');
      await convert({ inputs: [input], out: plain, residue: true });
      const expected = payloadsBySource(plain);
      expect(expected.size).toBeGreaterThan(5);
      for (const layout of layouts) {
        const out = join(temporaryFolder(), 'out');
        await convert({ inputs: [input], out, residue: true, ...layout });
        const rejected = new Set(objects(out, 'rejects.ndjson').map(({ source }) => JSON.stringify(source)));
        const fitting = new Map([...expected].filter(([source]) => !rejected.has(source)));
        expect(payloadsBySource(out)).toStrictEqual(fitting);
      }
    }
  });

  it('is the same in residues as in sources', async () => {
    for (const layout of layouts) {
      const { out } = await booking(family, { residue: true, ...layout });
      const outputs = (file: string) => objects(out, file).map(({ source, output }) => ({ source, output }));
      expect(outputs('residues.ndjson')).toStrictEqual(outputs('sources.ndjson'));
    }
  });

  it('is told by a dry run as it would be', async () => {
    const inputs = [fill(temporaryFolder(), family)];
    for (const layout of layouts) {
      const [dry, wet] = [join(temporaryFolder(), 'dry'), join(temporaryFolder(), 'wet')];
      const told = await convert({ inputs, out: dry, dryRun: true, ...layout });
      const { dryRun: _, files, ...done } = await convert({ inputs, out: wet, ...layout });
      expect(contents(dry)['sources.ndjson']).toBe(contents(wet)['sources.ndjson']);
      const reports = ['clinik-fhir.run.json', 'losses.ndjson', 'sources.ndjson', 'summary.json'];
      expect(readdirSync(dry).sort()).toStrictEqual(reports);
      expect({ ...told, dryRun: undefined, files }).toStrictEqual({ ...done, dryRun: undefined, files });
    }
  });

  it('may have more folders and bodies than a process may open files', async () => {
    const files = { 'a.ndjson': [...chain(400), ...chain(400).map((one) => ({ ...one, id: `x${one.id}` }))] };
    const split = await booking(files, { splitWaves: true });
    expect(readdirSync(split.out).filter((name) => name.startsWith('wave-'))).toHaveLength(400);
    const bulk = await booking(files, { format: 'bulk-import' });
    expect(bulk.summary.bulkImport?.operations).toBe(400);
    expect(bulk.summary.bulkImport).toStrictEqual({
      operations: 400,
      hours: 80,
      maxBody: 104_857_600,
      bodies: { tasks: 400 },
    });
  });

  it('has bodies of as many bytes as ClinikAPI takes, where nobody asks for less', async () => {
    const long = { ...encounter, type: [{ text: 'é'.repeat(190) }], serviceProvider: { display: '"'.repeat(200) } };
    const files = { 'a.ndjson': Array.from({ length: 1500 }, (_, index) => ({ ...long, id: `e${index}` })) };
    const all = await booking(files, { format: 'bulk-import' });
    const [body = ''] = readdirSync(join(all.out, 'bulk-import'));
    expect(all.summary.bulkImport).toMatchObject({ operations: 1, maxBody: 104_857_600 });
    ensure(statSync(join(all.out, 'bulk-import', body)).size > 1_000_000, 'more than the SDK sends');
    const forSdk = await booking(files, { format: 'bulk-import', maxBody: 1_000_000 });
    expect(forSdk.summary.bulkImport?.operations).toBe(2);
  });

  it('has the wave of its records in the name of a body', async () => {
    const { out } = await booking(
      { 'a.ndjson': [{ ...encounter, id: 'e2', partOf: { reference: 'Encounter/e1' } }, encounter] },
      {
        format: 'bulk-import',
      },
    );
    expect(objects(out, 'sources.ndjson').map(({ output }) => isObject(output) && output.file)).toStrictEqual([
      'bulk-import/0002-wave-1-encounters.json',
      'bulk-import/0001-wave-0-encounters.json',
    ]);
  });

  it('has bodies of payloads only, beside FHIR of payloads', async () => {
    const { out, summary } = await booking(
      { 'a.ndjson': [encounter], 'tasks.ndjson': [taskPayload] },
      { format: 'bulk-import' },
    );
    expect(summary.files.written.map(({ file }) => file)).toStrictEqual([
      'Task.ndjson',
      'bulk-import/0001-wave-0-encounters.json',
      'losses.ndjson',
      'sources.ndjson',
    ]);
    expect(objects(out, 'Task.ndjson')).toHaveLength(1);
  });

  it('refuses a payload that no body can hold, with the reason, and keeps it', async () => {
    const long = {
      ...encounter,
      id: 'e2',
      type: [{ text: 'é'.repeat(190) }],
      serviceProvider: { display: '"'.repeat(200) },
    };
    const files = { 'a.ndjson': [encounter, long] };
    const { out, summary } = await booking(files, { format: 'bulk-import', maxBody: 1000 });
    expect(rejections(out)).toStrictEqual(['2 record-too-large rejected/Encounter.ndjson']);
    expect(summary.rejects[0]?.diagnostics ?? '').toMatch(/1,000 bytes.*POST \/v1\/encounters/);
    expect(summary.bulkImport?.operations).toBe(1);
    expect(rejections((await booking(files, { format: 'bulk-import', maxBody: 2000 })).out)).toStrictEqual([]);
  });

  it('is replaced by that of another run, with force', async () => {
    const inputs = [fill(temporaryFolder(), family)];
    const out = join(temporaryFolder(), 'out');
    const reports = ['losses.ndjson', 'sources.ndjson', 'summary.json'];
    const manifest = 'clinik-fhir.run.json';
    const names = () => readdirSync(out).sort();
    await convert({ inputs, out, splitWaves: true });
    expect(names()).toStrictEqual([manifest, ...reports, 'wave-0', 'wave-1', 'wave-2']);
    await expect(convert({ inputs, out })).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/--force/) }),
    );
    fill(out, { 'wave-1/notes.txt': 'mine' });
    await convert({ inputs, out, format: 'bulk-import', force: true });
    expect(names()).toStrictEqual(['bulk-import', manifest, ...reports, 'wave-1']);
    expect(readdirSync(join(out, 'wave-1'))).toStrictEqual(['notes.txt']);
    await convert({ inputs, out, force: true });
    expect(names()).toStrictEqual([manifest, 'encounters.ndjson', ...reports, 'tasks.ndjson', 'wave-1']);
  });

  it('is read again as payloads, but for bodies', async () => {
    const inputs = [fill(temporaryFolder(), family)];
    const [split, bulk] = [join(temporaryFolder(), 'out'), join(temporaryFolder(), 'out')];
    await convert({ inputs, out: split, splitWaves: true });
    await convert({ inputs, out: bulk, format: 'bulk-import' });
    const back = async (out: string) => convert({ inputs: [out], out: join(temporaryFolder(), 'out') });
    expect((await back(split)).records.converted).toStrictEqual({ total: 5, byType: { Task: 3, Encounter: 2 } });
    await expect(back(bulk)).rejects.toThrow(/there is no file to convert/);
  });

  it('leaves nothing behind where the run is ended while it is made', async () => {
    const folder = fill(temporaryFolder(), family);
    for (const layout of layouts) {
      const ending = new AbortController();
      const out = join(temporaryFolder(), 'out');
      const run = convert({
        inputs: [folder],
        out,
        ...layout,
        signal: ending.signal,
        // Everything is converted then.
        onProgress: ({ isEnd }) => {
          if (isEnd) ending.abort(new Error('enough'));
        },
      });
      await expect(run).rejects.toThrow(/enough/);
      expect(readdirSync(out)).toStrictEqual([]);
    }
  });

  it('cannot be asked for in ways that contradict each other', async () => {
    const wrong = [
      { splitWaves: true, format: 'bulk-import' },
      { maxBody: 5000 },
      ...[999, 1e9, 2000.5, Number.NaN].map((maxBody) => ({ format: 'bulk-import', maxBody }) as const),
    ] as const;
    for (const options of wrong) {
      const out = join(temporaryFolder(), 'out');
      await expect(convert({ inputs: ['fixtures'], out, ...options })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError' }),
      );
      await expect(plan({ inputs: ['fixtures'], ...options })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError' }),
      );
      expect(existsSync(out)).toBe(false);
    }
  });
});

describe('a plan', () => {
  it('says what the run then does, and writes nothing', async () => {
    const folder = fill(temporaryFolder(), family);
    for (const options of [{}, { splitWaves: true }, { format: 'bulk-import', maxBody: 1000 }] as const) {
      const planned = await plan({ inputs: [folder], ...options });
      expect(readdirSync(folder)).toStrictEqual(['a.ndjson']);
      const out = join(temporaryFolder(), 'out');
      const { dryRun: _, files, ...done } = await convert({ inputs: [folder], out, ...options });
      const { written: __, ...read } = files;
      expect(planned).toStrictEqual({ ...done, files: read });
    }
  });

  it('does not read the folder that the run would write to', async () => {
    const folder = fill(temporaryFolder(), { ...family, 'out/b.ndjson': [encounter] });
    expect((await plan({ inputs: [folder], out: join(folder, 'out') })).records.in.total).toBe(5);
    expect((await plan({ inputs: [folder] })).records.in.total).toBe(6);
  });
});
