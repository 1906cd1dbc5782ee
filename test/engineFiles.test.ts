import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'acorn';
import { buildSync } from 'esbuild';

const textOf = (...path: string[]): string => readFileSync(join('dist', ...path), 'utf8');

/** The most that each file may have, in kB (1,000 bytes) as gzip makes it; what they have today is up to 5 % less. */
const BUDGETS: readonly (readonly [file: string, kilobytes: number])[] = [
  ['browser/clinik-fhir.mjs', 195],
  ['browser/clinik-fhir.iife.js', 195],
  ['browser/lenses.mjs', 92],
  ['browser/fhirpath.mjs', 250],
  ['browser/tables.mjs', 325],
  ['browser/profiles.mjs', 20],
  ['rhino/clinik-fhir.js', 310],
  ['rhino/fhirpath.js', 260],
  ['rhino/tables.js', 325],
];

describe('a file for an engine', () => {
  it.each(BUDGETS)('keeps to its budget: %s, %i kB', (file, kilobytes) => {
    expect(gzipSync(textOf(file), { level: 9 }).length / 1000).toBeLessThanOrEqual(kilobytes);
  });

  it.each(BUDGETS)('imports nothing but what stands beside it: %s', (file) => {
    const entryPoints = [join('dist', file)];
    const { metafile } = buildSync({
      entryPoints,
      bundle: true,
      external: ['*'],
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
    expect(imports.filter((path) => path !== './clinik-fhir.mjs')).toStrictEqual([]);
  });
});

describe('the file of profiles', () => {
  it('holds what the core beside it looks at to a guide, and stops where the core does', () => {
    const code = `
      import { validate } from './clinik-fhir.mjs';
      import { loadGuide } from './profiles.mjs';
      const element = [{ path: 'Patient.name', min: 1 }, { path: 'Patient.gender', min: 1 }];
      const url = 'http://example.org/p';
      const type = 'Patient';
      const profiles = loadGuide([{ resourceType: 'StructureDefinition', url, type, differential: { element } }]);
      const look = (maxIssues) => validate({ resourceType: type, active: true }, { profiles, profile: [url], maxIssues });
      console.log([look(9), look(1)].map(({ issue }) => issue.map((one) => one.expression).join()).join(' '));`;
    const folder = join('dist', 'browser');
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' });
    expect(said.trim()).toBe('Patient.name,Patient.gender Patient.name');
  });

  it('has what the core does without', () => {
    const says = 'wants the slices of';
    expect(textOf('browser', 'profiles.mjs')).toContain(says);
    for (const file of ['clinik-fhir.mjs', 'clinik-fhir.iife.js']) expect(textOf('browser', file)).not.toContain(says);
  });
});

describe('the lenses alone', () => {
  it.each(['validate', 'fhir/generated/types', 'fhir/generated/valueSets', 'fhir/generated/invariants'])(
    'have nothing of src/%s',
    (part) => {
      const { metafile } = buildSync({
        entryPoints: [join('src', 'lenses.ts')],
        bundle: true,
        packages: 'external',
        write: false,
        metafile: true,
      });
      const inputs = Object.keys(metafile.inputs);
      expect(inputs).toContain('src/resources/lens.ts');
      expect(inputs.filter((path) => path.startsWith(`src/${part}`))).toStrictEqual([]);
    },
  );
});

describe('the files for Rhino', () => {
  const FILES = ['clinik-fhir.js', 'fhirpath.js', 'tables.js'];

  it.each(FILES)('are ES5, their regular expressions as well: %s', (file) => {
    expect(parse(textOf('rhino', file), { ecmaVersion: 5 }).type).toBe('Program');
  });

  it.each(['const a = 1', 'var a = /a/u', 'var a = /(?<!a)b/', 'var a = /a/y'])('would else be refused: %s', (code) => {
    expect(() => parse(code, { ecmaVersion: 5 })).toThrow(SyntaxError);
  });

  it('have one global, to which rules of one’s own and tables are brought', () => {
    const realm = createContext({});
    const before: string[] = runInContext('Object.getOwnPropertyNames(this)', realm);
    for (const file of FILES) runInContext(textOf('rhino', file), realm);
    const names: string[] = runInContext('Object.getOwnPropertyNames(this)', realm);
    // core-js keeps what it has in a global of its own, and shares it with other copies.
    expect(new Set(names)).toStrictEqual(new Set([...before, 'clinikFhir', '__core-js_shared__']));
    const rule = { id: 'named', context: 'Patient', severity: 'error', expression: "id.matches('^a.$')", message: 'A' };
    const tag = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'no such code' }];
    const patient = { resourceType: 'Patient', id: 'b1', meta: { tag } };
    const call = `clinikFhir.validate(${JSON.stringify(patient)}, { rules: [${JSON.stringify(rule)}] })`;
    const ids = runInContext(
      `${call}.issue.map(function (one) { return one.details.coding[0].code; }).sort().join()`,
      realm,
    );
    expect(ids).toBe('code-unknown,named');
    const alone = createContext({});
    runInContext(textOf('rhino', 'clinik-fhir.js'), alone);
    expect(runInContext(`JSON.stringify(${call})`, alone)).toMatch(/rule-invalid.*terminology-not-loaded/);
  });
});
