import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { encounters, idMap } from '../../../src/index.js';
import { targetEssence } from '../../../src/resources/targets/essence.js';
import { ensure } from '../../support/ensure.js';
import { EXAMPLES, example } from '../../support/examples.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { lossesIn } from '../../support/losses.js';
import { bundle, condition, encounter, patient } from '../../support/samples.js';

const STAFF = 'http://ehr.example.org/staff';
const identifier = [{ system: STAFF, value: 'S-1' }];
const practitioner = { resourceType: 'Practitioner', id: 'prac-1', identifier };
const diagnosed = (reference: string) => ({ ...encounter, diagnosis: [{ condition: { reference } }] });
const seenBy = (individual: object) => ({ ...encounter, participant: [{ individual }] });
const searching = (text: string) => seenBy({ reference: text });
const search = `Practitioner?identifier=${STAFF}|S-1`;

async function run(files: { readonly [path: string]: unknown }, options: Partial<ConvertRun> = {}) {
  const folder = fill(temporaryFolder(), files);
  const out = join(temporaryFolder(), 'out');
  const summary = await convert({ ...options, inputs: [folder], out });
  const payloads = objects(out, 'encounters.ndjson');
  return { out, summary, payloads, first: payloads[0], losses: lossesIn(out) };
}
const diagnosisOf = async (files: { readonly [path: string]: unknown }, options?: Partial<ConvertRun>) =>
  (await run(files, options)).first?.diagnosis;
const practitionerOf = async (files: { readonly [path: string]: unknown }, options?: Partial<ConvertRun>) =>
  (await run(files, options)).first?.practitionerId;

const found = [{ condition: 'Essential hypertension' }];

