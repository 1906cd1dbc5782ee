import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { convertRecords } from '../../../src/convert/conversionStream.js';
import type { ConvertRun } from '../../../src/convert/convertToFiles.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, condition, encounter, patient } from '../../support/samples.js';
import { booking, rejections } from '../runs.js';

const HOME = 'https://ehr.example.org/fhir';
const ELSEWHERE = 'https://elsewhere.example.org/fhir';

/** A version of the encounter, told apart by its status. */
const version = (status: string, lastUpdated?: string, more: object = {}) => ({
  ...encounter,
  ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }),
  status,
  ...more,
});
const at = (resource: { resourceType: string; id: string }, base = HOME) => ({
  fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
  resource,
});
const gone = (id = 'e1', type = 'Encounter') => ({ request: { method: 'DELETE', url: `${type}/${id}` } });
const history = (...entries: object[]) => bundle(entries, 'history');

const MONDAY = '2026-01-05T10:00:00Z';
const TUESDAY = '2026-01-06T10:00:00Z';

/** What became of files: the statuses that were converted, and of each other record why it was not. */
async function fates(files: { readonly [path: string]: unknown }, options: Partial<ConvertRun> = {}) {
  const { out } = await booking(files, options);
  const others = objects(out, 'sources.ndjson').flatMap(({ skipped }) => skipped ?? []);
  const rejected = rejections(out).map((line) => line.split(' ')[1]);
  return [objects(out, 'encounters.ndjson').map(({ status }) => status), ...others, ...rejected];
}

