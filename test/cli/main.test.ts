import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clinikFhir } from './run.js';

describe('clinik-fhir', () => {
  it('prints its version and its help', async () => {
    const version = await clinikFhir(['--version']);
    assert.deepEqual([version.code, version.stderr], [0, '']);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\S*\n$/);
    const help = await clinikFhir(['--help']);
    assert.equal(help.code, 0);
    for (const command of ['convert', 'fields']) assert.ok(help.stdout.includes(command));
    assert.match((await clinikFhir(['convert', '--help'])).stdout, /--partial-dates/);
  });

  it('ends with 2 for an unknown command, and suggests the nearest', async () => {
    const { code, stderr } = await clinikFhir(['convrt']);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean convert\?/);
    assert.equal((await clinikFhir([])).code, 2);
  });
});