describe('the Condition behind a diagnosis', () => {
  it('is found in another file, before or after, gzipped or in a Bundle', async () => {
    const records = [diagnosed('Condition/c1')];
    const line = JSON.stringify(condition);
    for (const other of [
      { 'A.ndjson': [condition] },
      { 'Z.ndjson': [condition] },
      { 'Z.ndjson.gz': gzipSync(line) },
      { 'Z.json': condition },
      { 'Z.json': bundle([{ resource: condition }]) },
      { 'Z.json': bundle([{ fullUrl: 'https://ehr.example.org/fhir/Condition/c1', resource: condition }]) },
    ])
      expect([Object.keys(other).join(), await diagnosisOf({ 'Encounter.ndjson': records, ...other })]).toStrictEqual([
        Object.keys(other).join(),
        found,
      ]);
  });

  it('is found by a version, by its address at home, and by the urn of a Bundle elsewhere', async () => {
    const home = 'https://ehr.example.org/fhir';
    const urn = 'urn:uuid:5F6a2f6c-0c1c-4d8a-9a53-000000000001';
    const other = { 'Condition.ndjson': [condition] };
    const at = (reference: string) => ({ 'Encounter.ndjson': [diagnosed(reference)] });
    expect(await diagnosisOf({ ...at('Condition/c1/_history/3'), ...other })).toStrictEqual(found);
    expect(await diagnosisOf({ ...at(`${home}/Condition/c1`), ...other }, { baseUrl: `${home}/` })).toStrictEqual(
      found,
    );
    // The patient of the encounter is at home, and nobody says that the server of the Condition is.
    expect(await diagnosisOf({ ...at(`${home}/Condition/c1`), ...other })).toBeUndefined();
    expect(await diagnosisOf({ ...at('https://else.org/Condition/c1'), ...other }, { baseUrl: home })).toBeUndefined();
    const posted = { 'b.json': bundle([{ fullUrl: urn.toLowerCase(), resource: condition }]) };
    expect(await diagnosisOf({ ...at(urn), ...posted })).toStrictEqual(found);
  });

  it('is not one of several servers, as long as nobody says which one is home', async () => {
    const at = (server: string, text: string) => ({
      fullUrl: `https://${server}/Condition/c1`,
      resource: { ...condition, code: { text } },
    });
    const files = {
      'Encounter.ndjson': [diagnosed('Condition/c1')],
      'a.json': bundle([at('a.org', 'one')]),
      'b.json': bundle([at('b.org', 'other')]),
    };
    expect(await diagnosisOf(files)).toBeUndefined();
    expect(await diagnosisOf(files, { baseUrl: 'https://b.org' })).toStrictEqual([{ condition: 'other' }]);
  });

  it('is not one of another patient, nor one that has a key twice', async () => {
    const records = { 'Encounter.ndjson': [diagnosed('Condition/c1')] };
    const theirs = { ...condition, subject: { reference: 'Patient/p2' } };
    expect(await diagnosisOf({ ...records, 'Condition.ndjson': [theirs] })).toBeUndefined();
    const twice = JSON.stringify(condition).replace('{', '{"code":{"text":"Refuted"},');
    expect(await diagnosisOf({ ...records, 'Condition.ndjson': twice })).toBeUndefined();
  });

  it('is the newest version, and none where they differ and do not tell which that is', async () => {
    const version = (text: string, lastUpdated?: string) => ({
      ...condition,
      code: { text },
      ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }),
    });
    const old = version('old', '2026-01-01T00:00:00Z');
    const later = version('later', '2026-01-02T00:00:00+01:00');
    const refuted = { ...later, verificationStatus: { coding: [{ code: 'entered-in-error' }] } };
    const fullUrl = 'https://ehr.org/Condition/c1';
    const history = bundle(
      [later, old].map((resource) => ({ fullUrl, resource })),
      'history',
    );
    const words = async (...all: object[]) => {
      const given: unknown = await diagnosisOf({ 'Encounter.ndjson': [diagnosed('Condition/c1')], 'a.ndjson': all });
      return Array.isArray(given) ? given.map(({ condition: text }) => text) : given;
    };
    expect(await words(old, later)).toStrictEqual(['later']);
    expect(await words(later, old)).toStrictEqual(['later']);
    expect(await words(history)).toStrictEqual(['later']);
    expect(await words(old, { ...old, meta: { lastUpdated: later.meta?.lastUpdated } })).toStrictEqual(['old']);
    expect(await words(old, refuted)).toBeUndefined();
    expect(await words(old, version('other'))).toBeUndefined();
    const absolute = { 'Encounter.ndjson': [diagnosed(fullUrl)], 'b.json': history };
    expect(await diagnosisOf(absolute, { baseUrl: 'https://ehr.org' })).toStrictEqual([{ condition: 'later' }]);
  });

  it('is a loss where it is not in the set', async () => {
    const { losses, first } = await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')] });
    expect(first?.diagnosis).toBeUndefined();
    expect(JSON.stringify(losses)).toContain('"Encounter.diagnosis"');
  });

  it('reads the same in the index as it does whole', () => {
    let said = 0;
    for (const file of EXAMPLES.filter((name) => name.startsWith('Condition-'))) {
      const resource = example(file);
      const read = (given: object) =>
        encounters.safeFromFhir(
          { ...diagnosed('Condition/x'), subject: resource.subject },
          { resolve: () => given as Resource },
        );
      const whole = read(resource);
      expect(read(targetEssence(resource, 'Condition'))).toStrictEqual(whole);
      if (whole.ok && whole.payload.diagnosis !== undefined) said += 1;
    }
    ensure(said > 5, `${said} of HL7's Conditions say something`);
  });
});

