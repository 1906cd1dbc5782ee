import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lenses } from '../../src/resources/registry.js';
import { API_KEY, clinikApi, type Stored } from '../support/clinikApi.js';
import { ensure } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { MAIN, shell } from './run.js';

const page = readFileSync(join('docs', 'sets.md'), 'utf8');

/** The commands of the page, each with what it says that they print. */
const steps = [...page.matchAll(/```sh\n(.*?)```\n(?:(?!```sh).)*?(?:```text\n(.*?)```|(?=\n##|$))/gs)].map(
  ([, commands = '', printed]) => ({ commands, printed }),
);

/** A folder as the page has it: the export, the map, the script, and the command line. */
function folderOfThePage(): string {
  const folder = temporaryFolder();
  cpSync(join('fixtures', 'ehr-export'), join(folder, 'export'), { recursive: true });
  cpSync(join('fixtures', 'ehr-ids.csv'), join(folder, 'ids.csv'));
  cpSync(join('docs', 'sets', 'upload.mjs'), join(folder, 'upload.mjs'));
  mkdirSync(join(folder, 'bin'));
  const command = `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`;
  writeFileSync(join(folder, 'bin', 'clinik-fhir'), command, { mode: 0o755 });
  return folder;
}

/** Runs commands of the page; gives what they print. */
async function run(commands: string, folder: string, url: string): Promise<string> {
  const path = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  const { stdout, stderr } = await shell(commands, folder, {
    PATH: path,
    CLINIKAPI_URL: url,
    CLINIKAPI_API_KEY: API_KEY,
  });
  // A line on standard error is either of the progress, or something went wrong.
  expect(stderr.split('\n').filter((line) => !/^(export\/.*records|$)/.test(line))).toStrictEqual([]);
  return stdout;
}

/** The ids that a payload points at, at the fields that the table calls ids. */
const ID = /^(?:[A-Za-z]+\/)?(live_[0-9]+|[a-z]+_[0-9]+)$/;
const idsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [ID.exec(value)?.[1] ?? ''].filter((id) => id !== '')
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(idsIn)
      : [];

describe('docs/sets.md', () => {
  it('does what it says, to the last record, and nothing is sent before what it points at', async () => {
    const { url, stored } = await clinikApi();
    const folder = folderOfThePage();
    const given = new Set(readFileSync(join(folder, 'ids.csv'), 'utf8').match(/[a-z]+_[0-9]+(?=\n)/g));
    expect(steps.length).toBeGreaterThanOrEqual(6);
    for (const { commands, printed } of steps) {
      const stdout = await run(commands, folder, url);
      expect([commands, stdout]).toStrictEqual([commands, printed ?? '']);
    }
    // The payloads, and after them the whole export.
    expect([stored.length, stored.filter(({ path }) => path.startsWith('fhir/')).length]).toStrictEqual([43 + 61, 28]);
    for (const record of stored)
      for (const id of idsIn(record.payload)) ensure(given.has(id) || isBefore(id, record, stored), record.path);
    const told = stored.filter(({ payload }) => idsIn(payload).some((id) => id.startsWith('live_')));
    ensure(told.length > 15, `${told.length} point at what was sent before`);
  });

  it('sends bodies of bulk import, and leads back to the references of the export', async () => {
    const { url, stored } = await clinikApi();
    const folder = folderOfThePage();
    for (const { commands } of steps) await run(commands, folder, url);
    expect(stored.length).toBeGreaterThan(0);
    const body: unknown = JSON.parse(
      readFileSync(join(folder, 'bodies', 'bulk-import', '0001-wave-0-assessments.json'), 'utf8'),
    );
    ensure(typeof body === 'object' && body !== null && 'resourceType' in body);
    expect(body.resourceType).toBe(lenses.assessments.resourceType);
    const back = readFileSync(join(folder, 'back', 'DiagnosticReport.ndjson'), 'utf8');
    expect(back).toMatch(/"subject":\{"reference":"Patient\/pat-[0-9]"/);
    expect(back).not.toMatch(/pt_300/);
  });

  it('sends no record twice, whatever it is called, and leaves the map whole', async () => {
    const { url, stored } = await clinikApi();
    const folder = folderOfThePage();
    const of = (id?: string) => ({ ...encounter, id, subject: { reference: 'Patient/pat-1' } });
    const records = [
      of('e1'),
      of('e1'),
      of('e_2'),
      of(),
      { ...of('e3'), location: [{ location: { display: 'a\u2028b' } }] },
    ];
    fill(folder, { 'few/Encounter.ndjson': records, 'ids.csv': 'reference,id\nPatient/pat-1,pt_3001' });
    const convert = 'clinik-fhir convert few --id-map ids.csv --require-mapped --split-waves --out out --force --quiet';
    const send = 'node upload.mjs out 0 ids.csv 2>twice.txt';
    expect(await run(`${convert} && ${send}`, folder, url)).toBe('Wave 0: 4 sent.\n');
    expect(await run(`${convert} && ${send}`, folder, url)).toBe('Wave 0: 0 sent.\n');
    expect(stored).toHaveLength(4);
    const map = readFileSync(join(folder, 'ids.csv'), 'utf8').split('\n').slice(1);
    expect(map).toStrictEqual([
      ...['Patient/pat-1,pt_3001', 'Encounter/e1,live_1', 'Encounter/e_2,live_2', 'Encounter/e3,live_4', ''],
    ]);
  });

  it('sends nothing of a run that did not end', async () => {
    const { url, stored } = await clinikApi();
    const folder = folderOfThePage();
    fill(folder, { 'few/Encounter.ndjson': [encounter], 'ids.csv': 'reference,id\n' });
    const commands = `clinik-fhir convert few --split-waves --out out --quiet; rm out/clinik-fhir.run.json
      node upload.mjs out 0 ids.csv 2>refused.txt; echo $?`;
    expect(await run(commands, folder, url)).toBe('2\n');
    expect(readFileSync(join(folder, 'refused.txt'), 'utf8')).toBe(
      'out: the run that wrote it did not end; nothing was sent.\n',
    );
    expect(stored).toHaveLength(0);
  });

  it('shows the first rows of the map', () => {
    const [, shown = ''] = /```text\n(reference,id\n.*?)```/s.exec(page) ?? [];
    const map = readFileSync(join('fixtures', 'ehr-ids.csv'), 'utf8');
    for (const line of shown.split('\n').filter((text) => text !== '…')) ensure(map.includes(line), line);
  });
});

const isBefore = (id: string, { order }: Stored, stored: readonly Stored[]): boolean =>
  (stored.find((one) => one.id === id)?.order ?? order) < order;
