import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle } from '../../support/samples.js';
import { assertBooked } from '../books.js';
import { rejections } from '../runs.js';

const patient = { resourceType: 'Patient', id: 'p1' };
const observation = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/p1' },
};
const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
};

async function sent(
  files: { readonly [path: string]: unknown },
  options: Partial<ConvertRun> = {},
  rows: readonly string[] = [],
) {
  const folder = fill(temporaryFolder(), files);
  const map =
    rows.length === 0
      ? {}
      : { idMap: join(fill(temporaryFolder(), { 'ids.csv': ['reference,id', ...rows].join('\n') }), 'ids.csv') };
  const run = { rawTypes: ['all'], ...map, ...options, inputs: [folder], out: join(temporaryFolder(), 'out') };
  const summary = await assertBooked(run);
  return { folder, out: run.out, summary, run };
}

const read = (out: string, file: string): string => readFileSync(join(out, file), 'utf8');

/** Of each line of sources and rejects about what is sent: its type, and what is said of its place in the upload. */
const waves = (out: string): unknown[] =>
  [...objects(out, 'sources.ndjson'), ...objects(out, 'rejects.ndjson')].flatMap(
    ({ source, output: _, raw, rejected: __, outcome: ___, skipped, ...said }) =>
      skipped === undefined && 'wave' in said ? [[Object(source).id, Object(raw).file ?? '', said]] : [],
  );

