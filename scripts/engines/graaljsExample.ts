// Builds integrations/graaljs with the commands of its README, sends messages through it on several threads, and compares what comes out
// with what Node's library says: node scripts/run.mjs scripts/engines/graaljsExample.ts. It ends with 1 where they differ.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findLens, type Issue, operationOutcome, validate } from '../../src/index.js';
import { FOLDER, linesOf, missingTool } from './engine.js';
import { messages, SECRET } from './messages.js';
import { skipped } from './skipped.mjs';

const NAME = 'Example for GraalJS';
const PACKAGE = join('integrations', 'graaljs');
const THREADS = 4;
const CONTEXTS = 2;
const SHOWN = 3;
const LEAST = 1500;

/** What goes in: texts, of which some are no JSON. */
interface Input {
  readonly script: 'from-fhir' | 'to-fhir' | 'validate';
  readonly path: string;
  readonly text: string;
}

const SCRIPTS = {
  'transformer-from-fhir': 'from-fhir',
  'transformer-to-fhir': 'to-fhir',
  filter: 'validate',
} as const;

const NO_RECORDS = ['', '{', SECRET, 'null', '[]', '"a"', '1', '{"resourceType":1}', '{"resourceType":"Encounter"} x'];

function inputs(): readonly Input[] {
  const asked = messages().flatMap(({ script, path = '', msg }): Input[] =>
    script === 'response-transformer' ? [] : [{ script: SCRIPTS[script], path, text: JSON.stringify(msg) }],
  );
  const others = NO_RECORDS.flatMap((text): Input[] => [
    { script: 'from-fhir', path: '', text },
    { script: 'to-fhir', path: 'labs', text },
    { script: 'to-fhir', path: '', text },
    { script: 'validate', path: '', text },
  ]);
  return [...asked, ...others];
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const MALFORMED: Issue = {
  severity: 'error',
  code: 'structure',
  id: 'json-malformed',
  expression: [],
  diagnostics: 'This is no JSON.',
};

/** What Compare.java reports of scripts that fail, of one that hangs, and of calls after the end. */
const FAULTS: readonly string[] = [
  ...['an error', 'a full stack'].map((what) => `${what}: clinik-fhir: a script failed at its place`),
  ...['a number', 'undefined', 'no object', 'an object of numbers'].map(
    (what) => `${what}: clinik-fhir: a script failed, or gave anything but texts.`,
  ),
  'after them: OperationOutcome',
  'beside one that hangs: clinik-fhir: all contexts are in use. Make more, or look for a script that hangs.',
  'closed: clinik-fhir: it is closed.',
  'the one that hung: it has ended',
];

/** What should come out, by the library itself. */
function expected({ script, path, text }: Input): string {
  const answer = (made: string, losses: object, issues: readonly Issue[], body: unknown): string =>
    [made, JSON.stringify(losses), JSON.stringify(issues), '', JSON.stringify(body)].join('\t');
  const refused = (issues: readonly Issue[]): string => {
    const why = `clinik-fhir: the record was refused: ${issues.map(({ id }) => id).join(', ')}`;
    return [path, '', '', why, JSON.stringify(operationOutcome(issues))].join('\t');
  };
  const unknown = (id: string, diagnostics: string): string =>
    refused([{ severity: 'error', code: 'not-supported', id, expression: [], diagnostics }]);
  const json = parsed(text);
  if (json === undefined) {
    return script === 'validate' ? JSON.stringify(operationOutcome([MALFORMED])) : refused([MALFORMED]);
  }
  const { value } = json;
  if (script === 'validate') return JSON.stringify(validate(value));
  if (script === 'to-fhir') {
    const lens = findLens(path);
    if (lens === undefined) return unknown('bundle-path', 'There are no payloads of this path.');
    const written = lens.safeToFhir(value);
    return written.ok ? answer(path, [], written.issues, written.resource) : refused(written.issues);
  }
  const type: unknown = Object(value).resourceType;
  const lens = typeof type === 'string' ? findLens(type) : undefined;
  if (lens === undefined) return unknown('resource-type', 'ClinikAPI has no payload of this type.');
  const read = lens.safeFromFhir(value);
  return read.ok ? answer(lens.path, read.losses, read.issues, read.payload) : refused(read.issues);
}

/** Runs the commands of the README as they stand there, in its folder; gives what the last one prints. */
function followReadme(): string {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, command = '']) => command);
  const printed = commands.map((command) => execFileSync('sh', ['-ec', command], { cwd: PACKAGE, encoding: 'utf8' }));
  // Maven ends with the code that sets colours back, whoever reads it.
  return stripVTControlCharacters(printed.join(''));
}

function run(): void {
  const shown = followReadme().trimEnd().split('\n');
  const jars = [join(PACKAGE, 'target', 'clinik-fhir-graaljs-0.1.0.jar'), join(PACKAGE, 'target', 'jars', '*')];
  const target = join(FOLDER, 'graaljsExample');
  mkdirSync(target, { recursive: true });
  const source = join('scripts', 'engines', 'graaljsExample', 'Compare.java');
  const classpath = [target, ...jars].join(delimiter);
  execFileSync('javac', ['-nowarn', '-cp', classpath, '-d', target, source], { stdio: 'inherit' });

  const asked = inputs();
  if (asked.length < LEAST) throw new Error(`Only ${asked.length} messages were made.`);
  const [file, answersFile] = [join(target, 'messages.tsv'), join(target, 'answers.tsv')];
  writeFileSync(file, asked.map(({ script, path, text }) => `${script}\t${path}\t${text}\n`).join(''));
  const program = ['Compare', resolve('dist', 'browser'), file, answersFile, `${THREADS}`, `${CONTEXTS}`, SECRET];
  const told = execFileSync('java', ['-cp', classpath, ...program], { encoding: 'utf8' });
  const { load, each }: { load: number; each: number } = JSON.parse(told);

  const answers = linesOf(answersFile);
  const wanted = asked.map(expected);
  const other = wanted.flatMap((text, index) => (answers[index] === text ? [] : [index]));
  // The path of a message is the caller's own, and stays in its header.
  const leaks = answers.filter((answer) => answer.split('\t')[3]?.includes(SECRET)).length;
  const readme = shown.length === 2 && shown.every((line) => line.startsWith('{'));
  console.log(
    `${NAME}, ${THREADS} threads, ${CONTEXTS} contexts: ${asked.length - other.length} of ${asked.length} are Node's; ${leaks} refusals with a value; its README ${readme ? 'holds' : `printed ${shown.length} lines`}; loaded in ${load.toFixed(0)} ms, ${each.toFixed(2)} ms a message`,
  );
  for (const index of other.slice(0, SHOWN)) {
    console.log(`  message ${index + 1}\n    Node: ${wanted[index]}\n    here: ${answers[index]}`);
  }
  const faults = linesOf(`${answersFile}.faults`);
  const wrong = faults.join('\n') !== FAULTS.join('\n');
  if (wrong) console.log(`  faults, wanted\n${FAULTS.join('\n')}\n  here\n${faults.join('\n')}`);
  if (wrong) process.exitCode = 1;
  if (other.length > 0 || answers.length !== asked.length || leaks > 0 || !readme) process.exitCode = 1;
}

const missing = missingTool();
if (missing === undefined) run();
else skipped(NAME, missing);
