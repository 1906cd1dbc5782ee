import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject } from '../../src/lens/json.js';

const folder = join('scripts', 'engines', 'runtimes');
const read = (file: string): string => readFileSync(file, 'utf8');

function objectIn(...path: string[]): JsonObject {
  const value: unknown = JSON.parse(read(join(...path)));
  if (!isObject(value)) throw new TypeError('no object');
  return value;
}

/** `npm run test:engines` runs them; it is not a part of these tests. */
describe('the runtimes that the package is asked in', () => {
  const versions = Object.entries(Object(objectIn(folder, 'package.json').devDependencies)).map(
    ([name, version]) => [name, String(version).replace(/^npm:.*@/, '')] as const,
  );

  it.each(versions)('are locked at one version: %s', (name, version) => {
    const lock = Object(objectIn(folder, 'package-lock.json').packages);
    expect(lock[`node_modules/${name}`]).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/) });
  });

  it('name no host that they came from', () => {
    expect(read(join(folder, 'package-lock.json'))).not.toMatch(/"resolved"|https?:/);
  });

  it.each(versions)('are those of the table: %s', (_, version) => {
    // The version of workerd ends with its date.
    const [, date = version] = /^1\.(\d{8})\.\d+$/.exec(version) ?? [];
    expect(read(join('docs', 'engines.md')).replaceAll('-', '')).toContain(date.replaceAll('-', ''));
  });

  it('have the Java versions of the table', () => {
    const pom = read(join('integrations', 'graaljs', 'pom.xml'));
    for (const [, name = '', version = ''] of pom.matchAll(/<(graaljs|camel)\.version>([\d.]+)</g)) {
      for (const page of [join('docs', 'engines.md'), join('integrations', 'graaljs', 'README.md')]) {
        expect(read(page)).toMatch(
          new RegExp(`${name === 'camel' ? 'Camel' : 'GraalJS'} ${version.replaceAll('.', '\\.')}`),
        );
      }
    }
  });
});

describe('an engine that is not here', () => {
  const script = "import { skipped } from './scripts/engines/skipped.mjs'; skipped('Rhino', 'java is not installed');";

  it.each([
    ['is skipped with its reason, and no success', '', 77],
    ['is a failure where all are asked for', 'all', 1],
  ])('%s', (_, asked, code) => {
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, CLINIK_FHIR_ENGINES: asked },
    });
    expect([stdout, status]).toStrictEqual(['Rhino: skipped, since java is not installed\n', code]);
  });
});
