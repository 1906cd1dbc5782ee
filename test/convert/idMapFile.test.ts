import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readIdMap } from '../../src/convert/idMapFile.js';
import { ensure } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';

function written(content: unknown): string {
  return join(fill(temporaryFolder(), { map: content }), 'map');
}
const read = (content: unknown) => readIdMap(written(content));

/** What is said of a map that is none, after its faults. */
const HELP = [
  'Columns are separated by commas. A header names reference and id; other columns may stand beside them and are ignored.',
  'Without a header there are these two, in this order. A row: Practitioner/123,prac_456',
  'In NDJSON, a line: {"reference":"Practitioner/123","id":"prac_456"}',
];

/** The lines of the error, without the path in front, and without what a map looks like. */
async function faults(content: unknown): Promise<string[]> {
  const path = written(content);
  try {
    await readIdMap(path);
  } catch (error) {
    ensure(error instanceof Error && error.name === 'UsageError', String(error));
    const lines = error.message.split('\n').map((line) => line.replace(`${path}:`, ''));
    expect(lines.slice(-HELP.length)).toStrictEqual(HELP);
    return lines.slice(0, -HELP.length);
  }
  return [];
}

const CSV = 'Patient/1,pt_1\r\n"Practitioner?identifier=http://npi|9",prac_9\n\nurn:uuid:ABC,pt_3\n';

