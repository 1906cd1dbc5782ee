import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fill, objects, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn } from './run.js';
import { fine, list, object } from './scratch.js';

const { text } = fine;
const visit = { ...encounter, text };
const url = (path: string): string => `https://ehr.example.org/bulkfiles/${path}`;

/** The lines that the SMART bulk data client logs (https://github.com/smart-on-fhir/bulk-data-client). */
const logged = (eventId: string, eventDetail: object): object => ({
  exportId: '5f3d',
  timestamp: '2026-01-31T09:00:00.000Z',
  eventId,
  eventDetail,
});
const downloaded = (type: string, path: string): object[] => [
  logged('download_request', { fileUrl: url(path), itemType: 'output', resourceType: type }),
  logged('download_complete', { fileUrl: url(path), fileSize: 100, resourceCount: 1 }),
];

/** A folder as that client leaves it. */
const EXPORT: { readonly [path: string]: unknown } = {
  '1.Patient.ndjson': [fine],
  '1.Encounter.ndjson': [visit, { ...visit, id: 'enc-2' }],
  'deleted/1.Bundle.ndjson': [
    {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { request: { method: 'DELETE', url: 'Encounter/enc-gone' } },
        { request: { method: 'DELETE', url: 'Patient/gone' } },
      ],
    },
  ],
  'error/1.OperationOutcome.ndjson': [
    { resourceType: 'OperationOutcome', text, issue: [{ severity: 'error', code: 'processing' }] },
  ],
  'attachments/0f1e2d.pdf': '%PDF-1.7\n',
  'attachments/0f1e2e.txt': 'Seen today.',
  'log.ndjson': [
    logged('kickoff', { exportUrl: 'https://ehr.example.org/fhir/$export', errorCode: null, requestOptions: {} }),
    ...downloaded('Patient', '1.Patient.ndjson'),
    ...downloaded('Encounter', '1.Encounter.ndjson'),
    logged('export_complete', { files: 4, bytes: 400, attachments: 2 }),
  ],
  'manifest.json': {
    transactionTime: '2026-01-31T09:00:00.000Z',
    request: 'https://ehr.example.org/fhir/$export?_since=2026-01-01',
    requiresAccessToken: true,
    output: [
      { type: 'Patient', count: 1, url: url('1.Patient.ndjson') },
      { type: 'Encounter', count: 2, url: url('1.Encounter.ndjson') },
    ],
    deleted: [{ type: 'Bundle', count: 1, url: url('deleted/1.Bundle.ndjson') }],
    error: [{ type: 'OperationOutcome', url: url('errors/1.OperationOutcome.ndjson') }],
  },
};

const NOTES = [
  'export/manifest.json: 4 files of this bulk export are in the input.',
  'The server could not export all: 1 OperationOutcome in export/error/1.OperationOutcome.ndjson says why.',
  '2 files hold no records, and were skipped: 1 manifest of a bulk export, 1 log of a bulk export client.',
  '1 file was skipped as PDF (.pdf).',
  '1 file was skipped, for its name is that of no input (.json, .ndjson, .jsonl, gzipped or not): 1 .txt.',
];

function exported(more: { readonly [path: string]: unknown } = {}): string {
  const folder = temporaryFolder();
  fill(join(folder, 'export'), { ...EXPORT, ...more });
  return folder;
}

const summaryIn = (folder: string) => object(tree(folder)['out/summary.json'] ?? '');
const told = (stdout: string): string => stdout.replaceAll(/\s+/g, ' ');

