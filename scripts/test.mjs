// Compiles the sources with the tests and runs them: node scripts/test.mjs [--long] [PATTERN …]
// Each pattern is a part of a test file's path; without one all run. --long runs the long property tests instead.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const args = process.argv.slice(2);
const ending = args.includes('--long') ? '.long.js' : '.test.js';
const patterns = args.filter((arg) => !arg.startsWith('--'));

rmSync('build/src', { recursive: true, force: true });
rmSync('build/test', { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.test.json'], { stdio: 'inherit' });
cpSync(join('src', 'resources', 'generated'), join('build', 'src', 'resources', 'generated'), { recursive: true });
// What package.json resolves in dist, resolved among the compiled sources.
writeFileSync(join('build', 'package.json'), readFileSync('package.json', 'utf8').replaceAll('"./dist/', '"./src/'));
cpSync(join('docs', 'rules.json'), join('build', 'src', 'rules.json'));

const files = readdirSync(join('build', 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(ending))
  .map((file) => join('build', 'test', file))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .sort();
if (files.length === 0) throw new Error('no test file matches');
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
