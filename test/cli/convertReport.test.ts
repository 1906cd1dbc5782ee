import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { report } from '../../src/cli/convertReport.js';
import { version } from '../../src/cli/version.js';
import { type ConvertRun, convert } from '../../src/convert/convertToFiles.js';
import { type Tally, tally } from '../../src/convert/summary.js';
import { RESOURCE_TYPES } from '../../src/fhir/generated/resourceTypes.js';
import type { Loss } from '../../src/lens/diff.js';
import type { Issue } from '../../src/lens/issue.js';
import { remedyOf } from '../../src/report/remedy.js';
import { findLens } from '../../src/resources/registry.js';
import { ensure, noShell, unless } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { encounter, patient } from '../support/samples.js';
import { clinikFhir, clinikFhirIn } from './run.js';

const CLINIK_PATIENTS = 'https://api.clinikapi.com/v1/patients';

const source = { file: 'a.ndjson', line: 1, resourceType: 'Encounter' };
const issue: Omit<Issue, 'id'> = { severity: 'error', code: 'value', expression: [], diagnostics: 'What is wrong.' };
/** A conversion that is only counted. */
const record = { source, bytes: () => Buffer.alloc(0) };
const rejection = { ...record, kept: record.bytes, keptIn: 'Encounter', isDocument: false, kind: 'rejected' } as const;
const loss = { kind: 'missing', class: 'content', reason: 'no-field' } as const;

const said = (counts: Tally, more: Partial<Parameters<Tally['summary']>[0]> = {}, width = 80): string =>
  report(counts.summary({ dryRun: false, upload, files, ...more }), 'out', width);
const converted = (losses: readonly Loss[]) =>
  ({ kind: 'converted', ...record, name: 'encounters', output: {}, losses, issues: [] }) as const;

describe('the report of a run', () => {
  it('has a line for each type with a mapping, and one for all others', () => {
    const counts = tally();
    for (let index = 0; index < 1200; index += 1) counts.add(converted([]));
    counts.add({ ...rejection, issues: [{ ...issue, id: 'x' }] });
    for (const type of ['Patient', 'Observation', 'Observation'])
      counts.add({ ...record, kind: 'skipped', reason: 'other-type', source: { ...source, resourceType: type } });
    expect(said(counts)).toContain(`
              in  converted  rejected  skipped
Encounter  1,201      1,200         1        0
others         3          0         0        3  no mapping yet: Observation 2,
                                                Patient 1
total      1,204      1,200         1        3
`);
  });

  it('names the most frequent types without a mapping, and counts the rest', () => {
    const counts = tally();
    const types = [...RESOURCE_TYPES].filter((type) => findLens(type) === undefined && type !== 'Bundle').slice(0, 10);
    for (const type of types)
      counts.add({ ...record, kind: 'skipped', reason: 'other-type', source: { ...source, resourceType: type } });
    expect(said(counts, {}, 250)).toMatch(/no mapping yet: (\w+ 1, ){8}… 2 more types$/m);
  });

  it('says in a sentence what is too wide for a table', () => {
    const counts = tally();
    counts.add(converted([]));
    expect(said(counts, {}, 40).replaceAll('\n', ' ')).toMatch(/1 record in 0 files: 1 converted, 0 rejected/);
  });

  it('says what could have been kept, and how, before what ClinikAPI cannot hold', () => {
    const counts = tally();
    const avoidable: Loss = { ...loss, path: 'kept', expression: 'kept', reason: 'unmapped', remedy: 'id-map' };
    const losses = ['a', ...'bbcccddddeeeeeffffffggggggg'].map((path): Loss => ({ ...loss, path, expression: path }));
    const id = { path: 'id', expression: 'id', kind: 'missing', class: 'record', reason: 'beside' } as const;
    const same = { path: 'same', expression: 'same', kind: 'changed', class: 'form', reason: 'same' } as const;
    counts.add(converted([...losses, ...new Array(9).fill(id), same, avoidable]));
    const text = said(counts);
    expect(text).toContain(`LOST, and you can keep it
  1  kept  not in the id map → add a row to the id map

LOST, ClinikAPI cannot hold it (--strict refuses these but for --allow-loss
PATH)
  7  g  no field
  6  f  no field
  5  e  no field
  4  d  no field
  3  c  no field
  … 2 more places with 3 losses: ${join('out', 'losses.ndjson')}

1 place says the same in another form, and is not lost.
`);
    expect(text).not.toMatch(/^ +\d+ {2}id /m);
  });

  it('says why records were rejected, each once for each reason, and how to fix that', () => {
    const counts = tally();
    const issues = [
      { ...issue, id: 'x' },
      { ...issue, id: 'x' },
      { ...issue, id: 'per-1' },
    ];
    counts.add({ ...rejection, issues });
    counts.add({ ...rejection, issues: [{ ...issue, id: 'per-1' }] });
    const text = said(counts);
    expect(text).toContain(
      `REJECTED 2\n  2  per-1: What is wrong.\n     → ${remedyOf('per-1')}\n  1  x: What is wrong.\n`,
    );
    const written = [{ file: 'rejects.ndjson', lines: 2 }];
    expect(said(counts, { files: { ...files, written } })).toMatch(/out[/\\]rejects\.ndjson/);
    expect(text).toMatch(/Nothing was converted/);
  });

  it('begins as the README shows for the invented export', async () => {
    const facts = () => ({ version: version(), bytes: 47_400, milliseconds: 412, options: {} });
    const out = join(temporaryFolder(), 'out');
    const summary = await convert({ inputs: [join('fixtures', 'ehr-export')], out, facts });
    const asked = { inputs: ['fixtures/ehr-export'] };
    const text = report(summary, 'out', 100, undefined, [], asked);
    const shown = /```text\n(clinik-fhir .*?)\n```/s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(shown.split('\n').length).toBeGreaterThan(30);
    expect(text.slice(0, shown.length)).toBe(shown);
    for (const width of [60, 80, 100, 140])
      for (const line of report(summary, 'out', width).split('\n')) ensure(line.length <= width, line);
  });

  it('has under a hundred lines, whatever the records are', async () => {
    const out = join(temporaryFolder(), 'out');
    const summary = await convert({ inputs: [join('fixtures')], out });
    expect(report(summary, 'out', 100).split('\n').length).toBeLessThan(100);
  });
});

