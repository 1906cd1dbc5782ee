import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Resource } from 'fhir/r4.js';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { encounters, idMap } from '../../../src/index.js';
import { conditionEssence } from '../../../src/resources/encounters/condition.js';
import { EXAMPLES, example } from '../../support/examples.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, condition, encounter } from '../../support/samples.js';

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
  return { out, summary, payloads, first: payloads[0], losses: objects(out, 'losses.ndjson') };
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
      assert.deepEqual(await diagnosisOf({ 'Encounter.ndjson': records, ...other }), found, Object.keys(other).join());
  });

  it('is found by a version, by its address at home, and by the urn of a Bundle elsewhere', async () => {
    const home = 'https://ehr.example.org/fhir';
    const urn = 'urn:uuid:5F6a2f6c-0c1c-4d8a-9a53-000000000001';
    const other = { 'Condition.ndjson': [condition] };
    const at = (reference: string) => ({ 'Encounter.ndjson': [diagnosed(reference)] });
    assert.deepEqual(await diagnosisOf({ ...at('Condition/c1/_history/3'), ...other }), found);
    assert.deepEqual(await diagnosisOf({ ...at(`${home}/Condition/c1`), ...other }, { baseUrl: `${home}/` }), found);
    assert.deepEqual(await diagnosisOf({ ...at(`${home}/Condition/c1`), ...other }), found);
    assert.equal(await diagnosisOf({ ...at('https://else.org/Condition/c1'), ...other }, { baseUrl: home }), undefined);
    const posted = { 'b.json': bundle([{ fullUrl: urn.toLowerCase(), resource: condition }]) };
    assert.deepEqual(await diagnosisOf({ ...at(urn), ...posted }), found);
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
    assert.equal(await diagnosisOf(files), undefined);
    assert.deepEqual(await diagnosisOf(files, { baseUrl: 'https://b.org' }), [{ condition: 'other' }]);
  });

  it('is not one of another patient, nor one that has a key twice', async () => {
    const records = { 'Encounter.ndjson': [diagnosed('Condition/c1')] };
    const theirs = { ...condition, subject: { reference: 'Patient/p2' } };
    assert.equal(await diagnosisOf({ ...records, 'Condition.ndjson': [theirs] }), undefined);
    const twice = JSON.stringify(condition).replace('{', '{"code":{"text":"Refuted"},');
    assert.equal(await diagnosisOf({ ...records, 'Condition.ndjson': twice }), undefined);
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
    assert.deepEqual(await words(old, later), ['later']);
    assert.deepEqual(await words(later, old), ['later']);
    assert.deepEqual(await words(history), ['later']);
    assert.deepEqual(await words(old, { ...old, meta: { lastUpdated: later.meta?.lastUpdated } }), ['old']);
    assert.equal(await words(old, refuted), undefined);
    assert.equal(await words(old, version('other')), undefined);
    const absolute = { 'Encounter.ndjson': [diagnosed(fullUrl)], 'b.json': history };
    assert.deepEqual(await diagnosisOf(absolute), [{ condition: 'later' }]);
  });

  it('is a loss where it is not in the set', async () => {
    const { losses, first } = await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')] });
    assert.equal(first?.diagnosis, undefined);
    assert.ok(JSON.stringify(losses).includes('"Encounter.diagnosis"'));
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
      assert.deepEqual(read(conditionEssence(resource)), whole);
      if (whole.ok && whole.payload.diagnosis !== undefined) said += 1;
    }
    assert.ok(said > 5, `${said} of HL7's Conditions say something`);
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
      assert.equal(await practitionerOf({ 'Encounter.ndjson': [record], ...staff }), 'prac-1', JSON.stringify(record));
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
      assert.equal(first?.practitionerId, undefined, JSON.stringify(record));
      assert.match(JSON.stringify(losses), /"Encounter\.participant/);
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
      assert.equal(await practitionerOf(posted, options), 'prac_7');
    assert.equal(await practitionerOf(files(search)), 'prac_7');
    // A row for the very reference is what is meant, and needs no reading of the set.
    const mapped = await run(files(search), { ...map, knowsIdentifiers });
    assert.deepEqual([mapped.first?.practitionerId, mapped.summary.index], ['6', undefined]);
    // What tells type and id is taken at its word.
    const { first, summary } = await run(files('Practitioner/prac-1'));
    assert.deepEqual([first?.practitionerId, summary.index], ['prac-1', undefined]);
    assert.equal(await practitionerOf(files('Practitioner/prac-1'), { ...map, knowsIdentifiers }), '5');
  });

  it('is none where two have the identifier; the same record twice is one', async () => {
    const records = { 'Encounter.ndjson': [searching(search)] };
    const staff = (...all: object[]) => ({ ...records, 'Practitioner.ndjson': all });
    assert.equal(await practitionerOf(staff(practitioner, { ...practitioner, id: 'prac-2' })), undefined);
    assert.equal(await practitionerOf(staff(practitioner, practitioner)), 'prac-1');
    const nobody = { resourceType: 'Practitioner', identifier };
    assert.equal(await practitionerOf(staff(nobody, practitioner)), undefined);
    assert.equal(await practitionerOf(staff(practitioner, nobody)), undefined);
  });

  it('is found in its Bundle first', async () => {
    const inside = { ...practitioner, id: 'inside' };
    const files = { 'b.json': bundle([{ resource: searching(search) }, { resource: inside }]) };
    assert.equal(await practitionerOf({ ...files, 'Practitioner.ndjson': [practitioner] }), 'inside');
  });
});