describe('an id map', () => {
  it('is CSV without a header, or with one that names the columns among others', async () => {
    const named =
      'name,ID,Reference\n"Doe, Ann",pt_1,Patient/1\n"O""Neil",prac_9,Practitioner?identifier=http://npi|9\nx,pt_3,urn:uuid:ABC\n';
    for (const text of [CSV, `\ufeff${CSV}`, named, `\n\n${named}`]) {
      const map = await read(text);
      expect(map.size).toBe(3);
      expect(map.resolveId('Patient/1')).toBe('pt_1');
      expect(map.resolveId('Patient/1/_history/2')).toBe('pt_1');
      expect(map.resolveId('Practitioner?identifier=http%3A%2F%2Fnpi%7C9')).toBe('prac_9');
      expect(map.resolveId('urn:uuid:abc')).toBe('pt_3');
      expect(map.resolveReference('pt_1', 'Patient')).toBe('Patient/1');
      expect(map.resolveReference('pt_1', 'Practitioner')).toBeUndefined();
      expect(map.resolveId('Patient/2')).toBeUndefined();
    }
  });

  it('is NDJSON, told by its first character', async () => {
    const map = await read(
      ['Patient/1', 'Patient/2'].map((reference, index) => ({ reference, id: `p${index}`, more: 1 })),
    );
    expect([map.resolveId('Patient/1'), map.resolveId('Patient/2')]).toStrictEqual(['p0', 'p1']);
  });

  it('may have rows that are not filled in, which say nothing, and are counted', async () => {
    const csv =
      'reference,id,type,count\nPatient/1,pt_1,Patient,4\nPatient/2,,Patient,3\n"Patient/3","  ",Patient,2\nPatient/1,,Patient,9\n,,,\n';
    const lines = [
      { reference: 'Patient/1', id: 'pt_1', identifiers: [{ system: 'http://mrn', value: '1' }], count: 4 },
      { reference: 'Patient/2', id: '' },
      { reference: 'Patient/3', id: null },
      { reference: 'Patient/1', id: ' ' },
    ];
    for (const text of [csv, lines]) {
      const map = await read(text);
      expect([map.size, map.unfilled]).toStrictEqual([1, 3]);
      expect([map.resolveId('Patient/1'), map.resolveId('Patient/2')]).toStrictEqual(['pt_1', undefined]);
    }
    expect(await faults('reference,id\nnobody,\n')).toStrictEqual([
      '2: The reference of a row is none that a record can be known by.',
    ]);
  });

  it('has back what would be a formula in a spreadsheet', async () => {
    const map = await read("reference,id\n'=x/Patient/1,'-a\n'-y/Patient/2,b\n");
    expect(map.resolveId('=x/Patient/1')).toBe('-a');
    expect(map.resolveId('-y/Patient/2')).toBe('b');
  });

  it('may be empty', async () => {
    for (const text of ['', '\n \n', 'reference,id\n']) expect((await read(text)).size).toBe(0);
  });

  it('is refused with both lines of rows that are the same or contradict each other', async () => {
    expect(await faults('Patient/1,a\nPatient/2,b\nPatient/1,a\nPatient/1/_history/4,c\nPatient/3,b\n')).toStrictEqual([
      '3: Two rows are the same. The other one is in line 1.',
      '4: Two rows give one reference two ids. The other one is in line 1.',
      '5: Two rows give two records of a type one id. The other one is in line 2.',
    ]);
    const rows = [
      { reference: 'Patient/1', id: 'a' },
      { reference: 'Patient/1', id: 'b' },
    ];
    expect(await faults(rows)).toStrictEqual(['2: Two rows give one reference two ids. The other one is in line 1.']);
  });

  it('takes several names of a record, and one id for records of two types', async () => {
    const map = await read(
      'Practitioner?identifier=a|1,x\nPractitioner/1,x\nhttps://ehr.org/Practitioner/1,x\nPatient/1,x\n',
    );
    expect(map.resolveReference('x', 'Practitioner')).toBe('Practitioner/1');
    expect(map.resolveReference('x', 'Patient')).toBe('Patient/1');
    expect(map.knowsIdentifiers('Practitioner')).toBe(true);
    expect(map.knowsIdentifiers('Patient')).toBe(false);
  });

  it('is refused for rows that are none, by their lines, without their values', async () => {
    const columns = 'A row has two columns, a reference and an id, where no header names the columns.';
    const reference = 'The reference of a row is none that a record can be known by.';
    expect(await faults('Patient/1,a,b\nsecret\nsecret,x\n#p,x\nFoo/1,x\nPatient/2,no id\n,\n')).toStrictEqual([
      `1: ${columns}`,
      `2: ${columns}`,
      ...[3, 4, 5].map((line) => `${line}: ${reference}`),
      '6: An id of ClinikAPI has letters, digits, -, _ and . only.',
      `7: ${reference}`,
    ]);
    expect(await faults('Patient/1,a\n"secret\nmore,x')).toStrictEqual(['3: It is no CSV (CSV_QUOTE_NOT_CLOSED).']);
    expect(await faults('{"reference":"Patient/1","id":"a"}\n{"secret\n[]\n{"reference":1,"id":"x"}\n')).toStrictEqual([
      '2: It is no JSON object in one line.',
      '3: It is no JSON object in one line.',
      '4: A row has a reference and an id, both texts.',
    ]);
    expect(await faults('{"reference":"Patient/1","id":"a","id":"b"}\n')).toStrictEqual(['1: It has a key twice.']);
    const many = await faults(Array.from({ length: 1234 }, () => 'x,y').join('\n'));
    expect(many.slice(19)).toStrictEqual([`20: ${reference}`, 'and 1,214 more rows at fault']);
  });

  it('is refused for a row with more or fewer columns than its header, where a part of the reference would be the id', async () => {
    const columns = 'A row has as many columns as the header; what has a comma in it stands in quotes.';
    const search = 'Patient?identifier=http://mrn|12,7';
    expect(await faults(`reference,id\n${search},pt_1\nPatient/2\n`)).toStrictEqual([`2: ${columns}`, `3: ${columns}`]);
    expect((await read(`reference,id\n"${search}",pt_1\n`)).resolveId(search)).toBe('pt_1');
  });

  it('is refused where it cannot be read', async () => {
    await expect(readIdMap('/nowhere/map.csv')).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/it does not exist/) }),
    );
    await expect(readIdMap(temporaryFolder())).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/it is a folder/) }),
    );
  });

  it('of many rows is read', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `Patient/p${index},new_${index}`);
    const map = await read(lines.join('\n'));
    expect(map.resolveId('Patient/p19999')).toBe('new_19999');
  });
});
