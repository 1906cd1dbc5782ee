import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listIds } from '../../../src/convert/ids/listIds.js';
import { fill, objects, temporaryFolder } from '../../support/folder.js';
import { bundle, encounter } from '../../support/samples.js';

const MRN = 'http://mrn';
const NPI = 'http://hl7.org/fhir/sid/us-npi';

const source = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: MRN, value: 'M1' }, { value: 'bare' }],
  name: [
    { family: 'Müller', given: ['Ann', 'Marie'] },
    { family: 'Born', given: ['Ann'] },
  ],
  birthDate: '1980-02-29',
};
const doctor = {
  resourceType: 'Practitioner',
  id: 'd1',
  identifier: [{ system: NPI, value: '1234567893' }],
  name: [{ family: 'Who', given: ['Jo'] }],
};
const visit = { ...encounter, participant: [{ individual: { reference: 'Practitioner/d1' } }] };

/** The candidates for the patient and the practitioner that an encounter points at. */
async function candidates(lists: { readonly [file: string]: unknown }, records: readonly object[] = [source, doctor]) {
  const folder = fill(temporaryFolder(), { ...lists, 'in/a.ndjson': [visit, ...records] });
  const summary = await listIds({
    inputs: [join(folder, 'in')],
    out: join(folder, 'ids.ndjson'),
    candidates: Object.keys(lists).map((file) => join(folder, file)),
  });
  const rows = objects(folder, 'ids.ndjson');
  for (const { id } of rows) expect(id).toBe('');
  const found = Object.fromEntries(rows.map(({ type, candidates: some }) => [String(type), some]));
  return { found, summary };
}

/** Who is found for a patient in a list of one. */
async function who(one: object): Promise<unknown> {
  const { found } = await candidates({ 'patients.json': { data: [one], total: 1, hasMore: false } });
  return found.Patient;
}

