import { describe, expect, it } from '@jest/globals';
import { bundleToPayloads } from '../../src/index.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { objects } from '../support/folder.js';
import { bundle } from '../support/samples.js';
import { booking, rejections } from './runs.js';

const URN = 'urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002';
const pdf = { contentType: 'application/pdf' };
const binary = { resourceType: 'Binary', id: '77', ...pdf, data: 'QUJD' };
const report = (url: string) => ({
  resourceType: 'DiagnosticReport',
  id: 'd1',
  status: 'final',
  code: { text: 'CBC' },
  subject: { type: 'Patient', identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' } },
  presentedForm: [{ ...pdf, url }],
});

/** The attachment of the one lab of a run. */
async function attachmentOf(...given: Parameters<typeof booking>): Promise<unknown> {
  const { out } = await booking(...given);
  return formOf(objects(out, 'labs.ndjson')[0]);
}

const formOf = (lab: unknown): unknown =>
  isObject(lab) && Array.isArray(lab.presentedForm) ? lab.presentedForm[0] : undefined;

describe('the attachment of a record in a set', () => {
  it('has the data of a Binary of its Bundle', async () => {
    const { id: _, ...nameless } = binary;
    const entries = [
      { fullUrl: 'urn:uuid:0', resource: report(URN) },
      { fullUrl: URN, resource: nameless },
    ];
    expect(await attachmentOf({ 'a.json': bundle(entries) })).toStrictEqual({ ...pdf, data: 'QUJD' });
  });

  it('has the data of a Binary in another file, before it or after it', async () => {
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ])
      expect(
        await attachmentOf({ [`${one}.ndjson`]: [report('Binary/77')], [`${other}.ndjson`]: [binary] }),
      ).toStrictEqual({ ...pdf, data: 'QUJD' });
    const entries = [{ fullUrl: URN, resource: binary }];
    expect(await attachmentOf({ 'a.ndjson': [report(URN)], 'b.json': bundle(entries) })).toStrictEqual({
      ...pdf,
      data: 'QUJD',
    });
  });

  it('has nothing of a Binary that is restricted, over the limit, or one of two', async () => {
    const restricted = { ...binary, meta: { security: [{ code: 'R' }] } };
    const long = { ...binary, data: 'AAAA'.repeat(250_001) };
    for (const found of [[restricted], [long], [binary, { ...binary, data: 'QUJE' }]])
      expect(await attachmentOf({ 'a.ndjson': [report('Binary/77')], 'b.ndjson': found })).toBeUndefined();
  });

  it('is without the data where these leave no room in the index, and the run goes on', async () => {
    const files = { 'a.ndjson': [report('Binary/77')], 'b.ndjson': [{ ...binary, data: 'AAAA'.repeat(100_000) }] };
    expect(await attachmentOf(files)).toHaveProperty('data');
    expect(await attachmentOf(files, { indexLimit: 500_000 })).toBeUndefined();
  });

  it('is below home where nobody has the Binary, and is a loss where home is not named', async () => {
    const files = { 'a.ndjson': [report('Binary/77')] };
    expect(await attachmentOf(files)).toBeUndefined();
    expect(await attachmentOf(files, { baseUrl: 'https://ehr.example/fhir' })).toStrictEqual({
      ...pdf,
      url: 'https://ehr.example/fhir/Binary/77',
    });
  });

  it('refuses the record in a strict run that would lose the address', async () => {
    const { out } = await booking({ 'a.ndjson': [report('#gone')] }, { strict: true });
    expect(objects(out, 'labs.ndjson')).toStrictEqual([]);
    expect(JSON.stringify(objects(out, 'rejects.ndjson'))).toContain('DiagnosticReport.presentedForm');
  });
});

describe('the attachment of a record in a Bundle of a server', () => {
  const at = (base: string, more: readonly object[] = []) =>
    bundle([{ fullUrl: `${base}/DiagnosticReport/d1`, resource: report('Binary/77') }, ...more]);
  const elsewhere = 'https://elsewhere.example/r4';
  const below = { ...pdf, url: `${elsewhere}/Binary/77` };

  it.each([
    ['no home', {}],
    ['that home', { baseUrl: elsewhere }],
    ['another home', { baseUrl: 'https://ehr.example/fhir' }],
  ])('is below that server and no other, under %s', async (_, options) => {
    const resourceBundle = at(elsewhere);
    const { payloads } = bundleToPayloads(resourceBundle as never, options);
    expect(formOf(payloads.labs[0])).toStrictEqual(below);
    // A Binary 77 of home is somebody else's.
    const files = { 'a.json': resourceBundle, 'b.ndjson': [binary] };
    const found = await attachmentOf(files, options);
    expect(found).toStrictEqual(
      'baseUrl' in options && options.baseUrl !== elsewhere ? below : { ...pdf, data: 'QUJD' },
    );
  });

  it('has the data of the Binary that the Bundle has from there', () => {
    const resourceBundle = at(elsewhere, [{ fullUrl: `${elsewhere}/Binary/77`, resource: binary }]);
    const { payloads } = bundleToPayloads(resourceBundle as never);
    expect(formOf(payloads.labs[0])).toStrictEqual({ ...pdf, data: 'QUJD' });
  });
});

describe('a response of ClinikAPI in a file', () => {
  const flat = { id: 'enc_1', status: 'finished', class: 'AMB', patientId: 'pt_1' };
  const meta = { requestId: 'r', timestamp: '2025-01-15T09:15:00.000Z', status: 200 };

  it('may have null where a flat record has nothing', async () => {
    const data = { ...flat, practitionerId: null, period: { start: null, end: '2025-01-15T09:15:00Z' } };
    const { out } = await booking({ 'encounters.json': { data, meta } });
    expect(objects(out, 'Encounter.ndjson').map(({ period }) => period)).toStrictEqual([
      { end: '2025-01-15T09:15:00Z' },
    ]);
    const alone = await booking({ 'encounters.ndjson': [data] });
    expect(rejections(alone.out)).toStrictEqual(['1 payload-type rejected/encounters.ndjson']);
  });

  it('lists a flat record that was entered in error among the retractions', async () => {
    const data = { ...flat, status: 'entered-in-error' };
    for (const files of [{ 'encounters.json': { data, meta } }, { 'encounters.ndjson': [data] }]) {
      const { out } = await booking(files);
      expect(objects(out, 'retractions.ndjson')).toMatchObject([
        { source: { resourceType: 'Encounter', id: 'enc_1' } },
      ]);
      expect(JSON.stringify(objects(out, 'rejects.ndjson'))).toContain('status-entered-in-error');
    }
  });

  it('may be what the SDK gives for a patient with include', async () => {
    const encounter: JsonObject = {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/pt_1' },
    };
    const lab = { id: 'lab_1', status: 'final', code: 'CBC', patientId: 'pt_1' };
    const read = { patient: { resourceType: 'Patient', id: 'pt_1' }, encounters: [encounter], labs: [lab], notes: [] };
    for (const json of [read, { data: read, meta }]) {
      const { out } = await booking({ 'a.json': json });
      expect(objects(out, 'encounters.ndjson')).toStrictEqual([
        { status: 'finished', class: 'AMB', patientId: 'pt_1' },
      ]);
      expect(objects(out, 'DiagnosticReport.ndjson')).toMatchObject([{ status: 'final', code: { text: 'CBC' } }]);
      expect(objects(out, 'sources.ndjson').map(({ source }) => isObject(source) && source.entry)).toStrictEqual([
        undefined,
        '0.0',
        '1.0',
      ]);
    }
  });
});