describe('of several versions of a record', () => {
  it.each<[string, { readonly [path: string]: unknown }]>([
    ['in two files', { 'a.ndjson': [version('planned', MONDAY)], 'b.ndjson': [version('finished', TUESDAY)] }],
    ['in one file, the newest first', { 'a.ndjson': [version('finished', TUESDAY), version('planned', MONDAY)] }],
    [
      'in gzip and a document',
      { 'a.ndjson.gz': gzipSync(JSON.stringify(version('planned', MONDAY))), 'b.json': version('finished', TUESDAY) },
    ],
    [
      'in another time zone',
      { 'a.ndjson': [version('planned', '2026-01-06T10:30:00+01:00'), version('finished', TUESDAY)] },
    ],
    [
      'within a microsecond',
      {
        'a.ndjson': [
          version('planned', '2026-01-06T10:00:00.1234567Z'),
          version('finished', '2026-01-06T10:00:00.1234568Z'),
        ],
      },
    ],
    [
      'in a list and an envelope',
      { 'a.json': [version('planned', MONDAY)], 'b.json': { data: version('finished', TUESDAY) } },
    ],
    [
      'in a searchset and a line',
      { 'a.json': bundle([{ resource: version('finished', TUESDAY) }]), 'b.ndjson': [version('planned', MONDAY)] },
    ],
    [
      'in a history without times',
      { 'a.json': history({ resource: version('finished') }, { resource: version('planned') }) },
    ],
    [
      'in a history that is out of order',
      { 'a.json': history({ resource: version('planned', MONDAY) }, { resource: version('finished', TUESDAY) }) },
    ],
    [
      'in a history whose answers tell the time',
      {
        'a.ndjson': [version('planned', MONDAY)],
        'b.json': history({ resource: version('finished'), response: { lastModified: TUESDAY } }),
      },
    ],
  ])('the newest is converted: %s', async (_, files) => {
    expect(await fates(files)).toStrictEqual([['finished'], 'older-version']);
  });

  it('the newest is the one of all pages of a history', async () => {
    const pages = [
      history({ resource: version('finished', TUESDAY) }),
      history({ resource: version('arrived', MONDAY) }, { resource: version('planned', '2026-01-04T10:00:00Z') }),
    ];
    expect(await fates({ 'a.ndjson': pages })).toStrictEqual([['finished'], 'older-version', 'older-version']);
  });

  it('copies are one, whatever the order of their keys, their white space, and what their server keeps of them', async () => {
    const { status, ...rest } = encounter;
    const other = JSON.stringify({ ...rest, meta: { versionId: '3', source: '#x' }, status }, null, 2);
    const files = { 'a.ndjson': [encounter], 'b.json': other, 'c.json': bundle([{ resource: encounter }]) };
    expect(await fates(files)).toStrictEqual([['finished'], 'copy', 'copy']);
    const { out } = await booking(files);
    expect(objects(out, 'sources.ndjson')[0]?.skipped).toBeUndefined();
  });

  it.each<[string, readonly object[]]>([
    ['both are silent', [version('planned'), version('finished')]],
    ['one is silent', [version('planned', MONDAY), version('finished')]],
    ['both are of the same time', [version('planned', MONDAY), version('finished', MONDAY)]],
    ['a time is no instant', [version('planned', '2026-01-05'), version('finished', '2026-01-06')]],
    [
      'they are of two histories',
      [history({ resource: version('planned') }), history({ resource: version('finished') })],
    ],
    ['one may be its deletion', [version('planned', MONDAY), bundle([gone()], 'transaction')]],
  ])('none is converted where %s', async (_, records) => {
    expect(await fates({ 'a.ndjson': records })).toStrictEqual([[], 'version-unclear', 'version-unclear']);
  });

  it('what is older than two that cannot be told apart is not taken either, and copies of them are one', async () => {
    const all = [version('arrived', MONDAY), version('planned', TUESDAY), version('finished', TUESDAY)];
    expect(await fates({ 'a.ndjson': [...all, all[1]] })).toStrictEqual([
      [],
      'copy',
      ...new Array(3).fill('version-unclear'),
    ]);
  });

  it.each<[string, object, string]>([
    [
      'refused',
      { extension: [{ url: 'urn:x' }], modifierExtension: [{ url: 'urn:x', valueBoolean: true }] },
      'modifier-extension',
    ],
    ['of a status that ClinikAPI does not have', { status: 'unknown' }, 'status-unsupported'],
    ['entered in error', { status: 'entered-in-error' }, 'status-entered-in-error'],
  ])('no older one takes the place of a newest that is %s', async (_, more, id) => {
    const files = { 'a.ndjson': [version('planned', MONDAY)], 'b.ndjson': [version('finished', TUESDAY, more)] };
    expect(await fates(files)).toStrictEqual([[], 'older-version', id]);
  });

  it('one that was entered in error and corrected is no retraction', async () => {
    const { out } = await booking({
      'a.ndjson': [version('entered-in-error', MONDAY), version('finished', TUESDAY)],
    });
    expect(objects(out, 'encounters.ndjson')).toHaveLength(1);
    expect(objects(out, 'retractions.ndjson')).toStrictEqual([]);
  });

  it('one with a key twice is no copy of one without', async () => {
    const line = JSON.stringify(encounter);
    const twice = line.replace('"status"', '"status":"planned","status"');
    expect(await fates({ 'a.ndjson': `${line}\n${twice}` })).toStrictEqual([
      [],
      'version-unclear',
      'json-duplicate-key',
    ]);
  });

  it('those of another server, type or id are others', async () => {
    const task = { resourceType: 'Task', id: 'e1', status: 'requested', intent: 'order' };
    const files = {
      'a.json': bundle([at(version('planned'), ELSEWHERE), at(version('finished')), { resource: task }]),
      'b.ndjson': [version('arrived', MONDAY, { id: 'E1' }), patient, { ...patient, active: true }],
    };
    expect((await fates(files))[0]).toStrictEqual(['planned', 'finished', 'arrived']);
  });

  it('those of a type without payloads, or in the form that was asked for, are skipped for that', async () => {
    const files = { 'a.ndjson': [condition, condition, encounter, encounter] };
    expect(await fates(files)).toStrictEqual([['finished'], 'other-type', 'other-type', 'copy']);
    const { summary } = await booking(files, { to: 'fhir' });
    expect(summary.records.skipped.byReason).toStrictEqual({ 'other-type': 2, 'same-form': 2 });
  });

  it('home is where --base-url is, and what stands in files by itself', async () => {
    const files = { 'a.ndjson': [version('planned', MONDAY)], 'b.json': bundle([at(version('finished', TUESDAY))]) };
    expect(await fates(files, { baseUrl: `${HOME}/` })).toStrictEqual([['finished'], 'older-version']);
    // The patient of another server is nobody at home.
    expect(await fates(files, { baseUrl: ELSEWHERE })).toStrictEqual([['planned'], 'required-missing']);
  });

  it('a urn is a name in its own Bundle only, and the id beside it is one everywhere', async () => {
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const { id: _, ...nameless } = version('planned');
    const posted = (resource: object) => bundle([{ fullUrl: urn, resource }], 'transaction');
    expect(
      (await fates({ 'a.ndjson': [posted(nameless), posted({ ...nameless, status: 'finished' })] }))[0],
    ).toHaveLength(2);
    expect(
      await fates({ 'a.ndjson': [posted(version('planned', MONDAY)), version('finished', TUESDAY)] }),
    ).toStrictEqual([['finished'], 'older-version']);
    const { id: __, ...older } = version('arrived');
    const of = history({ fullUrl: urn, resource: nameless }, { fullUrl: urn, resource: older });
    expect(await fates({ 'a.ndjson': [of] })).toStrictEqual([['planned'], 'older-version']);
  });

  it('the Condition that a diagnosis is read from is the newest, and none where that was deleted', async () => {
    const diagnosed = { ...encounter, diagnosis: [{ condition: { reference: 'Condition/c1' } }] };
    const older = { ...condition, code: { text: 'older' } };
    const read = async (...entries: object[]) => {
      const { out } = await booking({ 'a.ndjson': [diagnosed], 'b.json': history(...entries) });
      return objects(out, 'encounters.ndjson')[0]?.diagnosis;
    };
    const found = [{ condition: 'Essential hypertension' }];
    expect(await read({ resource: condition }, { resource: older })).toStrictEqual(found);
    expect(await read(gone('c1', 'Condition'), { resource: older })).toBeUndefined();
    const inside = async (...entries: object[]) => {
      const { out } = await booking({ 'b.json': history({ resource: diagnosed }, ...entries) });
      return objects(out, 'encounters.ndjson')[0]?.diagnosis;
    };
    expect(await inside({ resource: condition }, { resource: older })).toStrictEqual(found);
    expect(await inside(gone('c1', 'Condition'), { resource: older })).toBeUndefined();
  });
});