describe('the candidates for a row', () => {
  it.each([
    ['an identifier', { id: 'pt_1', identifier: [{ system: MRN, value: 'M1' }] }, 'identifier'],
    [
      'an identifier, and another birth date',
      { id: 'pt_1', identifier: [{ system: MRN, value: 'M1' }], birthDate: '1980-02-28' },
      'identifier, but another birth date',
    ],
    [
      'the name and the birth date',
      { firstName: 'Ann Marie', lastName: 'Müller', birthDate: '1980-02-29' },
      'name and birth date',
    ],
    [
      'another name of theirs',
      { firstName: 'Ann', lastName: 'Born', birthDate: '1980-02-29T00:00:00Z' },
      'name and birth date',
    ],
    [
      'the name in other letters',
      { firstName: ' ANN  marie', lastName: 'MULLER', birthDate: '1980-02-29' },
      'name and birth date',
    ],
    [
      'the name as FHIR has it',
      { resourceType: 'Patient', name: [{ given: ['Ann', 'Marie'], family: 'Mu\u0308ller' }], birthDate: '1980-02-29' },
      'name and birth date',
    ],
  ])('are who has %s', async (_, one, why) => {
    expect(await who({ id: 'pt_1', ...one })).toStrictEqual([{ id: 'pt_1', why }]);
  });

  it.each([
    ['another number', { identifier: [{ system: MRN, value: 'M2' }] }],
    ['the number of another system', { identifier: [{ system: 'http://other', value: 'M1' }] }],
    ['a number without a system', { identifier: [{ value: 'bare' }] }],
    ['the name, and another birth date', { firstName: 'Ann Marie', lastName: 'Müller', birthDate: '1980-02-28' }],
    ['the name, and no birth date', { firstName: 'Ann Marie', lastName: 'Müller' }],
    ['the name, and a part of the birth date', { firstName: 'Ann Marie', lastName: 'Müller', birthDate: '1980-02' }],
    ['a part of the name', { firstName: 'Ann', lastName: 'Müller', birthDate: '1980-02-29' }],
    ['the names turned round', { firstName: 'Müller', lastName: 'Ann Marie', birthDate: '1980-02-29' }],
    ['names that run together alike', { firstName: 'Ann', lastName: 'Marie Müller', birthDate: '1980-02-29' }],
    ['no name', { firstName: '', lastName: 'Müller', birthDate: '1980-02-29' }],
  ])('are not who has %s', async (_, one) => {
    expect(await who({ id: 'pt_1', ...one })).toStrictEqual([]);
  });

  it('are all listed, by an identifier first, each once', async () => {
    const named = { firstName: 'Ann Marie', lastName: 'Müller', birthDate: '1980-02-29' };
    const numbered = { identifier: [{ system: MRN, value: 'M1' }] };
    const list = [
      { id: 'pt_2', ...named },
      { id: 'pt_1', ...named },
      { id: 'pt_3', ...named, ...numbered },
    ];
    const { found, summary } = await candidates({ 'patients.ndjson': list });
    expect(found.Patient).toStrictEqual([
      { id: 'pt_3', why: 'identifier' },
      { id: 'pt_1', why: 'name and birth date' },
      { id: 'pt_2', why: 'name and birth date' },
    ]);
    expect(found.Practitioner).toStrictEqual([]);
    expect(summary.candidates).toStrictEqual({ people: 3, one: 0, several: 1 });
  });

  it('are practitioners by their number, or by their name where no birth date says that they are others', async () => {
    const list = [
      { id: 'prac_1', firstName: 'A', lastName: 'B', npi: '1234567893' },
      { id: 'prac_2', firstName: 'jo', lastName: 'who', birthDate: '1970-01-01' },
      { id: 'prac_3', firstName: 'jo', lastName: 'who', birthDate: '1971-01-01' },
      { id: 'prac_4', firstName: 'Jo', lastName: 'Whom' },
    ];
    const born = { ...doctor, birthDate: '1970-01-01' };
    const { found } = await candidates({ 'practitioners-2.json': { data: { data: list } } }, [born]);
    expect(found.Practitioner).toStrictEqual([
      { id: 'prac_1', why: 'identifier' },
      { id: 'prac_2', why: 'name' },
    ]);
  });

  it("are found by an identifier of ClinikAPI's in the export, and for who is pointed at by an identifier alone", async () => {
    const told = { system: 'https://api.clinikapi.com/v1/practitioners', value: 'prac_9' };
    const { found } = await candidates({ 'practitioners.ndjson': [{ id: 'prac_9' }] }, [
      { ...doctor, identifier: [told] },
    ]);
    expect(found.Practitioner).toStrictEqual([{ id: 'prac_9', why: 'identifier' }]);
    const identified = { ...encounter, participant: [{ individual: { identifier: { system: NPI, value: '7' } } }] };
    const folder = fill(temporaryFolder(), {
      'in/a.ndjson': [identified],
      'practitioners.ndjson': [
        { id: 'x', npi: '7' },
        { id: 'y', npi: '7' },
      ],
    });
    const [out, list] = [join(folder, 'ids.csv'), join(folder, 'practitioners.ndjson')];
    await listIds({ inputs: [join(folder, 'in')], out, candidates: [list] });
    expect(readFileSync(out, 'utf8').split('\n')).toStrictEqual([
      'reference,id,type,identifiers,count,elements,in_input,candidates,candidate_ids,candidate_reasons',
      'Patient/p1,,Patient,,1,Encounter.subject,no,0,,',
      `Practitioner?identifier=${NPI}|7,,Practitioner,${NPI}|7,1,Encounter.participant.individual,no,2,x; y,identifier; identifier`,
      '',
    ]);
  });

  it('are told by the types of records in Bundles, and no others are', async () => {
    const patient = { resourceType: 'Patient', id: 'pt_7', identifier: source.identifier };
    const other = { resourceType: 'Observation', id: 'o', identifier: source.identifier };
    const read = {
      patient: { id: 'pt_8', identifier: source.identifier },
      conditions: [{ id: 'c', identifier: source.identifier }],
    };
    const { found, summary } = await candidates({
      'answer.json': bundle([{ resource: patient }, { resource: other }], 'searchset'),
      'patient.json': { data: read },
    });
    expect(found.Patient).toStrictEqual(['pt_7', 'pt_8'].map((id) => ({ id, why: 'identifier' })));
    expect(summary.candidates?.people).toBe(2);
  });

  it.each([
    [
      'what is neither a patient nor a practitioner',
      { 'list.json': [{ id: '1', firstName: 'A' }] },
      /list\.json:1: it does not say whether/,
    ],
    [
      'a record without an id',
      { 'patients.json': [{ firstName: 'A' }] },
      /patients\.json:1: a record of a list has an id/,
    ],
    ['an answer that is an error', { 'patients.json': { error: 'x', code: 'y', message: 'z' } }, /patients\.json:1: /],
    ['what is no JSON', { 'patients.json': '{"data":[' }, /patients\.json/],
  ])('are refused for %s, without a value of it', async (_, lists, message) => {
    await expect(candidates(lists)).rejects.toThrow(message);
  });
});
