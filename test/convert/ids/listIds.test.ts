import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../src/convert/convertToFiles.js';
import { type IdsRun, listIds } from '../../../src/convert/ids/listIds.js';
import { isObject, type JsonObject } from '../../../src/lens/json.js';
import { ensure, unless } from '../../support/ensure.js';
import { fill, modeOf, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, encounter } from '../../support/samples.js';

const HOME = 'https://ehr.example.org/fhir';
const AWAY = 'https://away.example.org/fhir';
const URN = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
const CLINIK = 'https://api.clinikapi.com/v1';

const to = (reference: string) => ({ reference });
const called = (value: string, type?: string, system = 'http://staff') => ({
  ...(type === undefined ? {} : { type }),
  identifier: { system, value },
});
const seenBy = (...people: object[]) => people.map((individual) => ({ individual }));
const practitioner = (id: string, ...values: string[]) => ({
  resourceType: 'Practitioner',
  id,
  identifier: values.map((value) => ({ system: 'http://staff', value })),
});

/** The skeleton of files of records, and what is said of it. */
async function skeleton(files: { readonly [path: string]: unknown }, options: Partial<IdsRun> = {}) {
  const folder = temporaryFolder();
  fill(join(folder, 'in'), files);
  const summary = await listIds({ inputs: [join(folder, 'in')], out: join(folder, 'ids.ndjson'), ...options });
  return { summary, rows: existsSync(join(folder, 'ids.ndjson')) ? objects(folder, 'ids.ndjson') : [] };
}

/** The references of the rows, each with how often it is pointed at. */
async function listed(records: readonly object[], options: Partial<IdsRun> = {}): Promise<string[]> {
  const { rows } = await skeleton({ 'a.ndjson': records }, options);
  return rows.map(({ reference, count }) => `${count} ${reference}`);
}

