import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FOLDER } from './engine.js';

/** Runtimes and compilers have a lock of their own: together they are 400 MB, which nobody needs who works on something else. */
const SOURCE = join('scripts', 'engines', 'runtimes');
const CACHE = resolve(FOLDER, 'runtimes');
const PACKAGES = join(CACHE, 'node_modules');

let found: string | undefined;

/** Installs what runtimes/package.json says, once; gives why it cannot, or undefined where all is there. */
export function missingRuntimes(): string | undefined {
  const lock = (folder: string): string => readFileSync(join(folder, 'package-lock.json'), 'utf8');
  // npm writes its own lock into the folder last, so that it says whether an installation came to its end.
  const whole = existsSync(join(PACKAGES, '.package-lock.json')) && lock(CACHE) === lock(SOURCE);
  if (whole || found !== undefined) return found;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(SOURCE, file), join(CACHE, file));
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: CACHE,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) found = `npm cannot install scripts/engines/runtimes: ${String(stderr).split('\n', 1)}`;
  return found;
}

/** A file of a package of the runtimes. */
export const runtimeFile = (...path: string[]): string => join(PACKAGES, ...path);

/** The program of a scope that has a package for each platform, of which npm installs the ones for this one; undefined where there is none. */
export function runtimeProgram(scope: string, ...path: string[]): string | undefined {
  if (missingRuntimes() !== undefined || !existsSync(join(PACKAGES, scope))) return undefined;
  const files = readdirSync(join(PACKAGES, scope)).flatMap((name) =>
    ['', '.exe'].map((end) => join(PACKAGES, scope, name, ...path) + end),
  );
  return files.find((file) => existsSync(file) && spawnSync(file, ['--version']).status === 0);
}
