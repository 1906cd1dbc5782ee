// Asks the same of the package in every engine that is here, and compares with Node's answers: npm run test:engines [NAME …]
// It prints a line for each engine, and ends with 1 where one answers otherwise. docs/engines.md has the figures.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { noBrowser } from '../../test/support/browser.js';
import { type Answered, type Engine, FOLDER, javaEngine } from './engine.js';
import { inChromium } from './inChromium.js';
import { inLambda, inNode } from './inNode.js';
import { runtimes } from './inRuntimes.js';
import { questions } from './questions.js';
import { skipped } from './skipped.mjs';

const BROWSER = join('dist', 'browser');
const MODULES = ['clinik-fhir.mjs', 'fhirpath.mjs', 'tables.mjs'].map((file) => join(BROWSER, file));
const RHINO = join('dist', 'rhino');
const SCRIPTS = ['clinik-fhir.js', 'fhirpath.js', 'tables.js'].map((file) => join(RHINO, file));

const ENGINES: readonly Engine[] = [
  ...['1.7.13', '1.8.0'].map((version) => javaEngine('Rhino', 'rhino', version, RHINO, SCRIPTS)),
  javaEngine('GraalJS', 'graaljs', '24.2.2', BROWSER, MODULES),
  {
    name: 'Chromium, strict policy',
    missing: noBrowser === false ? undefined : noBrowser,
    files: MODULES,
    run: inChromium,
  },
  { name: 'CommonJS bundle', missing: undefined, files: [], run: inLambda },
  ...runtimes(),
];

const SHOWN = 3;
const TIMES = 500;
/** Fewer questions than these would be a comparison of little, which nobody would see. */
const LEAST = 2000;

const names = process.argv.slice(2).map((name) => name.toLowerCase());
const wanted = ENGINES.filter(
  ({ name }) => names.length === 0 || names.some((part) => name.toLowerCase().includes(part)),
);
const unknown = names.filter((part) => !ENGINES.some(({ name }) => name.toLowerCase().includes(part)));
if (unknown.length > 0) {
  const known = [...ENGINES.map(({ name }) => name), 'engines', 'typescript', 'graaljs', 'mirth', 'node-red', 'spark'];
  throw new Error(`There is no ${unknown.join(', no ')}; there are ${known.join(', ')}.`);
}
const file = join(FOLDER, 'questions.ndjson');
mkdirSync(FOLDER, { recursive: true });
writeFileSync(
  file,
  questions()
    .map((question) => `${JSON.stringify(question)}\n`)
    .join(''),
);
const asked = { questions: file, times: TIMES };

const node = inNode(asked);
if (node.answers.length < LEAST) throw new Error(`Only ${node.answers.length} questions were asked.`);
console.log(`Node ${process.versions.node}: ${node.answers.length} answers; ${figures(node)}`);
for (const engine of wanted) {
  if (engine.missing !== undefined) {
    skipped(engine.name, engine.missing);
    continue;
  }
  try {
    compared(engine, await engine.run(asked));
  } catch (error) {
    console.log(`${engine.name}: failed: ${error instanceof Error ? error.message : 'it says not why'}`);
    process.exitCode = 1;
  }
}

function compared(engine: Engine, answered: Answered): void {
  const other = node.answers.flatMap((answer, index) => (answered.answers[index] === answer ? [] : [index]));
  const same = node.answers.length - other.length;
  console.log(
    `${engine.name}: ${same} of ${node.answers.length} answers are Node's; ${figures(answered)}${sizes(engine.files)}`,
  );
  if (other.length > 0 || answered.answers.length !== node.answers.length) process.exitCode = 1;
  for (const index of other.slice(0, SHOWN)) {
    console.log(`  question ${index + 1}\n    Node: ${node.answers[index]}\n    here: ${answered.answers[index]}`);
  }
}

function figures({ load, records }: Answered): string {
  const [converted = 0, validated = 0] = records;
  return `loaded in ${load.toFixed(0)} ms, ${converted.toFixed(2)} ms to convert, ${validated.toFixed(2)} ms to validate`;
}

function sizes(files: readonly string[]): string {
  const kB = (bytes: number): string => (bytes / 1000).toFixed(0);
  return files
    .map((path) => readFileSync(path))
    .map((bytes, index) => `; ${files[index]} ${kB(bytes.length)} kB, ${kB(gzipSync(bytes).length)} gzipped`)
    .join('');
}