describe('the rows of a skeleton', () => {
  it('are the records that are pointed at, each once, by type and the most used first, with all that helps to find them', async () => {
    const { rows, summary } = await skeleton({
      'a.ndjson': [
        { ...encounter, participant: seenBy(to('Practitioner/b'), to('Practitioner/a')) },
        { ...encounter, id: 'e2', participant: seenBy(to('Practitioner/a')), partOf: to('Encounter/e1') },
        { ...practitioner('a', '7', '8'), name: [{ family: 'Nobody' }] },
      ],
    });
    const common = { id: '', type: 'Practitioner', elements: ['Encounter.participant.individual'] };
    const staff = (value: string) => ({ system: 'http://staff', value });
    expect(rows).toStrictEqual(
      [
        {
          reference: 'Patient/p1',
          id: '',
          type: 'Patient',
          identifiers: [],
          count: 2,
          elements: ['Encounter.subject'],
          inInput: 'no',
        },
        { reference: 'Practitioner/a', ...common, identifiers: [staff('7'), staff('8')], count: 2, inInput: 'yes' },
        { reference: 'Practitioner/b', ...common, identifiers: [], count: 1, inInput: 'no' },
      ].map((row) => expect.objectContaining(row)),
    );
    expect(Object.keys(rows[0] ?? {})).toStrictEqual([
      'reference',
      'id',
      'type',
      'identifiers',
      'count',
      'elements',
      'inInput',
    ]);
    expect(summary.rows).toStrictEqual({ total: 3, byType: { Practitioner: 2, Patient: 1 } });
    expect([summary.references, summary.known, summary.records]).toStrictEqual([5, 0, { converting: 2, rejected: 0 }]);
  });

  it('are none of a record that is converted, before or after what points at it', async () => {
    const part = { ...encounter, id: 'e0', partOf: to('Encounter/e1') };
    expect(await listed([part, encounter, { ...part, id: 'e2' }])).toStrictEqual(['3 Patient/p1']);
  });

  it('are one for a record, however it is pointed at', async () => {
    const contained = [practitioner('in', '7')];
    const of = (id: string, individual: object) => ({ ...encounter, id, participant: seenBy(individual) });
    const records = [
      of('e1', to('Practitioner/a')),
      of('e2', to('Practitioner/a/_history/2')),
      of('e3', to(`${HOME}/Practitioner/a`)),
      of('e4', to('Practitioner?identifier=http%3A%2F%2Fstaff%7C7')),
      of('e5', called('7')),
      { ...of('e6', to('#in')), contained },
      practitioner('a', '7'),
    ];
    const expected = ['6 Patient/p1', '6 Practitioner/a'];
    expect(await listed(records, { baseUrl: HOME })).toStrictEqual(expected);
    expect(await listed(records)).toStrictEqual(expected);
  });

  it('are by the search where nothing else names the record, and where it is pointed at by its identifier alone', async () => {
    const of = (id: string, individual: object) => ({ ...encounter, id, participant: seenBy(individual) });
    const contained = [practitioner('in', '9')];
    const records = [of('e1', called('7')), of('e2', called('8')), { ...of('e3', to('#in')), contained }];
    const all = [7, 8, 9].map((value) => `1 Practitioner?identifier=http://staff|${value}`);
    expect(await listed([...records, practitioner('a', '7')])).toStrictEqual(['3 Patient/p1', ...all]);
  });

  it('are by the urn where no entry has it, else by the type and id', async () => {
    const entry = { fullUrl: URN, resource: { resourceType: 'Practitioner' } };
    const visit = { ...encounter, participant: seenBy(to(URN), to(URN.replace('01', '02'))) };
    const { rows } = await skeleton({ 'b.json': bundle([entry, { resource: visit }]) });
    expect(rows.map(({ reference }) => reference)).toStrictEqual([
      'Patient/p1',
      `Practitioner/${URN.slice('urn:uuid:'.length)}`,
      URN.replace('01', '02'),
    ]);
  });

  it('are of the practitioner whom a role in reach names', async () => {
    const role = (id: string, who: object) => ({ resourceType: 'PractitionerRole', id, practitioner: who });
    const contained = [role('r', to('Practitioner/c'))];
    const records = [
      { ...encounter, contained, participant: seenBy(to('PractitionerRole/a'), to('#r'), to('PractitionerRole/none')) },
      role('a', called('7')),
    ];
    expect(await listed(records)).toStrictEqual([
      '1 Patient/p1',
      '1 Practitioner/c',
      '1 Practitioner?identifier=http://staff|7',
    ]);
  });

  it("are none for what the element does not take, and for what an identifier of ClinikAPI's says", async () => {
    const known = { identifier: { system: `${CLINIK}/practitioners`, value: 'prac_1' } };
    const participant = seenBy(to('RelatedPerson/1'), called('1', 'RelatedPerson'), known);
    expect(await listed([{ ...encounter, participant }])).toStrictEqual(['1 Patient/p1']);
  });

  it('are of what records point at that nothing but the map refuses, and of no other rejected one', async () => {
    const byNumber = { ...encounter, id: 'e2', subject: called('M1', 'Patient', 'http://mrn') };
    const wrong = { ...encounter, id: 'e3', status: 'entered-in-error', subject: to('Patient/p3') };
    const part = { ...encounter, id: 'e4', subject: to('Patient/p2'), partOf: to('Encounter/e2') };
    const { rows, summary } = await skeleton({ 'a.ndjson': [byNumber, wrong, part] });
    expect(rows.map(({ reference }) => reference)).toStrictEqual(['Patient/p2', 'Patient?identifier=http://mrn|M1']);
    expect(summary.records).toStrictEqual({ converting: 2, rejected: 1 });
  });

  it('say whether a rejected record is what is pointed at', async () => {
    const wrong = { ...encounter, id: 'e3', status: 'entered-in-error' };
    const { rows } = await skeleton({ 'a.ndjson': [{ ...encounter, partOf: to('Encounter/e3') }, wrong] });
    expect(rows.map(({ reference, inInput }) => [reference, inInput])).toStrictEqual([
      ['Encounter/e3', 'rejected'],
      ['Patient/p1', 'no'],
    ]);
  });

  it('keep the records of several servers apart, with the identifiers of each', async () => {
    const of = (id: string, base: string) => ({ ...encounter, id, subject: to(`${base}/Patient/1`) });
    const known = (base: string, value: string) => ({
      fullUrl: `${base}/Patient/1`,
      resource: { resourceType: 'Patient', id: '1', identifier: [{ system: 'http://mrn', value }] },
    });
    const files = {
      'a.ndjson': [of('e1', HOME), of('e2', AWAY)],
      'b.json': bundle([known(HOME, 'here'), known(AWAY, 'there')]),
    };
    const numbers = (rows: readonly JsonObject[]) =>
      rows.map(({ reference, identifiers }) => {
        ensure(Array.isArray(identifiers));
        return [reference, ...identifiers.map(({ value }) => value)];
      });
    const one = await skeleton(files);
    expect(one.summary.servers).toBe(2);
    expect(numbers(one.rows)).toStrictEqual([
      [`${AWAY}/Patient/1`, 'there'],
      [`${HOME}/Patient/1`, 'here'],
    ]);
    const homely = await skeleton(files, { baseUrl: HOME });
    expect(numbers(homely.rows)).toStrictEqual([
      ['Patient/1', 'here'],
      [`${AWAY}/Patient/1`, 'there'],
    ]);
  });

  it('are apart for what is relative in a Bundle of another server', async () => {
    const visit = (base: string) => ({ fullUrl: `${base}/Encounter/e1`, resource: encounter });
    const files = { 'a.json': bundle([visit(HOME)]), 'b.json': bundle([visit(AWAY)]) };
    const { rows } = await skeleton(files, { baseUrl: HOME });
    expect(rows.map(({ reference }) => reference)).toStrictEqual(['Patient/p1', `${AWAY}/Patient/p1`]);
  });

  it('leave out what can have no row, and say where that is', async () => {
    const individual = { identifier: { value: '7' } };
    const contained = [{ resourceType: 'Practitioner', id: 'in' }];
    const participant = seenBy(individual, to('#in'), to('Practitioner/two words'));
    const { rows, summary } = await skeleton({ 'a.ndjson': [{ ...encounter, contained, participant }] });
    expect(rows.map(({ reference }) => reference)).toStrictEqual(['Patient/p1']);
    const told = summary.withoutRow.map(({ reason, element, references }) => [reason, element, references]);
    const element = 'Encounter.participant.individual';
    expect(told).toStrictEqual([
      ['contained', element, 1],
      ['no-system', element, 1],
      ['unreadable', element, 1],
    ]);
    expect(summary.withoutRow[0]?.first).toMatch(/a\.ndjson:1$/);
  });
});

