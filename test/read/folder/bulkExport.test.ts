import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../../src/read/findInputs.js';
import { type FileFailure, readBatches } from '../../../src/read/inputBatches.js';
import { exportNotes, exportSummaries } from '../../../src/report/exports.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const patient = { resourceType: 'Patient', id: 'p1' };
const outcome = { resourceType: 'OperationOutcome', issue: [] };
const item = (url: string, more: object = {}) => ({ type: 'Patient', url, ...more });
const manifest = (output: unknown[], more: object = {}) => ({
  transactionTime: '2026-01-01T00:00:00Z',
  request: 'https://ehr.example.org/fhir/$export',
  requiresAccessToken: true,
  output,
  error: [],
  ...more,
});

/** What is wrong with the exports of a folder, by file and id, and what there is to say of them. */
async function read(files: { readonly [path: string]: unknown }, options: { exclude?: string[] } = {}) {
  const folder = fill(temporaryFolder(), files);
  const found = await findInputs([folder], undefined, [], options);
  const failures: FileFailure[] = [];
  for await (const { items } of readBatches(found, {}, ({ source }) => ({ kind: 'read' as const, source })))
    for (const one of items) if (one.kind === 'unreadable') failures.push(one);
  const below = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    files: found.files.map(({ path }) => below(path)),
    faults: failures.map(({ source, issue }) => `${below(source.file)} ${issue.id}`),
    says: failures.map(({ issue }) => issue.diagnostics),
    notes: exportNotes(exportSummaries(found.exports)).map(below),
  };
}

const ALL = ['manifest.json: 2 files of this bulk export are in the input.'];

