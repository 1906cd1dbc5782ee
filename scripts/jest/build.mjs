// Before Jest's first test: builds dist/, which the tests of the command line start, where a source is newer.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const below = (folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file));

export default () => {
  const sources = [
    ...below('src'),
    ...below(join('docs', 'schemas')),
    ...below(join('scripts', 'engineFiles')),
    ...below(join('scripts', 'commandLine')),
  ];
  const others = [
    'package.json',
    'tsconfig.json',
    join('docs', 'rules.json'),
    join('scripts', 'build.mjs'),
    join('scripts', 'commandLine.mjs'),
    join('scripts', 'commonJs.mjs'),
    join('scripts', 'engineFiles.mjs'),
    join('scripts', 'licenses.mjs'),
  ];
  const newest = Math.max(...[...sources, ...others].map(timeOf));
  if (timeOf(join('dist', 'rules.json')) < newest) {
    execFileSync(process.execPath, [join('scripts', 'build.mjs')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
};