describe('the file of a skeleton', () => {
  it('is for its user alone, and not replaced unless that is asked for', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter] });
    const run = { inputs: [join(folder, 'in')], out: join(folder, 'ids.csv') };
    await listIds(run);
    expect(modeOf(run.out)).toBe(0o600);
    expect(readFileSync(run.out, 'utf8')).toBe(
      'reference,id,type,identifiers,count,elements,in_input\nPatient/p1,,Patient,,1,Encounter.subject,no\n',
    );
    await expect(listIds(run)).rejects.toThrow(/it is there already/);
    await expect(listIds({ ...run, force: true })).resolves.toMatchObject({ rows: { total: 1 } });
  });

  it('is neither an input nor the map', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter], 'ids.csv': 'Patient/p1,pt_1\n' });
    const [file, idMap] = [join(folder, 'in', 'a.ndjson'), join(folder, 'ids.csv')];
    await expect(listIds({ inputs: [file], out: file, force: true })).rejects.toThrow(/it is an input/);
    await expect(listIds({ inputs: [file], idMap, out: idMap, force: true })).rejects.toThrow(/it is an input/);
    expect(readFileSync(idMap, 'utf8')).toBe('Patient/p1,pt_1\n');
  });

  it('is not written where no record converts', async () => {
    const { rows, summary } = await skeleton({ 'a.ndjson': [practitioner('a')] });
    expect([rows, summary.records.converting]).toStrictEqual([[], 0]);
  });
});

