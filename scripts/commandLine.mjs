// Builds dist/cli/: the command line, with all that it imports, as CommonJS. A process that starts for one small file would else
// spend most of its time on finding and opening a hundred ES modules.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { licenses } from './licenses.mjs';

const OUT = join('dist', 'cli');

/** Where the code stands for what it looks for beside itself, and for what it loads by the name of the package. */
const INDEX = "require('node:path').join(__dirname, '..', 'index.js')";

/** Builds it into dist/; for a profile elsewhere, with a place of its own, and not made small. */
export function buildCommandLine({ out = OUT, place, minify = true } = {}) {
  const { metafile } = buildSync({
    entryPoints: [join('src', 'cli', 'main.ts')],
    outdir: out,
    chunkNames: '[name]-[hash]',
    bundle: true,
    // Only ES modules can be split: each is made CommonJS afterwards.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify,
    legalComments: 'none',
    alias: {
      '#fhirpath': './src/fhirpath.ts',
      '#tables': './src/tables.ts',
      'node:child_process': './scripts/commandLine/noChildProcess.mjs',
    },
    metafile: true,
  });
  for (const file of Object.keys(metafile.outputs))
    writeFileSync(file, commonJs(readFileSync(file, 'utf8'), place, minify));
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  writeFileSync(join(out, 'LICENSES.txt'), licenses(Object.keys(metafile.inputs)));
  chmodSync(join(out, 'main.js'), 0o755);
}

function commonJs(code, place, minify) {
  const { code: made } = transformSync(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__place', __filename: '__place' },
  });
  if (!made.includes('__place')) return made;
  const declared = `const __place = ${place === undefined ? INDEX : JSON.stringify(place)};`;
  return made.replace(/^(#!.*\n)?("use strict";)?/, (start) => `${start}${declared}`);
}
