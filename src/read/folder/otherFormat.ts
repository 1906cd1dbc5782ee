import { textOf } from './startOfFile.js';

/** A format that is not read: what it is called, and what can be done about it. */
export interface OtherFormat {
  readonly id: FormatId;
  /** What a file of it is: `FHIR XML`. */
  readonly name: string;
  readonly advice?: string;
  /** True for JSON whose name alone keeps it from being read. */
  readonly isJson?: true;
}

const FHIR_JSON = 'ask the server for application/fhir+json, or convert to JSON first';
const CONVERT = 'convert to FHIR R4 in JSON first';
const UNPACK = 'unpack first';

const FORMATS = {
  'fhir-xml': { name: 'FHIR XML', advice: FHIR_JSON },
  'fhir-turtle': { name: 'FHIR Turtle', advice: FHIR_JSON },
  'other-name-json': {
    name: 'FHIR in JSON, under another name',
    advice: 'the ending .json or .ndjson makes it an input',
    isJson: true,
  },
  'hl7-v2': { name: 'HL7 v2', advice: CONVERT },
  cda: { name: 'C-CDA, or other HL7 v3 XML', advice: CONVERT },
  x12: { name: 'X12', advice: CONVERT },
  edifact: { name: 'EDIFACT', advice: CONVERT },
  csv: { name: 'CSV, or a table like it', advice: CONVERT },
  xml: { name: 'XML', advice: CONVERT },
  parquet: { name: 'Parquet', advice: CONVERT },
  avro: { name: 'Avro', advice: CONVERT },
  orc: { name: 'ORC', advice: CONVERT },
  arrow: { name: 'Arrow', advice: CONVERT },
  sqlite: { name: 'an SQLite database', advice: CONVERT },
  office: { name: 'an office document', advice: CONVERT },
  zip: { name: 'a ZIP archive', advice: UNPACK },
  tar: { name: 'a tar archive', advice: UNPACK },
  '7z': { name: 'a 7z archive', advice: UNPACK },
  xz: { name: 'packed with xz', advice: UNPACK },
  zstd: { name: 'packed with zstd', advice: UNPACK },
  bzip2: { name: 'packed with bzip2', advice: UNPACK },
  html: { name: 'HTML, a web page' },
  dicom: { name: 'DICOM' },
  pdf: { name: 'PDF' },
  rtf: { name: 'RTF' },
  image: { name: 'an image' },
} as const satisfies { readonly [id: string]: Omit<OtherFormat, 'id'> };

type FormatId = keyof typeof FORMATS;

/** What files begin with, or have at an offset. */
const SIGNS: readonly (readonly [sign: Buffer, id: FormatId, offset?: number])[] = [
  [Buffer.from('PAR1'), 'parquet'],
  [Buffer.from('Obj\u0001'), 'avro'],
  [Buffer.from('ARROW1'), 'arrow'],
  [Buffer.from('SQLite format 3\0'), 'sqlite'],
  [Buffer.from('DICM'), 'dicom', 128],
  [Buffer.from('PK\u0003\u0004'), 'zip'],
  [Buffer.from('PK\u0005\u0006'), 'zip'],
  [Buffer.from('ustar'), 'tar', 257],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), '7z'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd'],
  [Buffer.from('1AY&SY'), 'bzip2', 4],
  [Buffer.from('%PDF-'), 'pdf'],
  [Buffer.from('{\\rtf'), 'rtf'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'image'],
  [Buffer.from('GIF8'), 'image'],
  [Buffer.from([0x49, 0x49, 0x2a, 0]), 'image'],
  [Buffer.from([0x4d, 0x4d, 0, 0x2a]), 'image'],
];

/** What texts are, the surer sign first. */
const TEXTS: readonly (readonly [sign: RegExp, id: FormatId])[] = [
  [/^(MSH|FHS|BHS)[^A-Za-z0-9\s]/, 'hl7-v2'],
  [/^ISA[^A-Za-z0-9\s]/, 'x12'],
  [/^(UNA|UNB)[^A-Za-z0-9\s]/, 'edifact'],
  [/^<!doctype\s+html|^<html\b/i, 'html'],
  [/^<.*\burn:hl7-org:v3\b/s, 'cda'],
  [/^<.*["']http:\/\/hl7\.org\/fhir["']/s, 'fhir-xml'],
  [/^<[?!A-Za-z]/, 'xml'],
  [/^(@?prefix|@?base)\s.*<http:\/\/hl7\.org\/fhir\/>/is, 'fhir-turtle'],
  [/^[{[].*"resourceType"/s, 'other-name-json'],
];

const TABLE = /\.(csv|tsv|tab|psv)(\.gz)?$/i;
const MAYBE_TABLE = /(^|\/)[^./]+$|\.(txt|dat)(\.gz)?$/i;
/** What is packed in a ZIP archive, by the end of the name. */
const OFFICE = /\.(xlsx|docx|pptx|ods|odt)$/i;

/** The formats by their ids. */
export function otherFormat(id: string): OtherFormat | undefined {
  return isFormat(id) ? { id, ...FORMATS[id] } : undefined;
}

const isFormat = (id: string): id is FormatId => Object.hasOwn(FORMATS, id);

/** What bytes are that begin with the sign of a format that is no text. */
export function signedFormat(start: Buffer): OtherFormat | undefined {
  const signed = SIGNS.find(([sign, , at = 0]) => start.subarray(at, at + sign.length).equals(sign));
  return signed && otherFormat(signed[1]);
}

/**
 * What a file is that begins so, if it is of a known format that is no JSON, or JSON under a name that is no input's. Tables have no
 * sign: what looks like one is taken for one only where the name allows it.
 */
export function formatOf(start: Buffer, name: string): OtherFormat | undefined {
  const signed = signedFormat(start);
  if (signed !== undefined) return signed.id === 'zip' && OFFICE.test(name) ? otherFormat('office') : signed;
  // Three letters are too few of a sign by themselves.
  if (/\.orc$/i.test(name) && start.toString('latin1', 0, 3) === 'ORC') return otherFormat('orc');
  const text = textOf(start);
  const id = TEXTS.find(([sign]) => sign.test(text))?.[1];
  if (id !== undefined) return otherFormat(id);
  return isTable(text, name) ? otherFormat('csv') : undefined;
}

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
