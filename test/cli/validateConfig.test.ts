import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fill } from '../support/folder.js';
import { broken, doubtful, fine, list, object, scratch } from './scratch.js';

const CONFIG = 'clinik-fhir.config.json';
const IGNORE = { rule: 'per-1', path: 'Patient.name', reason: 'The vendor fixes it in May.' };

describe('a config file of clinik-fhir validate', () => {
  it('is found in a folder around, its paths being its own', async () => {
    const { folder, validate } = scratch({
      [CONFIG]: { bestPractice: true, failOn: 'warning', formats: [{ format: 'json', output: 'out/findings.json' }] },
      'export/new/a.json': doubtful,
    });
    expect(await validate(['a.json'], 'export/new')).toStrictEqual({ code: 1, stdout: '', stderr: '' });
    const [finding] = list(object(readFileSync(join(folder, 'out', 'findings.json'), 'utf8')), 'findings');
    expect(finding?.rule).toBe('dom-6');
  });

  it('is not looked for outside of the repository', async () => {
    const { validate } = scratch({ [CONFIG]: { failON: 1 }, 'inner/.git/HEAD': '', 'inner/a.json': fine });
    expect((await validate(['a.json'], 'inner')).code).toBe(0);
    const { code, stderr } = await validate(['inner/a.json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^clinik-fhir: clinik-fhir\.config\.json:2:3: \/failON: /);
  });

  it('is another one with --config', async () => {
    const { validate } = scratch({
      [CONFIG]: { failOn: 'warning', bestPractice: true },
      'ci/strict.json': { rules: 'rules.json', quiet: true },
      'ci/rules.json': { rules: [] },
      'a.json': doubtful,
    });
    expect((await validate(['a.json'])).code).toBe(1);
    expect(await validate(['a.json', '--config', 'ci/strict.json'])).toStrictEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('gives way to flags', async () => {
    const { validate, files } = scratch({
      [CONFIG]: { failOn: 'warning', bestPractice: true, formats: [{ format: 'sarif', output: 'x.sarif' }] },
      'a.json': doubtful,
    });
    const { code, stdout } = await validate(['a.json', '--fail-on', 'error', '--format', 'ndjson']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/"rule":"dom-6"/);
    expect(files()).toStrictEqual(['a.json', CONFIG]);
  });

  it('is printed with --print-config, beside where each setting comes from', async () => {
    const { validate } = scratch({ [CONFIG]: { failOn: 'warning', maxIssues: 5, ignore: [IGNORE] }, 'b/a.json': fine });
    const { code, stdout } = await validate(['--print-config', '--max-issues', '7', '--ignore', 'dom-6'], 'b');
    const { config, settings } = JSON.parse(stdout);
    expect([code, config]).toStrictEqual([0, join('..', CONFIG)]);
    expect(settings.failOn).toStrictEqual({ value: 'warning', from: 'config' });
    expect(settings.maxIssues).toStrictEqual({ value: 7, from: 'flag' });
    expect(settings.quiet).toStrictEqual({ value: false, from: 'default' });
    expect(settings.ignore).toStrictEqual({
      value: [IGNORE, { rule: 'dom-6', reason: 'from the command line' }],
      from: 'flag and config',
    });
  });

  it('is no record, nor is what it names, where all of the folder is looked at', async () => {
    const { validate } = scratch({
      [CONFIG]: { rules: 'rules.json', baseline: 'known.json' },
      'rules.json': { rules: [] },
      'known.json': { version: 1, tool: 'clinik-fhir', findings: [] },
      'a.json': fine,
    });
    expect((await validate(['.'])).stdout).toMatch(/ in 1 record of 1 file\.$/m);
    expect((await validate(['*.json'])).stdout).toMatch(/ in 1 record of 1 file\.$/m);
    expect((await validate(['rules.json'])).code).toBe(1);
  });
});

describe('an ignore', () => {
  const files = {
    [CONFIG]: { ignore: [IGNORE] },
    'a.json': { ...broken, address: [{ period: broken.name[0].period }] },
  };

  it('sets aside what is at its path and below, and is shown with its reason', async () => {
    const { validate } = scratch(files);
    const { code, stdout } = await validate(['a.json']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {2}per-1 {2}Patient\.address\[0\]\.period$/m);
    expect(stdout).toMatch(/^1 error in 1 record of 1 file\.\nBesides: 1 ignored\.$/m);
    const { stdout: all } = await validate(['a.json', '--verbose']);
    expect(all).toMatch(
      /^ {2}11:7 {2}ignored error {2}per-1 {2}Patient\.name\[0\]\.period\n.*\n {4}Ignored: The vendor fixes it in May\.$/m,
    );
  });

  it('is a suppression in SARIF, and a skipped test in JUnit', async () => {
    const { validate } = scratch(files);
    const { stdout: sarif } = await validate(['a.json', '--format', 'sarif']);
    const suppressions = list(object(sarif), 'runs').flatMap((run) =>
      list(run, 'results').map((result) => result.suppressions),
    );
    const external = [{ kind: 'external', justification: IGNORE.reason }];
    expect(suppressions.filter((one) => one !== undefined)).toStrictEqual([external]);
    const { stdout: junit } = await validate(['a.json', '--format', 'junit']);
    expect(junit).toMatch(/<skipped message="Ignored: The vendor fixes it in May\. /);
  });

  it('of the command line is one more', async () => {
    const { validate } = scratch(files);
    const { code, stdout } = await validate(['a.json', '--ignore', 'per-1:Patient.address', '--ignore', 'dom-*']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Besides: 2 ignored\.$/m);
  });

  it('that nothing needs is said to be so, where it stands', async () => {
    const { folder, validate } = scratch({ ...files, 'b.json': fine });
    const { code, stderr } = await validate(['b.json', '--ignore', 'dom-3:Patient']);
    expect(code).toBe(0);
    const rest = 'set nothing aside; if these were all of your files, it can go.\n';
    expect(stderr).toBe(
      `clinik-fhir: ${CONFIG}: the ignore of per-1:Patient.name ${rest}clinik-fhir: --ignore dom-3:Patient ${rest}`,
    );
    expect((await validate(['b.json', '--quiet'])).stderr).toBe('');
    fill(folder, { [CONFIG]: { ignore: [{ rule: 'per-1' }] } });
    const wrong = await validate(['b.json']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/config\.json:3:5: \/ignore\/0: "reason" is missing, why they are set aside\.\n$/);
  });
});
