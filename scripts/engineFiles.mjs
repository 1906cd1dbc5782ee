// Builds the files of dist/ that are whole in themselves, for runtimes that find no packages: dist/browser/ and dist/rhino/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { minify } from 'terser';
import { coreParts, GIVES_PARTS } from './engineFiles/coreParts.mjs';
import { entities } from './engineFiles/entities.mjs';
import { es5, POLYFILLS, PRELUDE, REPAIRS } from './engineFiles/es5.mjs';
import { jsonAsText } from './engineFiles/jsonAsText.mjs';
import { licenses } from './licenses.mjs';

/** The core alone, without what profiles are held to: what it lacks, it says. */
const CORE_ALONE = {
  '#fhirpath': './src/validate/fhirpath/absent.ts',
  '#tables': './src/fhir/terminology/absentTables.ts',
};

const PROVIDERS = `
  export { provideTables } from './src/fhir/terminology/provided.ts';
  export { provideFhirPath } from './src/validate/fhirpath/interpret.ts';`;

/** The types of the core and of what is given to it; what a file has besides is its own. */
const typesOf = (entry) => [
  `export * from '../${entry}.js';`,
  "export { provideTables, type Tables } from '../fhir/terminology/provided.js';",
  "export { provideFhirPath } from '../validate/fhirpath/interpret.js';",
];

/** The types of each file: those of the modules that it is made of, which dist/ has. */
const TYPES = {
  browser: {
    'clinik-fhir.d.mts': typesOf('core'),
    'clinik-fhir.iife.d.ts': ["export * from './clinik-fhir.mjs';", 'export as namespace clinikFhir;'],
    'lenses.d.mts': ["export * from '../lenses.js';"],
    'fhirpath.d.mts': ["export * from '../withFhirpath.js';"],
    'tables.d.mts': ["export * from '../withTables.js';"],
    'profiles.d.mts': ["export { loadGuide } from '../validate/profile/loadGuide.js';"],
  },
  rhino: {
    'clinik-fhir.d.ts': [...typesOf('index'), 'export as namespace clinikFhir;'],
    // What they have they give to the core.
    'fhirpath.d.ts': ['export {};'],
    'tables.d.ts': ['export {};'],
  },
};

/** Files below dist/, each a bundle or put together of bundles, and the licenses of what stands in them. */
class Folder {
  #name;
  #inputs = new Set();

  constructor(name) {
    this.#name = name;
    mkdirSync(join('dist', name), { recursive: true });
  }

  /** One text of an entry and all that it imports. */
  async bundle(contents, options) {
    const { outputFiles, metafile } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'browser',
      write: false,
      legalComments: 'none',
      metafile: true,
      alias: CORE_ALONE,
      plugins: [jsonAsText, entities],
      ...options,
    });
    for (const input of Object.keys(metafile.inputs)) this.#inputs.add(input);
    return outputFiles[0].text;
  }

  write(file, text) {
    writeFileSync(join('dist', this.#name, file), text);
  }

  /** A text that is small already, and smaller by what terser knows besides. */
  async writeSmall(file, text, options) {
    const compress = { passes: 2, unsafe_arrows: true, unsafe_methods: true };
    const { code } = await minify(text, { ecma: 2020, compress, format: { comments: false }, ...options });
    this.write(file, code);
  }

  writeTypesAndLicenses() {
    for (const [file, lines] of Object.entries(TYPES[this.#name])) this.write(file, `${lines.join('\n')}\n`);
    this.write('LICENSES.txt', licenses([...this.#inputs]));
  }
}

async function buildBrowser() {
  const folder = new Folder('browser');
  const core = `export * from './src/core.ts';${PROVIDERS}`;
  const options = { minify: true, target: 'es2022' };
  // The engine and the tables give themselves to the core that stands beside them.
  const beside = { ...options, format: 'esm', external: ['./clinik-fhir.mjs'], define: { global: 'globalThis' } };
  await folder.writeSmall(
    'clinik-fhir.mjs',
    await folder.bundle(`${core}${GIVES_PARTS}`, { ...options, format: 'esm' }),
    {
      module: true,
    },
  );
  const lenses = await folder.bundle("export * from './src/lenses.ts';", { ...options, format: 'esm' });
  await folder.writeSmall('lenses.mjs', lenses, { module: true });
  // A page may be in another encoding than UTF-8.
  await folder.writeSmall(
    'clinik-fhir.iife.js',
    await folder.bundle(core, { ...options, format: 'iife', globalName: 'clinikFhir' }),
    { format: { comments: false, ascii_only: true } },
  );
  folder.write(
    'fhirpath.mjs',
    await folder.bundle(
      `import library from 'fhirpath';
       import model from 'fhirpath/fhir-context/r4';
       import { provideFhirPath } from './clinik-fhir.mjs';
       import { makeEngine } from './src/fhirpathEngine.ts';
       export const fhirpath = makeEngine(library, model);
       provideFhirPath(fhirpath);`,
      beside,
    ),
  );
  folder.write(
    'tables.mjs',
    await folder.bundle(
      `import { provideTables } from './clinik-fhir.mjs';
       import { tables } from './scripts/engineFiles/lazyTables.mjs';
       export { tables };
       provideTables(tables);`,
      beside,
    ),
  );
  folder.write(
    'profiles.mjs',
    await folder.bundle("export { loadGuide } from './src/validate/profile/loadGuide.ts';", {
      ...beside,
      plugins: [coreParts],
    }),
  );
  folder.writeTypesAndLicenses();
}

async function buildRhino() {
  const folder = new Folder('rhino');
  const options = { format: 'iife', target: 'es5' };
  const lowered = (contents) => folder.bundle(contents, { ...options, globalName: 'part', plugins: [jsonAsText, es5] });
  // A function has the names of the prelude, so that none of them is a global.
  const inFunction = (code, result) => `(function () {${PRELUDE}${code}return ${result};}).call(this);`;
  const write = (file, text) =>
    folder.write(file, transformSync(text, { minify: true, target: 'es5', legalComments: 'none' }).code);
  const polyfills = await folder.bundle(POLYFILLS.map((name) => `require('${name}');`).join(''), options);
  const core = await lowered(`export * from './src/index.ts';${PROVIDERS}`);
  write('clinik-fhir.js', `${REPAIRS}${polyfills}var clinikFhir = ${inFunction(core, 'part')}`);
  const fhirpath = await lowered("export { fhirpath } from './scripts/engineFiles/lazyFhirpath.mjs';");
  write('fhirpath.js', inFunction(fhirpath, 'clinikFhir.provideFhirPath(part.fhirpath)'));
  const tables = await lowered("export { tables } from './scripts/engineFiles/lazyTables.mjs';");
  write('tables.js', inFunction(tables, 'clinikFhir.provideTables(part.tables)'));
  folder.writeTypesAndLicenses();
}

export async function buildEngineFiles() {
  await Promise.all([buildBrowser(), buildRhino()]);
}
