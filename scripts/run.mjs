// Runs a TypeScript file of this repository: node scripts/run.mjs FILE [ARGUMENT …]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/run.mjs FILE [ARGUMENT …]');
const folder = join('build', 'run');
mkdirSync(folder, { recursive: true });
// The tables that src/tables.ts finds beside itself.
cpSync(join('src', 'fhir', 'generated'), join(folder, 'fhir', 'generated'), {
  recursive: true,
  filter: (name) => !name.endsWith('.ts'),
});
const outfile = join(folder, `${basename(file, '.ts')}-${process.pid}.mjs`);
buildSync({
  entryPoints: [file],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  alias: { '#fhirpath': './src/fhirpath.ts', '#tables': './src/tables.ts' },
  target: 'node20',
  outfile,
});
try {
  execFileSync(process.execPath, [...process.execArgv, outfile, ...args], { stdio: 'inherit' });
} catch (error) {
  process.exitCode = error.status ?? 1;
} finally {
  rmSync(outfile, { force: true });
}
