import { isError } from './systemError.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** What stands at the beginning of some other form of data, the surer sign first. */
const FORMS: readonly (readonly [sign: RegExp, says: string])[] = [
  [
    /^<!doctype\s+html|^<html\b|^<head\b|^<body\b/i,
    'This is HTML: a web page, of a login or an error perhaps, where JSON should be.',
  ],
  [/^<[?!A-Za-z/]/, 'This is XML. Of FHIR’s formats JSON is read; ask for application/fhir+json.'],
  [/^[A-Z][A-Z0-9]{2}\|/, 'This is an HL7 v2 message, and no FHIR; convert to FHIR R4 in JSON first.'],
  [
    /^["A-Za-z0-9_][^{}[\]<>]*[,;\t|][^{}[\]<>]*$/,
    'This is a line of a table (CSV, or the like); convert to FHIR R4 in JSON first.',
  ],
  [/^[^{}[\]"]*$/, 'This is text, and no JSON.'],
];

/** The namespace of HL7 v3 may stand below the first line. */
const CDA = /^<.*\burn:hl7-org:v3\b/s;

/** The most characters that are looked at for what a text is. */
const BEGINNING = 1000;

/**
 * What a text is that JSON.parse refused with `error`: another format, several values, cut off. Nothing of the text itself is said, nor
 * JSON.parse's own message, which quotes it.
 */
export function nameOfNoJson(text: string, error: unknown): string {
  if (text.trim() === '') return 'There is nothing here but white space.';
  if (text.includes('\0')) return 'This is not JSON: there are NUL bytes in it.';
  if (text.startsWith(BYTE_ORDER_MARK)) return MARK;
  const start = text.slice(0, BEGINNING).trimStart();
  const firstLine = start.split('\n', 1)[0] ?? '';
  const said = isError(error) ? error.message : '';
  const isJson = /^[[{]/.test(start);
  if (!isJson) {
    const form = FORMS.find(([sign]) => sign.test(firstLine.trimEnd()));
    if (CDA.test(start)) return 'This is C-CDA, or other HL7 v3 XML, and no FHIR; convert to FHIR R4 in JSON first.';
    if (form !== undefined) return form[1];
  }
  const place = POSITION.exec(said)?.[1];
  const isAtEnd = place !== undefined && Number(place) >= text.trimEnd().length;
  if (isAtEnd || CUT_OFF.test(said)) return 'This JSON was cut off: it ends in the middle of a value.';
  const position = AFTER_VALUE.exec(said)?.[1];
  if (position !== undefined) {
    const isMark = text.charAt(Number(position)) === BYTE_ORDER_MARK;
    return isMark ? MARK : 'There is more after the end of the JSON value; NDJSON has one value in a line.';
  }
  if (said.startsWith(`Unexpected token '${BYTE_ORDER_MARK}'`)) return MARK;
  return 'This is not JSON: there is a fault in its syntax.';
}

const MARK = 'A byte order mark stands in the middle, where one file was appended to another.';

/** How V8 begins its messages; whatever is none of these is a fault of syntax. */
const CUT_OFF = /^(Unexpected end of JSON input|Unterminated string in JSON)/;
const AFTER_VALUE = /^Unexpected non-whitespace character after JSON at position (\d+)/;
const POSITION = / at position (\d+)/;