describe('the index of a set', () => {
  it('is not made where nothing needs it, and says in the summary what it took', async () => {
    const others = { 'Condition.ndjson': [condition], 'Practitioner.ndjson': [practitioner] };
    const named = {
      ...diagnosed('Condition/c1'),
      diagnosis: [{ condition: { reference: 'Condition/c1', display: 'Flu' } }],
    };
    assert.equal((await run({ 'Encounter.ndjson': [encounter, named], ...others })).summary.index, undefined);
    const { index } = (await run({ 'Encounter.ndjson': [diagnosed('Condition/c1')], ...others })).summary;
    assert.deepEqual({ ...index, bytes: 0 }, { records: 1, bytes: 0, passes: 1 });
    assert.ok((index?.bytes ?? 0) > 100);
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
    assert.deepEqual(payloads, alone);
    assert.equal(summary.index?.passes, 2);
    assert.equal(summary.records.in.total, 7);
  });

  it('ends the run where it would take more than it may', async () => {
    const records = Array.from({ length: 200 }, (_, index) => ({ ...condition, id: `c${index}` }));
    const files = { 'Condition.ndjson': records, 'Encounter.ndjson': [diagnosed('Condition/c1')] };
    await assert.rejects(run(files, { indexLimit: 10_000 }), { name: 'UsageError', message: /--index-limit/ });
    assert.deepEqual(await diagnosisOf(files, { indexLimit: 100_000 }), found);
  });

  it('keeps a record with the one that refused it, where that is elsewhere in the set', async () => {
    const conditions = Array.from({ length: 21 }, (_, index) => ({ ...condition, id: `c${index}` }));
    const diagnosis = conditions.map(({ id }) => ({ condition: { reference: `Condition/${id}` } }));
    const files = { 'Condition.ndjson': conditions, 'Encounter.ndjson': [{ ...encounter, diagnosis }] };
    const { out, summary } = await run(files);
    assert.deepEqual(
      summary.rejects.map(({ id }) => id),
      ['list-over-limit'],
    );
    const again = await convert({ inputs: [join(out, 'rejected')], out: join(temporaryFolder(), 'again') });
    assert.equal(again.records.rejected.total, 1);
    assert.deepEqual(again.records.passedOver.byType, { Condition: 21 });
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
    assert.deepEqual(
      payloads.map(({ patientId }) => patientId),
      ['p1'],
    );
    assert.deepEqual(
      summary.rejects.map(({ id }) => id),
      ['required-unreadable'],
    );
    const [source] = objects(out, 'sources.ndjson');
    assert.deepEqual([source?.outside, source?.known], [['Encounter.subject'], undefined]);
    assert.equal(summary.references.mapped, 0);
  });
});
