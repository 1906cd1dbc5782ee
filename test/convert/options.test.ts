import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convertRecord } from '../../src/convert/convertRecord.js';
import { rejectedBytes } from '../../src/convert/rejectedBytes.js';
import { convert, convertRecords } from '../../src/node.js';
import { recordsOf } from '../../src/read/recordsOfValue.js';
import { contents, fill, objects, temporaryFolder } from '../support/folder.js';
import { bundle, encounter, encounterPayload, labPayload, patient, taskPayload } from '../support/samples.js';
import { booking, rejections } from './runs.js';

const lossy = { ...encounter, id: 'e2', language: 'fr' };
const erroneous = { ...encounter, id: 'e3', status: 'entered-in-error' };

describe('a run', () => {
  it('says of each record where it went', async () => {
    const { out, folder } = await booking({ 'a.ndjson': [patient, encounter, lossy, erroneous] });
    const file = join(folder, 'a.ndjson');
    expect(objects(out, 'sources.ndjson')).toStrictEqual([
      { source: { file, line: 1, resourceType: 'Patient', id: 'p1' }, skipped: 'other-type' },
      {
        source: { file, line: 2, resourceType: 'Encounter', id: 'e1' },
        output: { file: 'encounters.ndjson', line: 1 },
        wave: 0,
      },
      {
        source: { file, line: 3, resourceType: 'Encounter', id: 'e2' },
        output: { file: 'encounters.ndjson', line: 2 },
        wave: 0,
      },
    ]);
    expect(objects(out, 'retractions.ndjson')).toStrictEqual([
      { source: { file, line: 4, resourceType: 'Encounter', id: 'e3' }, path: 'encounters' },
    ]);
    expect(rejections(out)).toStrictEqual(['4 status-entered-in-error rejected/Encounter.ndjson']);
  });

  it('that is dry writes all the reports and no record', async () => {
    const out = join(temporaryFolder(), 'out');
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, lossy, erroneous] });
    const wet = join(temporaryFolder(), 'out');
    await convert({ inputs: [folder], out: wet, raw: true });
    const summary = await convert({ inputs: [folder], out, dryRun: true, raw: true, residue: true });
    const reports = ['losses.ndjson', 'rejects.ndjson', 'retractions.ndjson', 'sources.ndjson'];
    expect(readdirSync(out).sort()).toStrictEqual(['clinik-fhir.run.json', ...reports, 'summary.json']);
    expect(summary.dryRun).toBe(true);
    for (const file of reports) expect([file, contents(out)[file]]).toStrictEqual([file, contents(wet)[file]]);
  });

  it('that is strict refuses what would be lost, but for what is allowed, and all below it', async () => {
    const files = {
      'a.ndjson': [encounter, lossy, { ...encounter, id: 'e4', length: { value: 90, comparator: '>' } }],
    };
    const strict = await booking(files, { strict: true });
    expect(rejections(strict.out)).toStrictEqual([
      '2 loss-not-allowed rejected/Encounter.ndjson',
      '3 loss-not-allowed rejected/Encounter.ndjson',
    ]);
    const allowed = await booking(files, { strict: true, allowLoss: ['Encounter.language', 'Encounter.length'] });
    expect(allowed.summary.records.rejected.total).toBe(0);
    const other = await booking(files, { strict: true, allowLoss: ['Encounter.lang'] });
    expect(other.summary.records.rejected.total).toBe(2);
    for (const allowLoss of [['language'], ['Patient.name'], ['Encounter'], ['Encounter.participant[0].period']])
      await expect(convert({ inputs: ['x'], out: 'out', strict: true, allowLoss })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError' }),
      );
  });

  it('writes residues on request', async () => {
    const { out } = await booking({ 'a.ndjson': [lossy] }, { residue: true });
    const [line] = objects(out, 'residues.ndjson');
    expect(line?.output).toStrictEqual({ file: 'encounters.ndjson', line: 1 });
    expect(JSON.stringify(line?.residue)).toContain('"/language"');
    expect(existsSync(join((await booking({ 'a.ndjson': [lossy] })).out, 'residues.ndjson'))).toBe(false);
  });

  it('with raw leaves nothing behind: what was refused or lost content goes whole, but never what was entered in error', async () => {
    const other = { ...lossy, id: 'e5' };
    const unsupported = { ...encounter, id: 'e6', status: 'unknown' };
    const broken = JSON.stringify({ ...encounter, id: 'e4' }).replace('"status"', '"status":"planned","status"');
    const lines = [encounter, lossy, unsupported, erroneous].map((record) => JSON.stringify(record));
    const nested = JSON.stringify(bundle([{ resource: other }]), null, 2);
    const { out, summary } = await booking(
      { 'a.ndjson': [...lines, broken, '{'].join('\n'), 'b.json': nested, 'encounters.ndjson': [{ x: 1 }] },
      { raw: true },
    );
    expect(readdirSync(join(out, 'fhir'))).toStrictEqual(['Encounter.ndjson']);
    const [, second, third] = lines;
    expect(
      readFileSync(join(out, 'fhir', 'Encounter.ndjson'), 'utf8')
        .split('\n')
        .slice(0, 2)
        .join('\n'),
    ).toBe(`${second}\n${third}`);
    expect(objects(join(out, 'fhir'), 'Encounter.ndjson')[2]).toStrictEqual(other);
    expect(
      [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')].flatMap(({ raw }) => raw ?? []),
    ).toStrictEqual([1, 3, 2].map((line) => ({ file: 'fhir/Encounter.ndjson', line })));
    expect([summary.retractions, objects(out, 'retractions.ndjson')[0]?.path]).toStrictEqual([1, 'encounters']);
    // A record that is rejected and sent has its wave, too.
    expect(objects(out, 'rejects.ndjson').map(({ raw, wave }) => [raw !== undefined, wave])).toContainEqual([true, 0]);
  });

  it('goes in one direction where it is told to', async () => {
    const files = { 'a.ndjson': [encounter], 'encounters.ndjson': [encounterPayload] };
    const there = await booking(files, { to: 'payload' });
    expect(objects(there.out, 'encounters.ndjson')).toHaveLength(1);
    expect(existsSync(join(there.out, 'Encounter.ndjson'))).toBe(false);
    expect(there.summary.records.skipped.byReason).toStrictEqual({ 'same-form': 1 });
    const back = await booking(files, { to: 'fhir' });
    expect(existsSync(join(back.out, 'encounters.ndjson'))).toBe(false);
    expect(objects(back.out, 'Encounter.ndjson')).toHaveLength(1);
  });

  it('takes what payloads are of from the file, else from the caller', async () => {
    const { out, summary } = await booking(
      { 'page.ndjson': [taskPayload], 'labs-2024.ndjson': [labPayload] },
      { resource: 'tasks' },
    );
    expect(summary.records.converted.total).toBe(2);
    expect([objects(out, 'Task.ndjson').length, objects(out, 'DiagnosticReport.ndjson').length]).toStrictEqual([1, 1]);
  });

  it('unwraps the responses of ClinikAPI, in either shape', async () => {
    const meta = { requestId: 'r', timestamp: 't', status: 200 };
    const flat = { id: 'task_1', ...taskPayload };
    const { out, summary } = await booking({
      'tasks-single.json': { data: flat, meta },
      'tasks-list.json': { data: { data: [flat, flat], total: 2, cursor: null, hasMore: false }, meta },
      'tasks-page.ndjson': [{ data: [flat], meta: { total: 1, page: 1, pageSize: 20 } }],
      'read.json': { data: encounter, meta },
      'include.json': { data: bundle([{ resource: { ...encounter, id: 'e2' } }, { resource: patient }]), meta },
      'error.json': { error: 'Not found', code: 'not_found', requestId: 'r' },
      'none.json': { data: [], meta },
      'labs.ndjson': [{ ...labPayload, data: { x: 1 } }],
    });
    expect(objects(out, 'Task.ndjson')).toHaveLength(4);
    expect(objects(out, 'encounters.ndjson')).toHaveLength(2);
    expect(rejections(out).sort()).toStrictEqual([
      '1 payload-unknown-field rejected/labs.ndjson',
      '1 response-error rejected/Unknown.ndjson',
    ]);
    expect(summary.records.skipped.total).toBe(1);
    expect(
      objects(out, 'sources.ndjson')
        .map(({ source }) => JSON.stringify(source))
        .filter((text) => text.includes('tasks-list'))
        .map((text) => /"entry":"(\d)"/.exec(text)?.[1]),
    ).toStrictEqual(['0', '1']);
  });
});

