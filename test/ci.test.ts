import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '../src/lens/json.js';
import { MAIN } from './cli/run.js';
import { ensure } from './support/ensure.js';
import { fill, temporaryFolder } from './support/folder.js';
import { patient } from './support/samples.js';

const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
const VERSION = isObject(manifest) ? String(manifest.version) : '';
const CI = join('docs', 'ci');

/** What is at a path of a parsed file. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (Array.isArray(inside) ? inside[Number(key)] : isObject(inside) ? inside[String(key)] : undefined),
    value,
  );
}

function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  ensure(typeof found === 'string', path.join('.'));
  return found;
}

function yaml(...path: string[]): unknown {
  return parse(readFileSync(join(...path), 'utf8'));
}

const BROKEN = { ...patient, id: 'p-canary', birthDate: 'yesterday' };

/**
 * A repository with resources in fhir/, and programs that stand in for what a CI server would install: `npx` and `clinik-fhir`
 * run the compiled command line, and write down how they were called.
 */
function repository(resource: unknown): { folder: string; programs: string } {
  const folder = fill(temporaryFolder(), { 'fhir/Patient.json': resource, 'fhir/more.ndjson': [patient, patient] });
  const quoted = [process.execPath, MAIN].map((word) => `'${word}'`).join(' ');
  const record = `printf '%s\\0' "$@" > "$(dirname "$0")/called"`;
  const programs = fill(temporaryFolder(), {
    npx: `#!/bin/sh\n${record}\n[ "$1 $2" = "--yes clinik-fhir@${VERSION}" ] || exit 99\nshift 2\nexec ${quoted} "$@"\n`,
    'clinik-fhir': `#!/bin/sh\n${record}\nexec ${quoted} "$@"\n`,
  });
  for (const name of ['npx', 'clinik-fhir']) chmodSync(join(programs, name), 0o755);
  return { folder, programs };
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly folder: string;
  /** The arguments of `npx` or `clinik-fhir`. */
  readonly called: readonly string[];
}

/** Runs a script as a CI server does, in a new repository. */
function run(script: string, resource: unknown, variables: Record<string, string> = {}): Ran {
  const { folder, programs } = repository(resource);
  const PATH = [programs, process.env.PATH].join(delimiter);
  // GitHub's own call of bash; the others stop at a failing command as well.
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH, ...variables },
  });
  const log = join(programs, 'called');
  const called = existsSync(log) ? readFileSync(log, 'utf8').split('\0').slice(0, -1) : [];
  return { code: status, stdout, stderr, folder, called };
}

/** What a run left in a file of its repository. */
const left = ({ folder }: Ran, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('the file for GitHub Actions', () => {
  const steps = at(yaml(CI, 'github.yml'), 'jobs', 'validate', 'steps');
  const script = textAt(Array.isArray(steps) ? steps.find((step) => at(step, 'run') !== undefined) : [], 'run');

  it('annotates the line of what is wrong, and leaves SARIF for the step that uploads it', () => {
    const ran = run(script, BROKEN);
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 1]);
    expect(ran.stdout).toMatch(/^::error file=fhir\/Patient\.json,line=4,.*title=format-date::/m);
    const upload = Array.isArray(steps) ? steps.find((step) => String(at(step, 'uses')).includes('upload-sarif')) : [];
    const log: unknown = JSON.parse(left(ran, textAt(upload, 'with', 'sarif_file')));
    expect(at(log, 'runs', 0, 'results', 0, 'ruleId')).toBe('format-date');
  });

  it('passes where all is well', () => {
    const ran = run(script, patient);
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 0]);
    expect(ran.stdout).toMatch(/^::notice title=clinik-fhir validate::No errors in 3 records of 2 files\.$/m);
  });
});

describe('the file for GitLab', () => {
  const job = at(yaml(CI, 'gitlab-ci.yml'), 'fhir');

  it('leaves the reports that it names as artifacts, and none with ids of records', () => {
    const after = textAt(job, 'after_script', 0);
    const ran = run(`code=0\n${textAt(job, 'script', 0)} || code=$?\n${after}\nexit $code`, BROKEN);
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 1]);
    const junit = left(ran, textAt(job, 'artifacts', 'reports', 'junit'));
    expect(junit).toMatch(/<testsuite name="fhir\/Patient\.json" tests="1" failures="1"/);
    const quality = left(ran, textAt(job, 'artifacts', 'reports', 'codequality'));
    const [first] = JSON.parse(quality);
    expect(Object.keys(first)).toStrictEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
    expect([first.check_name, first.severity, first.location]).toStrictEqual([
      'format-date',
      'major',
      { path: 'fhir/Patient.json', lines: { begin: 4 } },
    ]);
    expect(junit + quality).not.toMatch(/canary|yesterday/);
  });

  it('makes an empty report where nothing was found, and where the check did not run', () => {
    const after = textAt(job, 'after_script', 0);
    const ran = run(`${textAt(job, 'script', 0)}\n${after}`, patient);
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 0]);
    expect(left(ran, 'gl-code-quality-report.json')).toBe('[]');
    expect(left(run(after, patient), 'gl-code-quality-report.json')).toBe('[]');
  });
});

