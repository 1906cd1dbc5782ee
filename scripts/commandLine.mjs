// Builds dist/cli/: the command line, with all that it imports, as CommonJS. A process that starts for one small file would else
// spend most of its time on finding and opening a hundred ES modules.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { licenses } from './licenses.mjs';

const OUT = join('dist', 'cli');

/** Where the code stands for what it looks for beside itself, and for what it loads by the name of the package. */
const PLACE = "const __place = require('node:path').join(__dirname, '..', 'index.js');";

export function buildCommandLine() {
  const { metafile } = buildSync({
    entryPoints: [join('src', 'cli', 'main.ts')],
    outdir: OUT,
    chunkNames: '[name]-[hash]',
    bundle: true,
    // Only ES modules can be split: each is made CommonJS afterwards.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: {
      '#fhirpath': './src/fhirpath.ts',
      '#tables': './src/tables.ts',
      'node:child_process': './scripts/commandLine/noChildProcess.mjs',
    },
    metafile: true,
  });
  for (const file of Object.keys(metafile.outputs)) writeFileSync(file, commonJs(readFileSync(file, 'utf8')));
  writeFileSync(join(OUT, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  writeFileSync(join(OUT, 'LICENSES.txt'), licenses(Object.keys(metafile.inputs)));
  chmodSync(join(OUT, 'main.js'), 0o755);
}

function commonJs(code) {
  const { code: made } = transformSync(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__place', __filename: '__place' },
  });
  return made.includes('__place') ? made.replace(/^(#!.*\n)?("use strict";)?/, (start) => `${start}${PLACE}`) : made;
}
