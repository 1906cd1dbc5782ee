import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fill, modeOf } from '../support/folder.js';
import { broken, fine, type Scratch, scratch } from './scratch.js';

const BASELINE = 'clinik-fhir.baseline.json';
const period = { start: '2020', end: '2019' };
const old = [fine, { ...fine, id: 'p4', gender: 'unheard-of' }, broken, { ...broken, id: 'p5', colour: 'red' }];

/** A repository with findings that are known. */
async function known(): Promise<Scratch> {
  const repository = scratch({ 'fhir/Patient.ndjson': old });
  expect((await repository.validate(['fhir', '--write-baseline', BASELINE])).code).toStrictEqual(0);
  return repository;
}

const check = ({ validate }: Scratch, ...more: string[]) => validate(['fhir', '--baseline', BASELINE, ...more]);

describe('a baseline', () => {
  it('is written for all that is found, without a value, and says what it is for', async () => {
    const { folder, validate } = scratch({ 'fhir/Patient.ndjson': old });
    const { code, stderr } = await validate(['fhir', '--write-baseline', BASELINE]);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `clinik-fhir: ${BASELINE}: 4 findings written; with --baseline ${BASELINE}, only others count.\n`,
    );
    const text = readFileSync(join(folder, BASELINE), 'utf8');
    expect(text).not.toMatch(/"p[0-9]"|Lee|unheard|"red"/);
    expect(text.match(/"fingerprint"/g)?.length).toBe(4);
    expect(modeOf(join(folder, BASELINE))).toBe(0o600);
    expect((await validate(['fhir', '--write-baseline', BASELINE, '--quiet'])).stderr).toBe('');
    expect(readFileSync(join(folder, BASELINE), 'utf8')).toBe(text);
  });

  it('keeps what it holds quiet, and shows it with --verbose', async () => {
    const repository = await known();
    const { code, stdout, stderr } = await check(repository);
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(/^No new errors in 4 records of 1 file\.\nBesides: 4 known\.\n/);
    expect((await check(repository, '--verbose')).stdout).toMatch(
      /^ {2}3:165 {2}known error {2}per-1 {2}Patient\.name\[0\]\.period$/m,
    );
  });

  for (const [how, file, content] of [
    ['reordered', 'Patient.ndjson', [...old].reverse()],
    ['reordered, and their keys, too', 'Patient.ndjson', [...old].reverse().map(reversedKeys)],
    [
      'reindented',
      'Patient.ndjson',
      old.map((record) => `${JSON.stringify(record, null, 1).replaceAll('\n', ' ')}\n`).join(''),
    ],
    ['made a list over several lines', 'other/all.json', `${JSON.stringify([...old].reverse(), null, 4)}\n`],
    ['put into a Bundle', 'bundle.json', bundleOf(old)],
  ] as const)
    it(`stays as good where the records were ${how}`, async () => {
      const repository = await known();
      fill(repository.folder, { 'fhir/Patient.ndjson': '', [`fhir/${file}`]: content });
      const { code, stdout } = await check(repository);
      expect([stdout, code]).toStrictEqual([stdout, 0]);
      expect(stdout).toMatch(/^Besides: 4 known\.$/m);
    });

  it('lets the same rule fail on another record, and on another element', async () => {
    const repository = await known();
    fill(repository.folder, { 'fhir/Patient.ndjson': [...old, { ...broken, id: 'p6' }] });
    const other = await check(repository);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(
      /^ {2}5:165 {2}error {2}per-1 {2}[\s\S]*\n1 error in 5 records of 1 file\.\nBesides: 4 known\.$/m,
    );
    fill(repository.folder, { 'fhir/Patient.ndjson': [...old.slice(0, 3), { ...old[3], address: [{ period }] }] });
    const elsewhere = await check(repository);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stdout).toMatch(/ {2}per-1 {2}Patient\.address\[0\]\.period$/m);
  });

  it('lets one more of the same fail', async () => {
    const repository = await known();
    const twice = { ...broken, name: [{ period }, { period }] };
    fill(repository.folder, { 'fhir/Patient.ndjson': [old[1], twice, old[3]] });
    const { code, stdout } = await check(repository);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 error in 3 records of 1 file\.\nBesides: 4 known\.$/m);
  });

  it('says what has vanished, which is no failure', async () => {
    const repository = await known();
    fill(repository.folder, { 'fhir/Patient.ndjson': [fine, old[1], old[3]] });
    const { code, stdout } = await check(repository);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Besides: 3 known, 1 of the baseline no longer there\.$/m);
    expect(stdout).toMatch(
      /^No longer there; write the baseline again to forget them:\n {2}per-1 Patient\.name\.period$/m,
    );
    const { stdout: data } = await check(repository, '--format', 'json');
    expect(JSON.parse(data).summary.vanished).toStrictEqual([{ rule: 'per-1', path: 'Patient.name.period', count: 1 }]);
  });

  it('does not miss what is ignored', async () => {
    const repository = await known();
    const { code, stdout } = await check(repository, '--ignore', 'per-1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Besides: 2 known, 2 ignored\.$/m);
    expect(stdout).not.toMatch(/longer there/);
  });

  it('is written anew over the one that is read', async () => {
    const repository = await known();
    fill(repository.folder, { 'fhir/Patient.ndjson': [fine, old[1]] });
    expect((await check(repository, '--write-baseline', BASELINE)).code).toBe(0);
    expect((await check(repository)).stdout).toMatch(/^Besides: 1 known\.$/m);
  });

  it('marks results in SARIF, and skips tests in JUnit', async () => {
    const repository = await known();
    fill(repository.folder, { 'fhir/Patient.ndjson': [...old, { ...broken, id: 'p6' }] });
    const { stdout: sarif } = await check(repository, '--format', 'sarif');
    expect(sarif.match(/"baselineState":"unchanged"/g)?.length).toBe(4);
    expect(sarif.match(/"baselineState":"new"/g)?.length).toBe(1);
    const { stdout: junit } = await check(repository, '--format', 'junit');
    expect(junit).toMatch(/tests="5" failures="1" errors="0" skipped="4"/);
  });
});

function reversedKeys(record: object): object {
  return Object.fromEntries(Object.entries(record).reverse());
}

function bundleOf(records: readonly { readonly id: string }[]): object {
  const entry = records.map((resource) => ({ fullUrl: `http://example.org/Patient/${resource.id}`, resource }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}