describe('a folder as a bulk export client leaves it', () => {
  it('is converted, and its deletions are retracted', async () => {
    const folder = exported();
    const { code, stdout, stderr } = await clinikFhirIn(folder, ['convert', 'export', '--out', 'out']);
    expect([code, stderr]).toStrictEqual([0, '']);
    for (const note of NOTES) expect(told(stdout)).toContain(note);
    expect(objects(join(folder, 'out'), 'encounters.ndjson')).toHaveLength(2);
    expect(objects(join(folder, 'out'), 'retractions.ndjson')).toStrictEqual([
      {
        source: {
          file: 'export/deleted/1.Bundle.ndjson',
          line: 1,
          entry: '0',
          resourceType: 'Encounter',
          id: 'enc-gone',
        },
        path: 'encounters',
      },
      {
        source: { file: 'export/deleted/1.Bundle.ndjson', line: 1, entry: '1', resourceType: 'Patient', id: 'gone' },
        path: 'patients',
      },
    ]);
    const { files } = summaryIn(folder);
    expect(files).toMatchObject({
      skipped: 4,
      endings: { '.pdf': 1, '.txt': 1 },
      aside: [
        { reason: 'export-log', count: 1, files: ['export/log.ndjson'] },
        { reason: 'export-manifest', count: 1, files: ['export/manifest.json'] },
        { reason: 'other-name', count: 1, files: ['export/attachments/0f1e2e.txt'], endings: { '.txt': 1 } },
        { reason: 'pdf', count: 1, files: ['export/attachments/0f1e2d.pdf'], endings: { '.pdf': 1 } },
      ],
      exports: [
        {
          file: 'export/manifest.json',
          files: 4,
          missing: [],
          leftOut: 0,
          differing: [],
          errors: { records: 1, files: ['export/error/1.OperationOutcome.ndjson'] },
        },
      ],
      unreadable: [],
    });
  });

  it('is validated', async () => {
    const { code, stdout, stderr } = await clinikFhirIn(exported(), ['validate', 'export']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No errors in 5 records of 4 files\.$/m);
    expect(stderr).toBe(NOTES.map((note) => `clinik-fhir: ${note}\n`).join(''));
  });

  it('is inspected', async () => {
    const { code, stdout } = await clinikFhirIn(exported(), ['inspect', 'export', 'Encounter/enc-2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^export\/1\.Encounter\.ndjson:2 {2}Encounter {2}converted$/m);
  });

  it.each([
    ['a file of it is missing', { '1.Patient.ndjson': undefined }, 'manifest.json', 'export-file-missing'],
    ['a file of it is short', { '1.Encounter.ndjson': [visit] }, '1.Encounter.ndjson', 'export-count-short'],
  ])('ends with 1 where %s', async (_, change, file, id) => {
    const folder = exported(Object.fromEntries(Object.entries(change).filter(([, content]) => content !== undefined)));
    for (const [path, content] of Object.entries(change))
      if (content === undefined) rmSync(join(folder, 'export', path));
    const converted = await clinikFhirIn(folder, ['convert', 'export', '--out', 'out']);
    expect(converted.code).toBe(1);
    expect(converted.stdout).toMatch(new RegExp(`The bulk export is not whole:\\n {2}export/${file}: `));
    expect(summaryIn(folder).files).toMatchObject({ unreadable: [{ file: `export/${file}`, id }] });
    // What is there is converted.
    expect(objects(join(folder, 'out'), 'encounters.ndjson').length).toBeGreaterThan(0);
    const planned = await clinikFhirIn(folder, ['convert', 'export', '--plan']);
    expect([planned.code, planned.stdout.includes('The bulk export is not whole:')]).toStrictEqual([1, true]);
    const validated = await clinikFhirIn(folder, ['validate', 'export', '--format', 'json']);
    expect(validated.code).toBe(1);
    const findings = list(object(validated.stdout), 'findings');
    expect(findings).toMatchObject([{ rule: id, severity: 'error', source: { file: `export/${file}`, line: 1 } }]);
    const compact = await clinikFhirIn(folder, ['validate', 'export', '--ignore', id]);
    expect(compact.code).toBe(0);
  });

  it('may be read in parts: what an option leaves out is not missing', async () => {
    const folder = exported();
    const options = ['--include', '*.Encounter.ndjson', '--exclude', 'deleted', '--exclude', '*.csv'];
    const { code, stdout } = await clinikFhirIn(folder, [
      'convert',
      'export',
      '--out',
      'out',
      ...options,
      '--include',
      'manifest.json',
    ]);
    expect(code).toBe(0);
    expect(told(stdout)).toContain(
      '1 file of this bulk export is in the input; --include and --exclude leave out 3 others.',
    );
    expect(told(stdout)).toContain('4 files were left out by --include and --exclude.');
    expect(told(stdout)).toContain('--exclude *.csv: it matches no file.');
    const { files, run } = summaryIn(folder);
    expect(files).toMatchObject({
      unmatched: ['--exclude *.csv'],
      read: [{ file: 'export/1.Encounter.ndjson', records: 2 }],
    });
    expect(run).toMatchObject({ options: { include: 2, exclude: 2 } });
  });

  it('is read as the config file of a validation says, but for what the command line does', async () => {
    const folder = exported();
    fill(folder, { 'clinik-fhir.config.json': { exclude: ['error', 'deleted'] } });
    const records = async (...options: string[]) =>
      /\d+ records? of \d+ files?/.exec((await clinikFhirIn(folder, ['validate', 'export', ...options])).stdout)?.[0];
    expect(await records()).toBe('3 records of 2 files');
    expect(await records('--exclude', '*.Patient.*')).toBe('4 records of 3 files');
    expect(await records('--include', '*.Patient.*')).toBe('1 record of 1 file');
    const { stdout } = await clinikFhirIn(folder, ['validate', '--print-config', '--include', '*.json']);
    expect(object(stdout).settings).toMatchObject({
      include: { value: ['*.json'], from: 'flag' },
      exclude: { value: ['error', 'deleted'], from: 'config' },
    });
  });

  it('is no input where nothing but the manifest is there', async () => {
    const folder = exported();
    for (const command of [
      ['convert', 'export/manifest.json', '--out', 'out'],
      ['validate', 'export/manifest.json'],
    ]) {
      const { code, stderr } = await clinikFhirIn(folder, command);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^clinik-fhir: export\/manifest\.json: there is no file to (convert|validate)/);
      expect(stderr).toContain('export/manifest.json: 0 of 4 files of this bulk export are in the input.\n');
    }
  });
});

describe('files of clinik-fhir itself', () => {
  it('are no records where they lie among these: findings and baselines', async () => {
    const folder = temporaryFolder();
    fill(join(folder, 'in'), { '1.Patient.ndjson': [fine, { ...fine, id: 'p2', gender: 'x' }] });
    const outputs = ['json', 'ndjson', 'sarif'].flatMap((format) => [
      '--format',
      format,
      '--output',
      `in/of-${format}.json`,
    ]);
    await clinikFhirIn(folder, ['validate', 'in', ...outputs, '--write-baseline', 'in/known.json']);
    const { code, stdout, stderr } = await clinikFhirIn(folder, ['validate', 'in', '--exclude', 'none']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 error in 2 records of 1 file\.$/m);
    expect(stderr).toContain(
      '4 files hold no records, and were skipped: 1 baseline of clinik-fhir, 3 files of findings.\n',
    );
    expect(stderr).toContain('--exclude none: it matches no file.\n');
  });
});

describe('files of other formats', () => {
  const others = {
    'Patient.xml': '<Patient xmlns="http://hl7.org/fhir"/>',
    'oru.hl7': 'MSH|^~\\&|LAB|X\rPID|1||7',
    'patients.csv': 'id,name\n1,Doe\n',
    abcd: JSON.stringify(fine),
  };

  it('are named where they are found, each of them', async () => {
    const folder = temporaryFolder();
    fill(join(folder, 'in'), { ...others, 'Encounter.JSONL': [visit] });
    const { code, stdout } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(code).toBe(0);
    for (const note of [
      '1 file was skipped as FHIR XML (.xml); ask the server for application/fhir+json, or convert to JSON first.',
      '1 file was skipped as HL7 v2 (.hl7); convert to FHIR R4 in JSON first.',
      '1 file was skipped as CSV, or a table like it (.csv); convert to FHIR R4 in JSON first.',
      '1 file was skipped as FHIR in JSON, under another name; the ending .json or .ndjson makes it an input.',
    ])
      expect(told(stdout)).toContain(note);
  });

  it('are said to be all that there is', async () => {
    const folder = temporaryFolder();
    fill(join(folder, 'in'), others);
    for (const command of [
      ['convert', 'in', '--out', 'out'],
      ['validate', 'in'],
    ]) {
      const { code, stderr } = await clinikFhirIn(folder, command);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^1 file was skipped as FHIR XML \(\.xml\); ask the server for application\/fhir\+json/m);
    }
  });

  it('are refused where they are named', async () => {
    const folder = temporaryFolder();
    fill(folder, others);
    const { code, stderr } = await clinikFhirIn(folder, ['validate', 'Patient.xml']);
    expect([code, stderr]).toStrictEqual([
      2,
      'clinik-fhir: Patient.xml: it is FHIR XML, which is not read; ask the server for application/fhir+json, or convert to JSON first.\n',
    ]);
  });

  it('are findings where they are named as JSON', async () => {
    const folder = temporaryFolder();
    fill(folder, { 'a.json': 'PAR1\u0015\u0004', 'b.ndjson': Buffer.from('PK\u0003\u0004\xff', 'latin1') });
    const { code, stdout } = await clinikFhirIn(folder, ['validate', 'a.json', 'b.ndjson']);
    expect(code).toBe(1);
    expect(stdout).toContain('This is Parquet, where JSON should be (convert to FHIR R4 in JSON first).');
    expect(stdout).toContain('This is a ZIP archive, where JSON should be (unpack first).');
  });
});