describe('a record that is known by its identifier', () => {
  it('is found by a conditional reference in any spelling, and by a logical one', async () => {
    const staff = { 'Practitioner.ndjson': [practitioner] };
    const value = { identifier: identifier[0] };
    for (const record of [
      searching(search),
      searching(`Practitioner?identifier=${encodeURIComponent(`${STAFF}|S-1`)}`),
      searching(`Practitioner?identifier=${STAFF}%7CS-1`),
      seenBy({ type: 'Practitioner', ...value }),
      seenBy(value),
      seenBy({ reference: 'Practitioner?name=x', ...value }),
    ])
      expect([JSON.stringify(record), await practitionerOf({ 'Encounter.ndjson': [record], ...staff })]).toStrictEqual([
        JSON.stringify(record),
        'prac-1',
      ]);
  });

  it('is not found by another system, another type, or a search for more', async () => {
    const staff = {
      'Practitioner.ndjson': [practitioner],
      'Organization.ndjson': [{ ...practitioner, resourceType: 'Organization' }],
    };
    for (const record of [
      searching('Practitioner?identifier=http://else.org|S-1'),
      searching('Practitioner?identifier=S-1'),
      searching('Practitioner?identifier=|S-1'),
      searching(`${search},${STAFF}|S-2`),
      searching(`${search}&active=true`),
      searching(search.replace('Practitioner', 'Organization')),
      seenBy({ type: 'Organization', identifier: identifier[0] }),
    ]) {
      const { first, losses } = await run({ 'Encounter.ndjson': [record], ...staff });
      expect([JSON.stringify(record), first?.practitionerId]).toStrictEqual([JSON.stringify(record), undefined]);
      expect(JSON.stringify(losses)).toMatch(/"Encounter\.participant/);
    }
  });

  it('has the id that its identifier of ClinikAPI’s says, before what a map says of any other of its names', async () => {
    const known = {
      ...practitioner,
      identifier: [...identifier, { system: 'https://api.clinikapi.com/v1/practitioners', value: 'prac_7' }],
    };
    const files = (reference: string) => ({
      'Encounter.ndjson': [searching(reference)],
      'Practitioner.ndjson': [known],
    });
    const urn = 'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-000000000001';
    const posted = { 'Encounter.ndjson': [searching(urn)], 'b.json': bundle([{ fullUrl: urn, resource: known }]) };
    const map = idMap([
      { reference: 'Practitioner/prac-1', id: '5' },
      { reference: search, id: '6' },
      { reference: 'Patient/p1', id: 'p' },
    ]);
    const knowsIdentifiers = (type: string) => type === 'Practitioner';
    for (const options of [{}, { ...map, knowsIdentifiers }])
      expect(await practitionerOf(posted, options)).toBe('prac_7');
    expect(await practitionerOf(files(search))).toBe('prac_7');
    // A row for the very reference is what is meant, and needs no reading of the set.
    const mapped = await run(files(search), { ...map, knowsIdentifiers });
    expect([mapped.first?.practitionerId, mapped.summary.index]).toStrictEqual(['6', undefined]);
    // What tells type and id is taken at its word.
    const { first, summary } = await run(files('Practitioner/prac-1'));
    expect([first?.practitionerId, summary.index]).toStrictEqual(['prac-1', undefined]);
    expect(await practitionerOf(files('Practitioner/prac-1'), { ...map, knowsIdentifiers })).toBe('5');
  });

  it('is none where two have the identifier; the same record twice is one', async () => {
    const records = { 'Encounter.ndjson': [searching(search)] };
    const staff = (...all: object[]) => ({ ...records, 'Practitioner.ndjson': all });
    expect(await practitionerOf(staff(practitioner, { ...practitioner, id: 'prac-2' }))).toBeUndefined();
    expect(await practitionerOf(staff(practitioner, practitioner))).toBe('prac-1');
    const nobody = { resourceType: 'Practitioner', identifier };
    expect(await practitionerOf(staff(nobody, practitioner))).toBeUndefined();
    expect(await practitionerOf(staff(practitioner, nobody))).toBeUndefined();
  });

  it('is found in its Bundle first', async () => {
    const inside = { ...practitioner, id: 'inside' };
    const files = { 'b.json': bundle([{ resource: searching(search) }, { resource: inside }]) };
    expect(await practitionerOf({ ...files, 'Practitioner.ndjson': [practitioner] })).toBe('inside');
  });
});

describe('the index of a set', () => {
  it('is not made where nothing needs it, and says in the summary what it took', async () => {
    const others = { 'Condition.ndjson': [condition], 'Practitioner.ndjson': [practitioner] };
    const named = {
      ...diagnosed('Condition/c1'),
      diagnosis: [{ condition: { reference: 'Condition/c1', display: 'Flu' } }],
    };
    expect((await run({ 'Encounter.ndjson': [encounter, named], ...others })).summary.index).toBeUndefined();
    const { index } = (await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')], ...others })).summary;
    expect({ ...index, bytes: 0 }).toStrictEqual({ records: 1, bytes: 0, passes: 1 });
    expect(index?.bytes ?? 0).toBeGreaterThan(100);
  });

  it('gives the records before and after the first that needs it what each would get alone', async () => {
    const records = [encounter, searching(search), encounter, diagnosed('Condition/c1'), searching(search)].map(
      (record, index) => ({ ...record, id: `e${index}` }),
    );
    const others = { 'Condition.ndjson': [condition], 'Practitioner.ndjson': [practitioner] };
    const { payloads, summary } = await run({ 'Encounter.ndjson': records, ...others });
    const alone = await Promise.all(
      records.map(async (record) => (await run({ 'Encounter.ndjson': [record], ...others })).first),
    );
    expect(payloads).toStrictEqual(alone);
    expect(summary.index?.passes).toBe(2);
    expect(summary.records.in.total).toBe(7);
  });

  it('ends the run where it would take more than it may', async () => {
    const records = Array.from({ length: 200 }, (_, index) => ({ ...condition, id: `c${index}` }));
    const files = { 'Condition.ndjson': records, 'Encounter.ndjson': [diagnosed('Condition/c1')] };
    await expect(run(files, { indexLimit: 10_000 })).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/--index-limit/) }),
    );
    expect(await diagnosisOf(files, { indexLimit: 100_000 })).toStrictEqual(found);
  });

  it('keeps a record with the one that refused it, where that is elsewhere in the set', async () => {
    const conditions = Array.from({ length: 21 }, (_, index) => ({ ...condition, id: `c${index}` }));
    const diagnosis = conditions.map(({ id }) => ({ condition: { reference: `Condition/${id}` } }));
    const files = { 'Condition.ndjson': conditions, 'Encounter.ndjson': [{ ...encounter, diagnosis }] };
    const { out, summary } = await run(files);
    expect(summary.rejects.map(({ id }) => id)).toStrictEqual(['list-over-limit']);
    const again = await convert({ inputs: [join(out, 'rejected')], out: join(temporaryFolder(), 'again') });
    expect(again.records.rejected.total).toBe(1);
    expect(again.records.skipped.byType).toStrictEqual({ Condition: 21 });
  });
});

