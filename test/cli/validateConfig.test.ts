import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fill } from '../support/folder.js';
import { broken, doubtful, fine, list, object, scratch } from './scratch.js';

const CONFIG = 'clinik-fhir.config.json';
const IGNORE = { rule: 'per-1', path: 'Patient.name', reason: 'The vendor mends it in May.' };

describe('a config file of clinik-fhir validate', () => {
  it('is found in a folder around, its paths being its own', async () => {
    const { folder, validate } = scratch({
      [CONFIG]: { bestPractice: true, failOn: 'warning', formats: [{ format: 'json', output: 'out/findings.json' }] },
      'export/new/a.json': doubtful,
    });
    assert.deepEqual(await validate(['a.json'], 'export/new'), { code: 1, stdout: '', stderr: '' });
    const [finding] = list(object(readFileSync(join(folder, 'out', 'findings.json'), 'utf8')), 'findings');
    assert.equal(finding?.rule, 'dom-6');
  });

  it('is not looked for outside of the repository', async () => {
    const { validate } = scratch({ [CONFIG]: { failON: 1 }, 'inner/.git/HEAD': '', 'inner/a.json': fine });
    assert.equal((await validate(['a.json'], 'inner')).code, 0);
    const { code, stderr } = await validate(['inner/a.json']);
    assert.equal(code, 2);
    assert.match(stderr, /^clinik-fhir: clinik-fhir\.config\.json:2:3: \/failON: /);
  });

  it('is another one with --config', async () => {
    const { validate } = scratch({
      [CONFIG]: { failOn: 'warning', bestPractice: true },
      'ci/strict.json': { rules: 'rules.json', quiet: true },
      'ci/rules.json': { rules: [] },
      'a.json': doubtful,
    });
    assert.equal((await validate(['a.json'])).code, 1);
    assert.deepEqual(await validate(['a.json', '--config', 'ci/strict.json']), { code: 0, stdout: '', stderr: '' });
  });

  it('gives way to flags', async () => {
    const { validate, files } = scratch({
      [CONFIG]: { failOn: 'warning', bestPractice: true, formats: [{ format: 'sarif', output: 'x.sarif' }] },
      'a.json': doubtful,
    });
    const { code, stdout } = await validate(['a.json', '--fail-on', 'error', '--format', 'ndjson']);
    assert.equal(code, 0);
    assert.match(stdout, /"rule":"dom-6"/);
    assert.deepEqual(files(), ['a.json', CONFIG]);
  });

  it('is printed with --print-config, beside where each setting comes from', async () => {
    const { validate } = scratch({ [CONFIG]: { failOn: 'warning', maxIssues: 5, ignore: [IGNORE] }, 'b/a.json': fine });
    const { code, stdout } = await validate(['--print-config', '--max-issues', '7', '--ignore', 'dom-6'], 'b');
    const { config, settings } = JSON.parse(stdout);
    assert.deepEqual([code, config], [0, join('..', CONFIG)]);
    assert.deepEqual(settings.failOn, { value: 'warning', from: 'config' });
    assert.deepEqual(settings.maxIssues, { value: 7, from: 'flag' });
    assert.deepEqual(settings.quiet, { value: false, from: 'default' });
    assert.deepEqual(settings.ignore, {
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
    assert.match((await validate(['.'])).stdout, / in 1 record of 1 file\.$/m);
    assert.match((await validate(['*.json'])).stdout, / in 1 record of 1 file\.$/m);
    assert.equal((await validate(['rules.json'])).code, 1);
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
    assert.equal(code, 1);
    assert.match(stdout, /^ {4}Patient\.address\[0\]\.period$/m);
    assert.match(stdout, /^1 error in 1 record of 1 file\.\nBesides: 1 ignored\.$/m);
    const { stdout: all } = await validate(['a.json', '--verbose']);
    assert.match(all, /^ {2}ignored error per-1 11:7\n.*\n {4}Ignored: The vendor mends it in May\.$/m);
  });

  it('is a suppression in SARIF, and a skipped test in JUnit', async () => {
    const { validate } = scratch(files);
    const { stdout: sarif } = await validate(['a.json', '--format', 'sarif']);
    const suppressions = list(object(sarif), 'runs').flatMap((run) =>
      list(run, 'results').map((result) => result.suppressions),
    );
    const external = [{ kind: 'external', justification: IGNORE.reason }];
    assert.deepEqual(
      suppressions.filter((one) => one !== undefined),
      [external],
    );
    const { stdout: junit } = await validate(['a.json', '--format', 'junit']);
    assert.match(junit, /<skipped message="Ignored: The vendor mends it in May\. /);
  });

  it('of the command line is one more', async () => {
    const { validate } = scratch(files);
    const { code, stdout } = await validate(['a.json', '--ignore', 'per-1:Patient.address', '--ignore', 'dom-*']);
    assert.equal(code, 0);
    assert.match(stdout, /^Besides: 2 ignored\.$/m);
  });

  it('that nothing needs is said to be so, where it stands', async () => {
    const { folder, validate } = scratch({ ...files, 'b.json': fine });
    const { code, stderr } = await validate(['b.json', '--ignore', 'dom-3:Patient']);
    assert.equal(code, 0);
    const rest = 'set nothing aside; if these were all of your files, it can go.\n';
    assert.equal(
      stderr,
      `clinik-fhir: ${CONFIG}: the ignore of per-1:Patient.name ${rest}clinik-fhir: --ignore dom-3:Patient ${rest}`,
    );
    assert.equal((await validate(['b.json', '--quiet'])).stderr, '');
    fill(folder, { [CONFIG]: { ignore: [{ rule: 'per-1' }] } });
    const wrong = await validate(['b.json']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /config\.json:3:5: \/ignore\/0: "reason" is missing, why they are set aside\.\n$/);
  });
});
