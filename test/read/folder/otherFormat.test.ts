import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../../src/read/findInputs.js';
import { otherFormat } from '../../../src/read/folder/otherFormat.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const PATIENT_XML =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Patient xmlns="http://hl7.org/fhir"><id value="p"/></Patient>';
const CDA =
  '<?xml version="1.0"?>\n<?xml-stylesheet href="CDA.xsl"?>\n<ClinicalDocument xmlns:xsi="x" xmlns="urn:hl7-org:v3">';
const HL7 = 'MSH|^~\\&|LAB|X|||202401010000||ORU^R01|1|P|2.5\rPID|1||7';
const at = (offset: number, text: string): Buffer => Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);

/** By the name of a file, its content and the format that it is of. */
const FILES: readonly (readonly [name: string, content: string | Buffer, format: string])[] = [
  ['Patient.xml', PATIENT_XML, 'fhir-xml'],
  ['wide.xml', Buffer.from(`\uFEFF${PATIENT_XML}`, 'utf16le'), 'fhir-xml'],
  ['marked.xml', `\uFEFF  ${PATIENT_XML}`, 'fhir-xml'],
  ['packed.xml.gz', gzipSync(PATIENT_XML), 'fhir-xml'],
  ['ccda.xml', CDA, 'cda'],
  ['other.xml', '<project/>', 'xml'],
  ['login.htm', '<!DOCTYPE html><html><body>', 'html'],
  ['oru.hl7', HL7, 'hl7-v2'],
  ['framed.txt', `\u000b${HL7}`, 'hl7-v2'],
  ['batch.dat', `FHS|^~\\&|A\rBHS|^~\\&|A\r${HL7}`, 'hl7-v2'],
  ['claims.edi', 'ISA*00*          *00*', 'x12'],
  ['patients.csv', 'id,name\n1,Doe\n', 'csv'],
  ['patients.TSV.gz', gzipSync('id\tname\n1\tDoe\n'), 'csv'],
  ['table.txt', 'id|name|birth\n1|Doe|1990\n', 'csv'],
  ['patients.ttl', '@prefix fhir: <http://hl7.org/fhir/> .', 'fhir-turtle'],
  ['patients.parquet', 'PAR1....', 'parquet'],
  ['patients.orc', 'ORC....', 'orc'],
  ['patients.avro', 'Obj\u0001....', 'avro'],
  ['store.db', 'SQLite format 3\0....', 'sqlite'],
  ['scan.dcm', at(128, 'DICM'), 'dicom'],
  ['export.zip', 'PK\u0003\u0004....', 'zip'],
  ['patients.xlsx', 'PK\u0003\u0004....', 'office'],
  ['export.tar', at(257, 'ustar'), 'tar'],
  ['export.tgz', gzipSync(at(257, 'ustar')), 'tar'],
  ['export.bz2', 'BZh91AY&SY', 'bzip2'],
  ['report.pdf', '%PDF-1.7', 'pdf'],
  ['photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image'],
  ['abcd', '{"resourceType":"Patient"}', 'other-name-json'],
  ['notes.md', '# One, two\nthree, four\n', 'other-name'],
  ['notes.txt', 'Dear Sir, or\nMadam, and\n', 'other-name'],
  ['empty.csv', '', 'other-name'],
];

describe('a file of another format', () => {
  it.each(FILES)('is told by what it begins with: %s', async (name, content, format) => {
    const folder = fill(temporaryFolder(), { [name]: content });
    const { aside, files, skipped } = await findInputs([folder]);
    expect(files).toStrictEqual([]);
    expect(aside.map(({ reason }) => reason)).toStrictEqual([format]);
    expect(skipped).toBe(1);
  });

  it.each(FILES.filter(([, , format]) => !format.startsWith('other-name')))(
    'is refused with its name and what to do where it is named itself: %s',
    async (name, content, id) => {
      const folder = fill(temporaryFolder(), { [name]: content });
      const format = otherFormat(id);
      await expect(findInputs([join(folder, name)])).rejects.toThrow(
        expect.objectContaining({
          name: 'UsageError',
          message: `${join(folder, name)}: it is ${format?.name}, which is not read; ${format?.advice ?? 'name files of JSON'}.`,
        }),
      );
      // A glob names no file, and others that it matches are read.
      fill(folder, { 'a.ndjson': [{ resourceType: 'Patient' }] });
      const { files, aside } = await findInputs([`${folder}/*`]);
      expect([files.length, aside.map(({ reason }) => reason)]).toStrictEqual([1, [id]]);
    },
  );

  it.each(FILES.filter(([, , format]) => format.startsWith('other-name')))(
    'is read where it is named itself and may be JSON: %s',
    async (name, content) => {
      const folder = fill(temporaryFolder(), { [name]: content });
      expect((await findInputs([join(folder, name)])).files).toHaveLength(1);
    },
  );

  it('is looked for in the first thousand files of other names; the rest is told by their endings', async () => {
    const many = Object.fromEntries(Array.from({ length: 1010 }, (_, index) => [`${1000 + index}.xml`, PATIENT_XML]));
    const { aside, endings } = await findInputs([fill(temporaryFolder(), many)]);
    expect(aside.map(({ reason, count, files }) => [reason, count, files.length])).toStrictEqual([
      ['fhir-xml', 1000, 100],
      ['other-name', 10, 10],
    ]);
    expect(endings).toStrictEqual({ '.xml': 1010 });
  });
});
