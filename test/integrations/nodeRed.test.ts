import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject } from '../../src/lens/json.js';

const folder = join('integrations', 'node-red');

function read(...path: string[]): JsonObject {
  const value: unknown = JSON.parse(readFileSync(join(...path), 'utf8'));
  if (!isObject(value)) throw new TypeError('no object');
  return value;
}

/** Node-RED itself is tested by scripts/engines/nodeRed.mjs. */
describe('the package for Node-RED', () => {
  const library = read('package.json');
  const nodes = read(folder, 'package.json');
  const lock = read(folder, 'package-lock.json');
  const version = String(library.version);

  it('has the version of the library and asks for it', () => {
    expect(nodes).toMatchObject({
      version,
      engines: library.engines,
      license: library.license,
      dependencies: { 'clinik-fhir': `^${version}` },
    });
  });

  it('is locked to the library beside it, and to nothing that the library depends on', () => {
    const { name, license, engines } = library;
    expect(lock).toMatchObject({ version });
    expect(lock.packages).toMatchObject({
      '': { version, dependencies: { 'clinik-fhir': `^${version}` }, devDependencies: nodes.devDependencies },
      'node_modules/clinik-fhir': { resolved: '../..', link: true },
    });
    expect(isObject(lock.packages) && lock.packages['../..']).toStrictEqual({ name, version, license, engines });
  });

  it('names no host that its packages came from', () => {
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/);
  });

  it('has the license of the library', () => {
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync('LICENSE', 'utf8'));
  });
});
