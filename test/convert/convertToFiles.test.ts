import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ConvertRun, convert } from '../../src/convert/convertToFiles.js';
import type { Summary } from '../../src/convert/summary.js';
import { isObject } from '../../src/lens/json.js';
import { fill, modeOf, objects, temporaryFolder } from '../support/folder.js';
import { lossesIn } from '../support/losses.js';
import {
  bundle,
  condition,
  encounter,
  encounterPayload,
  labPayload,
  patient,
  taskPayload,
} from '../support/samples.js';

describe('convert', () => {
  it('turns FHIR NDJSON into payloads without ids, and reports what they do not say by record', async () => {
    const { out, summary } = await run({ 'Encounter.ndjson': [encounter, { ...encounter, id: 'e2', language: 'fr' }] });
    expect(objects(out, 'encounters.ndjson')).toStrictEqual([encounterPayload, encounterPayload]);
    const [first, second] = lossesIn(out);
    expect(first?.losses).toStrictEqual([
      { expression: 'Encounter.id', path: 'Encounter.id', kind: 'missing', class: 'record', reason: 'beside' },
    ]);
    expect(sourceOf(second)).toStrictEqual({ line: 2, resourceType: 'Encounter', id: 'e2' });
    expect(summary.losses[0]).toStrictEqual({
      path: 'Encounter.id',
      kind: 'missing',
      class: 'record',
      reason: 'beside',
      count: 2,
      records: 2,
    });
    expect(summary.losses[1]?.path).toStrictEqual('Encounter.language');
  });

  it('turns payloads into FHIR, told by the name of their file', async () => {
    const { out, summary } = await run({
      'encounters.ndjson': [encounterPayload],
      'labs-2024.ndjson': [{ id: 'l1', ...labPayload }],
      'tasks_old.json': [taskPayload],
    });
    expect(objects(out, 'Encounter.ndjson')[0]?.resourceType).toStrictEqual('Encounter');
    expect(objects(out, 'DiagnosticReport.ndjson')[0]?.id).toStrictEqual('l1');
    expect(objects(out, 'Task.ndjson')[0]?.intent).toStrictEqual('order');
    expect(summary.records.converted).toStrictEqual({
      total: 3,
      byType: { DiagnosticReport: 1, Encounter: 1, Task: 1 },
    });
  });

  it('gives the same lines after payload, FHIR, payload', async () => {
    const there = await run({
      'labs.ndjson': [labPayload],
      'tasks.ndjson': [taskPayload],
      'encounters.ndjson': [encounterPayload],
    });
    const back = await runOn([there.out]);
    const again = await runOn([back.out]);
    const third = await runOn([again.out]);
    expect(objects(back.out, 'labs.ndjson')).toStrictEqual([labPayload]);
    expect(objects(back.out, 'tasks.ndjson')).toStrictEqual([taskPayload]);
    expect(objects(back.out, 'encounters.ndjson')).toStrictEqual([encounterPayload]);
    for (const file of ['labs.ndjson', 'tasks.ndjson', 'encounters.ndjson'])
      expect(readFileSync(join(third.out, file), 'utf8')).toBe(readFileSync(join(back.out, file), 'utf8'));
  });

  it('rejects a payload whose file does not say of what, and one with an unknown field', async () => {
    const { out, summary } = await run({
      'export.ndjson': [labPayload],
      'labsheet.ndjson': [labPayload],
      'labs.ndjson': [{ ...labPayload, x: 1 }],
    });
    expect(reasons(out)).toStrictEqual([['record-unknown'], ['payload-unknown-field'], ['record-unknown']]);
    expect(summary.rejects.map(({ id, records }) => [id, records])).toStrictEqual([
      ['record-unknown', 2],
      ['payload-unknown-field', 1],
    ]);
  });

  it('resolves urn:uuid references in a Bundle, also of resources without an id', async () => {
    const p = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const c = 'urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059';
    const { id: _, ...unnamed } = encounter;
    const resource = { ...unnamed, subject: { reference: p }, diagnosis: [{ condition: { reference: c } }] };
    const { out } = await run({
      'bundle.json': bundle([
        { fullUrl: p, resource: { resourceType: 'Patient' } },
        { fullUrl: c, resource: { ...condition, subject: { reference: p } } },
        { fullUrl: 'urn:uuid:5e1d0c3a-6c1e-4a53-9d5b-f6b5f8b2a001', resource },
      ]),
    });
    expect(objects(out, 'encounters.ndjson')).toStrictEqual([
      {
        ...encounterPayload,
        patientId: '0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
        diagnosis: [{ condition: 'Essential hypertension' }],
      },
    ]);
    expect(sourceOf(lossesIn(out)[0])).toStrictEqual({
      line: 1,
      entry: '2',
      resourceType: 'Encounter',
      id: '5e1d0c3a-6c1e-4a53-9d5b-f6b5f8b2a001',
    });
  });

  it('does not take a Condition of another server for the one that is meant', async () => {
    const at = (base: string) => ({ fullUrl: `https://${base}/Condition/c1`, resource: condition });
    const resource = { ...encounter, diagnosis: [{ condition: { reference: 'Condition/c1' } }] };
    const from = { fullUrl: 'https://a.org/Encounter/e1', resource };
    const same = await run({ 'b.json': bundle([from, at('a.org')]) });
    const other = await run({ 'b.json': bundle([from, at('b.org')]) });
    expect(objects(same.out, 'encounters.ndjson')[0]?.diagnosis).toStrictEqual([
      { condition: 'Essential hypertension' },
    ]);
    expect(objects(other.out, 'encounters.ndjson')[0]?.diagnosis).toBeUndefined();
  });

  it('reads Bundles in Bundles and Bundles in lines', async () => {
    const nested = (id: string) =>
      bundle([{ resource: bundle([{ resource: patient }, { resource: { ...encounter, id } }]) }]);
    const { out, summary } = await run({ 'a.ndjson': [nested('e2'), encounter], 'b.json': nested('e3') });
    expect(objects(out, 'encounters.ndjson')).toHaveLength(3);
    expect(lossesIn(out).map(sourceOf)).toStrictEqual([
      { line: 1, entry: '0.1', resourceType: 'Encounter', id: 'e2' },
      { line: 2, resourceType: 'Encounter', id: 'e1' },
      { line: 1, entry: '0.1', resourceType: 'Encounter', id: 'e3' },
    ]);
    expect(summary.records.in).toStrictEqual({ total: 5, byType: { Encounter: 3, Patient: 2 } });
  });

  it('rejects a line that is not JSON by its number, and goes on', async () => {
    const line = JSON.stringify(encounter);
    const other = JSON.stringify({ ...encounter, id: 'e2' });
    const { out, summary } = await run({ 'Encounter.ndjson': `\ufeff${line}\r\n{"id": oops}\r\n\r\n${other}` });
    expect(objects(out, 'encounters.ndjson')).toHaveLength(2);
    expect(objects(out, 'rejects.ndjson').map(sourceOf)).toStrictEqual([{ line: 2 }]);
    expect(summary.records.rejected).toStrictEqual({ total: 1, byType: { '(unknown type)': 1 } });
  });

  it('skips other types of R4, and counts and lists them', async () => {
    const { out, summary } = await run({ 'all.ndjson': [patient, patient, condition, encounter] });
    expect(summary.records.skipped).toStrictEqual({
      total: 3,
      byType: { Patient: 2, Condition: 1 },
      byReason: { 'other-type': 3 },
    });
    expect(objects(out, 'encounters.ndjson')).toHaveLength(1);
    expect(objects(out, 'rejects.ndjson')).toStrictEqual([]);
    expect(objects(out, 'sources.ndjson').map(({ skipped }) => skipped)).toStrictEqual([
      'other-type',
      'other-type',
      'other-type',
      undefined,
    ]);
  });

  it('rejects types that R4 does not have, without showing them', async () => {
    const names = ['Jane Doe', 'encounters', 'Encountr', 5, null, ['Encounter'], '__proto__', 'constructor'];
    const { out, summary } = await run({ 'all.ndjson': names.map((resourceType) => ({ resourceType })) });
    expect(summary.records.rejected).toStrictEqual({ total: 8, byType: { '(unknown type)': 8 } });
    expect(reasons(out).flat()).toStrictEqual([
      ...new Array(3).fill('resource-type-unknown'),
      ...new Array(3).fill('record-unknown'),
      ...new Array(2).fill('resource-type-unknown'),
    ]);
  });

  it('accounts for every record that went in, by type', async () => {
    const { summary } = await run({
      'mixed.ndjson': [
        encounter,
        patient,
        { ...encounter, id: 'e2', status: 'entered-in-error' },
        bundle([{ resource: patient }, {}]),
      ],
      'labs.ndjson': `${JSON.stringify(labPayload)}\nnonsense\n[{},${JSON.stringify(labPayload)}]\n`,
      'empty.json': '',
    });
    const { in: all, ...parts } = summary.records;
    expect(all.total).toBe(9);
    for (const [type, count] of Object.entries(all.byType))
      expect([type, count]).toStrictEqual([
        type,
        Object.values(parts).reduce((sum, { byType }) => sum + (byType[type] ?? 0), 0),
      ]);
    expect(all.total).toBe(parts.converted.total + parts.rejected.total + parts.skipped.total);
    expect(all.total).toBe(summary.files.read.reduce((sum, { records }) => sum + records, 0));
    expect([parts.converted.total, parts.rejected.total, parts.skipped.total]).toStrictEqual([3, 3, 3]);
  });

  it('writes files for their owner alone, none without lines, and lists them', async () => {
    const { out, summary } = await run({
      'Patient.ndjson': [patient],
      'encounters.ndjson': [encounterPayload],
      'a.txt': '',
    });
    const files = ['Encounter.ndjson', 'clinik-fhir.run.json', 'sources.ndjson', 'summary.json'];
    expect(readdirSync(out).sort()).toStrictEqual(files);
    for (const file of readdirSync(out)) expect(modeOf(join(out, file))).toBe(0o600);
    expect(summary.files.written).toStrictEqual([
      { file: 'Encounter.ndjson', lines: 1 },
      { file: 'sources.ndjson', lines: 2 },
    ]);
    expect(summary.files.read.map(({ records }) => records)).toStrictEqual([1, 1]);
    expect(summary.files.skipped).toBe(1);
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toStrictEqual(summary);
  });

  it('leaves nothing behind where the run is ended before its time', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const out = join(folder, 'out');
    const reason = new Error('enough');
    const options = { inputs: [folder], out, signal: AbortSignal.abort(reason) };
    await expect(convert(options)).rejects.toThrow(reason);
    expect(readdirSync(out)).toStrictEqual([]);
  });

  it('tells what it did once all files are in place, and takes them back where nobody can be told', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const out = join(folder, 'out');
    let seen: string[] = [];
    const onDone = (): void => {
      seen = readdirSync(out);
      throw new Error('nobody listens');
    };
    await expect(convert({ inputs: [folder], out, onDone })).rejects.toThrow('nobody listens');
    expect(seen).toContain('clinik-fhir.run.json');
    expect(readdirSync(out)).toStrictEqual([]);
    const before = await convert({ inputs: [folder], out });
    const again = { inputs: [folder], out, force: true, splitWaves: true };
    await expect(convert({ ...again, onDone })).rejects.toThrow('nobody listens');
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toStrictEqual(before);
    expect(readdirSync(out)).not.toContain('wave-0');
    expect(objects(out, 'encounters.ndjson')).toStrictEqual([encounterPayload]);
    await convert(again);
    expect(readdirSync(out)).toContain('wave-0');
  });

  it('hands the options of a conversion on', async () => {
    const partial = { ...encounter, period: { start: '2025-01' } };
    const kept = await run({ 'Encounter.ndjson': [partial] }, { partialDates: 'keep' });
    expect(objects(kept.out, 'encounters.ndjson')[0]?.period).toStrictEqual({ start: '2025-01' });
    const refused = await run({ 'Encounter.ndjson': [partial] }, { partialDates: 'refuse' });
    expect(refused.summary.records.rejected.total).toBe(1);
  });
});

async function run(files: { [path: string]: unknown }, options: Partial<ConvertRun> = {}) {
  return runOn([fill(temporaryFolder(), files)], options);
}

async function runOn(inputs: string[], options: Partial<ConvertRun> = {}): Promise<{ out: string; summary: Summary }> {
  const out = join(temporaryFolder(), 'out');
  return { out, summary: await convert({ ...options, inputs, out }) };
}

/** A line's source without its file, which is in a temporary folder. */
function sourceOf(line: { [key: string]: unknown } | undefined): object {
  const source = line?.source;
  if (!isObject(source)) throw new Error('the line has no source');
  const { file: _, ...rest } = source;
  return rest;
}

/** The identifiers of the issues of each rejected record. */
function reasons(out: string): unknown[] {
  return objects(out, 'rejects.ndjson').map(({ outcome }) => {
    if (!isObject(outcome) || !Array.isArray(outcome.issue)) throw new Error('the line has no outcome');
    return outcome.issue.map((issue) => issue.details.coding[0].code);
  });
}
