import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { atEnd } from './support/atEnd.js';

const FOLDER = join('test', 'types');
const TESTS = /^ {2}it\('(.*)', \(\) => \{$/;

/** What the compiler says of a file, with the test that it says it of. */
interface TypeError {
  readonly file: string | undefined;
  readonly test: string | undefined;
  readonly message: string;
}

/** Inside of the project, so that packages and their types are found from there. */
mkdirSync('build', { recursive: true });
const folder = mkdtempSync(join('build', 'types-'));
atEnd(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of these files; they are never run. */
function compile(files: readonly string[]): TypeError[] {
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ extends: resolve('tsconfig.test.json'), include: [], files }));
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', project], { encoding: 'utf8' });
  return [...stdout.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (.+)$/gm)].map(([, path, line, message = '']) => {
    if (path === undefined) return { file: undefined, test: undefined, message };
    const before = readFileSync(path, 'utf8').split('\n').slice(0, Number(line));
    const test = before.flatMap((text) => TESTS.exec(text)?.[1] ?? []).at(-1);
    return { file: resolve(path), test, message };
  });
}

describe('the types', () => {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.test-d.ts'))
    .map((file) => resolve(FOLDER, file));
  let errors: TypeError[] = [];
  beforeAll(() => {
    errors = compile(files);
  });

  it('are compiled without an error outside of their tests', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(errors.filter(({ test }) => test === undefined)).toStrictEqual([]);
  });

  for (const file of files) {
    const names = readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => TESTS.exec(line)?.[1] ?? []);
    describe(relative('.', file), () => {
      it.each(names)('%s', (name) => {
        expect(errors.filter((error) => error.file === file && error.test === name)).toStrictEqual([]);
      });
    });
  }

  it('that are wrong are errors of the test that says so', () => {
    const wrong = resolve(folder, 'wrong.test-d.ts');
    const lines = [
      "import { describe, it } from '@jest/globals';",
      "import { expectTypeOf } from 'expect-type';",
      "describe('a type', () => {",
      "  it('is right', () => {",
      '    expectTypeOf<string>().toEqualTypeOf<string>();',
      '  });',
      "  it('is wrong', () => {",
      '    expectTypeOf<string>().toEqualTypeOf<number>();',
      '    // @ts-expect-error: there is none.',
      '    expectTypeOf<string>().toBeString();',
      '  });',
      '});',
    ];
    writeFileSync(wrong, lines.join('\n'));
    expect(compile([wrong]).map(({ test }) => test)).toStrictEqual(['is wrong', 'is wrong']);
  });
});
