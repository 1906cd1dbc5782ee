// Compiles programs that use every entry of the packed package, with old and new compilers and each of their ways to find a module:
// node scripts/run.mjs scripts/engines/types.ts. It ends with 1 where one is refused.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { packed } from './packed.js';
import { missingRuntimes, runtimeFile } from './runtimes.js';
import { skipped } from './skipped.mjs';

/** What a program does with an entry: something right, and something that the types have to refuse, as they do not where they are lost. */
const USES: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  'clinik-fhir': [
    "const path: string = core.lensFor('encounters').path; const read = core.encounters.safeFromFhir({ resourceType: 'Encounter' }); if (read.ok) { const status: string | undefined = read.payload.status; void [path, status]; }",
    "const wrong: number = core.validate({ resourceType: 'Patient' }).resourceType;",
  ],
  'clinik-fhir/node': [
    "const run: Promise<node.Summary> = node.convert({ inputs: ['a'], out: 'b' }); void [run, node.UsageError];",
    'const wrong: string = node.convert;',
  ],
  'clinik-fhir/fhirpath': [
    'const engine: fhirpath.Engine = fhirpath.fhirpath; void [engine];',
    'const wrong: number = fhirpath.fhirpath;',
  ],
  'clinik-fhir/tables': ['void [tables.tables.units];', 'const wrong: number = tables.tables;'],
  'clinik-fhir/lenses': [
    "const path: string = lenses.lensFor('labs').path; void [path, lenses.lensesWith];",
    'const wrong: number = lenses.lensFor;',
  ],
  'clinik-fhir/browser': [
    "const outcome: string = browser.validate({ resourceType: 'Patient' }).resourceType; void [outcome];",
    'const wrong: number = browser.lensFor;',
  ],
  'clinik-fhir/browser/fhirpath': [
    'void [browserFhirpath.fhirpath];',
    'const wrong: number = browserFhirpath.fhirpath;',
  ],
  'clinik-fhir/browser/tables': ['void [browserTables.tables];', 'const wrong: number = browserTables.tables;'],
  'clinik-fhir/browser/lenses': ['void [browserLenses.lensFor];', 'const wrong: number = browserLenses.lensFor;'],
  'clinik-fhir/browser/profiles': [
    'const guide = browserProfiles.loadGuide([]); void [guide];',
    'const wrong: number = browserProfiles.loadGuide;',
  ],
};

/** Those whose library is a global, and what is no code. */
const OTHERS = /^\.\/(?:rhino|browser\/iife|(?:conversion|validation)-worker|schemas|rules|package)/;

const listed: { readonly exports: object } = JSON.parse(readFileSync('package.json', 'utf8'));
const forgotten = Object.keys(listed.exports).filter(
  (entry) => !OTHERS.test(entry) && !Object.hasOwn(USES, entry.replace(/^\./, 'clinik-fhir')),
);
if (forgotten.length > 0) throw new Error(`No program uses ${forgotten.join(', ')}.`);

/** ES modules alone, which `require` of the module kind node16 does not load. */
const MODULES = ['', '/fhirpath', '/tables', '/lenses', '/profiles'].map((entry) => `clinik-fhir/browser${entry}`);

const NODE = 'clinik-fhir/node';

type Resolution = 'node10' | 'node16' | 'bundler';

interface Compiler {
  readonly name: string;
  readonly file: string;
  readonly resolutions: readonly Resolution[];
}

const COMPILERS: readonly Compiler[] = [
  ...['5.4', '5.9'].map((name): Compiler => {
    return {
      name,
      file: runtimeFile(`typescript-${name}`, 'bin', 'tsc'),
      resolutions: ['node10', 'node16', 'bundler'],
    };
  }),
  { name: '7', file: resolve('node_modules', 'typescript', 'bin', 'tsc'), resolutions: ['node16', 'bundler'] },
];

const nameOf = (entry: string): string =>
  ({
    'clinik-fhir': 'core',
    'clinik-fhir/browser/fhirpath': 'browserFhirpath',
    'clinik-fhir/browser/tables': 'browserTables',
    'clinik-fhir/browser/lenses': 'browserLenses',
    'clinik-fhir/browser/profiles': 'browserProfiles',
  })[entry] ?? entry.replace('clinik-fhir/', '');

