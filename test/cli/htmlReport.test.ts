import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { noShell, unless } from '../support/ensure.js';
import { fill, modeOf, temporaryFolder, tree } from '../support/folder.js';
import { clinikFhirIn, type Ran } from './run.js';
import { broken, fine } from './scratch.js';

const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  period: { start: '2026-01-31' },
};
const files = {
  'in/Encounter.ndjson': [
    encounter,
    { ...encounter, id: 'e2', status: 'unknown' },
    { ...encounter, id: 'e3', status: 'entered-in-error' },
  ],
  'in/Patient.ndjson': [fine, broken],
};

const made = (): string => fill(temporaryFolder(), files);
const converting = (folder: string, ...args: string[]): Promise<Ran> =>
  clinikFhirIn(folder, ['convert', 'in', '--out', 'out', ...args]);

/** The rows of each table by the id of its section; the texts of their cells. */
function tables(document: string): { [section: string]: string[][] } {
  const found: { [section: string]: string[][] } = {};
  let [section, isBody] = ['', false];
  const parser = new Parser({
    onopentag(name, { id = '' }) {
      if (name === 'section') {
        section = id;
        found[section] = [];
      } else if (name === 'tbody') isBody = true;
      else if (name === 'tr' && isBody) found[section]?.push([]);
      else if ((name === 'td' || name === 'th') && isBody) found[section]?.at(-1)?.push('');
      else if (name === 'span' && isBody) add(' ');
    },
    onclosetag(name) {
      if (name === 'tbody') isBody = false;
    },
    ontext: (text) => add(text),
  });
  const add = (text: string): void => {
    const row = isBody ? found[section]?.at(-1) : undefined;
    if (row !== undefined && row.length > 0) row.push(`${row.pop()}${text}`);
  };
  parser.end(document);
  for (const rows of Object.values(found))
    for (const row of rows) for (const [index, cell] of row.entries()) row[index] = cell.replace(/\s+/g, ' ').trim();
  return found;
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

describe('clinik-fhir convert --report', () => {
  it('says what became of each type, what was lost and how to keep it, and why records were rejected', async () => {
    const folder = made();
    const { code } = await converting(folder, '--report', 'out/report.html');
    expect(code).toBe(1);
    const { types = [], keepable = [], rejected = [] } = tables(read(folder, 'out', 'report.html'));
    expect(types).toStrictEqual([
      ['Encounter', '3', '1', '2', '0', '1', ''],
      ['Patient', '2', '0', '0', '2', '0', ''],
    ]);
    expect(keepable.map((row) => row.slice(0, 5))).toStrictEqual([
      [
        'Encounter.period left out',
        'A date without a time, where the field takes date-times only. partial-date',
        '--partial-dates keep',
        '1',
        '1',
      ],
    ]);
    expect(rejected.map(([path]) => path?.split(' ')[0])).toStrictEqual(['Encounter.status', 'Encounter.status']);
    expect(rejected.map((row) => [row[2], row[4]])).toStrictEqual([
      ['1', 'in/Encounter.ndjson:2'],
      ['1', 'in/Encounter.ndjson:3'],
    ]);
  });

  it('says how much the id map knew, and that it knew nothing', async () => {
    const folder = made();
    const maps = { 'ids.csv': 'reference,id\nPatient/p1,pt_1\nPatient/p3,\n', 'none.csv': 'Patient/canary,pt_1\n' };
    fill(folder, maps);
    const noticesIn = async (map: string): Promise<string> => {
      await converting(folder, '--force', '--id-map', map, '--report', 'report.html');
      return read(folder, 'report.html').replace(/<[^>]+>/g, '');
    };
    expect(await noticesIn('ids.csv')).toMatch(/Id map It knew [12] of [12] references?\. 1 row of it has no id yet\./);
    expect(await noticesIn('none.csv')).toMatch(/The id map knew nothing It knew none of [12] references?/);
  });

  it('has the counts of summary.json', async () => {
    const folder = fill(temporaryFolder(), {});
    const inputs = join(process.cwd(), 'fixtures', 'ehr-export');
    await clinikFhirIn(folder, ['convert', inputs, '--out', 'out', '--report', 'report.html']);
    const { records, losses } = JSON.parse(read(folder, 'out', 'summary.json'));
    const found = tables(read(folder, 'report.html'));
    const sum = (rows: string[][] | undefined, column: number): number =>
      (rows ?? []).reduce((total, row) => total + Number(row[column]?.replaceAll(',', '')), 0);
    expect(sum(found.types, 1)).toBe(records.in.total);
    expect(sum(found.types, 2)).toBe(records.converted.total);
    expect(sum(found.types, 3)).toBe(records.rejected.total);
    const content = losses.filter((loss: { class: string }) => loss.class === 'content');
    const counted = content.reduce((total: number, { count }: { count: number }) => total + count, 0);
    expect(sum(found.keepable, 3) + sum(found.lost, 2)).toBe(counted);
    expect(sum(found.types, 5)).toBe(counted);
    expect(counted).toBeGreaterThan(100);
  });

  it('is the same for the same input, for its owner alone, and no input of another run', async () => {
    const folder = made();
    await converting(folder, '--report', 'in/report.html');
    const first = read(folder, 'in', 'report.html');
    const { stdout, code } = await converting(folder, '--report', 'in/report.html', '--force');
    expect(code).toBe(1);
    expect(stdout).toContain('5 records · 2 files');
    expect(read(folder, 'in', 'report.html')).toBe(first);
    if (process.platform !== 'win32') expect(modeOf(join(folder, 'in', 'report.html'))).toBe(0o600);
  });

  it('is written by a dry run too', async () => {
    const folder = made();
    await converting(folder, '--dry-run', '--report', 'report.html');
    expect(read(folder, 'report.html')).toContain('dry run: only reports were written');
  });

  it.each([
    ['a name without .html', ['--report', 'out/labs.ndjson'], 'ends with .html'],
    ['the folder of a run', ['--report', 'out/.clinik-fhir/report.html'], 'write to another one'],
    ['a plan', ['--plan', '--report', 'report.html'], '--plan makes none'],
    ['an id map', ['--id-map', 'in/map.html', '--report', 'in/map.html'], 'in/map.html: it is an input'],
    ['an input', ['in/named.html', '--report', 'in/named.html'], 'in/named.html: it is an input'],
    ['an input, by another name', ['in/named.html', '--report', 'in/../in/named.html'], 'it is an input'],
  ])('is refused for %s, and nothing changes', async (_, args, message) => {
    const folder = fill(made(), { 'in/map.html': 'reference,id\nPatient/p1,pt_1\n', 'in/named.html': encounter });
    const before = tree(folder);
    const { code, stderr } = await converting(folder, ...args);
    expect([code, stderr.replace(/\s+/g, ' ')]).toStrictEqual([2, expect.stringContaining(message)]);
    expect(tree(folder)).toStrictEqual(before);
  });

  it('stays as it was where the run fails', async () => {
    const folder = fill(made(), { 'report.html': 'earlier', 'out/encounters.ndjson': 'of somebody else\n' });
    const before = tree(folder);
    const { code } = await converting(folder, '--report', 'report.html');
    expect(code).toBe(2);
    expect(tree(folder)).toStrictEqual(before);
  });

  unless(noShell)('is not written through a link', async () => {
    const folder = fill(made(), { 'other.html': 'of somebody else' });
    symlinkSync('other.html', join(folder, 'report.html'));
    const { code, stderr } = await converting(folder, '--report', 'report.html');
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('it is a link')]);
    expect(read(folder, 'other.html')).toBe('of somebody else');
  });
});

