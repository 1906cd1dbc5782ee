// Builds dist/: the library as a few files, since a process that starts for one small resource would else spend its time on opening
// a hundred; its types; the command line; a copy for tools that cannot load ES modules; the JSON Schemas of the payloads; and the
// rules.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { buildCommandLine } from './commandLine.mjs';
import { buildCommonJs } from './commonJs.mjs';
import { buildEngineFiles } from './engineFiles.mjs';

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--emitDeclarationOnly'], { stdio: 'inherit' });
cpSync(join('src', 'resources', 'generated'), join('dist', 'resources', 'generated'), {
  recursive: true,
  filter: (file) => !file.endsWith('.js'),
});
buildSync({
  // Besides what package.json exports, the modules that its `imports` choose between, and the files of threads.
  entryPoints: [
    join('src', 'index.ts'),
    join('src', 'node.ts'),
    join('src', 'lenses.ts'),
    join('src', 'fhirpath.ts'),
    join('src', 'tables.ts'),
    join('src', 'withFhirpath.ts'),
    join('src', 'withTables.ts'),
    join('src', 'check', 'worker.ts'),
    join('src', 'convert', 'threads', 'worker.ts'),
    join('src', 'validate', 'fhirpath', 'absent.ts'),
    join('src', 'fhir', 'terminology', 'absentTables.ts'),
  ],
  outdir: 'dist',
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // The tables are there once, as files of JSON.
  external: ['#*', '*.json'],
  supported: { 'import-attributes': true },
});
cpSync(join('src', 'fhir', 'generated'), join('dist', 'fhir', 'generated'), {
  recursive: true,
  filter: (file) => !file.endsWith('.ts'),
});
buildCommandLine();
await buildCommonJs();
await buildEngineFiles();
cpSync(join('docs', 'schemas'), join('dist', 'schemas'), { recursive: true });
// Last, so that its time is that of the build: scripts/jest/build.mjs asks whether a source is newer.
cpSync(join('docs', 'rules.json'), join('dist', 'rules.json'));
