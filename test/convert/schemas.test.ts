import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { convert } from '../../src/convert/convertToFiles.js';
import { isObject } from '../../src/lens/json.js';
import { findLens } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';
import { objects, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
addFormats.default(ajv);
const SCHEMAS = join('docs', 'schemas');
const REPORTS = ['sources', 'losses', 'rejects', 'fixes', 'retractions', 'residues'];
/** Those of `validate`; formats/json.test.ts holds them to what is written. */
const OF_A_CHECK = ['finding', 'findings'];
const CORPUS = join('..', 'shared', 'corpus');

function schema(...path: string[]): ValidateFunction {
  const { $id: _, ...rest } = JSON.parse(readFileSync(join(SCHEMAS, ...path), 'utf8'));
  return ajv.compile(rest);
}

describe('the JSON Schemas of the files', () => {
  const outs: string[] = [];
  const folder = temporaryFolder();

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'broken.ndjson'),
      `{"resourceType":"Encounter"\n{"status":"x"}\n${JSON.stringify(encounter)}`,
    );
    writeFileSync(join(folder, 'cut.ndjson.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]));
    const inputs = ['fixtures', folder];
    // One run of many records is enough.
    const all = [...inputs, ...(existsSync(CORPUS) ? [CORPUS] : [])];
    for (const [index, options] of (
      [
        {},
        { inputs: all, residue: true, raw: true },
        { inputs: [join('fixtures', 'ehr-export')], splitWaves: true, raw: true, rawTypes: ['all'] },
        { dryRun: true },
        {
          strict: true,
          raw: true,
          facts: () => ({ version: '1', bytes: 1, milliseconds: 2, options: { strict: true } }),
        },
        { splitWaves: true, residue: true },
        { format: 'bulk-import' },
      ] as const
    ).entries()) {
      const out = join(folder, `out-${index}`);
      await convert({ inputs, out, ...options });
      outs.push(out);
    }
    const few = { inputs: ['fixtures', join(folder, 'broken.ndjson')], out: join(folder, 'fixed') };
    await convert(few);
    const fixes = join(few.out, 'rejected');
    for (const name of readdirSync(fixes)) {
      const file = join(fixes, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"status":"', '"language":"de","status":"'));
    }
    await convert({ ...few, fixes, force: true });
    outs.push(few.out);
  });

  for (const name of REPORTS)
    it(`hold each line of ${name}.ndjson`, () => {
      const validate = schema('files', `${name}.json`);
      let lines = 0;
      for (const out of outs)
        for (const line of objects(out, `${name}.ndjson`)) {
          lines += 1;
          ensure(validate(line), `${JSON.stringify(line).slice(0, 300)} ${ajv.errorsText(validate.errors)}`);
        }
      expect(lines).toBeGreaterThan(5);
      expect(validate({})).toBe(false);
      expect(validate({ source: { file: 'a', line: 1 }, more: 1 })).toBe(false);
    });

  it('hold summary.json', () => {
    const validate = schema('files', 'summary.json');
    for (const out of outs) {
      const text = readFileSync(join(out, 'summary.json'), 'utf8');
      ensure(validate(JSON.parse(text)), ajv.errorsText(validate.errors));
      expect(validate(JSON.parse(text.replace('{', '{"more":1,')))).toBe(false);
    }
  });

  it('hold clinik-fhir.run.json, which lists all that is there, as it is there', () => {
    const validate = schema('files', 'run.json');
    for (const out of outs) {
      const { 'clinik-fhir.run.json': text = '', ...others } = tree(out);
      const manifest: unknown = JSON.parse(text);
      ensure(isObject(manifest) && Array.isArray(manifest.files));
      ensure(validate(manifest), ajv.errorsText(validate.errors));
      expect(validate({ ...manifest, more: 1 })).toBe(false);
      const listed: { file: string; lines: number; bytes: number }[] = manifest.files;
      expect(listed.map(({ file }) => file)).toStrictEqual(Object.keys(others).sort());
      for (const { file, lines, bytes } of listed) {
        const there = readFileSync(join(out, file));
        expect([file, bytes]).toStrictEqual([file, there.length]);
        if (file.endsWith('.ndjson'))
          expect([file, lines]).toStrictEqual([file, there.toString().split('\n').length - 1]);
      }
    }
  });

  it('hold each payload that is written', () => {
    let lines = 0;
    for (const path of ['assessments', 'documents', 'encounters', 'labs', 'tasks']) {
      const validate = schema(`${path}.json`);
      for (const out of outs)
        for (const payload of objects(out, `${path}.ndjson`)) {
          lines += 1;
          ensure(validate(payload), `${path} ${ajv.errorsText(validate.errors)}`);
          expect(findLens(path)?.safeToFhir(payload).ok).toBe(true);
        }
    }
    expect(lines).toBeGreaterThan(100);
  });

  it('hold the examples of docs/files.md', () => {
    const page = readFileSync(join('docs', 'files.md'), 'utf8');
    for (const name of REPORTS) {
      const [, examples = ''] =
        new RegExp(`## ${name}\\.ndjson\\n\\n\`\`\`json\\n(.*?)\\n\`\`\``, 's').exec(page) ?? [];
      const validate = schema('files', `${name}.json`);
      expect([name, examples]).not.toStrictEqual([name, '']);
      for (const line of examples.split('\n')) ensure(validate(JSON.parse(line)), ajv.errorsText(validate.errors));
    }
  });

  it('are one for each report there is', () => {
    expect(readdirSync(join(SCHEMAS, 'files')).sort()).toStrictEqual(
      [...REPORTS, 'run', 'summary', ...OF_A_CHECK].map((name) => `${name}.json`).sort(),
    );
  });
});
