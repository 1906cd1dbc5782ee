import { textOf } from './startOfFile.js';

/** A format that is not read: what it is called, and what can be done about it. */
export interface OtherFormat {
  readonly id: string;
  /** Of one file: `is FHIR XML`. */
  readonly name: string;
  readonly advice?: string;
  /** True for JSON whose name alone keeps it from being read. */
  readonly isJson?: true;
}

const FHIR_JSON = 'ask the server for application/fhir+json, or convert to JSON first';
const CONVERT = 'convert to FHIR R4 in JSON first';
const UNPACK = 'unpack first';

const format = (id: string, name: string, advice?: string): OtherFormat => ({
  id,
  name,
  ...(advice === undefined ? {} : { advice }),
});

const bytes = (...all: number[]): Buffer => Buffer.from(all);

/** What files begin with, or have at an offset. */
const SIGNS: readonly (readonly [sign: Buffer, format: OtherFormat, offset?: number])[] = [
  [Buffer.from('PAR1'), format('parquet', 'Parquet', CONVERT)],
  [Buffer.from('Obj\u0001'), format('avro', 'Avro', CONVERT)],
  [Buffer.from('ARROW1'), format('arrow', 'Arrow', CONVERT)],
  [Buffer.from('SQLite format 3\0'), format('sqlite', 'an SQLite database', CONVERT)],
  [Buffer.from('DICM'), format('dicom', 'DICOM'), 128],
  [Buffer.from('PK\u0003\u0004'), format('zip', 'a ZIP archive', UNPACK)],
  [Buffer.from('PK\u0005\u0006'), format('zip', 'a ZIP archive', UNPACK)],
  [Buffer.from('ustar'), format('tar', 'a tar archive', UNPACK), 257],
  [bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), format('7z', 'a 7z archive', UNPACK)],
  [bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), format('xz', 'packed with xz', UNPACK)],
  [bytes(0x28, 0xb5, 0x2f, 0xfd), format('zstd', 'packed with zstd', UNPACK)],
  [Buffer.from('1AY&SY'), format('bzip2', 'packed with bzip2', UNPACK), 4],
  [Buffer.from('%PDF-'), format('pdf', 'PDF')],
  [Buffer.from('{\\rtf'), format('rtf', 'RTF')],
  [bytes(0x89, 0x50, 0x4e, 0x47), format('image', 'an image')],
  [bytes(0xff, 0xd8, 0xff), format('image', 'an image')],
  [Buffer.from('GIF8'), format('image', 'an image')],
  [bytes(0x49, 0x49, 0x2a, 0), format('image', 'an image')],
  [bytes(0x4d, 0x4d, 0, 0x2a), format('image', 'an image')],
];

/** The formats by their ids. */
export function otherFormat(id: string): OtherFormat | undefined {
  return ALL.find((one) => one.id === id);
}

/** What bytes are that begin with the sign of a format that is no text. */
export function signedFormat(start: Buffer): OtherFormat | undefined {
  return SIGNS.find(([sign, , at = 0]) => start.subarray(at, at + sign.length).equals(sign))?.[1];
}

/** What is packed in a ZIP archive, by the end of the name. */
const OFFICE = /\.(xlsx|docx|pptx|ods|odt)$/i;

const HL7_V2 = format('hl7-v2', 'HL7 v2', CONVERT);
const CSV = format('csv', 'CSV, or a table like it', CONVERT);
const TABLE = /\.(csv|tsv|tab|psv)(\.gz)?$/i;
const MAYBE_TABLE = /(^|\/)[^./]+$|\.(txt|dat)(\.gz)?$/i;

/** What texts are. */
const TEXTS: readonly (readonly [sign: RegExp, format: OtherFormat])[] = [
  [/^(MSH|FHS|BHS)[^A-Za-z0-9\s]/, HL7_V2],
  [/^ISA[^A-Za-z0-9\s]/, format('x12', 'X12', CONVERT)],
  [/^(UNA|UNB)[^A-Za-z0-9\s]/, format('edifact', 'EDIFACT', CONVERT)],
  [/^<!doctype\s+html|^<html\b/i, format('html', 'HTML, a web page')],
  [/^<.*\burn:hl7-org:v3\b/s, format('cda', 'C-CDA, or other HL7 v3 XML', CONVERT)],
  [/^<.*["']http:\/\/hl7\.org\/fhir["']/s, format('fhir-xml', 'FHIR XML', FHIR_JSON)],
  [/^<[?!A-Za-z]/, format('xml', 'XML', CONVERT)],
  [/^(@?prefix|@?base)\s.*<http:\/\/hl7\.org\/fhir\/>/is, format('fhir-turtle', 'FHIR Turtle', FHIR_JSON)],
  [
    /^[{[].*"resourceType"/s,
    {
      ...format('other-name-json', 'FHIR in JSON, under another name', 'the ending .json or .ndjson makes it an input'),
      isJson: true,
    },
  ],
];

/**
 * What a file is that begins so, if it is of a known format that is no JSON, or JSON under a name that is no input's. Tables have no sign: what looks like
 * one is taken for one only where the name allows it.
 */
export function formatOf(start: Buffer, name: string): OtherFormat | undefined {
  const signed = signedFormat(start);
  if (signed !== undefined) return signed.id === 'zip' && OFFICE.test(name) ? OFFICE_DOCUMENT : signed;
  // Three letters are too few of a sign by themselves.
  if (/\.orc$/i.test(name) && start.toString('latin1', 0, 3) === 'ORC') return ORC;
  const text = textOf(start);
  const known = TEXTS.find(([sign]) => sign.test(text));
  if (known !== undefined) return known[1];
  return isTable(text, name) ? CSV : undefined;
}

const ORC = format('orc', 'ORC', CONVERT);
const OFFICE_DOCUMENT = format('office', 'an office document', CONVERT);
const ALL: readonly OtherFormat[] = [
  ...SIGNS.map(([, one]) => one),
  ...TEXTS.map(([, one]) => one),
  OFFICE_DOCUMENT,
  ORC,
  CSV,
];

/** True where the first lines have the same number of the same separator; of names that say nothing, more than one. */
function isTable(text: string, name: string): boolean {
  if (text === '' || /^[{[]/.test(text) || text.includes('\0')) return false;
  if (TABLE.test(name)) return true;
  if (!MAYBE_TABLE.test(name)) return false;
  const [first = '', second = ''] = text.split('\n', 2);
  return [',', ';', '\t', '|'].some((separator) => {
    const many = first.split(separator).length;
    return many > 2 && second.split(separator).length === many;
  });
}