describe('a Bundle of another server than home', () => {
  it('has no id of its own here, and what it points at is not taken for known', async () => {
    const home = 'https://a.example/fhir';
    const at = (server: string, resource: { resourceType: string; id: string }) => ({
      fullUrl: `${server}/${resource.resourceType}/${resource.id}`,
      resource,
    });
    const elsewhere = { ...encounter, id: 'e2' };
    const files = { 'b.json': bundle([at(home, encounter), at('https://b.example/fhir', elsewhere)]) };
    const { payloads, out, summary } = await run(files, { baseUrl: home });
    expect(payloads.map(({ patientId }) => patientId)).toStrictEqual(['p1']);
    expect(summary.rejects.map(({ id }) => id)).toStrictEqual(['required-missing']);
    const [source] = objects(out, 'sources.ndjson');
    expect([source?.outside, source?.known]).toStrictEqual([['Encounter.subject'], undefined]);
    expect(summary.references.mapped).toBe(0);
  });
});

describe('the index of a set', () => {
  const named = (resourceType: string, value: string) => ({
    resourceType,
    id: `x-${value}`,
    identifier: [{ system: STAFF, value }],
  });
  const asking = (id: string, individual: object) => ({ ...encounter, id, participant: [{ individual }] });

  it('reads the files twice at most, whatever the records ask for and however late', async () => {
    const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0';
    const asked = [
      { ...diagnosed('Condition/c1'), id: 'a' },
      asking('b', { reference: `Practitioner?identifier=${STAFF}|1` }),
      { ...encounter, id: 'c', subject: { reference: `Patient?identifier=${STAFF}|2` } },
      { ...encounter, id: 'd', subject: { type: 'Patient', identifier: { system: STAFF, value: '2' } } },
      asking('e', { identifier: { system: STAFF, value: '1' } }),
      { ...encounter, id: 'f', serviceProvider: { reference: `Organization?identifier=${STAFF}|3` } },
      asking('g', { reference: urn }),
      { ...encounter, id: 'h', partOf: { reference: `Encounter?identifier=${STAFF}|4` } },
    ];
    const files = {
      ...Object.fromEntries(asked.map((record, index) => [`a${index}.ndjson`, [record]])),
      'b.ndjson': [condition, named('Practitioner', '1'), named('Patient', '2'), named('Organization', '3')],
      'c.json': bundle([{ fullUrl: urn, resource: named('Practitioner', '9') }]),
      'd.ndjson': [{ ...encounter, ...named('Encounter', '4') }],
    };
    const { summary, payloads } = await run(files);
    expect(summary.index?.passes).toBe(2);
    const of = (key: string) => payloads.flatMap((payload) => payload[key] ?? []);
    expect(of('practitionerId')).toStrictEqual(['x-1', 'x-1', 'x-9']);
    expect(of('patientId').filter((id) => id === 'x-2')).toHaveLength(2);
    expect(of('diagnosis')).toStrictEqual([{ condition: 'Essential hypertension' }]);
  });

  it('is read once where no record asks for more', async () => {
    const files = { 'a.ndjson': [diagnosed('Condition/c1')], 'b.ndjson': [condition, patient] };
    expect((await run(files)).summary.index?.passes).toBe(1);
  });
});

