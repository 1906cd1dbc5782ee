import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ValidationOptions } from '../../src/check/checkRecords.js';
import type { Finding } from '../../src/check/finding.js';
import { runValidation, type ValidationCounts } from '../../src/check/runValidation.js';
import { findInputs } from '../../src/read/findInputs.js';
import { fill, temporaryFolder } from '../support/folder.js';

const patient = { resourceType: 'Patient', id: 'p', meta: { profile: ['http://example.org/p'] }, active: true };
const broken = { resourceType: 'Patient', id: 'b', gender: 'F', birthDate: '2024-02-30' };

/** More lines than one chunk holds, some of them broken, of each kind. */
const lines = Array.from({ length: 4000 }, (_, index) => {
  if (index % 997 === 5) return '{"resourceType":"Patient"';
  if (index % 499 === 7) return '';
  return JSON.stringify(index % 50 === 0 ? { ...broken, id: `b${index}` } : { ...patient, id: `p${index}` });
});

const folder = fill(temporaryFolder(), {
  'a.ndjson': lines.join('\n'),
  'b.json': JSON.stringify([patient, broken], null, 2),
  'c.ndjson.gz': gzipSync(lines.slice(0, 2000).join('\n')),
  'encounters.ndjson': [{ status: 'finished', class: 'AMB', patientId: 'p1' }, { status: 'nonsense' }],
  'empty.ndjson': '',
});

interface Outcome {
  readonly counts: ValidationCounts;
  readonly findings: Finding[];
  readonly files: [string, number][];
}

async function outcome(options: ValidationOptions & { readonly threads?: number }): Promise<Outcome> {
  const findings: Finding[] = [];
  const files: [string, number][] = [];
  const sink = {
    add(finding: Finding) {
      findings.push(finding);
    },
    file(path: string, records: number) {
      files.push([path.slice(folder.length + 1), records]);
    },
  };
  const counts = await runValidation(await findInputs([folder]), options, () => ({ state: 'new' }), sink);
  return { counts, findings, files };
}

describe('a run of validations', () => {
  it('finds the same, in the same order, with other threads as without', async () => {
    const rules = [
      { id: 'named', context: 'Patient', severity: 'warning', expression: 'name.exists()', message: 'A name.' },
    ] as const;
    for (const options of [{}, { rules, remarks: true, excerpts: false, maxIssues: 2 }]) {
      const alone = await outcome({ ...options, threads: 1 });
      expect(await outcome({ ...options, threads: 2 })).toStrictEqual(alone);
      expect(alone.findings.length).toBeGreaterThan(200);
    }
  });

  it('counts each record, and what is a remark by its rule', async () => {
    const { counts, files } = await outcome({});
    expect(files).toStrictEqual([
      ['a.ndjson', lines.filter((line) => line !== '').length],
      ['b.json', 2],
      ['c.ndjson.gz', lines.slice(0, 2000).filter((line) => line !== '').length],
      ['empty.ndjson', 0],
      ['encounters.ndjson', 2],
    ]);
    expect(counts.records).toBe(files.reduce((sum, [, records]) => sum + records, 0));
    expect(counts.files).toBe(5);
    const [remark] = counts.remarks;
    expect(remark?.rule).toBe('profile-not-checked');
    expect(counts.new.information).toBe(remark?.count);
  });

  it('says where in a pretty-printed list an element is', async () => {
    const { findings } = await outcome({});
    const [gender, birthDate] = findings.filter(({ source }) => source.file === join(folder, 'b.json'));
    expect([gender?.expression, gender?.region.line]).toStrictEqual(['Patient.gender', 15]);
    expect([birthDate?.expression, birthDate?.region.line]).toStrictEqual(['Patient.birthDate', 16]);
    expect(gender?.source.entry).toBe('1');
  });

  it('places a line that is no JSON where it ends', async () => {
    const { findings } = await outcome({});
    const cut = findings.filter(({ rule }) => rule === 'json-malformed');
    expect(cut).toHaveLength(8);
    expect([cut[0]?.region.line, cut[0]?.region.column]).toStrictEqual([6, 26]);
  });

  it('ends where it is told to', async () => {
    const signal = AbortSignal.abort(new RangeError('enough'));
    await expect(outcome({ signal, threads: 2 })).rejects.toThrow(/enough/);
  });
});
