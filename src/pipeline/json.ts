import { constants, isUtf8 } from 'node:buffer';
import type { Issue } from '../lens/issue.js';

/** A JSON value that has not been looked at yet, or why there is none. */
export type Parsed = { readonly value: unknown } | { readonly unreadable: Issue };

/** Parses UTF-8 JSON. Never JSON.parse's own message: it quotes its input. `undefined` stands for too many bytes. */
export function parseJson(bytes: Buffer | undefined): Parsed {
  if (bytes === undefined || bytes.length > constants.MAX_STRING_LENGTH) return { unreadable: TOO_LARGE };
  // Decoding would replace what is not UTF-8 without a word.
  if (!isUtf8(bytes)) return { unreadable: NOT_UTF8 };
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return { value };
  } catch {
    return { unreadable: MALFORMED };
  }
}

function structure(id: string, diagnostics: string): Issue {
  return { severity: 'error', code: 'structure', id, expression: [], diagnostics };
}

const MALFORMED = structure('json-malformed', 'This is not JSON; it may have been cut off.');
const NOT_UTF8 = structure('json-encoding', 'This is not UTF-8, the only encoding that FHIR allows.');
/** A value that no string can hold. */
export const TOO_LARGE = structure(
  'json-too-large',
  'This JSON value is too large to be read in one piece; NDJSON has no such limit.',
);
