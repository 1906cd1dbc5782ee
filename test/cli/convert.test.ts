import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { contents, fill, objects, temporaryFolder } from '../pipeline/folder.js';
import { encounter, encounterPayload, patient } from '../pipeline/samples.js';
import { clinikFhir } from './run.js';

describe('clinik-fhir convert', () => {
  it('ends with 0 where all records were converted or passed over, and says what became of them', async () => {
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': [encounter, { ...encounter, language: 'fr' }, patient],
    });
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', out]);
    assert.equal(code, 0);
    assert.equal(stderr, `${join(folder, 'Encounter.ndjson')}: 3 records (1 of 1 files)\n`);
    assert.match(stdout, /^3 records in 1 file: 2 converted, 0 rejected, 1 passed over\.$/m);
    assert.ok(stdout.includes(`2  ${join(out, 'encounters.ndjson')}`));
    assert.match(stdout, /1 Patient/);
    assert.match(stdout, /1 {2}Encounter\.language was left out/);
    assert.equal(objects(out, 'encounters.ndjson').length, 2);
  });

  it('ends with 1 where a record was rejected, and says why and where to look', async () => {
    const folder = fill(temporaryFolder(), { 'encounters.ndjson': [encounterPayload, { ...encounterPayload, x: 1 }] });
    const out = join(folder, 'out');
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', out]);
    assert.equal(code, 1);
    assert.match(stdout, /1 {2}payload-unknown-field: /);
    assert.ok(stdout.includes(join(out, 'rejects.ndjson')));
  });

  it('ends with 2 and writes nothing where an input does not exist', async () => {
    const out = join(temporaryFolder(), 'out');
    const { code, stdout, stderr } = await clinikFhir(['convert', 'no-such-folder', '--out', out]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'clinik-fhir: no-such-folder: it cannot be read (it does not exist).\n');
    assert.equal(existsSync(out), false);
  });

  it('ends with 2 and leaves everything as it is where an earlier run wrote, but for --force', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter], 'out/encounters.ndjson': 'old' });
    const args = ['convert', join(folder, 'Encounter.ndjson'), '--out', join(folder, 'out')];
    const { code, stderr } = await clinikFhir(args);
    assert.equal(code, 2);
    assert.match(stderr, /--force/);
    assert.deepEqual(contents(join(folder, 'out')), { 'encounters.ndjson': 'old' });
    assert.equal((await clinikFhir([...args, '--force'])).code, 0);
    assert.deepEqual(objects(join(folder, 'out'), 'encounters.ndjson'), [encounterPayload]);
    const after = readdirSync(join(folder, 'out')).sort();
    assert.deepEqual(after, ['encounters.ndjson', 'losses.ndjson', 'sources.ndjson', 'summary.json']);
  });

  it('ends with 2 for an option that cannot be, and suggests the nearest', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const out = join(folder, 'out');
    for (const [args, message] of [
      [['--overfow', 'truncate'], /Did you mean --overflow\?/],
      [['--overflow', 'shorten'], /refuse, truncate/],
      [['--now', 'yesterday'], /--now/],
      [['--now', '2026-01-31'], /--now/],
      [['--base-url', 'ehr'], /--base-url/],
    ] as const) {
      const { code, stderr } = await clinikFhir(['convert', folder, '--out', out, ...args]);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    assert.equal((await clinikFhir(['convert', folder])).code, 2);
    assert.equal((await clinikFhir(['convert', '--out', out])).code, 2);
    assert.equal(existsSync(out), false);
  });

  it('takes every option of a conversion', async () => {
    const long = { ...encounter, serviceProvider: { display: 'x'.repeat(300) }, period: { start: '2025-01' } };
    const label = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [{ ...long, meta: label }] });
    const out = join(folder, 'out');
    const { code } = await clinikFhir(
      `convert ${folder} --out ${out} --overflow truncate --partial-dates keep --edition icd-10 --security-labels accept
      --base-url https://ehr.example.org/fhir --now 2026-01-31T09:00:00Z`.split(/\s+/),
    );
    assert.equal(code, 0);
    const [payload] = objects(out, 'encounters.ndjson');
    assert.deepEqual(payload?.period, { start: '2025-01' });
    assert.equal(String(payload?.serviceProvider).length, 200);
  });

  it('prints nothing with --quiet', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const ran = await clinikFhir(['convert', folder, '--out', join(folder, 'out'), '--quiet']);
    assert.deepEqual(ran, { code: 0, stdout: '', stderr: '' });
  });

  it('prints no value of a record', async () => {
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': `{"x":"canary\n${JSON.stringify({ ...encounter, 'canary-key': 'canary', status: 'canary' })}\n`,
      'encounters.ndjson': [{ ...encounterPayload, 'canary-key': 'canary' }],
    });
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', join(folder, 'out')]);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout + stderr, /canary/);
  });

  it('leaves no file behind where the user ends it', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': new Array(30_000).fill(encounter) });
    const out = join(folder, 'out');
    const { code, stderr } = await clinikFhir(['convert', folder, '--out', out], (child) => {
      const poll = setInterval(() => {
        if (!existsSync(out) || readdirSync(out).length === 0) return;
        clearInterval(poll);
        child.kill('SIGINT');
      }, 2);
    });
    assert.equal(code, 130);
    assert.match(stderr, /interrupted/);
    assert.deepEqual(readdirSync(out), []);
  });
});
