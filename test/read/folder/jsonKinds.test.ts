import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../../src/read/findInputs.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const patient = { resourceType: 'Patient', id: 'p1' };
const MANIFEST = {
  transactionTime: '2026-01-01T00:00:00Z',
  request: 'https://ehr.example.org/fhir/$export',
  requiresAccessToken: false,
  output: [],
  error: [],
};
const kickoff = {
  exportId: 'f00',
  timestamp: '2026-01-01T00:00:00Z',
  eventId: 'kickoff',
  eventDetail: { errorCode: null },
};
const request = {
  ...kickoff,
  eventId: 'download_request',
  eventDetail: { itemType: 'output', resourceType: 'Patient' },
};
const finding = { rule: 'dom-6', severity: 'warning', fingerprint: 'f', state: 'new', source: { file: 'a', line: 1 } };
const SCHEMA = 'http://hl7.org/fhir/uv/bulkdata/StructureDefinition/';

describe('JSON that holds no records', () => {
  it.each<[string, string, unknown, string]>([
    ['the manifest of a bulk export', 'manifest.json', MANIFEST, 'export-manifest'],
    ['one of another name, in a line', 'Patient.ndjson', [MANIFEST], 'export-manifest'],
    ['one that lists nothing', 'm.json', { ...MANIFEST, output: undefined }, 'export-manifest'],
    ['one that is gzipped', 'manifest.json.gz', gzipSync(JSON.stringify(MANIFEST)), 'export-manifest'],
    [
      'one with a type of a draft',
      'm.json',
      { resourceType: `${SCHEMA}BulkDataManifest`, ...MANIFEST },
      'export-manifest',
    ],
    [
      'one that says its time after all its files',
      'm.json',
      {
        output: Array.from({ length: 200 }, (_, index) => ({ type: 'Patient', url: `https://x/${index}.ndjson` })),
        transactionTime: 'x',
      },
      'export-manifest',
    ],
    ['the log of its client', 'log.ndjson', [kickoff, request], 'export-log'],
    ['a log with what the client adds', 'log2.ndjson', [{ project: 'x', ...kickoff }, request], 'export-log'],
    ['a log that was rotated', 'log1.ndjson.gz', gzipSync(`${JSON.stringify(kickoff)}\n\n`), 'export-log'],
    [
      'a log of another program',
      'fetch.ndjson',
      [{ level: 'info', message: 'x', timestamp: 't', resourceType: undefined }],
      'log',
    ],
    [
      'a log of pino',
      'fetch.json',
      [
        { level: 30, time: 1, msg: 'x' },
        { level: 30, time: 2, msg: 'y' },
      ],
      'log',
    ],
    ['rules', 'rules.json', { rules: [{ id: 'a', context: 'Patient', expression: 'name.exists()' }] }, 'settings'],
    ['a package', 'package.json', { name: 'x', version: '1.0.0' }, 'project'],
    ['its lock', 'sub/package-lock.json', { lockfileVersion: 3, packages: {} }, 'project'],
    ['a config of TypeScript', 'tsconfig.build.json', { compilerOptions: {} }, 'project'],
    ['a baseline', 'known.json', { version: 1, tool: 'clinik-fhir', findings: [] }, 'baseline'],
    ['a config', 'clinik-fhir.config.json', { failOn: 'warning' }, 'settings'],
    ['findings in JSON', 'findings.json', { findings: [finding], summary: { files: 1, notChecked: {} } }, 'findings'],
    ['findings in NDJSON', 'findings.ndjson', [finding, finding], 'findings'],
    ['findings in SARIF', 'findings.sarif.json', { version: '2.1.0', runs: [] }, 'findings'],
    [
      'an id map',
      'ids.ndjson',
      [
        { reference: 'Patient/1', id: 'pat_1' },
        { reference: 'Patient/2', id: 'pat_2' },
      ],
      'id-map',
    ],
  ])('is set aside: %s', async (_, name, content, kind) => {
    const folder = fill(temporaryFolder(), { [name]: content });
    const { files, aside, skipped } = await findInputs([folder]);
    expect(files).toStrictEqual([]);
    expect(aside).toStrictEqual([{ reason: kind, count: 1, files: [`${folder}/${name}`] }]);
    expect(skipped).toBe(1);
    // By whatever way it comes.
    expect((await findInputs([`${folder}/${name}`])).files).toStrictEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['a log with a record in it', 'log.ndjson', [kickoff, patient, request]],
    ['a log with something else in it', 'log.ndjson', [kickoff, { a: 1 }]],
    ['a log that is cut off', 'log.ndjson', `${JSON.stringify(kickoff)}\n{"exportId":"f0`],
    ['a resource with the elements of a log', 'log.ndjson', [{ resourceType: 'Basic', ...kickoff }]],
    ['a resource with the elements of a manifest', 'manifest.json', { resourceType: 'Basic', ...MANIFEST }],
    ['a resource that says its type last', 'manifest.json', { ...MANIFEST, resourceType: 'Basic' }],
    ['a manifest with a record after it', 'manifest.ndjson', [MANIFEST, patient]],
    ['a resource in a file that is named as a package', 'package.json', patient],
    ['a payload, by the name of its file', 'labs-log.ndjson', [kickoff]],
    ['a payload, by the name of its file', 'tasks.json', MANIFEST],
    ['a payload in a response, whatever the name', 'package.json', { data: { status: 'planned' } }],
    ['a line with a level', 'x.ndjson', [{ level: 'high', message: 'x' }]],
    ['any other object', 'x.json', { name: 'x', version: '1.0.0' }],
    ['an id map with a column too many', 'x.ndjson', [{ reference: 'Patient/1', id: 'pat_1', status: 'x' }]],
    ['a list', 'manifest.json', [MANIFEST]],
    ['what is no JSON', 'manifest.json', '{"transactionTime":"x","output":['],
    ['a damaged gzip file', 'manifest.json.gz', gzipSync(JSON.stringify(MANIFEST)).subarray(0, 40)],
    ['nothing', 'manifest.json', ''],
  ])('is not: %s', async (_, name, content) => {
    const text = name === 'manifest.json' && Array.isArray(content) ? JSON.stringify(content) : content;
    const folder = fill(temporaryFolder(), { [name]: text });
    expect((await findInputs([folder])).files).toHaveLength(1);
  });
});
