import { createHash } from 'sha1-uint8array';
import { isAbsoluteUri, isR4Uri } from '../fhir/references/uri.js';
import { type JsonObject, own } from '../lens/json.js';
import { CODED_TYPES, checkCode } from './code.js';
import { checkExtension } from './extension/extension.js';
import { hasFaultIn, report, type Walk } from './walk.js';

/** Checks an object of a datatype in focus for what its elements say of each other; `since` is what was found before it. */
type DatatypeCheck = (value: JsonObject, walk: Walk, since: number) => void;

/** The system of identifiers that are URIs (https://hl7.org/fhir/R4/identifier-registry.html). */
const URI = 'urn:ietf:rfc:3986';

/** "The value of the identifier is itself a globally unique URI" (https://hl7.org/fhir/R4/datatypes.html#Identifier). */
const checkIdentifier: DatatypeCheck = (value, walk) => {
  if (own(value, 'system') !== URI) return;
  const uri = own(value, 'value');
  if (typeof uri === 'string' && uri !== '' && !(isAbsoluteUri(uri) && isR4Uri(uri))) {
    report(walk, 'identifier-uri', undefined, 'value');
  }
};

const DATA: ReadonlySet<string> = new Set(['data', 'size', 'hash']);

/** "The hash and size relate to the data before it is represented in base64 form" (https://hl7.org/fhir/R4/datatypes.html#Attachment). */
const checkAttachment: DatatypeCheck = (value, walk, since) => {
  const size = own(value, 'size');
  const hash = own(value, 'hash');
  if (size === undefined && hash === undefined) return;
  const data = own(value, 'data');
  if (typeof data !== 'string' || hasFaultIn(DATA, since, walk)) return;
  if (typeof size === 'number' && size !== sizeOf(data)) report(walk, 'attachment-size', undefined, 'size');
  if (typeof hash !== 'string') return;
  if (HEXADECIMAL.test(hash)) report(walk, 'attachment-hash-hexadecimal', undefined, 'hash');
  else if (!isSame(bytesOf(hash), createHash().update(bytesOf(data)).digest()))
    report(walk, 'attachment-hash', undefined, 'hash');
};

/** A SHA-1 as most programs print it; it looks like base64, too. */
const HEXADECIMAL = /^(?:[0-9a-f]{40}|[0-9A-F]{40})$/;

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return a.length === b.length;
}

/** The checks of datatypes, by name. */
export const DATATYPE_CHECKS: ReadonlyMap<string, DatatypeCheck> = new Map<string, DatatypeCheck>([
  ['Identifier', checkIdentifier],
  ['Attachment', checkAttachment],
  ['Extension', checkExtension],
  ...CODED_TYPES.map((type) => [type, checkCode] as const),
]);

/** How many bytes valid base64 stands for, which may have white space. */
function sizeOf(base64: string): number {
  let digits = 0;
  for (let at = 0; at < base64.length; at += 1) if (VALUES[base64.charCodeAt(at)] !== NO_DIGIT) digits += 1;
  return Math.floor((digits * 3) / 4);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NO_DIGIT = 64;
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/** The bytes of valid base64, which may have white space. */
function bytesOf(base64: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((base64.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let left = 0;
  for (let at = 0; at < base64.length; at += 1) {
    const value = VALUES[base64.charCodeAt(at)] ?? NO_DIGIT;
    if (value === NO_DIGIT) continue;
    left = (left << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (left >> bits) & 0xff;
    length += 1;
    left &= (1 << bits) - 1;
  }
  return bytes.subarray(0, length);
}
