import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll } from '@jest/globals';
import { temporaryFolder } from './folder.js';

/** A project that has the package from its tarball, as a user would get it. */
export interface PackedProject {
  readonly folder: string;
  /** What a program prints; throws where it fails. */
  run(command: string, args: readonly string[]): string;
  /** What TypeScript says of a file; any `more` options come after those of the project. */
  compile(file: string, ...more: string[]): { readonly status: number | null; readonly stdout: string };
}

/** A new, else empty project, into which the package is packed and installed before the tests of a file, and which goes after them. */
export function packedProject(manifest: { readonly type?: 'module' } = {}): PackedProject {
  const folder = temporaryFolder();
  const runIn = (cwd: string, command: string, args: readonly string[]): string =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  beforeAll(() => {
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [packed] = JSON.parse(runIn(process.cwd(), 'npm', pack));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
    runIn(folder, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, packed.filename)]);
  });
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
  return {
    folder,
    run: (command, args) => runIn(folder, command, args),
    compile: (file, ...more) =>
      spawnSync(process.execPath, [tsc, ...options, ...more, file], { cwd: folder, encoding: 'utf8' }),
  };
}