describe('the raw lane', () => {
  it('sends the records of all other types, with their bytes', async () => {
    const line =
      '{"resourceType":"Observation",  "id":"o1","status":"final","subject":{"reference":"Patient\\/p1"},"valueQuantity":{"value":1.50}}';
    const { out, summary } = await sent({
      'a.ndjson': `${line}\r\n${JSON.stringify(patient)}\n${JSON.stringify(encounter)}\n`,
    });
    expect(read(out, 'fhir/Observation.ndjson')).toBe(`${line}\r\n`);
    expect(summary.records.raw).toStrictEqual({ total: 2, byType: { Observation: 1, Patient: 1 } });
    expect(waves(out)).toStrictEqual([
      ['o1', 'fhir/Observation.ndjson', { wave: 1 }],
      ['p1', 'fhir/Patient.ndjson', { wave: 0 }],
      ['e1', '', { wave: 1 }],
    ]);
    expect(summary.waves.map(({ records }) => records.byPath)).toStrictEqual([
      { 'fhir/Patient': 1 },
      { 'fhir/Observation': 1, encounters: 1 },
    ]);
    expect(summary.references.ofSource.total).toBe(0);
  });

  it('sends what is named and nothing else; a type with payloads, too, instead of them', async () => {
    const files = { 'a.ndjson': [patient, observation, encounter] };
    const one = await sent(files, { rawTypes: ['Patient'] });
    expect(one.summary.records.skipped.byType).toStrictEqual({ Observation: 1 });
    expect(one.summary.records.converted.total).toBe(1);
    const both = await sent(files, { rawTypes: ['Encounter'] });
    expect([both.summary.records.raw, existsSync(join(both.out, 'encounters.ndjson'))]).toStrictEqual([
      { total: 1, byType: { Encounter: 1 } },
      false,
    ]);
    const none = await convert({ inputs: [one.folder], out: join(temporaryFolder(), 'out') });
    expect(none.records.raw).toBeUndefined();
  });

  it('takes no word that is no type, no Bundle, and nothing on the way back', async () => {
    for (const options of [
      { rawTypes: ['patient'] },
      { rawTypes: ['Bundle'] },
      { rawTypes: [] },
      { rawTypes: ['all'], to: 'fhir' as const },
    ])
      await expect(convert({ inputs: ['x'], out: join(temporaryFolder(), 'out'), ...options })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError' }),
      );
  });

  it('leaves alone what has no address at a server', async () => {
    const { summary } = await sent({
      'a.ndjson': [{ resourceType: 'Parameters' }, { resourceType: 'OperationOutcome', issue: [] }],
    });
    expect(summary.records.skipped.byReason).toStrictEqual({ 'other-type': 2 });
  });

  it('writes the ids of the map, and lists what it does not know', async () => {
    const other = {
      ...observation,
      id: 'o2',
      subject: { reference: 'https://ehr.example.org/fhir/Patient/p1' },
      encounter: { reference: 'Encounter/e9/_history/2' },
      performer: [
        { reference: 'Practitioner?identifier=http://x|1', display: 'Dr. A' },
        { reference: '#c1' },
        { reference: 'Practitioner/none' },
      ],
      derivedFrom: [{ reference: 'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-000000000001' }],
    };
    const { out, summary } = await sent({ 'a.ndjson': [patient, other] }, { baseUrl: 'https://ehr.example.org/fhir' }, [
      'Patient/p1,pt_1',
      'Encounter/e9,enc_9',
      'Practitioner?identifier=http://x|1,prac_1',
    ]);
    expect(objects(join(out, 'fhir'), 'Observation.ndjson')).toStrictEqual([
      {
        ...other,
        subject: { reference: 'Patient/pt_1' },
        encounter: { reference: 'Encounter/enc_9' },
        performer: [
          { reference: 'Practitioner/prac_1', display: 'Dr. A' },
          { reference: '#c1' },
          { reference: 'Practitioner/none' },
        ],
      },
    ]);
    expect(waves(out)).toStrictEqual([
      ['p1', 'fhir/Patient.ndjson', { wave: 0, known: true }],
      ['o2', 'fhir/Observation.ndjson', { wave: 1, outside: ['Observation.performer', 'Observation.derivedFrom'] }],
    ]);
    const { mapped, outside, ofSource } = summary.references;
    expect([mapped, outside, ofSource]).toStrictEqual([
      3,
      { total: 2, byType: { '(unknown type)': 1, Practitioner: 1 } },
      {
        total: 2,
        records: 2,
        byType: { '(unknown type)': { references: 1, records: 1 }, Practitioner: { references: 1, records: 1 } },
      },
    ]);
  });

  it('under --require-mapped rejects a record with a reference that the map does not know', async () => {
    const inside = {
      ...observation,
      id: 'o2',
      contained: [{ resourceType: 'Specimen', subject: { reference: 'Patient/p2' } }],
    };
    const { out, summary } = await sent({ 'a.ndjson': [patient, observation, inside] }, { unmapped: 'refuse' }, [
      'Patient/p1,pt_1',
    ]);
    expect(summary.records.raw?.total).toBe(2);
    expect(rejections(out)).toStrictEqual(['3 reference-unmapped rejected/Observation.ndjson']);
    expect(summary.rejects[0]?.paths).toStrictEqual([{ path: 'Observation.contained.subject', records: 1 }]);
  });

  it('gives a logical reference that the map knows a text in front, and touches nothing else of it', async () => {
    const known = { type: 'Patient', identifier: { system: 'http://x', value: 'MRN' } };
    const files = { 'a.ndjson': [{ ...observation, subject: known, performer: [{ identifier: known.identifier }] }] };
    const { out } = await sent(files, {}, ['Patient?identifier=http://x|MRN,pt_1']);
    expect(read(out, 'fhir/Observation.ndjson')).toContain(
      '"subject":{"reference":"Patient/pt_1","type":"Patient","identifier":{',
    );
    expect(read(out, 'fhir/Observation.ndjson')).toContain('"performer":[{"identifier":{');
    const without = await sent(files);
    expect(objects(join(without.out, 'fhir'), 'Observation.ndjson')).toStrictEqual(files['a.ndjson']);
  });

  it('resolves in a Bundle what only that resolves, with a map or without', async () => {
    const [who, what] = [
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-000000000001',
      'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-000000000002',
    ];
    const entries = [
      { fullUrl: who, resource: { resourceType: 'Patient' } },
      { fullUrl: what, resource: { ...observation, id: undefined, subject: { reference: who } } },
    ];
    const files = { 'b.json': JSON.stringify(bundle(entries), null, 1) };
    const plain = await sent(files);
    expect(objects(join(plain.out, 'fhir'), 'Observation.ndjson')[0]?.subject).toStrictEqual({
      reference: `Patient/${who.slice(9)}`,
    });
    expect(waves(plain.out)).toStrictEqual([
      [who.slice(9), 'fhir/Patient.ndjson', { wave: 0 }],
      [what.slice(9), 'fhir/Observation.ndjson', { wave: 1 }],
    ]);
    const mapped = await sent(files, {}, [`Patient/${who.slice(9)},pt_1`]);
    expect(objects(join(mapped.out, 'fhir'), 'Observation.ndjson')[0]?.subject).toStrictEqual({
      reference: 'Patient/pt_1',
    });
  });

  it('never makes a reference to another server one of home', async () => {
    const away = 'https://other.example.org/fhir';
    const files = { 'b.json': bundle([{ fullUrl: `${away}/Observation/o1`, resource: observation }]) };
    const baseUrl = 'https://ehr.example.org/fhir';
    for (const rows of [[], ['Patient/p1,pt_1']]) {
      const { out } = await sent(files, { baseUrl }, rows);
      expect(objects(join(out, 'fhir'), 'Observation.ndjson')[0]?.subject).toStrictEqual({
        reference: `${away}/Patient/p1`,
      });
      expect(waves(out)).toStrictEqual([
        ['o1', 'fhir/Observation.ndjson', { wave: 0, outside: ['Observation.subject'] }],
      ]);
    }
  });

  it.each([
    ['Observation', { status: 'entered-in-error' }],
    ['Condition', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
    [
      'AllergyIntolerance',
      { verificationStatus: { coding: [{ system: 'x', code: 'y' }, { code: 'entered-in-error' }] } },
    ],
    ['Goal', { lifecycleStatus: 'entered-in-error' }],
    ['DocumentReference', { status: 'current', docStatus: 'entered-in-error' }],
    ['Condition', { verificationStatus: { text: 'Entered in Error' } }],
    ['Condition', { verificationStatus: { coding: [{ system: 'x', code: '1', display: 'ENTERED_IN_ERROR' }] } }],
    ['Condition', { verificationStatus: [{ coding: { code: 'enteredInError' } }] }],
    ['Observation', { status: 'Entered-in-error' }],
    ['Observation', { status: ['entered-in-error'] }],
    ['Encounter', { ...encounter, status: ' entered-in-error ' }],
    ['MedicinalProductAuthorization', { status: { coding: [{ code: 'entered in error' }] } }],
  ])('retracts a %s that was entered in error, and never sends it', async (resourceType, status) => {
    const { out, summary } = await sent({ 'a.ndjson': [{ resourceType, id: '1', ...status }] }, { raw: true });
    expect(rejections(out)).toStrictEqual([`1 status-entered-in-error rejected/${resourceType}.ndjson`]);
    expect([
      summary.retractions,
      objects(out, 'retractions.ndjson').length,
      existsSync(join(out, 'fhir')),
    ]).toStrictEqual([1, 1, false]);
  });

  it('sends what only has the words elsewhere, or others with them', async () => {
    const files = {
      'a.ndjson': [
        { ...observation, note: [{ text: 'entered-in-error' }] },
        { ...observation, id: 'o2', status: 'not entered in error' },
      ],
    };
    expect((await sent(files)).summary.records.raw?.total).toBe(2);
  });

  it('refuses what it could not send rightly', async () => {
    const label = {
      ...patient,
      id: 'p2',
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    };
    const deep = JSON.parse(`${'{"extension":['.repeat(200)}{"url":"x"}${']}'.repeat(200)}`);
    const files = {
      'a.ndjson': [
        '{"resourceType":"Patient","id":"1","id":"2"}',
        JSON.stringify(label),
        JSON.stringify({ ...patient, ...deep, id: 'p3' }),
      ].join('\n'),
      'b.ndjson': [
        { resourceType: 'Condition', id: 'c', clinicalStatus: 'active', subject: { reference: 'Patient/p1' } },
        { resourceType: 'Nothing' },
      ],
      'c.json': { ...bundle([{ resource: patient }]), implicitRules: 'http://x' },
    };
    const { out } = await sent(files, { raw: true });
    expect(rejections(out)).toStrictEqual([
      '1 json-duplicate-key rejected/Patient.ndjson',
      '2 security-label rejected/Patient.ndjson',
      '3 too-deep rejected/Patient.ndjson',
      '1 fhir-version rejected/Condition.ndjson',
      '2 resource-type-unknown rejected/Unknown.ndjson',
      '1#0 implicit-rules rejected/Patient.ndjson',
    ]);
    const accepting = await sent({ 'a.ndjson': [label] }, { securityLabels: 'accept' });
    expect(accepting.summary.records.raw?.total).toBe(1);
  });

  it.each([
    ['contained', 'contained[0].meta.security[0]', (inside: object) => ({ contained: [inside] })],
    [
      'in what is contained',
      'contained[1].contained[0].meta.security[0]',
      (inside: object) => ({
        contained: [
          { resourceType: 'List', id: 'l' },
          { resourceType: 'List', id: 'm', contained: [inside] },
        ],
      }),
    ],
    ['contained in no list', 'contained.meta.security[0]', (inside: object) => ({ contained: inside })],
  ])('refuses a restricting label of a resource that is %s', async (_, place, holding) => {
    const inside = { resourceType: 'Patient', id: 'z', meta: { security: [{ code: 'V' }] } };
    const files = {
      'a.ndjson': [
        { ...observation, ...holding(inside) },
        { ...encounter, ...holding(inside), status: 'unknown' },
      ],
    };
    const { out, summary } = await sent(files, { raw: true });
    expect(summary.records.raw?.total).toBe(0);
    expect(existsSync(join(out, 'fhir'))).toBe(false);
    expect(rejections(out)[0]).toBe('1 security-label rejected/Observation.ndjson');
    expect(JSON.stringify(objects(out, 'rejects.ndjson')[0])).toContain(`Observation.${place}`);
    const accepting = await sent(files, { raw: true, securityLabels: 'accept' });
    expect(accepting.summary.records.raw?.total).toBe(1);
    expect(existsSync(join(accepting.out, 'fhir/Encounter.ndjson'))).toBe(true);
  });

  it('sends a record that is no valid R4, but for --validate', async () => {
    const files = { 'a.ndjson': [{ ...patient, gender: 'x' }] };
    expect((await sent(files)).summary.records.raw?.total).toBe(1);
    expect(rejections((await sent(files, { validate: true })).out)).toStrictEqual([
      '1 binding-required rejected/Patient.ndjson',
    ]);
  });

  it('sends a refused or lossy record too with raw, but for a label and a reference that has to wait', async () => {
    const label = { security: [{ code: 'R' }] };
    const files = {
      'a.ndjson': [
        { ...encounter, status: 'unknown' },
        { ...encounter, id: 'e2', status: 'unknown', meta: label },
        { ...encounter, id: 'e3', status: 'unknown', subject: { reference: 'Patient/p9' } },
        { ...encounter, id: 'e4', language: 'de', reasonReference: [{ reference: 'Condition/c1' }] },
      ],
    };
    const rows = ['Patient/p1,pt_1', 'Condition/c1,cond_1'];
    const { out } = await sent(files, { raw: true, unmapped: 'refuse' }, rows);
    expect(
      objects(join(out, 'fhir'), 'Encounter.ndjson').map(({ id, subject }) => [id, Object(subject).reference]),
    ).toStrictEqual([
      ['e1', 'Patient/pt_1'],
      ['e4', 'Patient/pt_1'],
    ]);
  });

  it('sends the newest version, and lists deletions', async () => {
    const at = (lastUpdated: string): object => ({ meta: { lastUpdated } });
    const files = {
      'a.ndjson': [
        { ...patient, ...at('2024-01-01T00:00:00Z') },
        { ...patient, ...at('2024-01-02T00:00:00Z'), active: true },
        { ...observation, valueString: 'a' },
        { ...observation, valueString: 'b' },
      ],
      'b.json': bundle([{ request: { method: 'DELETE', url: 'Condition/c1' } }]),
    };
    const { out, summary } = await sent(files);
    expect(objects(join(out, 'fhir'), 'Patient.ndjson')).toMatchObject([{ active: true }]);
    expect(rejections(out)).toStrictEqual([
      '3 version-unclear rejected/Observation.ndjson',
      '4 version-unclear rejected/Observation.ndjson',
    ]);
    expect([summary.records.skipped.byReason, summary.deletions]).toStrictEqual([
      { 'older-version': 1, 'no-resource': 1 },
      1,
    ]);
    expect(objects(out, 'retractions.ndjson')).toMatchObject([
      { source: { resourceType: 'Condition', id: 'c1' }, path: 'conditions' },
    ]);
  });

  it('cuts circles at their least important links, and lists these', async () => {
    const condition = {
      resourceType: 'Condition',
      id: 'c1',
      subject: { reference: 'Patient/p1' },
      encounter: { reference: 'Encounter/e1' },
    };
    const around = { ...encounter, diagnosis: [{ condition: { reference: 'Condition/c1' } }] };
    const { out, summary } = await sent(
      { 'a.ndjson': [patient, condition, around] },
      { rawTypes: ['all', 'Encounter'], splitWaves: true },
    );
    expect(waves(out)).toStrictEqual([
      ['p1', 'wave-0/fhir/Patient.ndjson', { wave: 0 }],
      ['c1', 'wave-2/fhir/Condition.ndjson', { wave: 2 }],
      ['e1', 'wave-1/fhir/Encounter.ndjson', { wave: 1, cut: ['Encounter.diagnosis.condition'] }],
    ]);
    expect(summary.cycles).toStrictEqual({ groups: 1, records: 2, cut: { 'Encounter.diagnosis.condition': 1 } });
  });

  it('stays a line a record beside the bodies of a bulk import, and writes none in a dry run', async () => {
    const files = { 'a.ndjson': [observation, patient, encounter] };
    const { out } = await sent(files, { format: 'bulk-import', raw: true });
    expect(read(out, 'fhir/Observation.ndjson')).toBe(`${JSON.stringify(observation)}\n`);
    expect(existsSync(join(out, 'bulk-import', '0001-wave-1-encounters.json'))).toBe(true);
    const folder = fill(temporaryFolder(), files);
    const dry = join(temporaryFolder(), 'dry');
    await convert({ inputs: [folder], out: dry, rawTypes: ['all'], dryRun: true, splitWaves: true });
    expect([existsSync(join(dry, 'wave-0')), waves(dry)[1]]).toStrictEqual([
      false,
      ['p1', 'wave-0/fhir/Patient.ndjson', { wave: 0 }],
    ]);
  });

  it('replaces what an earlier run sent, and is no input where its folder is read', async () => {
    const { folder, out, run } = await sent({ 'a.ndjson': [patient, observation, encounter] }, { splitWaves: true });
    await convert({ ...run, inputs: [folder], force: true, splitWaves: false });
    expect([existsSync(join(out, 'wave-0')), existsSync(join(out, 'fhir'))]).toStrictEqual([false, true]);
    await convert({ ...run, inputs: [folder], force: true });
    expect([existsSync(join(out, 'wave-0', 'fhir', 'Patient.ndjson')), existsSync(join(out, 'fhir'))]).toStrictEqual([
      true,
      false,
    ]);
    const back = await convert({ inputs: [out], out: join(temporaryFolder(), 'back') });
    expect(back.records.in.byType).toStrictEqual({ Encounter: 1 });
  });
});
