import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { page } from '../../src/cli/runFields.js';
import { lenses } from '../../src/resources/registry.js';
import { clinikFhir } from './run.js';

describe('clinik-fhir fields', () => {
  it('prints the table of a resource by its path or its FHIR type', async () => {
    const byPath = await clinikFhir(['fields', 'labs']);
    const byType = await clinikFhir(['fields', 'DiagnosticReport']);
    assert.equal(byPath.code, 0);
    assert.deepEqual(byPath, byType);
    assert.match(byPath.stdout, /^labs ⇄ DiagnosticReport$/m);
    assert.match(byPath.stdout, /^! {2}patientId +subject +the id \(Patient\) +partial$/m);
  });

  it('prints all tables without a resource', async () => {
    const { stdout } = await clinikFhir(['fields']);
    for (const { path, resourceType } of Object.values(lenses))
      assert.ok(stdout.includes(`${path} ⇄ ${resourceType}\n`));
  });

  it('gives the tables as data with --json', async () => {
    const { stdout } = await clinikFhir(['fields', '--json']);
    const data = Object.values(lenses).map(({ path, resourceType, fields }) => ({ path, resourceType, fields }));
    assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(data)));
    const one = await clinikFhir(['fields', 'tasks', '--json']);
    assert.deepEqual(JSON.parse(one.stdout), JSON.parse(JSON.stringify(data.filter(({ path }) => path === 'tasks'))));
  });

  it('ends with 2 for an unknown resource, and names those that there are', async () => {
    const { code, stdout, stderr } = await clinikFhir(['fields', 'patients']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /assessments \(ClinicalImpression\), documents \(Composition\)/);
  });

  it('fits the terminal, and says the same in any width', () => {
    for (const lens of Object.values(lenses)) {
      const wide = squeeze(page(lens, 4000));
      for (const width of [72, 80, 100, 140]) {
        const lines = page(lens, width).split('\n');
        assert.ok(
          lines.every((line) => line.length <= width),
          `${lens.path} in ${width} columns`,
        );
        assert.deepEqual(squeeze(lines.join('\n')), wide, `${lens.path} in ${width} columns`);
      }
    }
  });

  it('ends without a word when nobody reads on', async () => {
    const { code, stderr } = await clinikFhir(['fields', '--json'], (child) => child.stdout?.destroy());
    assert.deepEqual([code, stderr], [0, '']);
  });
});

/** The characters of a text in an order that wrapping does not change. */
function squeeze(text: string): string {
  return [...text.replaceAll(/\s/g, '')].sort().join('');
}
