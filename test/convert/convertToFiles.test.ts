import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type ConvertRun, convert } from '../../src/convert/convertToFiles.js';
import type { Summary } from '../../src/convert/summary.js';
import { isObject } from '../../src/lens/json.js';
import { fill, modeOf, objects, temporaryFolder } from '../support/folder.js';
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
    assert.deepEqual(objects(out, 'encounters.ndjson'), [encounterPayload, encounterPayload]);
    const [first, second] = objects(out, 'losses.ndjson');
    assert.deepEqual(first?.losses, [
      { expression: 'Encounter.id', path: 'Encounter.id', kind: 'missing', class: 'record' },
    ]);
    assert.deepEqual(sourceOf(second), { line: 2, resourceType: 'Encounter', id: 'e2' });
    assert.deepEqual(summary.losses[0], {
      path: 'Encounter.id',
      kind: 'missing',
      class: 'record',
      count: 2,
      records: 2,
    });
    assert.deepEqual(summary.losses[1]?.path, 'Encounter.language');
  });

  it('turns payloads into FHIR, told by the name of their file', async () => {
    const { out, summary } = await run({
      'encounters.ndjson': [encounterPayload],
      'labs-2024.ndjson': [{ id: 'l1', ...labPayload }],
      'tasks_old.json': [taskPayload],
    });
    assert.deepEqual(objects(out, 'Encounter.ndjson')[0]?.resourceType, 'Encounter');
    assert.deepEqual(objects(out, 'DiagnosticReport.ndjson')[0]?.id, 'l1');
    assert.deepEqual(objects(out, 'Task.ndjson')[0]?.intent, 'order');
    assert.deepEqual(summary.records.converted, { total: 3, byType: { DiagnosticReport: 1, Encounter: 1, Task: 1 } });
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
    assert.deepEqual(objects(back.out, 'labs.ndjson'), [labPayload]);
    assert.deepEqual(objects(back.out, 'tasks.ndjson'), [taskPayload]);
    assert.deepEqual(objects(back.out, 'encounters.ndjson'), [encounterPayload]);
    for (const file of ['labs.ndjson', 'tasks.ndjson', 'encounters.ndjson'])
      assert.equal(readFileSync(join(third.out, file), 'utf8'), readFileSync(join(back.out, file), 'utf8'));
  });

  it('rejects a payload whose file does not say of what, and one with an unknown field', async () => {
    const { out, summary } = await run({
      'export.ndjson': [labPayload],
      'labsheet.ndjson': [labPayload],
      'labs.ndjson': [{ ...labPayload, x: 1 }],
    });
    assert.deepEqual(reasons(out), [['record-unknown'], ['payload-unknown-field'], ['record-unknown']]);
    assert.deepEqual(
      summary.rejects.map(({ id, records }) => [id, records]),
      [
        ['record-unknown', 2],
        ['payload-unknown-field', 1],
      ],
    );
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
    assert.deepEqual(objects(out, 'encounters.ndjson'), [
      {
        ...encounterPayload,
        patientId: '0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
        diagnosis: [{ condition: 'Essential hypertension' }],
      },
    ]);
    assert.deepEqual(sourceOf(objects(out, 'losses.ndjson')[0]), {
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
    assert.deepEqual(objects(same.out, 'encounters.ndjson')[0]?.diagnosis, [{ condition: 'Essential hypertension' }]);
    assert.equal(objects(other.out, 'encounters.ndjson')[0]?.diagnosis, undefined);
  });

  it('reads Bundles in Bundles and Bundles in lines', async () => {
    const nested = bundle([{ resource: bundle([{ resource: patient }, { resource: encounter }]) }]);
    const { out, summary } = await run({ 'a.ndjson': [nested, encounter], 'b.json': nested });
    assert.equal(objects(out, 'encounters.ndjson').length, 3);
    assert.deepEqual(objects(out, 'losses.ndjson').map(sourceOf), [
      { line: 1, entry: '0.1', resourceType: 'Encounter', id: 'e1' },
      { line: 2, resourceType: 'Encounter', id: 'e1' },
      { line: 1, entry: '0.1', resourceType: 'Encounter', id: 'e1' },
    ]);
    assert.deepEqual(summary.records.in, { total: 5, byType: { Encounter: 3, Patient: 2 } });
  });

  it('rejects a line that is not JSON by its number, and goes on', async () => {
    const line = JSON.stringify(encounter);
    const { out, summary } = await run({ 'Encounter.ndjson': `\ufeff${line}\r\n{"id": oops}\r\n\r\n${line}` });
    assert.equal(objects(out, 'encounters.ndjson').length, 2);
    assert.deepEqual(objects(out, 'rejects.ndjson').map(sourceOf), [{ line: 2 }]);
    assert.deepEqual(summary.records.rejected, { total: 1, byType: { '(unknown type)': 1 } });
  });

  it('passes over other types of R4, and counts and lists them', async () => {
    const { out, summary } = await run({ 'all.ndjson': [patient, patient, condition, encounter] });
    assert.deepEqual(summary.records.passedOver, {
      total: 3,
      byType: { Patient: 2, Condition: 1 },
      byReason: { 'other-type': 3 },
    });
    assert.equal(objects(out, 'encounters.ndjson').length, 1);
    assert.deepEqual(objects(out, 'rejects.ndjson'), []);
    assert.deepEqual(
      objects(out, 'sources.ndjson').map(({ passedOver }) => passedOver),
      ['other-type', 'other-type', 'other-type', undefined],
    );
  });

  it('rejects types that R4 does not have, without showing them', async () => {
    const names = ['Jane Doe', 'encounters', 'Encountr', 5, null, ['Encounter'], '__proto__', 'constructor'];
    const { out, summary } = await run({ 'all.ndjson': names.map((resourceType) => ({ resourceType })) });
    assert.deepEqual(summary.records.rejected, { total: 8, byType: { '(unknown type)': 8 } });
    assert.deepEqual(reasons(out).flat(), [
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
        { ...encounter, status: 'entered-in-error' },
        bundle([{ resource: patient }, {}]),
      ],
      'labs.ndjson': `${JSON.stringify(labPayload)}\nnonsense\n[{},${JSON.stringify(labPayload)}]\n`,
      'empty.json': '',
    });
    const { in: all, ...parts } = summary.records;
    assert.equal(all.total, 9);
    for (const [type, count] of Object.entries(all.byType))
      assert.equal(
        count,
        Object.values(parts).reduce((sum, { byType }) => sum + (byType[type] ?? 0), 0),
        type,
      );
    assert.equal(all.total, parts.converted.total + parts.rejected.total + parts.passedOver.total);
    assert.equal(
      all.total,
      summary.files.read.reduce((sum, { records }) => sum + records, 0),
    );
    assert.deepEqual([parts.converted.total, parts.rejected.total, parts.passedOver.total], [3, 3, 3]);
  });

  it('writes files for their owner alone, none without lines, and lists them', async () => {
    const { out, summary } = await run({
      'Patient.ndjson': [patient],
      'encounters.ndjson': [encounterPayload],
      'a.txt': '',
    });
    assert.deepEqual(readdirSync(out).sort(), ['Encounter.ndjson', 'sources.ndjson', 'summary.json']);
    for (const file of readdirSync(out)) assert.equal(modeOf(join(out, file)), 0o600);
    assert.deepEqual(summary.files.written, [
      { file: 'Encounter.ndjson', lines: 1 },
      { file: 'sources.ndjson', lines: 2 },
    ]);
    assert.deepEqual(
      summary.files.read.map(({ records }) => records),
      [1, 1],
    );
    assert.equal(summary.files.skipped, 1);
    assert.deepEqual(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')), summary);
  });

  it('leaves nothing behind where the run is ended before its time', async () => {
    const folder = fill(temporaryFolder(), { 'Encounter.ndjson': [encounter] });
    const out = join(folder, 'out');
    const reason = new Error('enough');
    const options = { inputs: [folder], out, signal: AbortSignal.abort(reason) };
    await assert.rejects(convert(options), reason);
    assert.deepEqual(readdirSync(out), []);
  });

  it('hands the options of a conversion on', async () => {
    const partial = { ...encounter, period: { start: '2025-01' } };
    const kept = await run({ 'Encounter.ndjson': [partial] }, { partialDates: 'keep' });
    assert.deepEqual(objects(kept.out, 'encounters.ndjson')[0]?.period, { start: '2025-01' });
    const refused = await run({ 'Encounter.ndjson': [partial] }, { partialDates: 'refuse' });
    assert.equal(refused.summary.records.rejected.total, 1);
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