describe('whether payloads can be sent', () => {
  const told = async (resources: readonly object[], options: Partial<ConvertRun> = {}): Promise<string> => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': resources });
    return report(await convert({ ...options, inputs: [folder], out: join(folder, 'out') }), 'out', 200);
  };
  const clinik = (value: string) => ({ identifier: { system: CLINIK_PATIENTS, value } });
  const within = { ...encounter, id: 'e2', subject: clinik('pt_1'), partOf: { reference: 'Encounter/e1' } };
  const whole = { ...encounter, subject: clinik('pt_1') };

  it("is said where each id is ClinikAPI's, or of a record of the run", async () => {
    expect(await told([whole, within])).toMatch(/^READY TO SEND$/m);
  });

  it.each([
    ['a record that is not in the input', [encounter]],
    ['a record of a type without a mapping', [encounter, patient]],
  ])('is denied for the id of %s', async (_, resources) => {
    const text = await told(resources);
    expect(text).not.toMatch(/^READY/m);
    expect(text).toMatch(/^NOT READY TO SEND$/m);
    expect(text).toMatch(
      /1 reference to 1 record is an id of the source \(Patient 1 to 1\)\.\n.*--id-map ids\.csv:\n +clinik-fhir ids INPUT --out ids\.csv$/m,
    );
  });

  it('is denied where a record that was rejected is referred to', async () => {
    const text = await told([{ ...whole, status: 'entered-in-error' }, within]);
    expect(text).toMatch(/^NOT READY TO SEND\n {2}1 reference points at rejected records, and so at nothing/m);
  });

  const mapOf = (rows: string): string => join(fill(temporaryFolder(), { 'ids.csv': rows }), 'ids.csv');

  it("is said under an id map, since every id is then the map's, and how much it knew", async () => {
    const text = await told([encounter, patient], { idMap: mapOf('Patient/p1,pt_1\n') });
    expect(text).toMatch(/^READY TO SEND$/m);
    expect(text).toMatch(/^ID MAP: it knew 1 of 1 reference\.$/m);
  });

  it('is denied under an id map that knew none of the references, whatever is converted', async () => {
    const task = {
      resourceType: 'Task',
      status: 'draft',
      intent: 'order',
      description: 'x',
      for: { reference: 'Patient/p1' },
    };
    const text = await told([encounter, task], { idMap: mapOf('reference,id\nPatient/p9,pt_1\nPatient/p1,\n') });
    expect(text).toMatch(/^NOT READY TO SEND$/m);
    expect(text).toMatch(
      /^THE ID MAP KNEW NONE of 2 references\n {2}It has 1 row with an id\. 1 row of it has no id yet\. Is it the map of this export\?\n.*\n +clinik-fhir ids INPUT --missing --id-map FILE --out missing\.csv$/m,
    );
  });

  it('counts what the id map does not know, of rejected records too, and of what no reference names in the set', async () => {
    const serviceProvider = { identifier: { system: 'http://org', value: '7' } };
    const records = [
      { ...encounter, serviceProvider },
      { ...encounter, id: 'e2', subject: { reference: 'Patient/p2' }, serviceProvider },
    ];
    const text = await told(records, { idMap: mapOf('Patient/p1,pt_1\n') });
    expect(text).toMatch(
      /^ID MAP: it knew 1 of 4 references\. 3 references to 2 records are not in it \(Organization 2 to 1, Patient 1 to 1\)\.$/m,
    );
  });

  it('counts the records that references lead to, and not one twice', async () => {
    const { references } = await convert({
      inputs: [fill(temporaryFolder(), { 'a.ndjson': [encounter, { ...encounter, id: 'e2' }] })],
      out: join(temporaryFolder(), 'out'),
    });
    expect(references.ofSource).toStrictEqual({
      total: 2,
      records: 1,
      byType: { Patient: { references: 2, records: 1 } },
    });
  });
});