describe('the records of files, one by one', () => {
  it('come in their order, with what became of them and their own bytes', async () => {
    const folder = fill(temporaryFolder(), {
      'a.ndjson': `${JSON.stringify(patient)}\n{"x"\n${JSON.stringify(lossy)}`,
    });
    const seen: string[] = [];
    for await (const conversion of convertRecords(folder)) {
      const bytes = conversion.kind === 'unreadable' ? '' : String(conversion.bytes());
      seen.push(`${conversion.kind} ${bytes}`);
    }
    expect(seen).toStrictEqual([
      `skipped ${JSON.stringify(patient)}`,
      'rejected {"x"',
      `converted ${JSON.stringify(lossy)}`,
    ]);
  });

  it('tell how far it is, and may be left at any time', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, encounter], 'b.ndjson': [encounter] });
    const told: string[] = [];
    const options = {
      onProgress: ({
        records,
        allRecords,
        bytesRead,
        bytes,
        filesRead,
        isEnd,
      }: {
        records: number;
        allRecords: number;
        bytesRead: number;
        bytes: number;
        filesRead: number;
        isEnd: boolean;
      }) => {
        if (isEnd) told.push(`${records} ${allRecords} ${filesRead} ${bytesRead === bytes}`);
      },
    };
    for await (const _ of convertRecords([folder], options));
    expect(told).toStrictEqual(['2 2 1 false', '1 3 2 true']);
    for await (const _ of convertRecords([folder])) break;
    const whole = async (...args: Parameters<typeof convertRecords>): Promise<void> => {
      for await (const _ of convertRecords(...args));
    };
    await expect(whole('no-such-file')).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }));
    await expect(whole(folder, { maxBody: 10 })).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});

