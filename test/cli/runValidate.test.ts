import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { noShell, unless } from '../support/ensure.js';
import { encounterPayload } from '../support/samples.js';
import { clinikFhirIn, limited } from './run.js';
import { broken, doubtful, fine, scratch } from './scratch.js';

/** A rule that cannot be parsed, from character 13 on. */
const RULE = { id: 'named', context: 'Patient', severity: 'error', expression: 'name.exists(', message: 'A name.' };

/** What was printed, with a time that it always takes. */
const withoutTime = (text: string): string => text.replace(/ · [\d.]+ s(?=$| ·)/m, ' · 0.1 s');

describe('clinik-fhir validate ends', () => {
  it('with 0 where all is well, and says so in a line', async () => {
    const { validate } = scratch({ 'fhir/a.ndjson': [fine, fine], 'fhir/encounters.ndjson': [encounterPayload] });
    const { code, stdout, stderr } = await validate(['fhir']);
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(/^No errors in 3 records of 2 files\.\nclinik-fhir [\d.]+ · \d+ bytes · [\d.]+ s\n$/);
  });

  it('with 1 for an error, and shows what is wrong and where', async () => {
    const { validate } = scratch({ 'a.json': broken });
    const { code, stdout, stderr } = await validate(['a.json']);
    expect([code, stderr]).toStrictEqual([1, '']);
    expect(withoutTime(stdout)).toBe(`a.json
  11:7  error  per-1  Patient.name[0].period
    If present, start SHALL have a lower value than end
    11 | "period": {
    12 |   "start": "…",
    13 |   "end": "…"
    14 | }

rule   severity  findings  records  files
per-1  error            1        1      1

1 error in 1 record of 1 file.
What a rule means, and how to fix it: clinik-fhir explain per-1
clinik-fhir 0.1.0 · 294 bytes · 0.1 s
`);
  });

  it('with 0 for a warning, and with 1 with --fail-on warning', async () => {
    const { validate } = scratch({ 'a.json': doubtful });
    expect((await validate(['a.json', '--fail-on', 'warning'])).code).toBe(0);
    const lenient = await validate(['a.json', '--best-practice']);
    expect(lenient.code).toBe(0);
    expect(lenient.stdout).toMatch(/^ {2}1:1 {2}warning {2}dom-6 {2}Patient$/m);
    const strict = await validate(['a.json', '--best-practice', '--fail-on', 'warning']);
    expect(strict.code).toBe(1);
    expect(strict.stdout).toMatch(/ · failOn: warning, bestPractice\n$/);
  });

  it('with 0 for remarks, which are counted, and shown with --remarks', async () => {
    const { validate } = scratch({ 'a.json': { ...fine, meta: { profile: ['http://example.org/p'] } } });
    const { code, stdout } = await validate(['a.json', '--fail-on', 'warning']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^No errors, 1 remark in 1 record of 1 file\.\nNot checked: 1 × another profile\. --remarks shows which records claim a profile\.\n/,
    );
    const each = await validate(['a.json', '--fail-on', 'warning', '--remarks']);
    expect(each.code).toBe(0);
    expect(each.stdout).toMatch(/^ {2}10:7 {2}remark {2}profile-not-checked {2}Patient\.meta\.profile\[0\]$/m);
  });

  it('with what was not checked: published profiles by name, others counted, files that were skipped', async () => {
    const profile = [
      'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0',
      'http://example.org/Canary',
    ];
    const claiming = { ...fine, meta: { profile } };
    const { validate } = scratch({ 'in/a.ndjson': [claiming, claiming, fine], 'in/export.log': '', 'in/b.txt': '' });
    const { code, stdout } = await validate(['in']);
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      /^No errors, 4 remarks in 3 records of 1 file\. Not checked: 2 × profile us-core-patient, 2 × other profiles, 2 files skipped \(\.log, \.txt\)\. --remarks /,
    );
    const { stdout: data } = await validate(['in', '--format', 'json', '--remarks', '--max-issues', '9']);
    const { notChecked, run } = JSON.parse(data).summary;
    expect(notChecked).toStrictEqual({
      profiles: [{ name: 'us-core-patient', count: 2 }],
      otherProfiles: 2,
      terminology: false,
      files: 2,
      endings: ['.log', '.txt'],
    });
    expect(run).toStrictEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      bytes: expect.any(Number),
      milliseconds: expect.any(Number),
      options: { maxIssues: 9, remarks: true },
    });
    expect(stdout + data).not.toMatch(/Canary/);
  });

  it('with 1 for a damaged gzip file, of which it says what happened', async () => {
    const cut = gzipSync(JSON.stringify(fine)).subarray(0, -8);
    const { validate } = scratch({ 'a.ndjson.gz': cut, 'b.json': fine });
    const { code, stdout } = await validate(['.']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^a\.ndjson\.gz\n {2}1:1 {2}error {2}gzip-truncated\n {4}The gzip file was cut off/m);
    expect(stdout).toMatch(/^1 error in 2 records of 2 files\.$/m);
  });

  it('with 2 where something in a folder cannot be read, and looks at the rest', async () => {
    const { folder, validate } = scratch({ 'a.json': fine });
    symlinkSync(join(folder, 'none'), join(folder, 'b.json'));
    const { code, stdout } = await validate(['.']);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^b\.json\n {2}1:1 {2}error {2}file-unreadable\n {4}It could not be read .*it does not exist/m,
    );
    expect(stdout).toMatch(/^1 error in 1 record of 1 file\.$/m);
  });

  const CALLS: readonly (readonly [why: string, args: readonly string[], says: RegExp])[] = [
    ['there is no input', [], /there is nothing to validate: name files, folders or globs\./],
    ['an input does not exist', ['none.json'], /none\.json: it cannot be read \(it does not exist\)\./],
    ['a glob matches nothing', ['*.csv'], /\*\.csv: nothing matches\./],
    [
      'a folder is empty',
      ['.git'],
      /\.git: there is no file to validate \(\.json, \.ndjson, \.jsonl, gzipped or not\)\./,
    ],
    [
      'a format is not known',
      ['a.json', '--format', 'xml'],
      /'xml'.*text, compact, json, ndjson, operation-outcome, sarif, junit, github/,
    ],
    ['an --output has no --format', ['a.json', '--output', 'x'], /--output belongs to a --format/],
    ['two formats go to standard output', ['a.json', '--format', 'json', '--format', 'text'], /its own --output/],
    ['--max-issues is 0', ['a.json', '--max-issues', '0'], /--max-issues.* 1 to 100000/],
    ['--max-diagnostics is no number', ['a.json', '--max-diagnostics', 'all'], /--max-diagnostics.* 0 to 10000/],
    ['--fail-on is not known', ['a.json', '--fail-on', 'remark'], /--fail-on.*error, warning/],
    ['an option is not known', ['a.json', '--basline', 'b.json'], /Did you mean --baseline\?/],
    ['--resource is no path', ['a.json', '--resource', 'lab'], /assessments, documents, encounters, labs, tasks/],
    ['a file of settings is missing', ['a.json', '--config', 'no.json'], /no\.json: it cannot be read \(it does not/],
    ['a baseline is missing', ['a.json', '--baseline', 'no.json'], /no\.json: it cannot be read \(it does not/],
    ['a file of rules is missing', ['a.json', '--rules', 'no.json'], /no\.json: it cannot be read \(it does not/],
    [
      'an expression of --rules cannot be parsed',
      ['a.json', '--rules', 'rules.json'],
      /rules\.json:7:34: \/rules\/0\/expression: The expression has a fault at line 1, column 13.* Fix the rule, or take it out\./,
    ],
    [
      'a config file has an unknown key',
      ['a.json', '--config', 'typo.json'],
      /typo\.json:2:3: \/failON: there is no such key here; did you mean "failOn"\? There are: /,
    ],
    [
      'a config file is no JSON',
      ['a.json', '--config', 'comma.json'],
      /comma\.json:1:20: this is not JSON here; comments and trailing commas are none either\./,
    ],
    [
      'a baseline is of another version',
      ['a.json', '--baseline', 'later.json'],
      /later\.json:2:3: \/version: this is a baseline of another version 2; 1 is read\. Write it anew with --write-baseline\./,
    ],
    ['an --ignore would ignore everything', ['a.json', '--ignore', '*'], /--ignore \*: this would ignore everything/],
    ['an --ignore has indexes', ['a.json', '--ignore', 'per-1:Patient.name[0]'], /leave out the \[ \]/],
    ['an input is an output', ['a.json', '--format', 'json', '--output', './a.json'], /a\.json: it is an input; write/],
    ['an output is a folder', ['a.json', '--format', 'json', '--output', '.git'], /\.git: .*\(it is a folder\)/],
  ];
  for (const [why, args, says] of CALLS)
    it(`with 2 where ${why}, and says what to do`, async () => {
      const { validate, files } = scratch({
        'a.json': broken,
        'rules.json': { rules: [RULE] },
        'typo.json': { failON: 'error' },
        'comma.json': '{"failOn": "error",}',
        'later.json': { version: 2, tool: 'clinik-fhir', findings: [] },
      });
      const before = files();
      const { code, stdout, stderr } = await validate(args);
      expect([code, stdout]).toStrictEqual([2, '']);
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(files()).toStrictEqual(before);
    });

  it('with 2 where two outputs are one file, however it is spelled', async () => {
    const { validate } = scratch({ 'a.json': fine });
    const sarif = ['--format', 'sarif', '--output', './x.json'];
    for (const other of [
      ['--format', 'json', '--output', 'x.json'],
      ['--write-baseline', 'x.json'],
    ]) {
      const { code, stderr } = await validate(['a.json', ...other, ...sarif]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/x\.json: two outputs would be written to it; give each a file of its own\.\n$/);
    }
  });
});

describe('clinik-fhir validate leaves no file behind', () => {
  const long = { 'a.ndjson': new Array(30_000).fill(broken) };
  const outputs = ['--format', 'json', '--output', 'x.json', '--write-baseline', 'b.json'];

  it('where the user ends it', async () => {
    const { folder, files } = scratch(long);
    const { code, stderr } = await clinikFhirIn(folder, ['validate', 'a.ndjson', ...outputs], (child) => {
      const poll = setInterval(() => {
        if (files().length < 3) return;
        clearInterval(poll);
        child.kill('SIGINT');
      }, 2);
    });
    expect([code, stderr]).toStrictEqual([130, 'clinik-fhir: interrupted; no file was written.\n']);
    expect(files()).toStrictEqual(['a.ndjson']);
  });

  it('where nobody reads what it prints any more, and does not end with 0', async () => {
    const { folder, files } = scratch(long);
    const args = ['validate', 'a.ndjson', ...outputs, '--format', 'compact'];
    const { code } = await clinikFhirIn(folder, args, ({ stdout }) => stdout?.once('data', () => stdout.destroy()));
    expect(code).toBe(2);
    expect(files()).toStrictEqual(['a.ndjson']);
  });

  unless(noShell)('where the disk is full', async () => {
    const { folder, files } = scratch(long);
    const { code, stderr } = await limited(['validate', 'a.ndjson', ...outputs], folder);
    expect([code, stderr]).toStrictEqual([2, 'clinik-fhir: x.json: the file grew too large; the run was given up.\n']);
    expect(files()).toStrictEqual(['a.ndjson']);
  });
});
