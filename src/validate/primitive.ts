import { isBase64 } from '../fhir/datatypes/base64.js';
import { isDateTime, parseDateTime } from '../fhir/datatypes/dateTime.js';
import { primitiveOf } from '../fhir/definitions.js';
import { isIdFrom } from '../fhir/references/plainId.js';
import { isR4Uri } from '../fhir/references/uri.js';

/** R4's limit for a string (https://hl7.org/fhir/R4/datatypes.html#string). */
const MAX_STRING = 1024 * 1024;

/** Control characters that R4 forbids in text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** White space as XML Schema has it, whose patterns R4 uses; JavaScript's `\s` is wider. */
const CODE_WITH_SPACES = /^[^ \t\r\n]+(?: [^ \t\r\n]+)*$/;
const MAX_INTEGER = 2147483647;

/** White space, and all that R4 says a string should not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UP_TO_SPACE = /[\u0000-\u0020]/;

/** True for a `string` or `markdown`, but for the empty one. */
export const isText = (value: string): boolean => !CONTROL.test(value) && !isTooLong(value);

/** R4 counts characters; JavaScript counts some of them twice. */
const isTooLong = (value: string): boolean =>
  value.length > MAX_STRING && (value.length > 2 * MAX_STRING || [...value].length > MAX_STRING);

const isCode = (value: string): boolean =>
  !isTooLong(value) && (!UP_TO_SPACE.test(value) || (CODE_WITH_SPACES.test(value) && !CONTROL.test(value)));

/** A date of the calendar, whole or partial (https://hl7.org/fhir/R4/datatypes.html#date). */
const isDate = (value: string): boolean => value.length <= 10 && parseDateTime(value) !== undefined;

/** A dateTime with a time (https://hl7.org/fhir/R4/datatypes.html#instant). */
const isInstant = (value: string): boolean => value.length > 10 && isDateTime(value);

type Format = (value: string) => boolean;
type NumberFormat = (value: number) => boolean;

/** The formats of primitives that JSON writes as text; those not here follow the pattern in R4's own definition. */
const TEXT_FORMATS: Readonly<Record<string, Format>> = {
  base64Binary: isBase64,
  canonical: isR4Uri,
  code: isCode,
  date: isDate,
  dateTime: isDateTime,
  id: (value) => isIdFrom(value, 0),
  instant: isInstant,
  markdown: isText,
  string: isText,
  uri: isR4Uri,
  url: isR4Uri,
};

const isInteger = (value: number, least: number): boolean =>
  Number.isInteger(value) && value >= least && value <= MAX_INTEGER;

const NUMBER_FORMATS: Readonly<Record<string, NumberFormat>> = {
  // R4 sets a decimal no limit: what no double holds is infinite by the time it comes here.
  decimal: (value) => !Number.isNaN(value),
  integer: (value) => isInteger(value, -MAX_INTEGER - 1),
  positiveInt: (value) => isInteger(value, 1),
  unsignedInt: (value) => isInteger(value, 0),
};

/** Whether a JSON value is one of a primitive type: its JSON type and its format in one (https://hl7.org/fhir/R4/datatypes.html). */
export type PrimitiveTest = (value: unknown) => boolean;

const made = new Map<string, PrimitiveTest>();

/** The test of a primitive type, made on first use. */
export function primitiveTest(type: string): PrimitiveTest {
  const before = made.get(type);
  if (before !== undefined) return before;
  const test = makeTest(type);
  made.set(type, test);
  return test;
}

function makeTest(type: string): PrimitiveTest {
  const { json = 'string', pattern } = primitiveOf(type) ?? {};
  if (json === 'boolean') return (value) => typeof value === 'boolean';
  if (json === 'number') {
    const fits = NUMBER_FORMATS[type] ?? Number.isFinite;
    return (value) => typeof value === 'number' && fits(value);
  }
  const fits = TEXT_FORMATS[type] ?? patternTest(pattern);
  return (value) => typeof value === 'string' && value !== '' && fits(value);
}

function patternTest(pattern: string | undefined): Format {
  if (pattern === undefined) return () => true;
  // Without the flag `u`, for engines that have none: of the patterns that come here, none takes more than ASCII.
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value) => whole.test(value);
}

/** The types that are texts of R4's `string`, and have its limit. */
const STRINGS: ReadonlySet<string> = new Set(['code', 'markdown', 'string']);

/**
 * What is wrong with a text that the test of its type does not take. A control character in a string or code is only what R4
 * advises against: "Strings SHOULD not contain Unicode character points below 32".
 */
export function textFault(type: string, value: string): 'too-long' | 'control-character' | 'format' {
  if (STRINGS.has(type) && isTooLong(value)) return 'too-long';
  const isElseRight = type === 'string' || (type === 'code' && CODE_WITH_SPACES.test(value));
  return isElseRight && CONTROL.test(value) ? 'control-character' : 'format';
}

/** What a value of a primitive type looks like, for messages. */
export const FORMAT_WORDS: Readonly<Record<string, string>> = {
  base64Binary: 'base64, in groups of four characters, with or without white space',
  boolean: 'true or false',
  canonical: 'a URI: no white space, after urn:uuid: a UUID in lower case, after urn:oid: an OID',
  code: 'a code: no white space at its ends, and only single spaces inside',
  date: 'a date that exists: YYYY, YYYY-MM or YYYY-MM-DD',
  dateTime: 'a date that exists: YYYY, YYYY-MM, YYYY-MM-DD, or with a time with seconds and a time zone',
  decimal: 'a number',
  id: 'an id: 1 to 64 letters, digits, hyphens and dots',
  instant: 'a date that exists, with a time with seconds and a time zone',
  integer: 'a whole number of at most 32 bits',
  markdown: 'text of at most 1,048,576 characters, without control characters',
  oid: 'an OID: urn:oid: and numbers with dots',
  positiveInt: 'a whole number from 1 to 2,147,483,647',
  string: 'text of at most 1,048,576 characters',
  time: 'a time: hh:mm:ss, with or without fraction',
  unsignedInt: 'a whole number from 0 to 2,147,483,647',
  uri: 'a URI: no white space, after urn:uuid: a UUID in lower case, after urn:oid: an OID',
  url: 'a URI: no white space, after urn:uuid: a UUID in lower case, after urn:oid: an OID',
  uuid: 'a UUID: urn:uuid: and lower-case hexadecimal digits',
};
