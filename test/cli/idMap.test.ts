import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject } from '../../src/lens/json.js';
import { ensure } from '../support/ensure.js';
import { fill, objects, temporaryFolder } from '../support/folder.js';
import { lossesIn } from '../support/losses.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn } from './run.js';

const report = {
  resourceType: 'DiagnosticReport',
  id: 'r1',
  status: 'final',
  code: { text: 'Haemoglobin' },
  subject: { reference: 'Patient/p1' },
  encounter: { reference: 'Encounter/e1' },
  performer: [{ reference: 'Practitioner?identifier=http://npi|9' }],
  result: [{ reference: 'Observation/o1' }, { reference: 'https://ehr.org/fhir/Observation/o2' }],
} as const;

const MAP = 'Patient/p1,pt_77\nEncounter/e1,1\nPractitioner?identifier=http://npi|9,prac_5\nObservation/o1,2\n';

function set(map: string, ...resources: object[]) {
  const folder = fill(temporaryFolder(), { 'in/a.ndjson': resources, 'ids.csv': map });
  return {
    folder,
    convert: (...args: string[]) => clinikFhirIn(folder, ['convert', '--quiet', ...args]),
    read: (file: string) => objects(join(folder, 'out'), file),
    file: (file: string) => readFileSync(join(folder, file), 'utf8'),
  };
}

