import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contents, fill, modeOf, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn } from './run.js';

/** Values of records that nothing printed may hold. */
const VALUES = /canary/i;

const practitioner = {
  resourceType: 'Practitioner',
  id: 'canary-d',
  identifier: [{ system: 'http://canary', value: 'canary-1' }],
  name: [{ family: 'Canary', given: ['Ann'] }],
};
const visit = {
  ...encounter,
  id: 'canary-e',
  subject: { reference: 'Patient/canary-p' },
  participant: [
    { individual: { reference: 'Practitioner/canary-d' } },
    { individual: { identifier: { value: 'canary-2' } } },
    { individual: { reference: 'https://canary.one/Practitioner/canary-3' } },
    { individual: { reference: 'https://canary.two/Practitioner/canary-3' } },
  ],
};

function folderOf(records: readonly object[], more: { readonly [file: string]: unknown } = {}) {
  const folder = fill(temporaryFolder(), { 'in/a.ndjson': records, ...more });
  return { folder, ids: (...args: string[]) => clinikFhirIn(folder, ['ids', 'in', ...args]) };
}

describe('clinik-fhir ids', () => {
  it('writes a skeleton for its user alone, and prints numbers, no value of a record', async () => {
    const { folder, ids } = folderOf([visit, practitioner, { ...visit, id: 'canary-f', status: 'entered-in-error' }]);
    const { code, stdout, stderr } = await ids('--out', 'ids.csv');
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(
      /^Wrote 4 rows to ids\.csv \(Practitioner 3, Patient 1\), for 4 references: it holds identifiers of/,
    );
    expect(stdout).toMatch(
      /^1 reference has no row, and can have none:\n {2}1 at Encounter\.participant\.individual: an identifier without a system/m,
    );
    expect(stdout).toMatch(/^Absolute references are to 2 servers/m);
    expect(stdout).toMatch(/^1 record is rejected by convert for other reasons/m);
    expect(stdout).toMatch(/^ {2}clinik-fhir convert in --id-map ids\.csv --out payloads$/m);
    expect(stdout).not.toMatch(VALUES);
    expect(modeOf(join(folder, 'ids.csv'))).toBe(0o600);
    expect(readFileSync(join(folder, 'ids.csv'), 'utf8')).toMatch(
      /^Practitioner\/canary-d,,Practitioner,http:\/\/canary\|canary-1,1,/m,
    );
  });

  it('does not replace what somebody may have filled in', async () => {
    const { folder, ids } = folderOf([visit], { 'ids.csv': 'reference,id\n' });
    const refused = await ids('--out', 'ids.csv');
    expect([refused.code, refused.stdout]).toStrictEqual([2, '']);
    expect(refused.stderr).toMatch(/ids\.csv: it is there already.*--force replaces it/);
    expect(contents(folder)).toStrictEqual({ 'ids.csv': 'reference,id\n' });
    expect((await ids('--out', 'ids.csv', '--force', '--quiet')).stdout).toBe('');
    expect(readFileSync(join(folder, 'ids.csv'), 'utf8')).toMatch(/canary-p/);
  });

  it('ends with 1 where a map lacks something, and with 0 where it does not', async () => {
    const { ids } = folderOf([encounter], { 'map.csv': 'Patient/p2,canary-9\n', 'full.csv': 'Patient/p1,canary-9\n' });
    const lacking = await ids('--missing', '--id-map', 'map.csv', '--out', 'missing.csv');
    expect(lacking.code).toBe(1);
    expect(lacking.stdout).toMatch(/^The id map map\.csv knows 0 of 1 reference\.\nWrote 1 row to missing\.csv/);
    expect(lacking.stdout).toMatch(/add the rows to map\.csv\.$/m);
    const full = await ids('--missing', '--id-map', 'full.csv', '--out', 'none.csv');
    expect(full).toStrictEqual({
      code: 0,
      stdout: 'The id map full.csv knows 1 of 1 reference.\nNo id is missing. Wrote none.csv without a row.\n',
      stderr: '',
    });
    expect(lacking.stdout).not.toMatch(VALUES);
  });

  it('counts candidates, and prints none', async () => {
    const lists = {
      'patients.json': [{ id: 'canary-7', identifier: [] }],
      'practitioners.json': { data: [{ id: 'canary-8', firstName: 'Ann', lastName: 'Canary' }] },
    };
    const { folder, ids } = folderOf([visit, practitioner], lists);
    const { code, stdout } = await ids('--candidates', 'patients.json', 'practitioners.json', '--out', 'ids.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Candidates among 2 people: 1 with one, 0 with several, 3 with none\. No id was filled in/);
    expect(stdout).not.toMatch(VALUES);
    expect(readFileSync(join(folder, 'ids.csv'), 'utf8')).toMatch(/^Practitioner\/canary-d,,.*,1,canary-8,name$/m);
  });

  it('ends with 1 and writes nothing where no record converts', async () => {
    const { folder, ids } = folderOf([practitioner]);
    const { code, stdout } = await ids('--out', 'ids.csv');
    expect([code, stdout]).toStrictEqual([
      1,
      'No record of the input converts, so that nothing is pointed at. No file was written.\n',
    ]);
    expect(contents(folder)).toStrictEqual({});
  });

  it('names a file that is damaged, since rows may be missing', async () => {
    const { folder, ids } = folderOf([encounter]);
    fill(folder, { 'in/b.ndjson.gz': Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]) });
    const { code, stdout } = await ids('--out', 'ids.csv');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Not read to the end, so that rows may be missing:\n {2}in\/b\.ndjson\.gz/);
  });

  it('says what is wrong with the options', async () => {
    const { ids } = folderOf([encounter], { 'map.csv': 'Patient/p1,a\n' });
    for (const [args, message] of [
      [[], /--out is needed/],
      [['--out', 'o.csv', '--missing'], /--missing says what an id map lacks, and needs --id-map/],
      [['--out', 'o.csv', '--id-map', 'map.csv'], /say --missing, too/],
      [['--out', 'o.csv', '--strict'], /unknown option '--strict'/],
      [['--out', 'o.csv', '--candidates', 'none.json'], /none\.json/],
      [['--out', 'o.csv', '--candidates', 'map.csv', '--index-limit', '0'], /whole number of megabytes/],
    ] as const) {
      const ran = await ids(...args);
      expect([ran.code, ran.stdout]).toStrictEqual([2, '']);
      expect(ran.stderr).toMatch(message);
    }
  });
});