describe('a row that an id map lacks', () => {
  const map = idMap([{ reference: 'Practitioner/prac-1', id: '5' }]);
  const issues = async (record: object, options: Partial<ConvertRun> = map) => {
    const { out } = await run({ 'a.ndjson': [record] }, options);
    return objects(out, 'rejects.ndjson').flatMap((line) =>
      JSON.stringify(line.outcome).match(/"code":"(?:reference-unmapped|required-missing)"/g),
    );
  };

  it('is why a required field has nothing, not the resource', async () => {
    for (const subject of [
      { reference: 'Patient/p1' },
      { reference: 'https://ehr.example.org/Patient/p1' },
      { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
      { reference: 'Patient?identifier=a|b' },
      { type: 'Patient', identifier: { system: 'a', value: 'b' } },
    ])
      expect(await issues({ ...encounter, subject })).toStrictEqual(['"code":"reference-unmapped"']);
    const document = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'Note' },
      title: 'Note',
      date: '2025-01-01',
      subject: { reference: 'Patient/p1' },
      section: [
        { title: 'Note', text: { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } },
      ],
      author: [{ reference: 'Organization/o1' }, { reference: 'Practitioner/prac-2' }],
    };
    expect(await issues(document)).toStrictEqual(['"code":"reference-unmapped"', '"code":"reference-unmapped"']);
  });

  it('is not where the resource has nothing, or somebody of another type', async () => {
    const { subject: _, ...nobody } = encounter;
    for (const record of [
      nobody,
      { ...encounter, subject: { display: 'Somebody' } },
      { ...encounter, subject: { reference: 'Group/g1' } },
    ])
      expect(await issues(record)).toStrictEqual(['"code":"required-missing"']);
    const away = bundle([{ fullUrl: 'https://elsewhere.example/Encounter/e1', resource: encounter }]);
    expect(await issues(away, { baseUrl: 'https://ehr.example.org' })).toStrictEqual(['"code":"required-missing"']);
  });
});
