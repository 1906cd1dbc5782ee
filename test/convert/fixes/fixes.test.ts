import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Summary } from '../../../src/convert/summary.js';
import { isObject } from '../../../src/lens/json.js';
import { type ConvertRun, convert, plan } from '../../../src/node.js';
import { contents, fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, encounter, encounterPayload } from '../../support/samples.js';
import { rejections } from '../runs.js';

/** A status that no record of R4 has. */
const wrong = { ...encounter, status: 'nonsense' };
/** What ClinikAPI cannot hold. */
const moreThanAPayload = { participant: [{ individual: { display: 'Dr. Adler' }, period: { start: '2024-01-01' } }] };
const of = (id: string, more: object = {}) => ({ ...encounter, id, ...more });
const task = (id: string, focus: string) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  for: { reference: 'Patient/p1' },
  focus: { reference: focus },
});

interface Begun {
  readonly folder: string;
  readonly out: string;
  /** Converts again, with what stands in `rejected/` by then. */
  again(more?: Partial<ConvertRun>): Promise<Summary>;
  /** Changes a file of `rejected/`. */
  edit(file: string, change: (text: string) => string): void;
}

/** A run that rejected some records, which are to be corrected. */
async function begun(files: { readonly [path: string]: unknown }, options: Partial<ConvertRun> = {}): Promise<Begun> {
  const folder = fill(temporaryFolder(), files);
  const out = join(temporaryFolder(), 'out');
  await convert({ inputs: [folder], out, ...options });
  const fixes = join(out, 'rejected');
  return {
    folder,
    out,
    again: async (more = {}) =>
      counted(await convert({ inputs: [folder], out, fixes, force: true, ...options, ...more }), out),
    edit(file, change) {
      const path = join(fixes, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    },
  };
}

/** Holds a run to the law: each record is in one line of sources or rejects, and in the counts. */
function counted(summary: Summary, out: string): Summary {
  const { records } = summary;
  expect(records.in.total).toBe(records.converted.total + records.rejected.total + records.skipped.total);
  const lines = [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')];
  const places = lines.map(({ source }) => (isObject(source) ? `${source.file}:${source.line}:${source.entry}` : ''));
  expect(places).toHaveLength(records.in.total);
  expect(new Set(places).size).toBe(places.length);
  return summary;
}

const mend = (text: string): string => text.replaceAll('nonsense', 'finished');

/** Where each record came from and went to: `e1 2 encounters.ndjson:1 wave 0`. */
const sources = (out: string): string[] =>
  objects(out, 'sources.ndjson').map(({ source, output, skipped, wave, fixed, toRejected }) => {
    const [from, to, now] = [source, output, fixed].map((at) => (isObject(at) ? at : {}));
    const place = skipped === undefined ? `${to?.file}:${to?.line} wave ${wave}` : `${skipped}`;
    const more = [
      now?.file === undefined ? '' : ` fixed ${now.file}:${now.line}`,
      toRejected === undefined ? '' : ' !',
    ];
    return `${from?.id} ${from?.line}${from?.entry === undefined ? '' : `#${from.entry}`} ${place}${more.join('')}`;
  });

const usage = (message: RegExp) =>
  expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) });

