// Runs the scripts of integrations/mirth in Rhino, in a scope like Mirth's and on several threads, and compares what becomes of each
// message with what Node's library says: node scripts/run.mjs scripts/engines/mirth.ts. It ends with 1 where they differ.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import {
  type ConvertOptions,
  errorToOutcome,
  findLens,
  fromResponse,
  type Issue,
  operationOutcome,
  type ValidateOptions,
  type ValidationRule,
  validate,
} from '../../src/index.js';
import { isFailure } from '../../src/lens/issue.js';
import { build, FOLDER, linesOf, missingTool } from './engine.js';
import { type Message, messages, SECRET } from './messages.js';
import { skipped } from './skipped.mjs';

const VERSION = '1.7.13';
const THREADS = 4;
const INSTANCES = 3;
const SHOWN = 3;
const LEAST = 1500;
const RULE: ValidationRule = {
  id: 'own-rule',
  context: 'Basic',
  severity: 'error',
  expression: 'author.exists()',
  message: 'An author is wanted.',
};
const OPTIONS: ConvertOptions & ValidateOptions = {
  fill: { 'encounters.class': 'AMB' },
  partialDates: 'keep',
  rules: [RULE],
};
const REFUSED_BY_RULE: Message = { script: 'filter', msg: { resourceType: 'Basic', code: { text: 'a' } } };

/** What Mirth.java reports of a deploy script without its files, of scripts without a deploy script, and of work that fails. */
const FAULTS: readonly string[] = [
  'Error: clinik-fhir: nothing is loaded. FOLDER of the deploy script has no readable file clinik-fhir.js',
  ...Array.from(
    { length: 4 },
    () => 'Error: clinik-fhir: nothing is loaded. The server log says why the deploy script failed.',
  ),
  ...Array.from(
    { length: 4 },
    () => 'Error: clinik-fhir: a script failed. Its instance is replaced; the message was not converted.',
  ),
];

interface Outcome {
  readonly result?: boolean;
  readonly msg?: unknown;
  readonly status?: string;
  readonly mapped?: Readonly<Record<string, string>>;
  readonly thrown?: string;
}

/** What the options let pass. */
const FILLED: Message = {
  script: 'transformer-from-fhir',
  msg: {
    resourceType: 'Encounter',
    status: 'finished',
    subject: { reference: 'Patient/p1' },
    period: { start: '2026-01-05' },
  },
};

/** What should become of a message, by the library itself. */
function expected({ script, path, msg }: Message): Outcome {
  const kept: Record<string, string> = path === undefined ? {} : { clinikPath: path };
  const refused = (what: string, ids: readonly string[], outcome: object): Outcome => ({
    msg,
    mapped: { ...kept, clinikOutcome: JSON.stringify(outcome) },
    thrown: `Error: clinik-fhir: the ${what} was refused: ${ids.join(', ')}`,
  });
  const unknown = (what: string, id: string, diagnostics: string): Outcome =>
    refused(
      what,
      [id],
      operationOutcome([{ severity: 'error', code: 'not-supported', id, expression: [], diagnostics }]),
    );
  const ids = (issues: readonly Issue[]): string[] => issues.map(({ id }) => id);
  if (script === 'filter') {
    const outcome = validate(msg, OPTIONS);
    const bad = outcome.issue.some(({ severity }) => severity === 'error' || severity === 'fatal');
    return { result: !bad, msg, mapped: bad ? { clinikOutcome: JSON.stringify(outcome) } : {} };
  }
  if (script === 'transformer-to-fhir') {
    const lens = findLens(String(path));
    if (lens === undefined) return unknown('payload', 'bundle-path', 'There are no payloads of this path.');
    const written = lens.safeToFhir(msg, OPTIONS);
    return written.ok
      ? { msg: written.resource, mapped: { ...kept, clinikIssues: JSON.stringify(written.issues) } }
      : refused('payload', ids(written.issues), operationOutcome(written.issues));
  }
  if (script === 'transformer-from-fhir') {
    const type: unknown = Object(msg).resourceType;
    const lens = typeof type === 'string' ? findLens(type) : undefined;
    if (lens === undefined) return unknown('resource', 'resource-type', 'ClinikAPI has no payload of this type.');
    const read = lens.safeFromFhir(msg, OPTIONS);
    return read.ok
      ? {
          msg: read.payload,
          mapped: {
            clinikPath: lens.path,
            clinikLosses: JSON.stringify(read.losses),
            clinikIssues: JSON.stringify(read.issues),
          },
        }
      : refused('resource', ids(read.issues), operationOutcome(read.issues));
  }
  const response = fromResponse(msg);
  if (response.kind === 'error') {
    return {
      msg: response,
      status: 'ERROR',
      mapped: { clinikOutcome: JSON.stringify(errorToOutcome(response.error)) },
    };
  }
  const records = response.kind === 'record' ? [response.record] : response.kind === 'list' ? response.records : [];
  const issues = [...response.issues, ...records.flatMap((record) => (record.ok ? [] : record.issues))];
  return issues.some(isFailure)
    ? { msg: response, status: 'ERROR', mapped: { clinikOutcome: JSON.stringify(operationOutcome(issues)) } }
    : { msg: response };
}

