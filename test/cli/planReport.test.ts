import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { report } from '../../src/cli/convertReport.js';
import { planReport } from '../../src/cli/planReport.js';
import { convert, plan } from '../../src/node.js';
import { ensure } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { encounter, patient } from '../support/samples.js';
import { clinikFhir } from './run.js';

const child = { ...encounter, id: 'e2', partOf: { reference: 'Encounter/e1' } };
const orphan = { ...encounter, id: 'e3', partOf: { reference: 'Encounter/e4' } };
const other = { ...encounter, id: 'e5', subject: { reference: 'Patient/p2' } };
const wrong = { ...encounter, id: 'e4', status: 'entered-in-error' };

describe('clinik-fhir convert --plan', () => {
  it('prints the waves and what the records refer to, and writes nothing', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, child, patient, other] });
    const { code, stdout } = await clinikFhir(['convert', folder, '--plan']);
    expect(code).toBe(0);
    expect(stdout).toBe(`4 records in 1 file: 3 converted, 0 rejected, 1 skipped. A plan: nothing was written.

Upload in 2 waves, one after the other:
  0  2 records: encounters 2
  1  1 record: encounters 1

References:
  1  to records among these
  2  to records that have to be at ClinikAPI before: 2 Patient
  1  to what is not in the input: 1 Patient
`);
    expect(readdirSync(folder)).toStrictEqual(['a.ndjson']);
  });

  it('does not write to --out either, and ends as the run would', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, orphan, wrong] });
    const out = join(folder, 'out');
    const args = ['convert', folder, '--plan', '--out', out, '--force', '--raw', '--format', 'bulk-import'];
    const { code, stdout } = await clinikFhir(args);
    expect(code).toBe(1);
    expect(existsSync(out)).toBe(false);
    expect(stdout).toMatch(/1 {2}to rejected records, and so to nothing: 1 Encounter\n/);
    expect(stdout).toMatch(/Bulk import in 1 operation, which takes 0\.2 hours at 5 an hour\./);
    expect(stdout).toMatch(/1 {2}status-entered-in-error: /);
    expect((await clinikFhir([...args, '--quiet'])).stdout).toBe('');
  });

  it('is the only way to do without --out', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter] });
    const { code, stderr } = await clinikFhir(['convert', folder, '--quiet']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--out is needed: .*--plan/);
  });

  it('says that there is nothing to upload', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [patient] });
    expect((await clinikFhir(['convert', folder, '--plan'])).stdout).toMatch(/There is nothing to upload\./);
  });

  it('fits the width that there is', async () => {
    const planned = await plan({ inputs: [join('fixtures', 'ehr-export')], format: 'bulk-import' });
    for (const width of [40, 80, 140])
      for (const line of planReport(planned, width).split('\n')) ensure(line.length <= width, line);
  });
});

describe('the report of a run', () => {
  it('says what an upload has to know: waves, references to nothing, operations', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter, child, orphan, wrong] });
    const out = join(temporaryFolder(), 'out');
    const summary = await convert({ inputs: [folder], out, format: 'bulk-import' });
    const text = report(summary, 'out', 200);
    ensure(
      text.includes(`NOT READY TO SEND
  3 references to 1 record are ids of the source (Patient 3 to 1).
  → Make an id map, fill it in, and run again with --id-map ids.csv:
    clinik-fhir ids INPUT --out ids.csv
  1 reference points at rejected records, and so at nothing (Encounter 1).
  → Fix the rejected records, and convert the whole input again.
  2  ${join('out', 'bulk-import', '*.json')}
  Upload in 2 waves (2, 1 records): a record has to wait for the ids of what it points at.
  Bulk import in 2 operations, which take 0.4 hours at 5 an hour.
`),
      text,
    );
  });

  it('says nothing of the upload where nothing has to wait', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [encounter] });
    const summary = await convert({ inputs: [folder], out: join(temporaryFolder(), 'out') });
    expect(report(summary, 'out', 100)).not.toMatch(/wave[s ]\b(?!\.)|Upload/);
  });

  it('names what points at a record that is not sent before', async () => {
    const circle = [{ ...encounter, partOf: { reference: 'Encounter/e2' } }, child];
    const folder = fill(temporaryFolder(), { 'a.ndjson': circle });
    const summary = await convert({ inputs: [folder], out: join(temporaryFolder(), 'out') });
    expect(report(summary, 'out', 200)).toMatch(
      /2 records in 1 circle point at each other; .*: Encounter\.partOf \(\d\)\./,
    );
  });

  it('names a few of many files', async () => {
    const chain = Array.from({ length: 30 }, (_, index) => ({
      ...encounter,
      id: `c${index}`,
      ...(index === 0 ? {} : { partOf: { reference: `Encounter/c${index - 1}` } }),
    }));
    const folder = fill(temporaryFolder(), { 'a.ndjson': chain });
    const summary = await convert({ inputs: [folder], out: join(temporaryFolder(), 'out'), splitWaves: true });
    const text = report(summary, 'out', 100);
    expect(text).toMatch(/… 20 more files\n/);
    expect(text).toMatch(/Upload in 30 waves \(1, 1, 1, 1, 1, 1, … records\)/);
    expect(planReport(await plan({ inputs: [folder] }), 100)).toMatch(
      /\n {2}19 {2}1 record: .*\n {2}and 10 other waves\n/,
    );
  });
});