describe('a fixed record', () => {
  it('takes the place of the rejected one, with its source, its wave and what points at it', async () => {
    const files = { 'a.ndjson': [task('t1', 'Encounter/e1'), of('e0'), { ...wrong, id: 'e1' }] };
    const { out, again, edit } = await begun(files);
    expect(sources(out)).toStrictEqual(['t1 1 tasks.ndjson:1 wave 0 !', 'e0 2 encounters.ndjson:1 wave 0']);
    edit('Encounter.ndjson', mend);
    const { fixes, records } = await again();
    expect(fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(records.in.total).toBe(3);
    expect(sources(out)).toStrictEqual([
      't1 1 tasks.ndjson:1 wave 1',
      'e0 2 encounters.ndjson:1 wave 0',
      'e1 3 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
    expect(objects(join(out, 'fixed'), 'Encounter.ndjson')).toStrictEqual([of('e1')]);
    expect(existsSync(join(out, 'rejected'))).toBe(false);
  });

  it('is kept for the runs after it, and may be refused and corrected there', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': [of('e0'), { ...wrong, ...moreThanAPayload, id: 'e1' }, { ...wrong, ...moreThanAPayload, id: 'e2' }],
    });
    edit('Encounter.ndjson', (text) => text.replace('nonsense', 'finished'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    const before = contents(out);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(contents(out)).toStrictEqual(before);
    const strict = await again({ strict: true });
    expect(strict.fixes).toStrictEqual({ converted: 0, rejected: 2, skipped: 0 });
    expect(objects(join(out, 'rejected'), 'Encounter.ndjson').slice(-2)).toStrictEqual([
      of('e1', moreThanAPayload),
      of('e2', moreThanAPayload),
    ]);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(sources(out).slice(1)).toStrictEqual([
      'e1 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1',
      'e2 3 encounters.ndjson:3 wave 0 fixed fixed/Encounter.ndjson:2',
    ]);
  });

  it('that is still wrong is rejected again, from where the original is, and kept', async () => {
    const { out, again, edit } = await begun({ 'a.ndjson': [of('e0'), { ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', (text) => text.replace('nonsense', 'other nonsense'));
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 1, skipped: 0 });
    expect(rejections(out)).toStrictEqual(['2 status-unsupported rejected/Encounter.ndjson']);
    expect(objects(join(out, 'rejected'), 'Encounter.ndjson')).toStrictEqual([of('e1', { status: 'other nonsense' })]);
    edit('Encounter.ndjson', (text) => text.replace('other nonsense', 'finished').replace('"e1"', '"e9"'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out)[1]).toBe('e9 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
    await again();
    expect(sources(out)[1]).toBe('e9 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
  });

  it('that nobody changed is the record itself, and one that was taken out leaves it rejected', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': ['e1', 'e2', 'e3', 'e4'].map((id) => ({ ...wrong, id })),
    });
    const before = contents(out)['rejects.ndjson'];
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    expect(contents(out)['rejects.ndjson']).toBe(before);
    edit('Encounter.ndjson', (text) => mend(text.split('\n').slice(2).join('\n')));
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(rejections(out).map((one) => one[0])).toStrictEqual(['1', '2']);
    expect(sources(out).map((one) => one.slice(0, 4))).toStrictEqual(['e3 3', 'e4 4']);
  });

  it('may stand over several lines, and without an id where it stood', async () => {
    const { id: _, ...anonymous } = { ...wrong, id: '' };
    const { out, again, edit } = await begun({
      'a.ndjson': [of('e0'), anonymous],
      'b.ndjson': [{ ...wrong, id: 'e3' }],
    });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(2);
    expect(sources(out).map((one) => one.split(' wave')[0])).toStrictEqual([
      'e0 1 encounters.ndjson:1',
      'undefined 2 encounters.ndjson:2',
      'e3 1 encounters.ndjson:3',
    ]);
    const single = await begun({ 'a.ndjson': [of('e0'), anonymous] });
    single.edit('Encounter.ndjson', (text) => JSON.stringify(JSON.parse(mend(text)), null, 2));
    expect((await single.again()).fixes?.converted).toBe(1);
    expect(objects(join(single.out, 'fixed'), 'Encounter.ndjson')).toHaveLength(1);
    expect((await single.again()).fixes?.converted).toBe(1);
  });

  it('is read in its Bundle, whose other records point at it', async () => {
    const [one, other] = [
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-00000000000a',
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-00000000000b',
    ];
    const { id: _, ...anonymous } = wrong as { id?: string };
    const files = {
      'b.json': JSON.stringify(
        bundle([
          { fullUrl: other, resource: task('t1', one ?? '') },
          { fullUrl: one, resource: { ...anonymous, id: 'e1' } },
        ]),
        null,
        1,
      ),
    };
    const { out, again, edit } = await begun(files);
    const bare = await begun(files);
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(1);
    expect(sources(out)).toStrictEqual([
      't1 1#0 tasks.ndjson:1 wave 1',
      'e1 1#1 encounters.ndjson:1 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
    bare.edit('Encounter.ndjson', () => `{"resourceType":"Encounter"\n`);
    expect((await bare.again()).fixes?.rejected).toBe(1);
    expect(rejections(bare.out)).toStrictEqual(['1#1 json-malformed rejected/Unknown.ndjson']);
    expect(sources(bare.out)).toStrictEqual(['t1 1#0 tasks.ndjson:1 wave 0']);
    bare.edit('Unknown.ndjson', () => JSON.stringify(of('e1')));
    expect((await bare.again()).fixes?.converted).toBe(1);
    expect(sources(bare.out)[1]).toBe('e1 1#1 encounters.ndjson:1 wave 0 fixed fixed/Unknown.ndjson:1');
  });

  it('may be a line that was no JSON, and then hold several records', async () => {
    const { out, again, edit } = await begun({
      'a.ndjson': `${JSON.stringify(of('e0'))}\n{"resourceType":"Bundle",\n${JSON.stringify(task('t1', 'Encounter/e2'))}\n`,
    });
    expect(rejections(out)).toStrictEqual(['2 json-malformed rejected/Unknown.ndjson']);
    const whole = bundle([{ resource: { ...wrong, id: 'e1' } }, { resource: of('e2') }]);
    edit('Unknown.ndjson', () => JSON.stringify(whole));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 1, skipped: 0 });
    expect(sources(out)).toStrictEqual([
      'e0 1 encounters.ndjson:1 wave 0',
      'e2 2#1 encounters.ndjson:2 wave 0 fixed fixed/Unknown.ndjson:1',
      't1 3 tasks.ndjson:1 wave 1',
    ]);
    expect(rejections(out)).toStrictEqual(['2#0 status-unsupported rejected/Encounter.ndjson']);
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect((await again()).fixes).toStrictEqual({ converted: 2, rejected: 0, skipped: 0 });
    expect(sources(out)[1]).toBe('e1 2#0 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
  });

  it('may be a document that could not be read', async () => {
    const { out, again, edit } = await begun({
      'b.json': '{"resourceType":"Bundle",\n"type":"collection",\n"entry":[',
    });
    const [name = ''] = readdirSync(join(out, 'rejected'));
    edit(name, () => JSON.stringify(bundle([{ resource: of('e1') }]), null, 2));
    expect((await again()).fixes?.converted).toBe(1);
    await again();
    expect(sources(out)).toStrictEqual(['e1 1#0 encounters.ndjson:1 wave 0 fixed fixed/Unknown.ndjson:1']);
  });

  it('may be a payload', async () => {
    const { out, again, edit } = await begun({
      'encounters.ndjson': [encounterPayload, { ...encounterPayload, status: 'nonsense' }],
    });
    edit('encounters.ndjson', mend);
    expect((await again()).fixes?.converted).toBe(1);
    expect(objects(out, 'Encounter.ndjson')).toHaveLength(2);
    expect(objects(join(out, 'fixed'), 'encounters.ndjson')).toHaveLength(1);
  });

  it('keeps the server that its entry tells', async () => {
    const away = (id: string, resource: object) => ({
      fullUrl: `https://${id}.example.org/fhir/Encounter/e1`,
      resource,
    });
    const files = { 'b.json': bundle([away('a', of('e1')), away('b', { ...wrong, id: 'e1' })]) };
    const { out, again, edit } = await begun(files);
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    edit('Encounter.ndjson', mend);
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out).map((one) => one.slice(0, 8))).toStrictEqual(['e1 1#0 e', 'e1 1#1 e']);
  });

  it('counts before the other versions of its record', async () => {
    const versions = [of('e1', { length: { value: 1, unit: 'min' } }), of('e1', { length: { value: 2, unit: 'min' } })];
    const { out, again, edit } = await begun({ 'a.ndjson': versions });
    expect(rejections(out)).toHaveLength(2);
    expect((await again()).records.rejected.total).toBe(2);
    edit('Encounter.ndjson', (text) => text.replace('"value":2', '"value":3'));
    expect((await again()).fixes).toStrictEqual({ converted: 1, rejected: 0, skipped: 0 });
    expect(sources(out)).toStrictEqual([
      'e1 1 older-version',
      'e1 2 encounters.ndjson:1 wave 0 fixed fixed/Encounter.ndjson:1',
    ]);
  });

  it('is the version that was left where the others were taken out', async () => {
    const versions = [1, 2, 3].map((value) => of('e1', { length: { value, unit: 'min' } }));
    const { out, again, edit } = await begun({ 'a.ndjson': versions });
    edit('Encounter.ndjson', (text) => `\n${text.split('\n')[1]}\n\n`);
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    expect(sources(out)).toStrictEqual(['e1 1 older-version', 'e1 2 encounters.ndjson:1 wave 0', 'e1 3 older-version']);
  });
});

describe('a folder of fixes', () => {
  it('without the run that kept them is read by the names of its records', async () => {
    const { folder, out, edit } = await begun({ 'a.ndjson': [of('e0'), { ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', mend);
    const fixes = join(temporaryFolder(), 'mine');
    cpSync(join(out, 'rejected'), fixes, { recursive: true });
    const other = join(temporaryFolder(), 'out');
    const summary = counted(await convert({ inputs: [folder], out: other, fixes }), other);
    expect(summary.fixes?.converted).toBe(1);
    expect(sources(other)[1]).toBe('e1 2 encounters.ndjson:2 wave 0 fixed fixed/Encounter.ndjson:1');
    expect((await plan({ inputs: [folder], fixes })).fixes?.converted).toBe(1);
    fill(fixes, { 'none.ndjson': [of('e5')], 'several.ndjson': [encounterPayload] });
    await expect(convert({ inputs: [folder], out: other, fixes, force: true })).rejects.toThrow(
      usage(/none\.ndjson:1: no record of the input.*\n.*several\.ndjson:1: no record/),
    );
  });

  it('is no input where it lies in one', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [{ ...wrong, id: 'e1' }], 'mine/x.ndjson': [of('e1')] });
    const out = join(temporaryFolder(), 'out');
    const { records } = await convert({ inputs: [folder], out, fixes: join(folder, 'mine') });
    expect([records.in.total, records.converted.total]).toStrictEqual([1, 1]);
  });

  it('is refused, and nothing is written, where a fix leads to no record, or to several', async () => {
    const { id: _, ...anonymous } = { ...wrong, id: '' };
    const files = {
      'a.ndjson': [
        { ...wrong, id: 'e1' },
        anonymous,
        { ...anonymous, language: 'de' },
        of('e2'),
        of('e2', { language: 'fr' }),
      ],
    };
    const faults: [change: (lines: string[]) => string[], message: RegExp][] = [
      [(lines) => [...lines, JSON.stringify(of('e7'))], /Encounter\.ndjson:6: no record of the input/],
      [(lines) => lines.slice(0, 2), /Encounter\.ndjson:2: which record of the input/],
      [(lines) => [...lines, JSON.stringify(of('e1'))], /Encounter\.ndjson:6: which record/],
      [
        (lines) => [
          JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: of('e1') }, { resource: of('e4') }] }),
          ...lines.slice(1),
        ],
        /Encounter\.ndjson:1: it holds several records/,
      ],
      [
        (lines) => [JSON.stringify({ resourceType: 'Bundle', entry: [] }), ...lines.slice(1)],
        /Encounter\.ndjson:1: it holds no record/,
      ],
    ];
    for (const [change, message] of faults) {
      const { out, again, edit } = await begun(files);
      edit('Encounter.ndjson', (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`);
      const before = contents(out);
      await expect(again()).rejects.toThrow(usage(message));
      expect(contents(out)).toStrictEqual(before);
    }
  });

  it('is refused where the input is another one', async () => {
    const { folder, again, edit } = await begun({ 'a.ndjson': [{ ...wrong, id: 'e1' }, of('e2')] });
    edit('Encounter.ndjson', mend);
    fill(folder, { 'a.ndjson': [of('e2'), { ...wrong, id: 'e1' }] });
    await expect(again()).rejects.toThrow(usage(/Encounter\.ndjson:1: no record of the input/));
    rmSync(join(folder, 'a.ndjson'));
    fill(folder, { 'b.ndjson': [of('e2')] });
    await expect(again()).rejects.toThrow(usage(/Encounter\.ndjson:1: no record of the input/));
  });

  it('is not replaced by a dry run, which would keep nothing of it', async () => {
    const { out, again, edit } = await begun({ 'a.ndjson': [{ ...wrong, id: 'e1' }] });
    edit('Encounter.ndjson', mend);
    const before = contents(out);
    await expect(again({ dryRun: true })).rejects.toThrow(usage(/--dry-run would replace them/));
    expect(contents(out)).toStrictEqual(before);
    const dry = join(temporaryFolder(), 'dry');
    expect((await again({ out: dry, dryRun: true, fixes: join(out, 'rejected') })).fixes?.converted).toBe(1);
  });

  it('has to be there, and to hold something', async () => {
    const { out, again } = await begun({ 'a.ndjson': [of('e1')] });
    expect((await again()).fixes).toStrictEqual({ converted: 0, rejected: 0, skipped: 0 });
    await expect(again({ fixes: join(out, 'nowhere') })).rejects.toThrow(usage(/nowhere/));
    await expect(again({ fixes: temporaryFolder() })).rejects.toThrow(usage(/there is no fix in it/));
  });
});
