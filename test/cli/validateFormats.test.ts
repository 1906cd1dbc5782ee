import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import { validate as outcomeOf } from '../../src/index.js';
import { ensure, noShell, unless } from '../support/ensure.js';
import { modeOf } from '../support/folder.js';
import { clinikFhirIn } from './run.js';
import { broken, fine, list, object, scratch } from './scratch.js';

const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const isSarif = ajv.compile(JSON.parse(read('test', 'vendor', 'sarif', 'sarif-schema-2.1.0.json')));
const isFindings = ajv.compile(JSON.parse(read('docs', 'schemas', 'files', 'findings.json')));
const isFinding = ajv.compile(JSON.parse(read('docs', 'schemas', 'files', 'finding.json')));

/** Holds an output to what its format has to be, and gives the rules that it names, one for each finding. */
const CHECKS: { readonly [format: string]: (text: string) => string[] | Promise<string[]> } = {
  text: (text) => {
    expect(text).toMatch(/\n\n2 errors in 3 records of 2 files\.\n/);
    return [...text.matchAll(/^ +\d+:\d+ {2}error {2}(\S+) {2}Patient/gm)].map(([, rule = '']) => rule);
  },
  compact: (text) => {
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => {
      const [, rule] = /^fhir\/a\.json:\d+:\d+: error (\S+) .+ \(Patient\.[\w.[\]]+\)$/.exec(line) ?? [];
      ensure(rule !== undefined, line);
      return rule;
    });
  },
  json: (text) => {
    const value = object(text);
    ensure(isFindings(value), ajv.errorsText(isFindings.errors));
    return list(value, 'findings').map(({ rule }) => String(rule));
  },
  ndjson: (text) => {
    const lines = text.trimEnd().split('\n').map(object);
    for (const line of lines) ensure(isFinding(line), ajv.errorsText(isFinding.errors));
    return lines.slice(0, -1).map(({ rule }) => String(rule));
  },
  'operation-outcome': (text) => {
    const value = object(text);
    expect(outcomeOf(value).issue.filter(({ severity }) => severity !== 'information')).toStrictEqual([]);
    return list(value, 'issue').map(({ details }) => String(list(object(JSON.stringify(details)), 'coding')[0]?.code));
  },
  sarif: (text) => {
    const value = object(text);
    ensure(isSarif(value), ajv.errorsText(isSarif.errors));
    return list(value, 'runs').flatMap((run) => list(run, 'results').map(({ ruleId }) => String(ruleId)));
  },
  junit: async (text) => {
    const schema = read('test', 'vendor', 'junit', 'junit-10.xsd');
    const { valid, errors } = await validateXML({ xml: text, schema });
    ensure(valid, errors.map(({ message }) => message).join('\n'));
    return [...text.matchAll(/<failure type="([^"]+)"/g)].map(([, rule = '']) => rule);
  },
  github: (text) => {
    expect(text).toMatch(/^::notice title=clinik-fhir validate::2 errors in 3 records of 2 files\.$/m);
    return [...text.matchAll(/^::error file=.*,title=([^,:]+)::/gm)].map(([, rule = '']) => rule);
  },
};

/** What was written, with a time that it always takes. */
const withoutTime = (text: string): string =>
  text.replace(/ · [\d.]+ s$/m, ' · 0.1 s').replace(/"milliseconds":\d+/, '"milliseconds":1');

const FILES = {
  'fhir/a.json': { ...broken, gender: 'unheard-of' },
  'fhir/b.ndjson': [fine, { ...fine, id: 'p9' }],
};
const RULES = ['binding-required', 'per-1'];