describe('what the report of a run tells one to do', () => {
  it('lets a strict run pass with the losses that it lists', async () => {
    const folder = temporaryFolder();
    const strict = ['convert', join('fixtures', 'ehr-export'), '--strict', '--out'];
    const first = await clinikFhir([...strict, join(folder, 'a')]);
    const listed = [...first.stdout.matchAll(/--allow-loss ('[^']*'|[^\s']\S*)(?= |$)/gm)]
      .map(([, path = '']) => path.replaceAll("'", ''))
      .filter((path) => path !== 'PATH)');
    expect(listed.length).toBeGreaterThan(20);
    const again = await clinikFhir([...strict, join(folder, 'b'), ...listed.flatMap((path) => ['--allow-loss', path])]);
    expect(first.stdout).toMatch(/loss-not-allowed/);
    expect(again.stdout).not.toMatch(/loss-not-allowed/);
    expect(again.stdout).toMatch(/^total +83 +42 +13 +28$/m);
  });

  unless(noShell)('names only commands that there are', async () => {
    const folder = temporaryFolder();
    cpSync(join('fixtures', 'ehr-export'), join(folder, 'my export'), { recursive: true });
    const { stdout } = await clinikFhirIn(folder, ['convert', 'my export', '--out', "it's"]);
    const commands = [...stdout.matchAll(/clinik-fhir ([a-z].*)$/gm)].map(([, command = '']) => command);
    const names: unknown[] = [];
    for (const command of commands) {
      const args = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
        .trimEnd()
        .split('\n');
      const { code, stdout: said } = await clinikFhirIn(folder, args);
      // What was rejected is rejected again, as nobody fixed it.
      const [ends, says] =
        args[0] === 'ids' ? ([0, /^Wrote 32 rows to ids\.csv/] as const) : ([1, /^REJECTED 13$/m] as const);
      expect([code, said]).toStrictEqual([ends, expect.stringMatching(says)]);
      names.push(args[0]);
    }
    expect(names).toStrictEqual(['ids', 'convert']);
  });
});

const files = { read: [], skipped: 0, aside: [], endings: {}, exports: [], unmatched: [], leftOut: [], written: [] };
const none = { total: 0, byType: {} };
const upload = {
  waves: [],
  cycles: { groups: 0, records: 0, cut: {} },
  references: {
    total: 0,
    mapped: 0,
    inSet: 0,
    skipped: none,
    rejected: none,
    outside: none,
    ofSource: { ...none, records: 0 },
  },
};