describe('convert --id-map', () => {
  it('gives every reference the id of the map, and a loss to those that it does not know', async () => {
    const { folder, convert, read, file } = set(MAP, report, encounter);
    expect(await convert('in', '--out', 'out', '--id-map', 'ids.csv')).toStrictEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(read('labs.ndjson')).toStrictEqual([
      {
        status: 'final',
        code: 'Haemoglobin',
        patientId: 'pt_77',
        encounterId: '1',
        performer: 'prac_5',
        resultIds: ['2'],
      },
    ]);
    const lost = lossesIn(join(folder, 'out')).flatMap(({ losses }) =>
      losses.map(({ expression }) => String(expression)),
    );
    expect(lost.filter((at) => !at.endsWith('.id') && !at.includes('class'))).toStrictEqual([
      'DiagnosticReport.result[1]',
    ]);
    expect(JSON.parse(file('out/summary.json')).idMap.rows).toBe(4);
  });

  it('knows a record by an identifier that another file tells', async () => {
    const practitioner = { resourceType: 'Practitioner', id: 'x', identifier: [{ system: 'http://npi', value: '9' }] };
    const named = { ...report, performer: [{ reference: 'Practitioner/x' }], result: [] };
    const { convert, read } = set(MAP, { ...named, result: undefined }, practitioner);
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    expect(read('labs.ndjson')[0]?.performer).toBe('prac_5');
  });

  it('says which records were sent before, by any of their names', async () => {
    const identifier = [{ system: 'http://visits', value: 'V-7' }];
    const clinik = [{ system: 'https://api.clinikapi.com/v1/encounters', value: 'enc_9' }];
    const records = [
      { ...encounter, id: 'e1' },
      { ...encounter, id: 'e2', identifier },
      { ...encounter, id: 'e3', identifier: clinik },
      { ...encounter, id: 'e4' },
    ];
    const map = `${MAP}Encounter?identifier=http://visits|V-7,8\n`;
    const { convert, read } = set(map, ...records);
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    expect(read('sources.ndjson').map(({ known }) => known)).toStrictEqual([true, true, true, undefined]);
    await convert('in', '--out', 'out', '--force');
    expect(read('sources.ndjson').every(({ known }) => known === undefined)).toBe(true);
  });

  it('leads back to the references of the source, and to their ids', async () => {
    const { convert, folder, file } = set(MAP, { ...report, result: [report.result[0]] });
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    fill(folder, { 'back/labs.ndjson': `{"id":"9",${file('out/labs.ndjson').slice(1)}` });
    expect((await convert('back', '--out', 'there', '--id-map', 'ids.csv')).code).toBe(0);
    const { id: _, result: __, ...expected } = report;
    const [made] = objects(join(folder, 'there'), 'DiagnosticReport.ndjson');
    const identifier = [{ system: 'https://api.clinikapi.com/v1/labs', value: '9' }];
    expect(made).toStrictEqual({ ...expected, identifier, result: [report.result[0]] });
  });

  it('with --require-mapped rejects what points at something else, and says where', async () => {
    const { convert, read } = set(MAP, report, encounter);
    const ran = await convert('in', '--out', 'out', '--id-map', 'ids.csv', '--require-mapped');
    expect(ran.code).toBe(1);
    const [rejected] = read('rejects.ndjson').map(({ outcome }) => (isObject(outcome) ? outcome.issue : []));
    ensure(Array.isArray(rejected));
    expect(rejected.map(({ details, expression }) => [details.coding[0].code, expression])).toStrictEqual([
      ['lab-without-time', ['DiagnosticReport.effective']],
      ['reference-unmapped', ['DiagnosticReport.result[1]']],
    ]);
    expect(read('encounters.ndjson')).toHaveLength(1);
  });

  it('ends with 2 and the lines of both rows where these contradict each other, and writes nothing', async () => {
    const { convert, folder } = set(`${MAP}Patient/p1,pt_78\n`, report);
    const ran = await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/ids\.csv:5: Two rows give one reference two ids\. The other one is in line 1\./);
    expect(ran.stderr).not.toMatch(/pt_7|Patient/);
    expect(() => objects(join(folder, 'out'), 'labs.ndjson')).toThrow(/ENOENT/);
  });

  it('says what is wrong with the options around it', async () => {
    const { convert } = set(MAP, encounter);
    for (const [args, message] of [
      [['--require-mapped'], /--require-mapped says what the id map has to know, and needs --id-map/],
      [['--index-limit', '0'], /--index-limit takes a whole number of megabytes, from 1/],
      [['--index-limit', 'much'], /--index-limit takes a whole number/],
      [['--id-map', 'none.csv'], /none\.csv: it cannot be read \(it does not exist\)/],
    ] as const) {
      const ran = await convert('in', '--out', 'out', ...args);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(message);
    }
  });

  it('does not take the map for a record where it lies among the input', async () => {
    const { convert, file, folder } = set(MAP, encounter);
    fill(folder, { 'in/ids.ndjson': [{ reference: 'Patient/p1', id: 'pt_1' }] });
    symlinkSync('in', join(folder, 'link'));
    for (const input of ['in', 'link', 'link/*']) {
      await convert(input, '--out', 'out', '--force', '--id-map', 'in/ids.ndjson');
      expect([input, JSON.parse(file('out/summary.json')).records.in.total]).toStrictEqual([input, 1]);
    }
  });

  it('gives nobody the id of a patient whose identifier is another one once it is percent-decoded or unescaped', async () => {
    const system = 'http://mrn';
    const of = (value: string) => ({ subject: { type: 'Patient', identifier: { system, value } } });
    const searched = { subject: { reference: `Patient?identifier=${system}|100%2541` } };
    const others = [of('100%41'), searched, of(String.raw`100\$A`)].map((subject, index) => ({
      ...encounter,
      id: `other-${index}`,
      ...subject,
    }));
    const map = `Patient?identifier=${system}|100A,pt_1\nPatient?identifier=${system}|100$A,pt_2\n`;
    const { convert, read } = set(map, { ...encounter, ...of('100A') }, ...others);
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    const patients = [...read('encounters.ndjson')].map(({ patientId }) => patientId);
    expect(patients).toStrictEqual(['pt_1']);
  });

  it('takes no id that ClinikAPI gave a record for one of the source', async () => {
    const mrn = { system: 'http://mrn', value: 'M1' };
    const clinik = { system: 'https://api.clinikapi.com/v1/patients', value: '5' };
    const patient = { resourceType: 'Patient', identifier: [clinik, mrn] };
    const subject = { reference: 'Patient?identifier=http://mrn|M1' };
    const { convert, read } = set('Patient/5,pt_9\n', patient, { ...encounter, subject });
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    expect(read('encounters.ndjson')).toStrictEqual([]);
  });

  it('lets no record wait for another one whose id at ClinikAPI is the id that it points at', async () => {
    const identifier = [{ system: 'https://api.clinikapi.com/v1/encounters', value: '5' }];
    const partOf = (id: string, whole: string) => ({ ...encounter, id, partOf: { reference: `Encounter/${whole}` } });
    const named = { ...encounter, id: '9', partOf: { identifier: identifier[0] } };
    const records = [
      { ...encounter, id: '7', identifier },
      { ...encounter, id: '0' },
      partOf('5', '0'),
      partOf('6', '5'),
      named,
    ];
    const map = 'Patient/p1,pt_1\nEncounter/0,e0\nEncounter/5,e5\nEncounter/7,5\n';
    const { convert, read } = set(map, ...records);
    await convert('in', '--out', 'out', '--id-map', 'ids.csv');
    expect(read('sources.ndjson').map(({ wave }) => wave)).toStrictEqual([0, 0, 1, 2, 1]);
  });
});
