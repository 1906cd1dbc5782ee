import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { assessments, bundleToPayloads, encounters } from '../../../src/index.js';
import { targetEssence } from '../../../src/resources/targets/essence.js';
import { ensure } from '../../support/ensure.js';
import { EXAMPLES, example } from '../../support/examples.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, condition, encounter } from '../../support/samples.js';

const subject = encounter.subject;
const refuted = { ...condition, verificationStatus: { coding: [{ code: 'refuted' }] } };
const provisional = { ...condition, verificationStatus: { coding: [{ code: 'provisional' }] } };
const notDone = { resourceType: 'Procedure', id: 'p1', subject, status: 'not-done', code: { text: 'Scan' } };
const cancelled = { resourceType: 'Observation', id: 'o1', subject, status: 'cancelled', code: { text: 'Glucose' } };
const final = { ...cancelled, status: 'final' };

const diagnosed = (reference: string, display = 'As it is called') => ({
  ...encounter,
  diagnosis: [{ condition: { reference, display } }],
});
const because = (reference: string, display = 'As it is called') => ({
  ...encounter,
  reasonReference: [{ reference, display }],
});

async function run(files: { readonly [path: string]: unknown }, options: Partial<ConvertRun> = {}) {
  const out = join(temporaryFolder(), 'out');
  const summary = await convert({ ...options, inputs: [fill(temporaryFolder(), files)], out });
  return { first: objects(out, 'encounters.ndjson')[0], summary };
}

/** What a set, and a Bundle with and without an id map, make of a record and its target. */
async function everywhere(record: object, target: object & { resourceType: string; id: string }) {
  const inSet = await run({ 'Encounter.ndjson': [record], 'Targets.ndjson': [target] });
  const inFile = await run({ 'b.json': bundle([{ resource: record }, { resource: target }]) });
  const url = (of: { resourceType: string; id: string }) => `https://ehr.example/fhir/${of.resourceType}/${of.id}`;
  const placed = bundle([
    { fullUrl: url(encounter), resource: record },
    { fullUrl: url(target), resource: target },
  ]);
  const read = (options: object) => bundleToPayloads(placed as never, options).payloads.encounters[0];
  return [
    inSet.first,
    inFile.first,
    read({}),
    read({ baseUrl: 'https://ehr.example/fhir' }),
    read({ resolveId: (text: string) => `new_${text.slice(text.lastIndexOf('/') + 1)}` }),
    read({ resolveId: (text: string) => (text.endsWith('Patient/p1') ? 'pt_1' : undefined) }),
  ];
}

describe('what a diagnosis or a reason refers to', () => {
  it.each([
    ['a refuted Condition', diagnosed('Condition/c1'), refuted],
    ['a Procedure that was not done', diagnosed('Procedure/p1'), notDone],
    ['a refuted Condition', because('Condition/c1'), refuted],
    ['an Observation that was cancelled', because('Observation/o1'), cancelled],
  ])('is not read in a set and in Bundles where it is %s, whatever it is called', async (_, record, target) => {
    const payloads = await everywhere(record, target);
    for (const payload of payloads)
      expect([payload?.patientId !== undefined, payload?.diagnosis, payload?.reasonCode]).toStrictEqual([
        true,
        undefined,
        undefined,
      ]);
  });

  it.each([
    ['diagnosis', diagnosed('Condition/c1'), provisional, 'Provisional: As it is called'],
    ['diagnosis', diagnosed('Condition/c1'), condition, 'As it is called'],
    ['reason', because('Condition/c1'), provisional, 'Provisional: As it is called'],
    ['reason', because('Observation/o1'), final, 'As it is called'],
  ])('is read in a set and in Bundles, as a %s, with its doubt', async (_, record, target, words) => {
    for (const payload of await everywhere(record, target))
      expect(payload?.reasonCode ?? payload?.diagnosis).toStrictEqual(
        'reasonReference' in record ? words : [{ condition: words }],
      );
  });

  it('is found by its identifier', async () => {
    const identifier = { system: 'urn:ids', value: '7' };
    const known = { ...refuted, identifier: [identifier] };
    for (const type of [{}, { type: 'Condition' }]) {
      const record = { ...encounter, diagnosis: [{ condition: { ...type, identifier, display: 'As it is called' } }] };
      for (const payload of await everywhere(record, known)) expect(payload?.diagnosis).toBeUndefined();
    }
  });

  const called = { ...condition, code: { text: 'Angina' } };
  it.each([
    ['one of them refuted', [called, refuted], undefined],
    ['one of them refuted, in another order', [refuted, called], undefined],
    ['two of them refuted', [refuted, called, { ...refuted, code: { text: 'Angina' } }], undefined],
    ['none of them denied', [called, condition], [{ condition: 'As it is called' }]],
  ])('has versions that nobody can order: %s', async (_, versions, diagnosis) => {
    const files = Object.fromEntries(versions.map((version, index) => [`Condition.${index}.ndjson`, [version]]));
    const { first } = await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')], ...files });
    expect(first?.diagnosis).toStrictEqual(diagnosis);
  });

  it('is looked for in one more reading of the files', async () => {
    const { summary } = await run({
      'Encounter.ndjson': [diagnosed('Condition/c1'), { ...because('Procedure/p1'), id: 'e2' }],
      'Others.ndjson': [condition, { ...notDone, status: 'completed' }],
    });
    expect(summary.index?.passes).toBe(2);
    const { summary: one } = await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')], 'C.ndjson': [condition] });
    expect({ ...one.index, bytes: 0 }).toStrictEqual({ records: 1, bytes: 0, passes: 1 });
  });

  it('is no Observation that only the results of a report refer to: there are too many of them', async () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      status: 'final',
      code: { text: 'x' },
      subject,
      result: [{ reference: 'Observation/o1' }, { reference: 'https://ehr.example/fhir/Observation/o1' }],
    };
    const files = { 'R.ndjson': [report], 'Observation.ndjson': [final], 'C.ndjson': [condition] };
    const { summary } = await run({ ...files, 'Encounter.ndjson': [diagnosed('Condition/c1')] });
    expect(summary.index?.records).toBe(1);
    const { summary: named } = await run({ ...files, 'Encounter.ndjson': [because('Observation/o1')] });
    expect(named.index?.records).toBe(1);
  });

  it('reads the same in the index as it does whole', () => {
    const said = new Map<string, number>();
    for (const file of EXAMPLES) {
      const [type = ''] = file.split('-');
      if (!['Condition', 'Procedure', 'Observation', 'Media', 'ImmunizationRecommendation'].includes(type)) continue;
      const target: { readonly [key: string]: unknown } = { ...example(file) };
      const reference = { reference: `${type}/x`, display: 'As it is called' };
      const about = (target.subject ?? target.patient) as Resource;
      const read = (given: object) => [
        encounters.safeFromFhir(
          {
            ...encounter,
            subject: about,
            diagnosis: [{ condition: { reference: `${type}/x` } }],
            reasonReference: [reference],
          },
          { resolve: () => given as Resource },
        ),
        assessments.safeFromFhir(
          {
            resourceType: 'ClinicalImpression',
            status: 'completed',
            summary: 'x',
            subject: about,
            finding: [{ itemReference: reference }],
          },
          { resolve: () => given as Resource },
        ),
      ];
      const whole = read(target);
      expect([file, read(targetEssence(target, type))]).toStrictEqual([file, whole]);
      if (JSON.stringify(whole).includes('As it is called')) said.set(type, (said.get(type) ?? 0) + 1);
    }
    ensure(said.size === 5, `of ${[...said.keys()].join()} alone something is read`);
  });
});