describe('the files of a bulk export', () => {
  it.each<[string, { readonly [path: string]: unknown }]>([
    [
      'their names in the addresses',
      {
        'manifest.json': manifest([
          item('https://x/a/1.Patient.ndjson', { count: 1 }),
          item('https://x/b.ndjson?sig=a/b'),
        ]),
        '1.Patient.ndjson': [patient],
        'b.ndjson': [patient],
      },
    ],
    [
      'names of addresses that hide characters',
      {
        'manifest.json': manifest([item('https://x/a%20b.ndjson'), item('https://x/c.ndjson#x')]),
        'a b.ndjson': [patient],
        'c.ndjson': [patient],
      },
    ],
    [
      'the type and a number, as a client calls them',
      {
        'manifest.json': manifest([item('https://x/Binary/abc'), item('https://x/Binary/def')]),
        '1.Patient.ndjson': [patient],
        '2.Patient.ndjson': [patient],
      },
    ],
    [
      'where the client says that it put them',
      {
        'manifest.json': manifest([
          item('https://x/Binary/abc', { destination: '/data/p.ndjson' }),
          item('https://x/q.ndjson'),
        ]),
        'p.ndjson': [patient],
        'q.ndjson': [patient],
      },
    ],
    [
      'a name with .gz, on either side',
      {
        'manifest.json': manifest([item('https://x/p.ndjson'), item('https://x/q.ndjson.gz')]),
        'p.ndjson.gz': [patient],
        'q.ndjson': [patient],
      },
    ],
    [
      'one name in several lists, by the folders that a client makes',
      {
        'manifest.json': manifest([item('https://x/1.ndjson', { count: 1 })], {
          error: [{ type: 'OperationOutcome', url: 'https://y/1.ndjson', count: 0 }],
        }),
        'error/1.ndjson': [],
        '1.ndjson': [patient],
      },
    ],
    [
      'names without an ending, which nobody would read else',
      {
        'manifest.json': manifest([item('https://x/Binary/abc', { count: 1 }), item('https://x/Binary/d.txt')]),
        abc: [patient],
        'd.txt': [patient],
      },
    ],
    [
      'elsewhere than the manifest',
      { 'logs/manifest.json': manifest([item('https://x/p.ndjson')]), 'data/p.ndjson': [patient] },
    ],
  ])('are known by %s', async (_, files) => {
    const { faults, notes, files: read_ } = await read(files);
    expect(faults).toStrictEqual([]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/manifest\.json: (2 files|1 file) of this bulk export (are|is) in the input\.$/);
    expect(read_).toHaveLength(Object.keys(files).length - 1);
  });

  it('are said to be missing, also where another export has one of the name', async () => {
    const listed = manifest([item('https://x/p.ndjson', { count: 1 }), item('https://x/secret/q.ndjson?token=abc')]);
    const { faults, says, notes } = await read({
      'one/manifest.json': listed,
      'one/p.ndjson': [patient],
      'two/manifest.json': listed,
      'two/p.ndjson': [patient],
      'two/q.ndjson': [patient],
    });
    expect(faults).toStrictEqual(['one/manifest.json export-file-missing']);
    expect(says).toStrictEqual([
      'This manifest of a bulk export lists a file under output that is not in the input: q.ndjson.',
    ]);
    expect(notes).toStrictEqual([
      'one/manifest.json: 1 of 2 files of this bulk export is in the input.',
      'two/manifest.json: 2 files of this bulk export are in the input.',
    ]);
  });

  it.each<[string, { readonly [path: string]: unknown }, string[]]>([
    ['beside it', { 'x/p.ndjson': [patient], 'x/manifest.json': 0, 'y/manifest.json': 0 }, ['y']],
    ['below it', { 'x/p.ndjson': [patient], 'x/manifest.json': 1, 'manifest.json': 0 }, ['.']],
    ['in its folder', { 'p.ndjson': [patient], 'a.json': 0, 'b.json': 1 }, ['b']],
    ['around it', { 'p.ndjson': [patient], 'manifest.json': 0, 'y/manifest.json': 1 }, ['y']],
    [
      'beside it, with its files below',
      { 'x/data/p.ndjson': [patient], 'x/manifest.json': 0, 'y/manifest.json': 1 },
      ['y'],
    ],
    [
      'beside it, that lists others',
      { 'x/p.ndjson': [patient], 'x/q.ndjson': [patient], 'x/manifest.json': 2, 'y/manifest.json': 1 },
      ['y'],
    ],
    ['of the same files, one in the folder of the other', { 'p.ndjson': [patient], 'a.json': 0, 'l/a.json': 0 }, []],
  ])('are missing where they are those of another export %s', async (_, files, missing) => {
    const manifests = [
      manifest([item('https://x/p.ndjson', { count: 1 })]),
      manifest([item('https://x/p.ndjson', { count: 1 })], { transactionTime: '2026-02-01T00:00:00Z' }),
      manifest([item('https://x/q.ndjson')]),
    ];
    const filled = Object.entries(files).map(([path, one]) => [path, typeof one === 'number' ? manifests[one] : one]);
    const { faults } = await read(Object.fromEntries(filled));
    const named = faults.map((fault) => fault.replace(/(^|\/)?(manifest)?\.json export-file-missing$/, ''));
    expect(named.map((name) => name || '.')).toStrictEqual(missing);
  });

  it('are missing where two addresses end in the same name, of which a client keeps one', async () => {
    const { faults } = await read({
      'manifest.json': manifest([item('https://x/a/p.ndjson'), item('https://x/b/p.ndjson')]),
      'p.ndjson': [patient],
    });
    expect(faults).toStrictEqual(['manifest.json export-file-missing']);
  });

  it('are missing where what is there is of another format', async () => {
    const { faults } = await read({
      'manifest.json': manifest([item('https://x/p.parquet')]),
      'p.parquet': 'PAR1....',
    });
    expect(faults).toStrictEqual(['manifest.json export-file-missing']);
  });

  it('are not missing where an option leaves them out', async () => {
    const files = {
      'manifest.json': manifest([item('https://x/p.ndjson'), item('https://x/q.ndjson')]),
      'p.ndjson': [patient],
      'q.ndjson': [patient],
    };
    const { faults, notes } = await read(files, { exclude: ['q.*'] });
    expect(faults).toStrictEqual([]);
    expect(notes).toStrictEqual([
      'manifest.json: 1 file of this bulk export is in the input; --include and --exclude leave out 1 other.',
    ]);
  });

  it.each([
    [3, ['manifest.json: 1 file of this bulk export is in the input.'], ['p.ndjson export-count-short']],
    [2, ['manifest.json: 1 file of this bulk export is in the input.'], []],
    [
      1,
      [
        'manifest.json: 1 file of this bulk export is in the input.',
        'p.ndjson: it holds 2 records, and the manifest of its bulk export says 1.',
      ],
      [],
    ],
  ])('are counted: 2 of %d records', async (count, notes, faults) => {
    const files = {
      'manifest.json': manifest([item('https://x/p.ndjson', { count })]),
      'p.ndjson': `${JSON.stringify(patient)}\n\n${JSON.stringify(patient)}`,
    };
    expect(await read(files)).toMatchObject({ notes, faults });
  });

  it('are counted by lines, whatever is in these', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: patient }, { resource: patient }],
    };
    const files = {
      'manifest.json': manifest([item('https://x/p.ndjson', { count: 3 })]),
      'p.ndjson': `${JSON.stringify(bundle)}\n{}\n{"a"`,
    };
    expect(await read(files)).toMatchObject({ faults: [], notes: [expect.anything()] });
  });

  it('may be what the server could not export', async () => {
    const error = [{ type: 'OperationOutcome', url: 'https://x/1.OperationOutcome.ndjson' }];
    const files = { 'manifest.json': manifest([item('https://x/p.ndjson')], { error }), 'p.ndjson': [patient] };
    const { notes, faults } = await read({ ...files, 'error/1.OperationOutcome.ndjson': [outcome, outcome] });
    expect(faults).toStrictEqual([]);
    expect(notes).toStrictEqual([
      ...ALL,
      'The server could not export all: 2 OperationOutcomes in error/1.OperationOutcome.ndjson say why.',
    ]);
  });

  it.each([
    ['no address', {}, 'output[0]'],
    ['an address that is no text', { url: 5 }, 'output[0]'],
    ['an item that is no object', null, 'output[0]'],
    ['a type that could be anything', { type: '../../etc', url: '' }, 'output[0]'],
    ['an address of nothing but a name', { url: 'p.ndjson' }, 'p.ndjson'],
    ['an address of a name that no file has', { url: `https://x/${'a'.repeat(300)}` }, 'output[0]'],
    ['an address that is written wrong', { url: 'https://x/%E0%A4%A' }, '%E0%A4%A'],
  ])('may be told of badly: %s', async (_, one, name) => {
    const { says } = await read({ 'manifest.json': manifest([one]), 'x.ndjson': [patient] });
    expect(says).toStrictEqual([
      `This manifest of a bulk export lists a file under output that is not in the input: ${name}.`,
    ]);
  });
});
