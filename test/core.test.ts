import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';

/** The core as one script, without anything of Node, in a realm that has the language and nothing else. */
describe('the core in a bare realm', () => {
  const [bundle] = buildSync({
    entryPoints: ['src/index.ts'],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'clinikFhir',
    // As package.json says for all that is not Node; it points into dist, and this bundle is made of the sources.
    alias: {
      '#fhirpath': './src/validate/fhirpath/absent.ts',
      '#tables': './src/fhir/terminology/absentTables.ts',
    },
    write: false,
  }).outputFiles;
  const realm = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  runInContext(bundle?.text ?? '', realm);

  it('converts both ways, with no global of a host and no code from text', () => {
    const code = `
      const made = clinikFhir.labs.toFhir({ status: 'final', code: '24323-8', patientId: 'pt_1' });
      JSON.stringify(clinikFhir.labs.fromFhir(made).payload);`;
    expect(runInContext(code, realm)).toBe('{"status":"final","code":"24323-8","patientId":"pt_1"}');
  });

  it('reads a narrative with markup and named entities', () => {
    const code = `
      const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a&nbsp;&lt;&eacute;</p><p>b</p></div>';
      const got = clinikFhir.assessments.fromFhir({
        resourceType: 'ClinicalImpression', status: 'completed', subject: { reference: 'Patient/1' },
        text: { status: 'additional', div },
      });
      got.payload.summary;`;
    expect(runInContext(code, realm)).toBe('a\u00a0<é\nb');
  });

  it('validates, with R4’s own tables and without fhirpath', () => {
    const code = `
      const encounter = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' },
        period: { start: '2025-01-02', end: '2025-01-01' } };
      JSON.stringify(clinikFhir.validate(encounter).issue.map((issue) => [issue.severity, issue.expression]));`;
    expect(runInContext(code, realm)).toBe('[["error",["Encounter.period"]]]');
  });

  it('says once that codes and extensions were not held to tables that are not there', () => {
    const code = `
      const coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'no such code' };
      const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueString: 'a' }];
      const patient = { resourceType: 'Patient', language: 'de', extension, meta: { tag: [coding] } };
      JSON.stringify(clinikFhir.validate(patient).issue.map((issue) => [issue.severity, issue.details.coding[0].code]));`;
    expect(runInContext(code, realm)).toBe('[["information","terminology-not-loaded"]]');
  });
});
