import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
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

describe('the code that is kept compiled', () => {
  const NONE = {
    HOME: undefined,
    XDG_CACHE_HOME: undefined,
    NODE_COMPILE_CACHE: undefined,
    NODE_DISABLE_COMPILE_CACHE: undefined,
  };

  /** The files of compiled code in a folder, and below. */
  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.code'));

  /** The folders in which code is kept, below the home, where `env` says what the environment is there. */
  async function kept(prepare: (home: string) => NodeJS.ProcessEnv): Promise<string[]> {
    const home = temporaryFolder();
    const env = { ...NONE, ...prepare(home) };
    const first = await clinikFhirIn(home, ['--version'], undefined, env);
    const folders = files(home).map(dirname);
    expect(await clinikFhirIn(home, ['--version'], undefined, env)).toStrictEqual(first);
    expect([first.code, first.stderr]).toStrictEqual([0, '']);
    return folders;
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
    [
      'where Node was told to',
      (home) => {
        mkdirSync(join(home, 'n'));
        return { HOME: home, NODE_COMPILE_CACHE: join(home, 'n') };
      },
      ['n/clinik-fhir'],
    ],
    ['nowhere where that is told', (home) => ({ HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' }), []],
    ['nowhere in the working folder', () => ({ HOME: 'home', XDG_CACHE_HOME: undefined }), []],
    ['nowhere by a relative path', (home) => ({ HOME: home, XDG_CACHE_HOME: 'caches' }), []],
    ['nowhere where a folder cannot be made', () => ({ HOME: '/proc' }), []],
  ])('stands %s', async (_, prepare, folders) => {
    expect(await kept(prepare)).toStrictEqual(folders);
  });

  it('is of each command, of what it needed when it ended well', async () => {
    const home = temporaryFolder();
    const env = { ...NONE, HOME: home };
    const folder = join(home, '.cache', 'clinik-fhir');
    const record = join(home, 'task.json');
    writeFileSync(record, JSON.stringify({ resourceType: 'Task', status: 'draft', intent: 'order' }));
    const names = (): string[] => files(folder).map((name) => name.replace(/-.*/, ''));
    const sizes = (): number[] => files(folder).map((name) => statSync(join(folder, name)).size);

    await clinikFhirIn(home, ['validate'], undefined, env);
    expect(names()).toStrictEqual([]);
    const first = await clinikFhirIn(home, ['validate', record], undefined, env);
    expect(names()).toStrictEqual(['validate']);
    const size = sizes();
    const second = await clinikFhirIn(home, ['validate', record, '--max-issues', '5'], undefined, env);
    expect(second.code).toBe(first.code);
    expect([names(), sizes()]).toStrictEqual([['validate'], size]);
    await clinikFhirIn(home, ['fields'], undefined, env);
    expect(names().sort()).toStrictEqual(['fields', 'validate']);
  });

  it('is made again where it is damaged', async () => {
    const home = temporaryFolder();
    const env = { ...NONE, HOME: home };
    const whole = await clinikFhirIn(home, ['fields', 'tasks'], undefined, env);
    const folder = join(home, '.cache', 'clinik-fhir');
    const [file = ''] = files(folder).map((name) => join(folder, name));
    const size = statSync(file).size;
    truncateSync(file, size / 2);
    expect(await clinikFhirIn(home, ['fields', 'tasks'], undefined, env)).toStrictEqual(whole);
    expect(statSync(file).size).toBe(size);
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
