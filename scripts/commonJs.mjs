// Builds dist/cjs/: the library for tools with a `require` of their own that cannot load ES modules, such as Jest. Node's own
// `require` takes the ES modules (the condition `module-sync` in package.json), so that a process has one copy.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { licenses } from './licenses.mjs';

const OUT = join('dist', 'cjs');

/** The dependencies that come as ES modules only; they and what they import become part of the copy. */
const ESM_ONLY = ['flatqueue', 'htmlparser2'];

/** What package.json exports and what its `imports` choose between. */
const ENTRIES = [
  'index',
  'node',
  'lenses',
  'fhirpath',
  'tables',
  'withFhirpath',
  'withTables',
  join('validate', 'fhirpath', 'absent'),
  join('fhir', 'terminology', 'absentTables'),
];

/** Reads dist/, which has the ES modules and their types. */
export async function buildCommonJs() {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { metafile } = buildSync({
    entryPoints: ENTRIES.map((entry) => join('src', `${entry}.ts`)),
    outdir: OUT,
    outbase: 'src',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    // Only ES modules can be split, so that what the entries share is there once: each is made CommonJS afterwards.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['#*', '*.json', ...Object.keys(dependencies).filter((name) => !ESM_ONLY.includes(name))],
    supported: { 'import-attributes': true },
    metafile: true,
  });
  for (const file of Object.keys(metafile.outputs)) writeFileSync(file, commonJs(readFileSync(file, 'utf8')));
  writeFileSync(join(OUT, 'LICENSES.txt'), licenses(Object.keys(metafile.inputs)));
  for (const entry of ['index', 'node', 'lenses', 'withFhirpath', 'withTables'])
    writeFileSync(join(OUT, `${entry}.d.cts`), await types(entry));
}

/** The tables of src/tables.ts are there once, beside the ES modules. */
const TABLES = './fhir/generated/';

function commonJs(code) {
  const banner = code.includes('import.meta.url')
    ? {
        define: { 'import.meta.url': '__url' },
        banner: "const __url = require('node:url').pathToFileURL(__filename).href;",
      }
    : {};
  return transformSync(code.replaceAll(TABLES, `.${TABLES}`), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Such a tool may know no `import()`, either.
    supported: { 'dynamic-import': false },
    ...banner,
  }).code;
}

/** Types for TypeScript that reads the copy: those of the ES modules, so that both have the same. */
async function types(entry) {
  const values = await import(pathToFileURL(join('dist', `${entry}.js`)).href);
  const from = `'../${entry}.js' with { 'resolution-mode': 'import' };`;
  const lines = Object.entries(values).flatMap(([name, value]) => [
    `export declare const ${name}: typeof esm.${name};`,
    ...(isClass(value) ? [`export type ${name} = esm.${name};`] : []),
  ]);
  return [`import type * as esm from ${from}`, `export type * from ${from}`, ...lines, ''].join('\n');
}

const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
