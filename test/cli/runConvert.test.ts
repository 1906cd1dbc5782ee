import assert from 'node:assert/strict';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { contents, fill, objects, temporaryFolder } from '../support/folder.js';
import { encounter, encounterPayload, patient } from '../support/samples.js';
import { clinikFhir, limited } from './run.js';

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
      [['--format', 'csv'], /ndjson, bulk-import/],
      [['--max-body', '5000'], /--format bulk-import/],
      [['--format', 'bulk-import', '--max-body', '999'], /from 1000 to 104857600/],
      [['--format', 'bulk-import', '--max-body', '1e6'], /from 1000 to 104857600/],
      [['--format', 'bulk-import', '--split-waves'], /--split-waves/],
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

  it('ends with 2 where a glob matches nothing, and takes what it matches else', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter], 'b.txt': '' });
    const out = join(folder, 'out');
    const none = await clinikFhir(['convert', join(folder, '*.json'), '--out', out]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /\*\.json: nothing matches\.\n$/);
    assert.equal(existsSync(out), false);
    assert.equal((await clinikFhir(['convert', join(folder, '*.ndjson'), '--out', out])).code, 0);
  });

  it('ends with 2 where something could not be read, and converts the rest', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter] });
    symlinkSync(join(folder, 'none'), join(folder, 'broken.ndjson'));
    const out = join(folder, 'out');
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', out]);
    assert.equal(code, 2);
    assert.match(stdout, /Not read to the end:\n {2}\S+broken\.ndjson: .*\(it does not exist\)/);
    assert.equal(objects(out, 'encounters.ndjson').length, 1);
  });

  it('ends with 1 where a gzip file is damaged', async () => {
    const whole = gzipSync(JSON.stringify(encounter));
    const folder = fill(temporaryFolder(), { 'a.ndjson.gz': whole.subarray(0, -8), 'b.ndjson': [encounter] });
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', join(folder, 'out')]);
    assert.equal(code, 1);
    assert.match(stdout, /a\.ndjson\.gz, after line 1: The gzip file was cut off/);
    assert.match(stdout, /2 converted, 0 rejected/);
  });

  it('ends with 2 and leaves no file behind where the disk is full', {
    skip: process.platform === 'win32',
  }, async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': new Array(5000).fill(encounter) });
    const out = join(folder, 'out');
    // A limit of the shell for files stands in for the disk.
    const { code, stdout, stderr } = await limited(['convert', folder, '--out', out]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /clinik-fhir: \S+\.ndjson: the file grew too large; the run was given up\.\n$/);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.deepEqual(readdirSync(out), []);
  });

  it('takes --strict with as many exceptions as there are', async () => {
    const lossy = { ...encounter, language: 'fr', length: { value: 9, comparator: '<' } };
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [lossy] });
    const args = ['convert', folder, '--out', join(folder, 'out'), '--force'];
    const allow = ['--allow-loss', 'Encounter.language', '--allow-loss', 'Encounter.length'];
    assert.equal((await clinikFhir([...args, '--strict'])).code, 1);
    assert.equal((await clinikFhir([...args, '--strict', ...allow])).code, 0);
    assert.match((await clinikFhir([...args, ...allow])).stderr, /--strict/);
    assert.match((await clinikFhir([...args, '--strict', '--allow-loss', 'language'])).stderr, /losses\.ndjson/);
    assert.match((await clinikFhir([...args, '--resource', 'lab'])).stderr, /labs/);
  });

  it('rejects what is no valid R4 with --validate, and says where it is wrong', async () => {
    const wrong = { ...encounter, length: { value: 9, code: 'min' }, colour: 'red' };
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [wrong, encounter] });
    const args = ['convert', folder, '--out', join(folder, 'out'), '--force'];
    assert.equal((await clinikFhir(args)).code, 0);
    assert.equal((await clinikFhir([...args, '--validate'])).code, 1);
    const [reject] = objects(join(folder, 'out'), 'rejects.ndjson');
    const text = JSON.stringify(reject);
    assert.ok(text.includes('unknown-element') && text.includes('Encounter.colour') && text.includes('qty-3'), text);
    assert.equal(objects(join(folder, 'out'), 'encounters.ndjson').length, 1);
  });

  it('prints a dry run for what it is', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', join(folder, 'out'), '--dry-run']);
    assert.equal(code, 0);
    assert.match(stdout, /A dry run: only reports were written\./);
    assert.doesNotMatch(stdout, /encounters\.ndjson/);
  });
});
