import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ensure, noShell, unless } from '../support/ensure.js';
import { contents, fill, objects, temporaryFolder } from '../support/folder.js';
import { encounter, encounterPayload, labPayload, patient } from '../support/samples.js';
import { clinikFhir, limited } from './run.js';

describe('clinik-fhir convert', () => {
  it('ends with 0 where all records were converted or skipped, and says what became of them', async () => {
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': [encounter, { ...encounter, id: 'e2', language: 'fr' }, patient],
    });
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^clinik-fhir \S+ · 3 records · 1 file · \d+ bytes · \d+\.\d s$/m);
    expect(stdout).toMatch(/^total +3 +2 +0 +1$/m);
    expect(stdout).toContain(`2  ${join(out, 'encounters.ndjson')}`);
    expect(stdout).toMatch(/no mapping yet: Patient 1/);
    expect(stdout).toMatch(/1 {2}Encounter\.language {2}no field/);
    expect(objects(out, 'encounters.ndjson')).toHaveLength(2);
  });

  it('ends with 1 where a record was rejected, and says why and where to look', async () => {
    const folder = fill(temporaryFolder(), { 'encounters.ndjson': [encounterPayload, { ...encounterPayload, x: 1 }] });
    const out = join(folder, 'out');
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', out]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/1 {2}payload-unknown-field: /);
    expect(stdout).toContain(join(out, 'rejects.ndjson'));
  });

  it('ends with 2 and writes nothing where an input does not exist', async () => {
    const out = join(temporaryFolder(), 'out');
    const { code, stdout, stderr } = await clinikFhir(['convert', 'no-such-folder', '--out', out]);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toBe('clinik-fhir: no-such-folder: it cannot be read (it does not exist).\n');
    expect(existsSync(out)).toBe(false);
  });

  it('ends with 2 and leaves everything as it is where an earlier run wrote, but for --force', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter], 'labs.ndjson': [labPayload] });
    const out = join(folder, 'out');
    const args = (name: string) => ['convert', join(folder, name), '--out', out];
    expect((await clinikFhir(args('labs.ndjson'))).code).toBe(0);
    const before = contents(out);
    const { code, stderr } = await clinikFhir(args('Encounter.ndjson'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/--force/);
    expect(contents(out)).toStrictEqual(before);
    expect((await clinikFhir([...args('Encounter.ndjson'), '--force'])).code).toBe(0);
    expect(objects(out, 'encounters.ndjson')).toStrictEqual([encounterPayload]);
    const reports = ['clinik-fhir.run.json', 'encounters.ndjson', 'losses.ndjson', 'sources.ndjson', 'summary.json'];
    expect(readdirSync(out).sort()).toStrictEqual(reports);
  });

  it('ends with 2 where somebody else has a file of such a name, with --force too', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter], 'out/encounters.ndjson': 'mine' });
    const args = ['convert', join(folder, 'Encounter.ndjson'), '--out', join(folder, 'out')];
    for (const more of [[], ['--force']]) {
      const { code, stderr } = await clinikFhir([...args, ...more]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/encounters\.ndjson: it is there already, and no run that ended says that it wrote it/);
      expect(contents(join(folder, 'out'))).toStrictEqual({ 'encounters.ndjson': 'mine' });
      expect(readdirSync(join(folder, 'out'))).toStrictEqual(['encounters.ndjson']);
    }
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
      expect([args.join(' '), code]).toStrictEqual([args.join(' '), 2]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect((await clinikFhir(['convert', folder])).code).toBe(2);
    expect((await clinikFhir(['convert', '--out', out])).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('takes every option of a conversion', async () => {
    const long = { ...encounter, serviceProvider: { display: 'x'.repeat(300) }, period: { start: '2025-01' } };
    const label = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
    const report = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: 'x' },
      subject: encounter.subject,
    };
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': [{ ...long, meta: label }],
      'DiagnosticReport.ndjson': [{ ...report, issued: '2026-01-05T10:00:00Z' }],
    });
    const out = join(folder, 'out');
    const { code } = await clinikFhir(
      `convert ${folder} --out ${out} --overflow truncate --partial-dates keep --lab-time issued --edition icd-10 --security-labels accept --missing-text refuse
      --base-url https://ehr.example.org/fhir --now 2026-01-31T09:00:00Z`.split(/\s+/),
    );
    expect(code).toBe(0);
    const [payload] = objects(out, 'encounters.ndjson');
    expect(payload?.period).toStrictEqual({ start: '2025-01' });
    expect(objects(out, 'labs.ndjson')[0]?.effectiveDateTime).toBe('2026-01-05T10:00:00Z');
    expect(String(payload?.serviceProvider)).toHaveLength(200);
  });

  it('prints nothing with --quiet', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const ran = await clinikFhir(['convert', folder, '--out', join(folder, 'out'), '--quiet']);
    expect(ran).toStrictEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('prints no value of a record', async () => {
    const folder = fill(temporaryFolder(), {
      'Encounter.ndjson': `{"x":"canary\n${JSON.stringify({ ...encounter, 'canary-key': 'canary', status: 'canary' })}\n`,
      'encounters.ndjson': [{ ...encounterPayload, 'canary-key': 'canary' }],
    });
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', join(folder, 'out')]);
    expect(code).toBe(1);
    expect(stdout + stderr).not.toMatch(/canary/);
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
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted/);
    expect(readdirSync(out)).toStrictEqual([]);
  });

  it('ends with 2 where a glob matches nothing, and takes what it matches else', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter], 'b.txt': '' });
    const out = join(folder, 'out');
    const none = await clinikFhir(['convert', join(folder, '*.json'), '--out', out]);
    expect(none.code).toBe(2);
    expect(none.stderr).toMatch(/\*\.json: nothing matches\.\n$/);
    expect(existsSync(out)).toBe(false);
    expect((await clinikFhir(['convert', join(folder, '*.ndjson'), '--out', out])).code).toBe(0);
  });

  it('ends with 2 where something could not be read, and converts the rest', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter] });
    symlinkSync(join(folder, 'none'), join(folder, 'broken.ndjson'));
    const out = join(folder, 'out');
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', out]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/Not read to the end:\n {2}\S+broken\.ndjson: .*\(it does not exist\)/);
    expect(objects(out, 'encounters.ndjson')).toHaveLength(1);
  });

  it('ends with 1 where a gzip file is damaged', async () => {
    const whole = gzipSync(JSON.stringify(encounter));
    const folder = fill(temporaryFolder(), {
      'a.ndjson.gz': whole.subarray(0, -8),
      'b.ndjson': [{ ...encounter, id: 'e2' }],
    });
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', join(folder, 'out')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/a\.ndjson\.gz, after line 1: The gzip file was cut off/);
    expect(stdout).toMatch(/^Encounter +2 +2 +0 +0$/m);
    expect(stdout).not.toMatch(/rejected\//);
  });

  unless(noShell)('ends with 2 and leaves no file behind where the disk is full', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': new Array(5000).fill(encounter) });
    const out = join(folder, 'out');
    // A limit of the shell for files stands in for the disk.
    const { code, stdout, stderr } = await limited(['convert', folder, '--out', out]);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(/clinik-fhir: \S+\.ndjson: the file grew too large; the run was given up\.\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(out)).toStrictEqual([]);
  });

  it('takes --strict with as many exceptions as there are', async () => {
    const lossy = { ...encounter, language: 'fr', length: { value: 9, comparator: '<' } };
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [lossy] });
    const args = ['convert', folder, '--out', join(folder, 'out'), '--force'];
    const allow = ['--allow-loss', 'Encounter.language', '--allow-loss', 'Encounter.length'];
    expect((await clinikFhir([...args, '--strict'])).code).toBe(1);
    expect((await clinikFhir([...args, '--strict', ...allow])).code).toBe(0);
    expect((await clinikFhir([...args, ...allow])).stderr).toMatch(/--strict/);
    expect((await clinikFhir([...args, '--strict', '--allow-loss', 'language'])).stderr).toMatch(/losses\.ndjson/);
    expect((await clinikFhir([...args, '--resource', 'lab'])).stderr).toMatch(/labs/);
  });

  it('rejects what is no valid R4 with --validate, and says where it is wrong', async () => {
    const wrong = { ...encounter, id: 'e2', length: { value: 9, code: 'min' }, colour: 'red' };
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [wrong, encounter] });
    const args = ['convert', folder, '--out', join(folder, 'out'), '--force'];
    expect((await clinikFhir(args)).code).toBe(0);
    expect((await clinikFhir([...args, '--validate'])).code).toBe(1);
    const [reject] = objects(join(folder, 'out'), 'rejects.ndjson');
    const text = JSON.stringify(reject);
    ensure(text.includes('unknown-element') && text.includes('Encounter.children()') && text.includes('qty-3'), text);
    expect(objects(join(folder, 'out'), 'encounters.ndjson')).toHaveLength(1);
  });

  it('prints a dry run for what it is', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const { code, stdout } = await clinikFhir(['convert', folder, '--out', join(folder, 'out'), '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/A dry run: only reports were written\./);
    expect(stdout).not.toMatch(/encounters\.ndjson/);
  });
});