/** The map that a person would make of the skeleton: an id for each row. */
function filledIn(rows: readonly JsonObject[]): JsonObject[] {
  return rows.map((row, index) => ({ ...row, id: `new-${index}` }));
}

/** Where records are refused since the map does not know what they point at. */
function unmapped(out: string): unknown[] {
  return objects(out, 'rejects.ndjson').flatMap(({ source, outcome }) => {
    const issues = isObject(outcome) && Array.isArray(outcome.issue) ? outcome.issue : [];
    return issues
      .filter(({ details }) => details.coding[0].code === 'reference-unmapped')
      .map(({ expression }) => [source, expression]);
  });
}

/**
 * Lists what a set points at, fills it in, and converts the set with that: as it is, and with the ids that its own records would get, so
 * that all has to be known. Gives what is missing then.
 */
async function throughTheMap(input: string, form: 'csv' | 'ndjson') {
  const folder = temporaryFolder();
  const [out, idMap] = [join(folder, 'out'), join(folder, 'map')];
  await listIds({ inputs: [input], out: join(folder, `ids.${form}`) });
  if (form === 'ndjson') fill(folder, { map: filledIn(objects(folder, 'ids.ndjson')) });
  else {
    let row = 0;
    const csv = readFileSync(join(folder, 'ids.csv'), 'utf8').replace(/^((?:[^",\n]|"[^"]*")+),,/gm, (_, reference) => {
      row += 1;
      return `${reference},new-${row},`;
    });
    fill(folder, { map: csv });
  }
  await convert({ inputs: [input], out, idMap });
  const first = unmapped(out);
  const rows = readFileSync(idMap, 'utf8');
  const own = objects(out, 'sources.ndjson').flatMap(({ source, output }) => {
    if (output === undefined || !isObject(source) || source.id === undefined) return [];
    return [`${source.resourceType}/${source.id}`];
  });
  const more = [...new Set(own)].filter((reference) => !rows.includes(`${reference}${form === 'csv' ? ',' : '"'}`));
  const lines = more.map((reference, index) =>
    form === 'csv' ? `${reference},own-${index},,,,,\n` : `${JSON.stringify({ reference, id: `own-${index}` })}\n`,
  );
  fill(folder, { map: rows + lines.join('') });
  const { references } = await convert({ inputs: [input], out, idMap, unmapped: 'refuse', force: true });
  const missing = await listIds({ inputs: [input], idMap, out: join(folder, 'missing.csv') });
  return { first, last: unmapped(out), use: references.idMap, missing: missing.rows.total };
}

describe('a skeleton that was filled in', () => {
  it.each(['csv', 'ndjson'] as const)('lets no reference of the invented export be unmapped, as %s', async (form) => {
    const { first, last, use, missing } = await throughTheMap(join('fixtures', 'ehr-export'), form);
    expect([first, last, missing]).toStrictEqual([[], [], 0]);
    expect(use).toMatchObject({ unknown: { total: 0 }, withoutName: 3 });
    expect(use?.known).toBeGreaterThan(100);
  });

  const corpus = join('..', 'shared', 'corpus');
  const absent = existsSync(corpus) ? false : 'the data of others is not there';
  unless(absent)('lets none of exports of others be', async () => {
    for (const name of ['synthea-10', 'clinosim-us-100']) {
      const { first, last, missing } = await throughTheMap(join(corpus, name), 'ndjson');
      expect([name, first, last, missing]).toStrictEqual([name, [], [], 0]);
    }
  });

  it('lists what a map lacks, and counts what it knows', async () => {
    const files = { 'a.ndjson': [{ ...encounter, participant: seenBy(to('Practitioner/a'), to('Practitioner/b')) }] };
    const idMap = join(fill(temporaryFolder(), { map: 'reference,id\nPractitioner/a,p\nPatient/p1,\n' }), 'map');
    const { rows, summary } = await skeleton(files, { idMap });
    expect(rows.map(({ reference }) => reference)).toStrictEqual(['Patient/p1', 'Practitioner/b']);
    expect(summary.known).toBe(1);
  });
});
