import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { packedProject } from './support/packed.js';

/** Installs the packed tarball into an empty project, as a user would get it. */
describe('the package, packed and installed', () => {
  const { folder, run, compile } = packedProject({ type: 'module' });

  const example = `
    const lab = lensFor('labs').toFhir({ status: 'final', code: '24323-8', patientId: 'pt_1' });
    const { payload, losses } = labs.fromFhir(lab);
    console.log(lab.resourceType, payload.code, losses.length);`;
  const expected = 'DiagnosticReport 24323-8 0\n';

  it('is loaded by import', () => {
    writeFileSync(join(folder, 'esm.mjs'), `import { labs, lensFor } from 'clinik-fhir';${example}`);
    expect(run(process.execPath, ['esm.mjs'])).toBe(expected);
  });

  it('is loaded by require', () => {
    writeFileSync(join(folder, 'cjs.cjs'), `const { labs, lensFor } = require('clinik-fhir');${example}`);
    expect(run(process.execPath, ['cjs.cjs'])).toBe(expected);
  });

  it('is there once for a program that does both', () => {
    writeFileSync(
      join(folder, 'both.mjs'),
      `import { createRequire } from 'node:module';
       import { ClinikFhirError } from 'clinik-fhir';
       import { UsageError } from 'clinik-fhir/node';
       const require = createRequire(import.meta.url);
       console.log(require('clinik-fhir').ClinikFhirError === ClinikFhirError, require('clinik-fhir/node').UsageError === UsageError);`,
    );
    expect(run(process.execPath, ['--no-warnings', 'both.mjs'])).toBe('true true\n');
  });

  it.each(['nodenext', 'node16'])('has types for CommonJS, too (module: %s)', (module) => {
    writeFileSync(
      join(folder, 'required.cts'),
      `import { ClinikFhirError, lensFor, type LabPayload, type ResourceLens } from 'clinik-fhir';
       import { convertRecords, UsageError, type Summary } from 'clinik-fhir/node';
       export const payload: LabPayload = lensFor('labs').normalize({ status: 'final', code: 'c', patientId: 'p' });
       export const total = (summary: Summary): number => summary.records.in.total;
       export const words = (error: unknown): string | undefined =>
         error instanceof ClinikFhirError ? error.issues[0]?.id : error instanceof UsageError ? error.message : undefined;
       export const failure: ClinikFhirError = new ClinikFhirError([]);
       export const records = convertRecords('some.ndjson');
       export type Lens = ResourceLens<never, LabPayload, never>;
       // @ts-expect-error: it is final, not done.
       lensFor('labs').toFhir({ status: 'done', code: 'c', patientId: 'p' });`,
    );
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules', '@types')];
    const { status, stdout } = compile('required.cts', '--module', module, ...types);
    expect([stdout, status]).toStrictEqual([stdout, 0]);
  });

  it('has types that a right payload satisfies', () => {
    writeFileSync(
      join(folder, 'right.mts'),
      `import { encounters, type EncounterPayload } from 'clinik-fhir';
       import type { Encounter } from 'fhir/r4.js';
       const made: Encounter = encounters.toFhir({ status: 'finished', class: 'AMB', patientId: 'p', diagnosis: [{ use: 'AD' }] });
       const read: EncounterPayload = encounters.fromFhir(made).payload;
       export const condition: string | undefined = read.diagnosis?.[0]?.condition;`,
    );
    const { status, stdout } = compile('right.mts');
    expect([stdout, status]).toStrictEqual([stdout, 0]);
  });

  it('has types that a wrong status does not satisfy, in a payload and in a resource', () => {
    writeFileSync(
      join(folder, 'wrong.mts'),
      `import { encounters } from 'clinik-fhir';
       encounters.toFhir({ status: 'done', class: 'AMB', patientId: 'p' });
       encounters.fromFhir({ resourceType: 'Encounter', status: 'done', class: { code: 'AMB' } });`,
    );
    const { status, stdout } = compile('wrong.mts');
    expect(status).not.toBe(0);
    expect([stdout, stdout.match(/wrong\.mts\(2,.*'"done"'/)?.length]).toStrictEqual([stdout, 1]);
    expect([stdout, stdout.match(/wrong\.mts\(3,.*'"done"'/)?.length]).toStrictEqual([stdout, 1]);
  });

  it('brings the pipeline for Node, with types that need those of Node', () => {
    const streamed = `
      import { convertRecords, type Conversion, type FileFailure, type Summary } from 'clinik-fhir/node';
      export const kinds: (Conversion | FileFailure)['kind'][] = [];
      export const total = (summary: Summary): number => summary.records.in.total;
      for await (const { kind } of convertRecords('some.ndjson', { to: 'payload' })) kinds.push(kind);`;
    writeFileSync(join(folder, 'node.mts'), streamed);
    writeFileSync(join(folder, 'some.ndjson'), '{"resourceType":"Patient"}\n{');
    const loop = `import { convertRecords } from 'clinik-fhir/node';
      for await (const { kind } of convertRecords('some.ndjson')) console.log(kind);`;
    writeFileSync(join(folder, 'node.mjs'), loop);
    expect(run(process.execPath, ['node.mjs'])).toBe('skipped\nrejected\n');
    const { status, stdout } = compile('node.mts', '--types', 'node', '--typeRoots', resolve('node_modules', '@types'));
    expect([stdout, status]).toStrictEqual([stdout, 0]);
  });

  it('finds fhirpath under Node, and does without it elsewhere', () => {
    const rule = {
      id: 'named',
      context: 'Patient',
      severity: 'error',
      expression: 'name.exists()',
      message: 'A name.',
    };
    const call = `validate({ resourceType: 'Patient', active: true }, { rules: [${JSON.stringify(rule)}] })`;
    const asked = `${call}.issue.map((issue) => issue.details.coding[0].code).join()`;
    writeFileSync(join(folder, 'engine.mjs'), `import { validate } from 'clinik-fhir'; console.log(${asked});`);
    expect(run(process.execPath, ['engine.mjs'])).toBe('named\n');
    for (const entry of ['index.js', join('cjs', 'index.cjs')]) {
      const entryPoints = [join(folder, 'node_modules', 'clinik-fhir', 'dist', entry)];
      const options = { bundle: true, platform: 'browser', format: 'iife', globalName: 'core', write: false } as const;
      const [bundle] = buildSync({ entryPoints, ...options }).outputFiles;
      expect(runInNewContext(`${bundle?.text ?? ''}\nconst { validate } = core; ${asked}`)).toBe('rule-invalid');
    }
  });

  it('brings the command line', () => {
    expect(run('npx', ['--no-install', 'clinik-fhir', '--version'])).toMatch(/^\d+\.\d+\.\d+/);
    expect(run('npx', ['--no-install', 'clinik-fhir', 'explain', 'txt-1'])).toMatch(/^txt-1 {2}error\n/);
  });

  it('brings the JSON Schemas', () => {
    writeFileSync(
      join(folder, 'schema.mjs'),
      `import schema from 'clinik-fhir/schemas/labs.json' with { type: 'json' }; console.log(schema.required.join());`,
    );
    expect(run(process.execPath, ['--no-warnings', 'schema.mjs'])).toBe('status,code,patientId\n');
  });
});
