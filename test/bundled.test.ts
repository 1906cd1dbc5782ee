import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { buildSync, type Format } from 'esbuild';
import { temporaryFolder } from './support/folder.js';
import { packedProject } from './support/packed.js';

const RULE = { id: 'named', context: 'Patient', severity: 'error', expression: 'name.exists()', message: 'A name.' };
const CODING = { system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'no such code' };
const PATIENT = { resourceType: 'Patient', active: true, meta: { tag: [CODING] } };

/** A program that says what became of a rule and of a code, and what it was told of the rule. */
const program = (options: string): string => `
  const { issue } = validate(${JSON.stringify(PATIENT)}, { rules: [${JSON.stringify(RULE)}], ${options} });
  const ids = issue.map(({ details }) => details.coding[0].code).sort().join();
  const told = issue.find(({ diagnostics }) => diagnostics.includes('clinik-fhir/fhirpath'));
  const said = \`\${ids} \${told !== undefined}\`;`;

const WITHOUT = 'rule-invalid,terminology-not-loaded true';
const WITH = 'code-unknown,named false';

const CORE = "import { validate } from 'clinik-fhir';";
const FOR_EFFECT = `${CORE} import 'clinik-fhir/fhirpath'; import 'clinik-fhir/tables';`;
const PASSED = `${CORE} import { fhirpath } from 'clinik-fhir/fhirpath'; import 'clinik-fhir/tables';`;

/** A user's program as one file, with nothing of the packages beside it. */
describe('a program that is one file', () => {
  const { folder, run } = packedProject({ type: 'module' });

  function bundle(code: string, format: Format, platform: 'node' | 'browser'): string {
    const entry = join(folder, 'program.mjs');
    writeFileSync(entry, code);
    const [output] = buildSync({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format,
      platform,
      logLevel: 'error',
    }).outputFiles;
    return output?.text ?? '';
  }

  function answer(code: string, format: 'cjs' | 'esm'): string {
    const alone = temporaryFolder();
    mkdirSync(join(alone, 'lambda'));
    const file = join(alone, 'lambda', format === 'cjs' ? 'index.cjs' : 'index.mjs');
    writeFileSync(file, bundle(`${code} console.log(said);`, format, 'node'));
    return run(process.execPath, [file]).trim();
  }

  it.each(['cjs', 'esm'] as const)('runs in Node, and says what it lacks (%s)', (format) => {
    expect(answer(`${CORE}${program('')}`, format)).toBe(WITHOUT);
  });

  it.each(['cjs'] as const)('has rules of its own and tables, imported for their effect (%s)', (format) => {
    expect(answer(`${FOR_EFFECT}${program('')}`, format)).toBe(WITH);
  });

  it.each([
    ['without them', CORE, '', WITHOUT],
    ['imported for their effect', FOR_EFFECT, '', WITH],
    ['given as an option', PASSED, 'fhirpath', WITH],
  ])('has rules of its own and tables in a browser: %s', (_, imports, options, wanted) => {
    const text = bundle(`${imports}${program(options)} globalThis.answer = said;`, 'iife', 'browser');
    const realm: { answer?: string } = { answer: '' };
    runInNewContext(
      text,
      Object.assign(realm, { globalThis: realm, atob, btoa, console, URL, TextEncoder, TextDecoder, setTimeout }),
    );
    expect(realm.answer).toBe(wanted);
  });
});

describe('a program that loads no guide', () => {
  const { folder } = packedProject({ type: 'module' });

  it.each([
    [false, 'validate({})'],
    [true, 'validate({}, { profiles: loadGuide([]) })'],
  ])('has what holds a record to profiles: %s', (isThere, call) => {
    const contents = `import { loadGuide, validate } from 'clinik-fhir'; console.log(${call});`;
    const stdin = { contents, resolveDir: folder };
    const [output] = buildSync({ stdin, bundle: true, write: false, format: 'esm', platform: 'browser' }).outputFiles;
    expect((output?.text ?? '').includes('wants the slices of')).toBe(isThere);
  });
});

describe('clinik-fhir/fhirpath and clinik-fhir/tables', () => {
  const { folder, run } = packedProject({ type: 'module' });

  it.each([
    ['import', 'both.mjs', (name: string) => `import * as it from 'clinik-fhir/${name}';`],
    ['require', 'both.cjs', (name: string) => `const it = require('clinik-fhir/${name}');`],
  ])('are loaded by %s', (_, file, load) => {
    for (const name of ['fhirpath', 'tables']) {
      writeFileSync(join(folder, file), `${load(name)} console.log(Object.keys(it.${name}).sort().join());`);
      const keys = {
        fhirpath: 'evaluation,faultIn',
        tables: 'codeSystems,countries,extensions,languages,moreValueSets,profiles,units',
      };
      expect(run(process.execPath, ['--no-warnings', file]).trim()).toBe(keys[name === 'tables' ? name : 'fhirpath']);
    }
  });
});