/** As Mirth.java writes it. Rhino 1.7.13 writes half of a pair as it is, so both escape every one. */
function asText({ result, msg, status = 'SENT', mapped = {}, thrown }: Outcome): string {
  const all = { result: result ?? null, msg, status, mapped, thrown: thrown ?? null, own: 'of Mirth' };
  return normal(JSON.stringify(all));
}

/** The same text for the same JSON, whether an escape of half a pair was itself escaped or not. */
function normal(text: string): string {
  return text
    .replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
    .replace(/\\+u(d[89a-f][0-9a-f]{2})/g, '\\u$1');
}

const missing = missingTool();
if (missing === undefined) run();
else skipped('Scripts for Mirth', missing);

function run(): void {
  const classpath = build('rhino', VERSION);
  const target = join(FOLDER, 'mirth');
  mkdirSync(target, { recursive: true });
  const source = join('scripts', 'engines', 'mirth', 'Mirth.java');
  execFileSync('javac', ['-nowarn', '-cp', classpath, '-d', target, source], { stdio: 'inherit' });
  const asked = [...messages(), FILLED, REFUSED_BY_RULE];
  if (asked.length < LEAST) throw new Error(`Only ${asked.length} messages were made.`);
  const [file, answersFile] = [join(target, 'messages.ndjson'), join(target, 'answers.ndjson')];
  writeFileSync(file, asked.map((message) => `${JSON.stringify(message)}\n`).join(''));
  const library = resolve('dist', 'rhino').replaceAll('\\', '/');
  const program = [
    'Mirth',
    library,
    join('integrations', 'mirth'),
    file,
    answersFile,
    `${THREADS}`,
    `${INSTANCES}`,
    JSON.stringify(OPTIONS),
    SECRET,
  ];
  const told = execFileSync('java', ['-cp', [target, classpath].join(delimiter), ...program], { encoding: 'utf8' });
  const { load, each }: { load: number; each: number } = JSON.parse(told);
  const answers = linesOf(answersFile).map(normal);
  const other = asked.flatMap((message, index) => {
    const wanted = asText(expected(message));
    return answers[index] === wanted ? [] : [{ index, wanted }];
  });
  const log = readFileSync(`${answersFile}.log`, 'utf8');
  const faults = linesOf(`${answersFile}.faults`);
  const thrown = linesOf(answersFile).map((line) => String(JSON.parse(line).thrown));
  const leaks = [log, ...thrown].filter((text) => text.includes(SECRET)).length;
  console.log(
    `Scripts for Mirth, Rhino ${VERSION}, ${THREADS} threads, ${INSTANCES} instances: ${asked.length - other.length} of ${asked.length} are Node's; ${leaks} logs or errors with a value; loaded in ${load.toFixed(0)} ms, ${each.toFixed(2)} ms a message`,
  );
  for (const { index, wanted } of other.slice(0, SHOWN)) {
    console.log(`  message ${index + 1}\n    Node: ${wanted}\n    here: ${answers[index]}`);
  }
  // Without the rule it is valid, so that nothing else can have rejected it.
  const byRuleAlone = !validate(REFUSED_BY_RULE.msg).issue.some(({ severity }) => severity === 'error');
  if (!byRuleAlone) console.log('  the message for the rule is refused without it');
  const wrong = faults.join('\n') !== FAULTS.join('\n');
  if (wrong) console.log(`  faults, wanted\n${FAULTS.join('\n')}\n  here\n${faults.join('\n')}`);
  if (wrong || !byRuleAlone) process.exitCode = 1;
  if (other.length > 0 || answers.length !== asked.length || leaks > 0) process.exitCode = 1;
}