describe('clinik-fhir validate writes', () => {
  for (const [format, check] of Object.entries(CHECKS))
    it(`${format}, to standard output and to a file for the user alone`, async () => {
      const { folder, validate, files } = scratch(FILES);
      const printed = await validate(['fhir', '--format', format]);
      expect([printed.code, printed.stderr]).toStrictEqual([1, '']);
      expect((await check(printed.stdout)).sort()).toStrictEqual(RULES);
      const written = await validate(['fhir', '--format', format, '--output', 'new/out']);
      expect(written).toStrictEqual({ code: 1, stdout: '', stderr: '' });
      expect(withoutTime(read(folder, 'new', 'out'))).toBe(withoutTime(printed.stdout));
      expect(modeOf(join(folder, 'new', 'out'))).toBe(0o600);
      expect(files()).toStrictEqual(['fhir/a.json', 'fhir/b.ndjson', 'new/out']);
    });

  it('several formats, of which each --output belongs to the --format before it', async () => {
    const { folder, validate, files } = scratch(FILES);
    const one = ['--format', 'sarif', '--output', 'x.sarif', '--format', 'text'];
    const { code, stdout } = await validate(['fhir', ...one, '--format', 'junit', '--output', 'x.xml']);
    expect(code).toBe(1);
    expect((await CHECKS.text?.(stdout))?.sort()).toStrictEqual(RULES);
    expect((await CHECKS.sarif?.(read(folder, 'x.sarif')))?.sort()).toStrictEqual(RULES);
    expect((await CHECKS.junit?.(read(folder, 'x.xml')))?.sort()).toStrictEqual(RULES);
    expect(files()).toStrictEqual(['fhir/a.json', 'fhir/b.ndjson', 'x.sarif', 'x.xml']);
  });

  it('a format whose --output comes first, too', async () => {
    const { folder, validate } = scratch(FILES);
    const { code, stdout } = await validate(['--output', 'x.json', '--format', 'json', 'fhir']);
    expect([code, stdout]).toStrictEqual([1, '']);
    expect((await CHECKS.json?.(read(folder, 'x.json')))?.sort()).toStrictEqual(RULES);
  });

  it('over what an earlier run wrote, which is no record though it lies among them', async () => {
    const { folder, validate } = scratch(FILES);
    const args = ['.', '--format', 'json', '--output', 'fhir/findings.json', '--write-baseline', 'known.json'];
    expect((await validate(args)).code).toStrictEqual(0);
    const first = read(folder, 'fhir', 'findings.json');
    expect((await validate(args)).code).toBe(0);
    expect(withoutTime(read(folder, 'fhir', 'findings.json'))).toBe(withoutTime(first));
  });

  unless(noShell)('to a pipe as it is', async () => {
    const { folder, validate, files } = scratch(FILES);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const reading = readFile(join(folder, 'pipe'), 'utf8');
    await validate(['fhir', '--format', 'json', '--output', 'pipe']);
    expect((await CHECKS.json?.(await reading))?.sort()).toStrictEqual(RULES);
    expect(files()).toStrictEqual([...Object.keys(FILES), 'pipe']);
  });

  it('no text with --quiet, and other formats as ever', async () => {
    const { validate } = scratch(FILES);
    expect(await validate(['fhir', '--quiet'])).toStrictEqual({ code: 1, stdout: '', stderr: '' });
    const { stdout } = await validate(['fhir', '--quiet', '--format', 'ndjson']);
    expect((await CHECKS.ndjson?.(stdout))?.sort()).toStrictEqual(RULES);
  });

  it('as many issues of a record as --max-issues says, and that there are more', async () => {
    const { validate } = scratch({ 'a.json': { ...FILES['fhir/a.json'], colour: 'red' } });
    const { code, stdout } = await validate(['a.json', '--max-issues', '2']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^1 error, 1 remark in 1 record of 1 file\.\n(?:What .*\n)?Remarks: issues-truncated\. --remarks shows each\.$/m,
    );
  });

  it('no colours into a file, wherever they are forced', async () => {
    const { folder } = scratch(FILES);
    const coloured = (...args: readonly string[]) =>
      clinikFhirIn(folder, ['validate', 'fhir', ...args], undefined, { FORCE_COLOR: '1' });
    await coloured('--format', 'text', '--output', 'x.txt');
    expect((await coloured()).stdout).toMatch(/\p{Cc}\[31m/u);
    expect(read(folder, 'x.txt')).not.toMatch(/\p{Cc}\[/u);
  });
});

describe('no format of clinik-fhir validate', () => {
  const WORD = 'Canary 7f3a';
  const CODE = 'canary-7f3a';
  const record = {
    ...fine,
    id: CODE,
    name: [{ family: WORD, period: { start: WORD } }, WORD, { period: { start: '7031-09-07', end: '7031-09-06' } }],
    birthDate: '7031-13-45',
    gender: CODE,
    [CODE]: { [WORD]: CODE },
    contact: [{ gender: CODE }],
    generalPractitioner: [{ reference: WORD }, { reference: `#${CODE}` }],
    extension: [{ url: WORD }, { url: 'http://example.org/x', valueString: WORD, valueCode: CODE }],
    text: { status: CODE, div: `<div>${WORD}<script>${CODE}</script></div>` },
    meta: { profile: [WORD, `http://hl7.org/fhir/us/core/StructureDefinition/${CODE}`], security: [{ code: CODE }] },
    contained: [{ resourceType: WORD, id: CODE }],
  };
  const bundle = { resourceType: 'Bundle', type: CODE, entry: [{ fullUrl: WORD, resource: record }, { [WORD]: 7031 }] };
  const payload = { ...record, resourceType: undefined, status: WORD, patientId: WORD, period: { start: WORD } };
  const RULE = {
    id: 'mine',
    context: 'Patient',
    severity: 'error',
    expression: "name.family = 'Lee'",
    message: 'Lee.',
  };
  const UNITS = { ...RULE, id: 'units', context: 'Observation.value', expression: 'low < high and low = high' };
  const range = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: WORD },
    CanaryName: WORD,
    valueRange: {
      low: { value: 1, unit: `${CODE}[`, system: 'http://unitsofmeasure.org', code: `${CODE}[` },
      high: { value: 7031, unit: '%0A::error::canary', system: 'http://unitsofmeasure.org', code: `{${WORD}` },
    },
  };
  const files = {
    'a.json': record,
    'b.json': bundle,
    'c.ndjson': `${JSON.stringify(record)}\n{"${WORD}":"${CODE}\n${WORD}\n"${WORD}"\n{"${WORD}":"${CODE}"}\n`,
    'd.json': `{"resourceType":"Patient","${CODE}":1,"${CODE}":"${WORD}"}`,
    'e.json': { resourceType: WORD, id: CODE },
    'f.json': `{\n"resourceType": "Patient",\n"id": "${CODE}",\n"name": "${WORD}`,
    'encounters.ndjson': [payload, { [WORD]: CODE }],
    'labs.json': { data: [payload, { ...payload, [CODE]: WORD }] },
    'range.json': range,
    'rules.json': { rules: [RULE, UNITS] },
    'clinik-fhir.config.json': { ignore: [{ rule: 'per-1', reason: 'It is fixed.' }] },
  };

  for (const format of Object.keys(CHECKS))
    it(`holds a value of a record: ${format}`, async () => {
      const { folder, validate } = scratch(files);
      const all = ['--best-practice', '--remarks', '--verbose', '--max-diagnostics', '10000'];
      const args = ['.', '--rules', 'rules.json', ...all, '--format', format];
      const { code, stdout, stderr } = await validate([...args, '--write-baseline', 'known.json']);
      expect(code).toBe(0);
      const said = format === 'json' || format === 'ndjson' ? withoutIds(stdout) : stdout;
      ensure(said.length > 2000, said);
      expect(said + stderr + read(folder, 'known.json')).not.toMatch(/canary|7f3a|7031/i);
      const later = await validate([...args, '--baseline', 'known.json']);
      expect(later.stderr).not.toMatch(/canary|7f3a|7031/i);
    });

  /** Ids stand in `source` of the two formats that name records by them, and nowhere else. */
  function withoutIds(text: string): string {
    return text.replaceAll(/("source":\{[^{}]*"id":)"canary-7f3a"\}/g, '$1""}');
  }
});