describe('what is kept of a refused record by itself', () => {
  it('is the record, which is not tried again where nothing else was read', () => {
    const bytes = Buffer.from(
      '{"resourceType":"Encounter","status":"wrong","reasonReference":[{"reference":"Condition/c"}]}',
    );
    const [record] = recordsOf('a.ndjson', {
      value: JSON.parse(String(bytes)),
      text: String(bytes),
      line: 1,
      bytes,
      isDocument: false,
    });
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return undefined;
    };
    const conversion = record && convertRecord(record, { resolve });
    if (conversion?.kind !== 'rejected') throw new Error('It was not refused.');
    const before = asked;
    expect(before).toBeGreaterThan(0);
    expect(conversion.kept()).toBe(bytes);
    expect(asked).toBe(before);
    let finds = 0;
    const inSet = {
      resolve: () => {
        finds += 1;
        return { resourceType: 'Condition' as const, id: 'c' };
      },
      finds: () => finds,
    };
    const other = record && convertRecord(record, { resolve }, inSet);
    if (other?.kind !== 'rejected') throw new Error('It was not refused.');
    expect(other.kept()).toBe(bytes);
    expect(asked).toBeGreaterThan(before);
  });
});

describe('what is kept of a refused record of a Bundle', () => {
  const resolve = (reference: string) =>
    /c(\/_history\/2)?$/.test(reference) ? { resourceType: 'Condition' as const, id: 'c' } : undefined;
  const bundle = (others: readonly string[]) => Buffer.from(`bundle of ${others.join()}`);
  const own = () => Buffer.from('{"own":1}');
  const needs = (reference: string) => (spy?: (reference: string) => unknown) => spy?.(reference) !== undefined;
  const kept = (isRefused: Parameters<typeof rejectedBytes>[2], fullUrl?: string) => {
    const entry = { fullUrl, resource: { resourceType: 'Encounter' as const } };
    const within = fullUrl === undefined ? undefined : { bundle, entry, entryText: () => undefined };
    return String(rejectedBytes(own, resolve, isRefused, within)());
  };

  it('is the record where it is refused by itself, else a Bundle with what it refers to', () => {
    expect(kept(() => true, 'urn:uuid:e')).toBe('{"own":1}');
    const condition = '{"resourceType":"Condition","id":"c"}';
    expect(kept(needs('urn:uuid:c'), 'urn:uuid:e')).toBe(`bundle of {"fullUrl":"urn:uuid:c","resource":${condition}}`);
  });

  it('says where that is, where its Bundle is of another server', () => {
    const condition = '{"fullUrl":"http://a.org/Condition/c","resource":{"resourceType":"Condition","id":"c"}}';
    expect(kept(needs('Condition/c'), 'http://a.org/Encounter/e')).toBe(`bundle of ${condition}`);
    // A version is no part of what it is called.
    expect(kept(needs('Condition/c/_history/2'), 'http://a.org/Encounter/e')).toBe(`bundle of ${condition}`);
  });

  it('is a Bundle where the reason lies elsewhere in the set, too', () => {
    const condition = { resource: { resourceType: 'Condition', id: 'c' } };
    for (const reference of ['Condition/c', 'Condition?identifier=http://a.org|c'])
      expect(JSON.parse(kept(needs(reference)))).toStrictEqual({
        resourceType: 'Bundle',
        entry: [{ resource: { own: 1 } }, condition],
      });
  });
});
