import type { Issue } from '../lens/issue.js';
import { hasDuplicateKeys } from '../read/jsonText.js';
import { parseJson } from '../read/parseJson.js';
import { refusals } from '../read/recordRefusals.js';

/** What `parseRecord` gives. */
export type ParsedRecord =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const NOT_WELL_FORMED: Issue = {
  severity: 'error',
  code: 'structure',
  id: 'json-encoding',
  expression: [],
  diagnostics: 'Half of a surrogate pair stands alone in this text, which no UTF-8 can hold.',
};

/**
 * The JSON value of a text, as the command line reads it: what is no JSON, no UTF-8, or has a key twice in an object (RFC 8259, 4) is
 * refused, as is a text over 256 MiB, and one over 1 MiB that is nested over 1000 levels deep. A byte order mark in front is passed
 * over. Never throws, and no issue holds anything of the text, which the messages of `JSON.parse` quote.
 */
export function parseRecord(text: string | Uint8Array): ParsedRecord {
  const bytes =
    typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  // Each such half has become a replacement character, without a word.
  if (typeof text === 'string' && /\p{Surrogate}/u.test(text)) return { ok: false, issues: [NOT_WELL_FORMED] };
  const parsed = parseJson(hasMark(bytes) ? bytes.subarray(3) : bytes);
  if ('unreadable' in parsed) return { ok: false, issues: [parsed.unreadable] };
  if (hasDuplicateKeys(parsed.text, parsed.value)) return { ok: false, issues: [refusals.duplicateKey] };
  return { ok: true, value: parsed.value };
}

const hasMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