describe('a bulk export of which the manifest lists no files', () => {
  const manifest = {
    transactionTime: '2026-01-31T09:00:00.000Z',
    request: 'https://ehr.example.org/fhir/$export?_since=2026-01-30',
    requiresAccessToken: true,
    output: [],
    deleted: [],
    error: [],
  };
  const NONE = 'in/manifest.json: this bulk export lists no files, and holds no records.';

  it('is whole for convert', async () => {
    const folder = fill(temporaryFolder(), { 'in/manifest.json': manifest });
    const { code, stdout, stderr } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(told(stdout)).toContain(NONE);
    expect(summaryIn(folder)).toMatchObject({ records: { in: { total: 0 } }, files: { exports: [{ files: 0 }] } });
    const plan = await clinikFhirIn(folder, ['convert', 'in', '--plan']);
    expect(plan.code).toBe(0);
    expect(told(plan.stdout)).toContain(NONE);
  });

  it('is whole for validate', async () => {
    const folder = fill(temporaryFolder(), { 'in/manifest.json': manifest });
    const { code, stderr } = await clinikFhirIn(folder, ['validate', 'in']);
    expect(code).toBe(0);
    expect(stderr).toContain(NONE);
  });

  it.each(['convert', 'validate'])('is not where it lists one that is not there: %s', async (command) => {
    const listed = { ...manifest, output: [{ type: 'Patient', url: url('1.Patient.ndjson') }] };
    const folder = fill(temporaryFolder(), { 'in/manifest.json': listed });
    const { code } = await clinikFhirIn(folder, [command, 'in', ...(command === 'convert' ? ['--out', 'out'] : [])]);
    expect(code).not.toBe(0);
  });
});

describe('one record that is skipped', () => {
  it('is said of as one', async () => {
    const gone = { request: { method: 'DELETE', url: 'Encounter/gone' } };
    const deletions = { resourceType: 'Bundle', type: 'transaction', entry: [gone] };
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [visit, visit], 'in/b.ndjson': [deletions] });
    const { stdout } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(told(stdout)).toContain(
      'Skipped besides: 1 entry of a Bundle that says that a record was deleted, 1 copy of another.',
    );
  });
});
