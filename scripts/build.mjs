// Builds dist/: the library and the command line, with types and the JSON Schemas of the payloads.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { stdio: 'inherit' });
cpSync(join('src', 'resources', 'generated'), join('dist', 'resources', 'generated'), { recursive: true });
cpSync(join('docs', 'schemas'), join('dist', 'schemas'), { recursive: true });
chmodSync(join('dist', 'cli', 'main.js'), 0o755);