describe('the file for Jenkins', () => {
  const text = readFileSync(join(CI, 'Jenkinsfile'), 'utf8');
  const script = /^\s*sh '([^']+)'$/m.exec(text)?.[1] ?? '';

  it('leaves the results that it publishes, also where the check fails', () => {
    const published = /post \{\s+always \{\s+junit '([^']+)'/.exec(text)?.[1] ?? '';
    for (const [resource, code, failures] of [
      [BROKEN, 1, 1],
      [patient, 0, 0],
    ]) {
      const ran = run(script, resource);
      expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, code]);
      expect(left(ran, published)).toContain(`<testsuite name="fhir/Patient.json" tests="1" failures="${failures}"`);
    }
  });

  it('has a bracket for each', () => {
    expect(text.split('{')).toHaveLength(text.split('}').length);
  });
});

describe('the hooks of pre-commit', () => {
  const own = at(yaml('.pre-commit-hooks.yaml'), 0);
  const local = at(yaml(CI, 'pre-commit-config.yaml'), 'repos', 0, 'hooks', 0);

  it('are the same command, and the local one installs this version', () => {
    for (const key of ['id', 'name', 'entry', 'language', 'require_serial'])
      expect(at(own, key)).toStrictEqual(at(local, key));
    expect(at(local, 'additional_dependencies')).toStrictEqual([`clinik-fhir@${VERSION}`]);
  });

  it('check the files of a commit that are resources', () => {
    const taken = (hook: unknown): string[] =>
      ['fhir/Patient.json', 'fhir/a/more.ndjson', 'other.json', 'fhir/a.md'].filter((file) =>
        new RegExp(textAt(hook, 'files')).test(file),
      );
    expect(taken(local)).toStrictEqual(['fhir/Patient.json', 'fhir/a/more.ndjson']);
    expect(taken(own)).toStrictEqual(['fhir/Patient.json', 'fhir/a/more.ndjson', 'other.json']);
    const command = `${textAt(own, 'entry')} fhir/Patient.json fhir/more.ndjson`;
    expect(run(command, BROKEN).code).toBe(1);
    expect(run(command, patient).code).toBe(0);
  });
});

describe('the action', () => {
  const action = yaml('action.yml');
  const step = at(action, 'runs', 'steps', 0);
  const script = textAt(step, 'run');
  const inputs = at(action, 'inputs');

  /** The variables that GitHub gives to the step. */
  function variables(given: Record<string, string>): Record<string, string> {
    const env = at(step, 'env');
    ensure(isObject(env) && isObject(inputs));
    return Object.fromEntries(
      Object.entries(env).map(([name, expression]) => {
        const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(String(expression)) ?? [];
        ensure(input in inputs, name);
        return [name, given[input] ?? String(at(inputs, input, 'default') ?? '')];
      }),
    );
  }

  const act = (given: Record<string, string>, resource: unknown = BROKEN): Ran =>
    run(script, resource, variables(given));

  it('gives each of its inputs to the script as a variable, and none as text', () => {
    expect(script).not.toMatch(/\$\{\{/);
    const env: JsonObject = Object(at(step, 'env'));
    expect(Object.keys(env)).toHaveLength(Object.keys(Object(inputs)).length);
    for (const name of Object.keys(env)) ensure(script.includes(`$${name}`), name);
  });

  it('annotates, and fails where there is an error', () => {
    const ran = act({ paths: 'fhir' });
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 1]);
    expect(ran.stdout).toMatch(/^::error file=fhir\/Patient\.json,line=4,/m);
    expect(act({ paths: 'fhir' }, patient).code).toBe(0);
  });

  it('takes several paths, and more arguments', () => {
    const ran = act({ paths: 'fhir/Patient.json\n\nfhir/*.ndjson\n', args: '--max-issues\n5\n', sarif: 'a b.sarif' });
    expect([ran.stderr, ran.code]).toStrictEqual([ran.stderr, 1]);
    expect(ran.stdout).toMatch(/ in 3 records of 2 files\./);
    expect(left(ran, 'a b.sarif')).toMatch(/"format-date"/);
  });

  it('gives the command what the inputs say, whatever a shell would make of it', () => {
    const evil = '$(touch pwned) `touch pwned`; touch pwned "\'*';
    const ran = act({
      paths: evil,
      args: `--rules\n${evil}`,
      'fail-on': evil,
      format: evil,
      sarif: evil,
      baseline: evil,
      ig: evil,
    });
    expect(ran.code).not.toBe(0);
    expect(existsSync(join(ran.folder, 'pwned'))).toBe(false);
    const said = [
      '--fail-on',
      evil,
      '--format',
      'sarif',
      '--output',
      evil,
      '--format',
      evil,
      '--baseline',
      evil,
      '--ig',
      evil,
    ];
    expect(ran.called.slice(2)).toStrictEqual(['validate', ...said, '--rules', evil, '--', evil]);
  });

  it('is of this version, as all the files are', () => {
    expect(at(inputs, 'version', 'default')).toBe(VERSION);
    for (const file of ['github.yml', 'gitlab-ci.yml', 'Jenkinsfile', 'pre-commit-config.yaml']) {
      const named = [...readFileSync(join(CI, file), 'utf8').matchAll(/clinik-fhir@([\d.]+)/g)].map(([, one]) => one);
      expect([file, new Set(named)]).toStrictEqual([file, new Set([VERSION])]);
    }
  });
});

describe('docs/ci.md', () => {
  it('links to files that are there', () => {
    const links = [...readFileSync(join('docs', 'ci.md'), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)];
    expect(links.length).toBeGreaterThan(8);
    for (const [, link = ''] of links) ensure(existsSync(join('docs', link)), link);
  });
});
