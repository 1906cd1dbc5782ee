import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert, convertRecords, plan, UsageError } from '../../src/node.js';
import { contents, fill, objects, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhir } from './run.js';

const { class: _, ...classless } = encounter;
const parsed = (text: string): { [key: string]: unknown } => JSON.parse(text);
const folderOf = (...records: object[]): string => fill(temporaryFolder(), { 'Encounter.ndjson': records });

const FIVE = /documents\.practitionerId, documents\.title, documents\.type, encounters\.class, assessments\.summary/;

describe('--fill', () => {
  it('fills in what a record has not, counts each use, and prints no value', async () => {
    const folder = folderOf(classless, { ...encounter, id: 'e2' }, { ...classless, id: 'e3' });
    const out = join(folder, 'out');
    const args = ['--fill', 'encounters.class=canary-1', '--fill', 'documents.title=a=canary-2'];
    const { code, stdout, stderr } = await clinikFhir(['convert', folder, '--out', out, ...args]);
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(objects(out, 'encounters.ndjson').map((payload) => payload.class)).toStrictEqual([
      'canary-1',
      encounter.class.code,
      'canary-1',
    ]);
    expect(stdout).toMatch(/2 {2}fill-used/);
    const summary = parsed(readFileSync(join(out, 'summary.json'), 'utf8'));
    expect(summary?.warnings).toMatchObject([{ id: 'fill-used', records: 2, paths: [{ path: 'Encounter.class' }] }]);
    expect(summary?.run).toMatchObject({ options: { fill: 2 } });
    const { 'encounters.ndjson': _payloads, ...reports } = contents(out);
    expect(stdout + JSON.stringify(reports)).not.toMatch(/canary/);
  });

  it('ends with 2 for what it does not fill in, and says what it does', async () => {
    const folder = folderOf(classless);
    const out = join(folder, 'out');
    for (const [given, message] of [
      [['documents.patientId=canary'], FIVE],
      [['encounters.status=finished'], FIVE],
      [['labs.code=canary'], FIVE],
      [['documents.title'], FIVE],
      [['=canary'], FIVE],
      [[''], FIVE],
      [['documents.practitionerId=canary 1'], /documents\.practitionerId.*letters, digits/],
      [['documents.practitionerId='], /documents\.practitionerId/],
      [[`documents.title=canary${'x'.repeat(500)}`], /documents\.title.*at most 500 characters/],
      [['encounters.class= canary'], /encounters\.class.*white space/],
      [['encounters.class=AMB', 'encounters.class=canary'], /twice for encounters\.class/],
    ] as const) {
      const args = given.flatMap((one) => ['--fill', one]);
      const { code, stderr } = await clinikFhir(['convert', folder, '--out', out, ...args]);
      expect([...given, code]).toStrictEqual([...given, 2]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/canary/);
    }
    const wrong = ['--fill', 'labs.code=canary'];
    expect((await clinikFhir(['convert', folder, '--plan', ...wrong])).code).toBe(2);
    expect((await clinikFhir(['inspect', folder, 'Encounter/e1', ...wrong])).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('shows in inspect what was filled in', async () => {
    const folder = folderOf(classless);
    const { code, stdout } = await clinikFhir(['inspect', folder, 'Encounter/e1', '--fill', 'encounters.class=AMB']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/warning {2}fill-used: .* At Encounter\.class\./s);
  });

  it('is the option `fill` of the conversions of files, which refuse another field before they begin', async () => {
    const folder = folderOf(classless);
    const options = { fill: { 'encounters.class': 'HH' } } as const;
    const made = [];
    for await (const record of convertRecords(folder, options)) made.push(record.kind === 'converted' && record.output);
    expect(made).toMatchObject([{ class: 'HH' }]);
    const wrong = { fill: { 'encounters.patientId': 'p' } as object };
    const out = join(folder, 'out');
    await expect(convert({ inputs: [folder], out, ...wrong })).rejects.toThrow(UsageError);
    await expect(plan({ inputs: [folder], ...wrong })).rejects.toThrow(FIVE);
    await expect(convertRecords(folder, wrong).next()).rejects.toThrow(UsageError);
    expect(existsSync(out)).toBe(false);
  });

  it('stands in the documentation with all its fields', () => {
    const page = readFileSync(join('docs', 'convert.md'), 'utf8');
    for (const path of [
      'documents.practitionerId',
      'documents.title',
      'documents.type',
      'encounters.class',
      'assessments.summary',
    ])
      expect(page).toContain(`| \`${path}\` |`);
  });
});
