import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { labs } from '../src/index.js';
import { isFailure } from '../src/lens/issue.js';
import { isObject, type JsonObject } from '../src/lens/json.js';
import { validationIssues } from '../src/validate/validate.js';
import type { Ran } from './cli/run.js';
import { atEnd } from './support/atEnd.js';
import { ensure, fail } from './support/ensure.js';
import { fill, temporaryFolder } from './support/folder.js';

const EXPORT = join('fixtures', 'ehr-export');
const EXAMPLES = 'examples';
const programs = readdirSync(EXAMPLES).filter((file) => file.endsWith('.mjs'));

/** Runs Node on an example, which imports the package as it is built, by its name. */
function run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = { ...process.env, FORCE_COLOR: undefined, NODE_OPTIONS: undefined, ...more };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  ensure(isObject(value));
  return value;
}

describe('the examples', () => {
  it.each(programs)('have a row for %s in their README', (file) => {
    expect(readFileSync(join(EXAMPLES, 'README.md'), 'utf8')).toContain(`| [${file}](${file}) |`);
  });

  it.each(programs)('import in %s what a user would', (file) => {
    const imported = [...readFileSync(join(EXAMPLES, file), 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, name]) => name,
    );
    const own = imported.filter((name) => !/^(?:node:\w+|@jest\/globals)$/.test(name ?? ''));
    expect(own).toStrictEqual([expect.stringMatching(/^clinik-fhir(?:\/node)?$/)]);
  });

  it('are no more than are run here', () => {
    const here = readFileSync(join('test', 'examples.test.ts'), 'utf8');
    expect(programs.filter((file) => !here.includes(`'${file}'`))).toStrictEqual([]);
  });
});

describe('a payload to FHIR', () => {
  it('prints valid R4 that reads as the payload', async () => {
    const { code, stdout } = await run([join(EXAMPLES, 'payloadToFhir.mjs')]);
    expect(code).toBe(0);
    const report = parsed(stdout);
    expect(validationIssues(report).filter(isFailure)).toStrictEqual([]);
    const result = labs.safeFromFhir(report);
    ensure(result.ok);
    expect(result.losses).toStrictEqual([]);
    expect(result.payload).toMatchObject({ status: 'final', code: '24323-8', patientId: 'pt_abc123' });
  });
});

describe('the loop over an export', () => {
  const loop = (...inputs: string[]) => run([join(EXAMPLES, 'exportLoop.mjs'), ...inputs]);

  it('sends what can be sent, and says of the rest where it stands and why', async () => {
    const { code, stdout, stderr } = await loop(EXPORT);
    expect(code).toBe(1);
    expect(stdout).toBe('{ assessments: 8, documents: 7, labs: 9, encounters: 9, tasks: 9 }\n');
    expect(stderr.trimEnd().split('\n')).toHaveLength(13);
    expect(stderr).toContain(`${join(EXPORT, 'Encounter.ndjson')}:11 period-reversed\n`);
    for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/^[\w./\\-]+:\d+ [a-z-]+(?:, [a-z-]+)*$/);
  });

  it('succeeds where all was sent', async () => {
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': [parsed(readFileSync(join(EXAMPLES, 'resources', 'encounter.json'), 'utf8'))],
    });
    expect(await loop(folder)).toStrictEqual({ code: 0, stdout: '{ encounters: 1 }\n', stderr: '' });
  });

  it('fails where nothing could be sent, and where a file is damaged', async () => {
    const folder = fill(temporaryFolder(), {
      'none.ndjson': [{ resourceType: 'Patient' }],
      'cut.ndjson.gz': Buffer.from('1f8b0800', 'hex'),
    });
    expect((await loop(join(folder, 'none.ndjson'))).code).toBe(1);
    const { code, stderr } = await loop(join(folder, 'cut.ndjson.gz'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/cut\.ndjson\.gz [a-z-]+\n$/);
  });
});

describe("the Jest test of one's own resources", () => {
  const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
  const stock = (folder: string) =>
    run([jest, '--config', '{}', '--rootDir', folder], { NODE_OPTIONS: '--experimental-vm-modules' });

  it('passes in stock Jest', async () => {
    const { code, stderr } = await stock(EXAMPLES);
    expect(stderr).toContain('4 passed, 4 total');
    expect(code).toBe(0);
  });

  it('fails for a resource that is not valid, and for one that says more than a payload can', async () => {
    // Inside of the package, so that the package's name leads to it.
    mkdirSync('build', { recursive: true });
    const folder = mkdtempSync(join('build', 'examples-'));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(join(EXAMPLES, 'ownResources.test.mjs'), join(folder, 'ownResources.test.mjs'));
    const task = parsed(readFileSync(join(EXAMPLES, 'resources', 'task.json'), 'utf8'));
    fill(folder, {
      'resources/invalid.json': { ...task, authoredOn: 'yesterday' },
      'resources/more.json': { ...task, groupIdentifier: { value: '1' } },
    });
    const { code, stderr } = await stock(folder);
    expect(code).toBe(1);
    expect(stderr).toContain('invalid.json › is valid R4');
    expect(stderr).toContain('more.json › loses no content in ClinikAPI');
  });
});

describe('the HTTP handler', () => {
  let server: ChildProcess | undefined;
  let address = '';
  let printed = '';
  beforeAll(async () => {
    const child = spawn(process.execPath, [join(EXAMPLES, 'fhirHandler.mjs'), '0']);
    server = child;
    const ended = once(child, 'exit');
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    address = /^listening: (http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed)?.[1] ?? fail('it does not listen');
  });
  afterAll(() => {
    server?.kill();
  });

  /** Sends a body, and gives the status and the outcome, which has to be an OperationOutcome that is valid R4. */
  async function post(body: string | Uint8Array, method = 'POST') {
    const response = await fetch(address, method === 'POST' ? { method, body } : { method });
    expect(response.headers.get('content-type')).toBe('application/fhir+json');
    const text = await response.text();
    const outcome = parsed(text);
    expect(outcome.resourceType).toBe('OperationOutcome');
    expect(validationIssues(outcome).filter(isFailure)).toStrictEqual([]);
    return { status: response.status, text, headers: response.headers };
  }

  const PATIENT = { resourceType: 'Patient', name: [{ family: 'Canary' }] };

  it('takes what is valid', async () => {
    expect(await post(JSON.stringify(PATIENT))).toMatchObject({ status: 200 });
    expect(printed).toContain('accepted: Patient\n');
  });

  it.each([
    ['a resource that breaks R4', JSON.stringify({ ...PATIENT, birthDate: 'Canary' }), 422, 'Patient.birthDate'],
    ['an element that R4 does not have', JSON.stringify({ ...PATIENT, canary: 'Canary' }), 422, 'unknown-element'],
    ['JSON that is no resource', '["Canary"]', 422, 'not-a-resource'],
    ['what is no JSON', '{"resourceType":"Canary', 400, 'The body is no JSON'],
    ['an empty body', '', 400, 'The body is no JSON'],
    ['what is no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 400, 'The body is no JSON'],
    ['more bytes than it takes', `"${'Canary'.repeat(200_000)}"`, 413, 'too-long'],
  ])('refuses %s, and quotes nothing of it', async (_, body, status, said) => {
    const before = printed;
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(said);
    expect(answer.text).not.toContain('Canary');
    expect(printed).toBe(before);
  });

  it('refuses another method', async () => {
    const { status, headers } = await post('', 'GET');
    expect([status, headers.get('allow')]).toStrictEqual([405, 'POST']);
  });
});
