import { describe, expect, it } from '@jest/globals';
import { page } from '../../src/cli/runFields.js';
import { lenses } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';
import { clinikFhir } from './run.js';

describe('clinik-fhir fields', () => {
  it('prints the table of a resource by its path or its FHIR type', async () => {
    const byPath = await clinikFhir(['fields', 'labs']);
    const byType = await clinikFhir(['fields', 'DiagnosticReport']);
    expect(byPath.code).toBe(0);
    expect(byPath).toStrictEqual(byType);
    expect(byPath.stdout).toMatch(/^labs ⇄ DiagnosticReport$/m);
    expect(byPath.stdout).toMatch(/^! {2}patientId +subject +the id \(Patient\) +partial$/m);
  });

  it('prints all tables without a resource', async () => {
    const { stdout } = await clinikFhir(['fields']);
    for (const { path, resourceType } of Object.values(lenses)) expect(stdout).toContain(`${path} ⇄ ${resourceType}\n`);
  });

  it('gives the tables as data with --json', async () => {
    const { stdout } = await clinikFhir(['fields', '--json']);
    const data = Object.values(lenses).map(({ path, resourceType, fields }) => ({ path, resourceType, fields }));
    expect(JSON.parse(stdout)).toStrictEqual(JSON.parse(JSON.stringify(data)));
    const one = await clinikFhir(['fields', 'tasks', '--json']);
    expect(JSON.parse(one.stdout)).toStrictEqual(
      JSON.parse(JSON.stringify(data.filter(({ path }) => path === 'tasks'))),
    );
  });

  it('ends with 2 for an unknown resource, and names those that there are', async () => {
    const { code, stdout, stderr } = await clinikFhir(['fields', 'patients']);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(/assessments \(ClinicalImpression\), documents \(Composition\)/);
  });

  it('fits the terminal, and says the same in any width', () => {
    for (const lens of Object.values(lenses)) {
      const wide = squeeze(page(lens, 4000));
      for (const width of [72, 80, 100, 140]) {
        const lines = page(lens, width).split('\n');
        ensure(
          lines.every((line) => line.length <= width),
          `${lens.path} in ${width} columns`,
        );
        expect([`${lens.path} in ${width} columns`, squeeze(lines.join('\n'))]).toStrictEqual([
          `${lens.path} in ${width} columns`,
          wide,
        ]);
      }
    }
  });

  it('fails without a word when nobody reads on', async () => {
    const { code, stderr } = await clinikFhir(['fields', '--json'], (child) => child.stdout?.destroy());
    expect([code, stderr]).toStrictEqual([2, '']);
  });
});

/** The characters of a text in an order that wrapping does not change. */
function squeeze(text: string): string {
  return [...text.replaceAll(/\s/g, '')].sort().join('');
}
