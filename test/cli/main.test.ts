import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { unless } from '../support/ensure.js';
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

  /** The folders in which Node is asked to keep code, below the home, where `env` says what the environment is there. */
  async function kept(prepare: (home: string) => NodeJS.ProcessEnv): Promise<string[]> {
    const home = temporaryFolder();
    const env = prepare(home);
    // A Node before 22 has no such function; this one says what it is asked for.
    const hook = join(temporaryFolder(), 'hook.cjs');
    writeFileSync(
      hook,
      `require('node:module').enableCompileCache = (folder) => process.stderr.write(JSON.stringify(folder) + '\\n');`,
    );
    const { code, stderr } = await clinikFhirIn(home, ['--version'], undefined, {
      ...NONE,
      ...env,
      NODE_OPTIONS: `--require ${JSON.stringify(hook)}`,
    });
    expect(code).toBe(0);
    const told: string[] = stderr
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return told.map((folder) => relative(home, folder));
  }

  it.each<[string, (home: string) => NodeJS.ProcessEnv, string[]]>([
    ['at home', (home) => ({ HOME: home }), ['.cache/clinik-fhir']],
    ['where caches are', (home) => ({ HOME: '/', XDG_CACHE_HOME: home }), ['clinik-fhir']],
    [
      'at home where caches are named by nothing',
      (home) => ({ HOME: home, XDG_CACHE_HOME: '' }),
      ['.cache/clinik-fhir'],
    ],
    ['nowhere without a home', () => ({}), []],
    ['where Node was told to', (home) => ({ HOME: home, NODE_COMPILE_CACHE: join(home, 'n') }), []],
    ['nowhere in the working folder', () => ({ HOME: 'home', XDG_CACHE_HOME: undefined }), []],
    ['nowhere by a relative path', (home) => ({ HOME: home, XDG_CACHE_HOME: 'caches' }), []],
    ['nowhere where a folder cannot be made', () => ({ HOME: '/proc' }), []],
  ])('stands %s', async (_, prepare, folders) => {
    expect(await kept(prepare)).toStrictEqual(folders);
  });

  it('makes no folder where it keeps nothing', async () => {
    const home = temporaryFolder();
    await clinikFhirIn(home, ['--version'], undefined, { ...NONE, HOME: 'home', XDG_CACHE_HOME: 'caches' });
    expect(readdirSync(home)).toStrictEqual([]);
  });

  it('is the user’s alone: a folder to which others may write is not used', async () => {
    for (const open of ['', '.cache', '.cache/clinik-fhir'])
      expect([
        open,
        await kept((home) => {
          mkdirSync(join(home, '.cache', 'clinik-fhir'), { recursive: true });
          chmodSync(join(home, open), 0o777);
          return { HOME: home };
        }),
      ]).toStrictEqual([open, []]);
  });

  it('is the user’s alone: a link is not followed, and a file is no folder', async () => {
    const linked = (home: string): NodeJS.ProcessEnv => {
      mkdirSync(join(home, '.cache'));
      symlinkSync(temporaryFolder(), join(home, '.cache', 'clinik-fhir'));
      return { HOME: home };
    };
    const taken = (home: string): NodeJS.ProcessEnv => {
      writeFileSync(join(home, '.cache'), '');
      return { HOME: home };
    };
    expect([await kept(linked), await kept(taken)]).toStrictEqual([[], []]);
  });

  unless(process.getuid?.() === 0 ? false : 'only root can give a folder away')(
    'is not in the home of another user',
    async () => {
      for (const theirs of ['', '.cache', '.cache/clinik-fhir'])
        expect([
          theirs,
          await kept((home) => {
            mkdirSync(join(home, '.cache', 'clinik-fhir'), { recursive: true });
            chownSync(join(home, theirs), 65534, 65534);
            return { HOME: home };
          }),
        ]).toStrictEqual([theirs, []]);
    },
  );
});
