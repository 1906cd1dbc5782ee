import { describe, expect, it } from '@jest/globals';
import { clinikFhir } from './run.js';

describe('clinik-fhir', () => {
  it('prints its version and its help', async () => {
    const version = await clinikFhir(['--version']);
    expect([version.code, version.stderr]).toStrictEqual([0, '']);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    const help = await clinikFhir(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['convert', 'fields']) expect(help.stdout).toContain(command);
    expect((await clinikFhir(['convert', '--help'])).stdout).toMatch(/--partial-dates/);
  });

  it('ends with 2 for an unknown command, and suggests the nearest', async () => {
    const { code, stderr } = await clinikFhir(['convrt']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Did you mean convert\?/);
    expect((await clinikFhir([])).code).toBe(2);
  });
});
