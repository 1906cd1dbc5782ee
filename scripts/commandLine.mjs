// Builds dist/cli/: the command line, with all that it imports, as CommonJS. A process that starts for one small file would else
// spend most of its time on finding, opening and running some four hundred ES modules, of which it needs half.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { licenses } from './licenses.mjs';

const OUT = join('dist', 'cli');
const PROGRAM = join('src', 'cli', 'program.ts');

/** What a run that is short needs a part of; the other files are beside it. */
const COMMON = ['program', 'runConvert', 'runValidate'].map((name) => join('src', 'cli', `${name}.ts`));

/** Where the code stands for what it looks for beside itself, and for what it loads by the name of the package. */
const INDEX = "require('node:path').join(__dirname, '..', 'index.js')";

/** Builds it into dist/; for a profile elsewhere, with a place of its own, and not made small. */
export function buildCommandLine({ out = OUT, place, minify = true } = {}) {
  const { files, inputs } = filesOf(minify);
  const common = reached(files, COMMON);
  const all = reached(files, [PROGRAM], 'dynamic-import');
  const packs = [common, all.filter((file) => !common.includes(file))].map((names) => {
    const functions = names.map((name) => `${JSON.stringify(name)}:${asFunction(files.get(name).code, place, minify)}`);
    return `({${functions.join(',\n')}})`;
  });
  mkdirSync(out, { recursive: true });
  packs.forEach((pack, index) => {
    writeFileSync(join(out, PACKS[index]), pack);
  });
  buildSync({
    entryPoints: [join('src', 'cli', 'start', 'main.ts')],
    outdir: out,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify,
    define: { PROGRAM: JSON.stringify(nameOf(files, PROGRAM)), PACKS: JSON.stringify(PACKS) },
  });
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
  writeFileSync(join(out, 'LICENSES.txt'), licenses(inputs));
  chmodSync(join(out, 'main.js'), 0o755);
}

const PACKS = ['common.js', 'others.js'];

/** Each module of the sources as a file of its own, by its name, which says what is in it; modules that import each other are one. */
function filesOf(minify) {
  const build = (entryPoints) =>
    buildSync({
      entryPoints,
      outdir: OUT,
      entryNames: '[name]-[hash]',
      chunkNames: '[name]-[hash]',
      bundle: true,
      splitting: true,
      write: false,
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
  const inputs = Object.keys(build([PROGRAM]).metafile.inputs);
  for (const input of inputs)
    if (/^export let /m.test(readFileSync(input, 'utf8'))) throw new Error(`${input} exports what changes`);
  const { outputFiles, metafile } = build(inputs.filter((input) => /^src\/.*\.[jt]s$/.test(input)));
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const files = Object.entries(metafile.outputs).map(([path, { entryPoint, imports }]) => [
    basename(path),
    { entryPoint, imports, code: texts.get(basename(path)) },
  ]);
  return { files: new Map(files), inputs };
}

const nameOf = (files, source) => [...files].find(([, { entryPoint }]) => entryPoint === source)[0];

/** The files that some sources import, and they themselves. */
function reached(files, sources, ...kinds) {
  const found = new Set(sources.map((source) => nameOf(files, source)));
  for (const name of found)
    for (const { path, kind, external } of files.get(name).imports)
      if (!external && (kind === 'import-statement' || kinds.includes(kind))) found.add(basename(path));
  return [...found];
}

/**
 * A file as src/cli/start/loader.ts takes it: a function, in ASCII, which is read as it is and takes half the memory. esbuild leaves
 * what else stands in regular expressions.
 */
function asFunction(code, place, minify) {
  const exported = code.replace(
    /export\s*\{([^{}]*)\};?\s*$/,
    (_, names) => `module.exports = {${propertiesOf(names)}};`,
  );
  const { code: made } = transformSync(exported, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify,
    legalComments: 'none',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__place', __filename: '__place' },
  });
  const declared = `const __place = ${place === undefined ? INDEX : JSON.stringify(place)};`;
  const ascii = made.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `function(require,module,__dirname){${made.includes('__place') ? declared : ''}${ascii}\n}`;
}

/** `a as b, c` as the properties of an object. */
function propertiesOf(names) {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const [local, exported = local] = name.split(/\s+as\s+/);
      return `${exported}: ${local}`;
    })
    .join(', ');
}
