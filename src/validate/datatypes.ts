import { createHash } from 'sha1-uint8array';
import { bytesOf } from '../fhir/datatypes/base64.js';
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
  const bytes = bytesOf(data);
  if (typeof size === 'number' && size !== bytes.length) report(walk, 'attachment-size', undefined, 'size');
  if (typeof hash !== 'string') return;
  if (HEXADECIMAL.test(hash)) report(walk, 'attachment-hash-hexadecimal', undefined, 'hash');
  else {
    const digest = createHash().update(bytes).digest();
    if (!isSame(bytesOf(hash), digest)) report(walk, 'attachment-hash', undefined, 'hash');
  }
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