describe('a deletion', () => {
  it('is a retraction, with type and id, and no older version takes the place of the record', async () => {
    const { out, summary } = await booking({
      'a.json': history({ ...at(version('finished')), resource: undefined, ...gone() }, at(version('planned'))),
      'deleted/Bundle.ndjson': [bundle([gone('t8', 'Task'), gone('p1', 'Patient')], 'transaction')],
    });
    expect(
      objects(out, 'retractions.ndjson').map(({ source, path }) => [{ ...(source as JsonObject) }.id, path]),
    ).toStrictEqual([
      ['e1', 'encounters'],
      ['t8', 'tasks'],
      ['p1', 'patients'],
    ]);
    expect([summary.retractions, summary.deletions, summary.records.converted.total]).toStrictEqual([3, 3, 0]);
    expect(summary.records.skipped.byReason).toStrictEqual({ 'no-resource': 3, 'older-version': 1 });
  });

  it('is one of a request that still holds the resource, or that tells the time', async () => {
    const files = {
      'a.json': history({ ...gone(), resource: version('finished') }, { resource: version('planned') }),
    };
    expect(await fates(files)).toStrictEqual([[], 'no-resource', 'older-version']);
    const told = { ...gone(), response: { lastModified: TUESDAY } };
    expect(await fates({ 'a.ndjson': [version('planned', MONDAY), history(told)] })).toStrictEqual([
      [],
      'older-version',
      'no-resource',
    ]);
  });

  it('is none of a record that was made again, nor one whose meaning the Bundle may turn round', async () => {
    const again = await booking({
      'a.json': history({ resource: version('finished') }, gone(), { resource: version('planned') }),
    });
    expect(objects(again.out, 'encounters.ndjson')).toHaveLength(1);
    expect(objects(again.out, 'retractions.ndjson')).toStrictEqual([]);
    const other = await booking({ 'a.ndjson': [patient, bundle([gone('p1', 'Patient')])] });
    expect([rejections(other.out), objects(other.out, 'retractions.ndjson')]).toStrictEqual([[], []]);
    const ruled = await booking({ 'a.json': { ...bundle([gone()]), implicitRules: 'urn:x' } });
    expect(objects(ruled.out, 'retractions.ndjson')).toStrictEqual([]);
    expect(rejections(ruled.out)).toStrictEqual(['1#0 implicit-rules rejected/Bundle.ndjson']);
  });
});

