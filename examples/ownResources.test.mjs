// Holds the resources in a folder of one's own to R4, and to what ClinikAPI can keep of them. In a project of yours:
// NODE_OPTIONS=--experimental-vm-modules npx jest
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { lensFor, validate } from 'clinik-fhir';

const folder = new URL('resources/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const resource = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

  it('is valid R4', () => {
    const faults = validate(resource).issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
    expect(faults).toEqual([]);
  });

  it('loses no content in ClinikAPI', () => {
    const { losses } = lensFor(resource.resourceType).fromFhir(resource);
    expect(losses.filter((loss) => loss.class === 'content').map((loss) => loss.expression)).toEqual([]);
  });
});
