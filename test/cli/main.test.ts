import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/folder.js';
import { clinikFhir, clinikFhirIn } from './run.js';

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

describe('the code that Node keeps compiled', () => {
  const NONE = { HOME: undefined, XDG_CACHE_HOME: undefined, NODE_COMPILE_CACHE: undefined };

  it.each([
    ['in the cache of the user', { HOME: '/h', XDG_CACHE_HOME: '/c' }, [join('/c', 'clinik-fhir')]],
    ['at home', { HOME: '/h' }, [join('/h', '.cache', 'clinik-fhir')]],
    [
      'at home where the cache is named by nothing',
      { HOME: '/h', XDG_CACHE_HOME: '' },
      [join('/h', '.cache', 'clinik-fhir')],
    ],
    ['nowhere without a home', {}, []],
    ['where Node was told to', { HOME: '/h', NODE_COMPILE_CACHE: '/n' }, []],
  ])('stands %s', async (_, env, folders) => {
    const folder = temporaryFolder();
    // A Node before 22 has no such function; this one says what it is asked for.
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `require('node:module').enableCompileCache = (folder) => process.stderr.write(JSON.stringify(folder) + '\\n');`,
    );
    const options = `--require ${JSON.stringify(hook)}`;
    const { code, stderr } = await clinikFhirIn(folder, ['--version'], undefined, {
      ...NONE,
      ...env,
      NODE_OPTIONS: options,
    });
    expect(code).toBe(0);
    expect(
      stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toStrictEqual(folders);
  });
});
