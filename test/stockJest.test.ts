import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fill } from './support/folder.js';
import { packedProject } from './support/packed.js';

/** A user's tests: all that the library can only know by asking of what kind an error or a value is. */
const TESTS = `
  const rejection = (promise) => promise.then(() => { throw new Error('It was to fail.'); }, (error) => error);
  const effectiveDateTime = '2026-01-05T10:00:00Z';
  const record = {
    ...{ resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/1' } },
    effectiveDateTime,
  };

  test('says why each file of a folder cannot be read', async () => {
    const found = {};
    for await (const one of node.convertRecords('records', { to: 'payload' }))
      found[one.source.file] = one.kind === 'unreadable' ? one.issue.diagnostics : one.output;
    expect(found).toStrictEqual({
      [join('records', 'loop.ndjson')]: 'It could not be read to its end (its links lead in a circle).',
      [join('records', 'nowhere.ndjson')]: 'It could not be read to its end (it does not exist).',
      [join('records', 'cut.ndjson.gz')]: 'The gzip file was cut off; what came before the cut was read.',
      [join('records', 'good.ndjson')]: { status: 'final', code: 'x', patientId: '1' },
    });
  });

  test('converts the rest of the folder, and lists these files', async () => {
    const { records, files } = await node.convert({ inputs: ['records'], out, to: 'payload' });
    expect(records.converted.total).toBe(1);
    expect(files.unreadable.map(({ file }) => basename(file)).sort()).toStrictEqual([
      'cut.ndjson.gz', 'loop.ndjson', 'nowhere.ndjson',
    ]);
  });

  test.each([
    ['an input', 'it does not exist', () => node.convert({ inputs: ['nothing'], out: out + 2, to: 'payload' })],
    ['an output', 'it is not a folder', () => node.convert({ inputs: ['records'], out: join('map.csv', 'x'), to: 'payload' })],
    ['an id map', 'it does not exist', () => node.readIdMap('nothing.csv')],
    ['an id map', 'CSV_QUOTE_NOT_CLOSED', () => node.readIdMap('map.csv')],
  ])('throws a UsageError for %s that cannot be: %s', async (_, words, call) => {
    const error = await rejection(call());
    expect(error).toBeInstanceOf(node.UsageError);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toContain(words);
  });

  test('ends with the reason of a signal', async () => {
    const signal = AbortSignal.abort('enough');
    expect(await rejection(node.convert({ inputs: ['records'], out: out + 3, to: 'payload', signal }))).toBe('enough');
  });

  test('throws errors that are known by their class, and gives values that are equal to those of the test', () => {
    expect(() => core.labs.toFhir({})).toThrow(core.ClinikFhirError);
    expect(() => core.lensFor('Patient')).toThrow(RangeError);
    expect(core.labs.fromFhir(record)).toStrictEqual(
      { id: undefined, payload: { status: 'final', code: 'x', patientId: '1', effectiveDateTime }, losses: [], issues: [] });
  });

  test('has fhirpath for the rules of a user', () => {
    const rule = { id: 'named', context: 'Patient', severity: 'error', message: 'A name.' };
    const rules = [{ ...rule, expression: 'name.exists()' }, { ...rule, id: 'broken', expression: 'name.exists(' }];
    const { issue } = core.validate({ resourceType: 'Patient', active: true }, { rules });
    expect(issue.map(({ details }) => details.coding[0].code)).toStrictEqual(['rule-invalid', 'named']);
  });
`;

/** The tests as a file that loads the package in its own way and writes to `out`. */
const testsOf = (out: string, modules: string): string => `
  ${modules}
  const out = '${out}';
  ${TESTS}`;

describe('the packed package in a Jest without any configuration', () => {
  const { folder } = packedProject();
  fill(folder, {
    'required.test.cjs': testsOf(
      'required',
      `const core = require('clinik-fhir');
       const node = require('clinik-fhir/node');
       const { basename, join } = require('node:path');`,
    ),
    'imported.test.mjs': testsOf(
      'imported',
      `import * as core from 'clinik-fhir';
       import * as node from 'clinik-fhir/node';
       import { basename, join } from 'node:path';`,
    ),
    'map.csv': 'source,clinik\n"a,b\n',
    'records/good.ndjson': [
      { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/1' } },
    ],
    'records/cut.ndjson.gz': Buffer.from('1f8b0800', 'hex'),
  });
  // Files that nobody can read, not even who may read everything.
  symlinkSync('loop.ndjson', join(folder, 'records', 'loop.ndjson'));
  symlinkSync('gone.ndjson', join(folder, 'records', 'nowhere.ndjson'));

  it.each([
    ['as CommonJS', 'required.test.cjs', []],
    ['as ES modules', 'imported.test.mjs', ['--experimental-vm-modules', '--no-warnings']],
  ])('works %s', (_, file, flags) => {
    const jest = resolve('node_modules', 'jest', 'bin', 'jest.js');
    const args = [...flags, jest, '--rootDir', folder, '--json', '--outputFile', join(folder, 'results.json'), file];
    const { stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
    expect([stderr, numPassedTests, numTotalTests]).toStrictEqual([stderr, 9, 9]);
  });
});