describe('clinik-fhir validate --report', () => {
  const validating = (folder: string, ...args: string[]): Promise<Ran> =>
    clinikFhirIn(folder, ['validate', 'in/Patient.ndjson', ...args]);

  it('says which rules were broken where, what they mean and how to fix it, besides the other formats', async () => {
    const folder = made();
    mkdirSync(join(folder, '.git'));
    const { code, stdout } = await validating(folder, '--report', 'report.html');
    expect([code, stdout]).toStrictEqual([1, expect.stringContaining('per-1')]);
    const { rules = [], places = [] } = tables(read(folder, 'report.html'));
    expect(rules.map((row) => row.slice(0, 5))).toStrictEqual([['per-1', '✕ error', '1', '1', '1']]);
    expect(rules[0]?.[5]).toContain('start SHALL have a lower value than end');
    expect(rules[0]?.[6]).not.toBe('');
    expect(places.map((row) => row.slice(1))).toStrictEqual([
      ['per-1', '✕ error', '1', '1', '1', 'in/Patient.ndjson:2'],
    ]);
    expect(places[0]?.[0]).toMatch(/^Patient\.name\.period /);
  });

  it.each([
    ['an input', ['in/named.html', '--report', 'in/named.html'], 'it is an input'],
    ['an output', ['--write-baseline', 'x.html', '--report', './x.html'], 'two outputs would be written to it'],
    ['a name without .html', ['--report', 'findings.json'], 'ends with .html'],
  ])('is refused for %s, and nothing changes', async (_, args, message) => {
    const folder = fill(made(), { 'in/named.html': fine });
    const before = tree(folder);
    const { code, stderr } = await validating(folder, ...args);
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining(message)]);
    expect(tree(folder)).toStrictEqual(before);
  });

  it('is written where nothing was found, and with --quiet', async () => {
    const folder = fill(made(), { 'in/Patient.ndjson': [fine] });
    const { code, stdout } = await validating(folder, '--quiet', '--report', 'new/report.html');
    expect([code, stdout]).toStrictEqual([0, '']);
    expect(read(folder, 'new', 'report.html')).toContain('There is nothing to list.');
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });
});