describe('a pipe, which is read once', () => {
  /** Converts what comes through a named pipe. */
  async function piped(text: string, files: { readonly [path: string]: unknown } = {}) {
    const folder = fill(temporaryFolder(), files);
    const pipes = temporaryFolder();
    mkdirSync(pipes, { recursive: true });
    const pipe = join(pipes, 'records.ndjson');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn(process.execPath, [
      '-e',
      'require("fs").writeFileSync(process.argv[1], process.argv[2])',
      pipe,
      text,
    ]);
    try {
      const converted: unknown[] = [];
      for await (const one of convertRecords(Object.keys(files).length === 0 ? [pipe] : [folder, pipe]))
        converted.push(one.kind === 'converted' ? { ...one.output } : 'reason' in one ? one.reason : one.kind);
      return converted.map((one) => (typeof one === 'object' ? (one as JsonObject).status : one));
    } finally {
      writer.kill();
    }
  }
  const lines = (...records: object[]): string => records.map((record) => JSON.stringify(record)).join('\n');

  it('gives the newest of a Bundle, copies, and what is older than what came', async () => {
    const both = history({ resource: version('finished', TUESDAY) }, { resource: version('planned', MONDAY) });
    expect(await piped(lines(both, version('arrived', MONDAY), version('finished', TUESDAY)))).toStrictEqual([
      'finished',
      'older-version',
      'older-version',
      'copy',
    ]);
  });

  it('ends the run where the newest may come after another one', async () => {
    const late = expect.objectContaining({ name: 'UsageError' });
    await expect(piped(lines(version('planned', MONDAY), version('finished', TUESDAY)))).rejects.toThrow(late);
    await expect(piped(lines(version('planned')), { 'a.ndjson': [version('finished')] })).rejects.toThrow(late);
  });
});

describe('of a record in several bulk exports, which does not say when it was made', () => {
  const exported = (transactionTime: string, lists: object, request = `${HOME}/$export`) => ({
    transactionTime,
    request,
    requiresAccessToken: true,
    output: [],
    ...lists,
  });
  const OUTPUT = { output: [{ type: 'Encounter', url: 'https://x/a.ndjson' }] };
  const DELETED = { deleted: [{ type: 'Bundle', url: 'https://x/d.ndjson' }] };
  const full = (time: string, ...more: string[]) => ({
    'full/manifest.json': exported(time, OUTPUT, ...more),
    'full/a.ndjson': [version('planned')],
  });
  const delta = (time: string, entry: object, ...more: string[]) => ({
    'delta/manifest.json': exported(time, DELETED, ...more),
    'delta/d.ndjson': [bundle([entry], 'transaction')],
  });
  const changed = (time: string) => ({
    'next/manifest.json': exported(time, OUTPUT),
    'next/a.ndjson': [version('finished')],
  });
  const UNCLEAR = [[], 'version-unclear', 'version-unclear'];

  it.each<[string, { readonly [path: string]: unknown }, unknown[]]>([
    ['a later deletion counts', { ...full(MONDAY), ...delta(TUESDAY, gone()) }, [[], 'no-resource', 'older-version']],
    ['a later export counts', { ...full(MONDAY), ...delta(MONDAY, gone()), ...changed(TUESDAY) }, [['finished']]],
    ['an earlier deletion does not', { ...full(TUESDAY), ...delta(MONDAY, gone()) }, [['planned'], 'older-version']],
    ['the later of two counts', { ...full(MONDAY), ...changed(TUESDAY) }, [['finished'], 'older-version']],
    ['a deletion of the same time is unclear', { ...full(MONDAY), ...delta(MONDAY, gone()) }, UNCLEAR],
    [
      'a deletion of another server is unclear',
      { ...full(MONDAY), ...delta(TUESDAY, gone(), `${ELSEWHERE}/$export`) },
      UNCLEAR,
    ],
    [
      'a deletion that says its time itself goes by it',
      {
        ...full(TUESDAY),
        ...delta('2026-01-09T00:00:00Z', { ...gone(), response: { status: '204', lastModified: MONDAY } }),
        'full/a.ndjson': [version('planned', TUESDAY)],
      },
      [['planned'], 'older-version'],
    ],
    [
      'one of the same export that was updated before is unclear beside its deletion',
      {
        'manifest.json': exported(TUESDAY, { ...OUTPUT, ...DELETED }),
        'a.ndjson': [version('planned', MONDAY)],
        'd.ndjson': [bundle([gone()], 'transaction')],
      },
      UNCLEAR,
    ],
    [
      'one that was updated after a deletion counts',
      { 'a.ndjson': [version('planned', TUESDAY)], ...delta(MONDAY, gone()) },
      [['planned'], 'older-version'],
    ],
  ])('%s', async (_, files, expected) => {
    const found = await fates(files);
    expect([found[0], ...found.slice(1, expected.length).sort()]).toStrictEqual(expected);
  });
});
