import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A project that has the package from its tarball, as a user would get it; it goes when this process does. */
export function packed(): string {
  if (folder !== undefined) return folder;
  // Outside of the repository, whose own packages would be found otherwise.
  const made = mkdtempSync(join(tmpdir(), 'clinik-fhir-packed-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  const npm = (cwd: string, ...args: string[]): string => execFileSync('npm', args, { cwd, encoding: 'utf8' });
  const [tarball] = JSON.parse(npm('.', 'pack', '--ignore-scripts', '--json', '--pack-destination', made));
  writeFileSync(join(made, 'package.json'), '{"private":true,"type":"module"}\n');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  // The types of Node are there as well, at the version that is used here: the package itself does without.
  const { version } = JSON.parse(readFileSync(join('node_modules', '@types', 'node', 'package.json'), 'utf8'));
  npm(made, 'install', ...flags, `./${tarball.filename}`, `@types/node@${version}`);
  folder = made;
  return made;
}