function program(entries: readonly string[], load: (entry: string, name: string) => string): string {
  const uses = entries.map((entry) => {
    const [right = '', wrong = ''] = USES[entry] ?? [];
    return `{\n${right}\n}\n{\n// @ts-expect-error: the types say otherwise.\n${wrong}\n}\n`;
  });
  return [...entries.map((entry) => `${load(entry, nameOf(entry))}\n`), ...uses].join('');
}

/** A script without modules, for which the library is a global whose types it refers to. */
const script = (entry: string): string => `/// <reference types="${entry}" />
const path: string = clinikFhir.lensFor('labs').path;
// @ts-expect-error: the types say otherwise.
const wrong: number = clinikFhir.validate(path).resourceType;
`;

/** What is compiled together. */
interface Program {
  /** What stands in each of its files. */
  readonly files: Readonly<Record<string, string>>;
  /** The kind of module that it is compiled to. */
  readonly module: string;
  /** Packages whose types are global, as those of Node are. */
  readonly types: readonly string[];
}

/** The programs for a way to find a module. What uses the core alone has no types of Node, and none of a browser. */
function programs(resolution: Resolution): readonly Program[] {
  const [esm, cjs] = resolution === 'node16' ? ['.mts', '.cts'] : ['.ts', '.ts'];
  const kinds = {
    node10: ['esnext', 'commonjs'],
    node16: ['node16', 'node16'],
    bundler: ['esnext', 'preserve'],
  } as const;
  const [imported, required] = kinds[resolution];
  const byImport = (entry: string, name: string): string => `import * as ${name} from '${entry}';`;
  const byRequire = (entry: string, name: string): string => `import ${name} = require('${entry}');`;
  const all = Object.keys(USES).filter((entry) => entry !== NODE);
  const some = all.filter((entry) => resolution !== 'node16' || !MODULES.includes(entry));
  return [
    {
      files: { [`imported${esm}`]: program(all, byImport), 'rhino.ts': script('clinik-fhir/rhino') },
      module: imported,
      types: [],
    },
    {
      files: { [`required${cjs}`]: program(some, byRequire), 'iife.ts': script('clinik-fhir/browser/iife') },
      module: required,
      types: [],
    },
    {
      files: {
        [`imported-in-node${esm}`]: program([NODE], byImport),
        [`required-in-node${cjs}`]: program([NODE], byRequire),
      },
      module: required,
      types: ['node'],
    },
  ];
}

/** What the compiler says of a program; nothing where it is right. */
async function compile(compiler: string, resolution: Resolution, index: number, made: Program): Promise<string> {
  const folder = join(packed(), `${resolution}-${index}`);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(made.files)) writeFileSync(join(folder, file), text);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: false,
    target: 'es2022',
    lib: ['es2022'],
    types: made.types,
    module: made.module,
    moduleResolution: resolution,
    // A file without imports is a script, in which a global is one.
    moduleDetection: 'legacy',
  };
  const config = { compilerOptions, files: Object.keys(made.files) };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const run = promisify(execFile)(process.execPath, [compiler, '-p', folder], { cwd: folder });
  return run.then(
    () => '',
    ({ stdout, message }) => `${stdout || message}`,
  );
}

async function run(): Promise<void> {
  const version = (file: string): string =>
    JSON.parse(readFileSync(join(file, '..', '..', 'package.json'), 'utf8')).version;
  for (const compiler of COMPILERS) {
    for (const resolution of compiler.resolutions) {
      const said = await Promise.all(
        programs(resolution).map((made, index) => compile(compiler.file, resolution, index, made)),
      );
      const faults = said.filter((text) => text !== '');
      const what = faults.length === 0 ? 'every entry compiles' : `refused\n${faults.join('\n')}`;
      console.log(`TypeScript ${version(compiler.file)}, ${resolution}: ${what}`);
      if (faults.length > 0) process.exitCode = 1;
    }
  }
}

const missing = missingRuntimes();
if (missing === undefined) await run();
else skipped('TypeScript', missing);
