import { isUtf8 } from 'node:buffer';
import type { Issue } from '../lens/issue.js';
import { RECORD_LIMIT } from './lines.js';

/** A JSON value that has not been looked at yet, with its text, or why there is none. */
export type Parsed = { readonly value: unknown; readonly text: string } | { readonly unreadable: Issue };

/** Parses UTF-8 JSON. Never JSON.parse's own message: it quotes its input. `undefined` stands for too many bytes. */
export function parseJson(bytes: Buffer | undefined): Parsed {
  if (bytes === undefined || bytes.length > RECORD_LIMIT) return { unreadable: TOO_LARGE };
  // Decoding would replace what is not UTF-8 without a word.
  if (!isUtf8(bytes)) return { unreadable: NOT_UTF8 };
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return { value, text };
  } catch {
    return { unreadable: bytes.includes(0) ? NUL : MALFORMED };
  }
}

function structure(id: string, diagnostics: string): Issue {
  return { severity: 'error', code: 'structure', id, expression: [], diagnostics };
}

const MALFORMED = structure('json-malformed', 'This is not JSON; it may have been cut off.');
const NUL = structure('json-malformed', 'This is not JSON: there are NUL bytes in it.');
const NOT_UTF8 = structure('json-encoding', 'This is not UTF-8, the only encoding that FHIR allows.');
/** A value that is not held in memory. */
export const TOO_LARGE = structure(
  'json-too-large',
  `This record or JSON document is over ${RECORD_LIMIT / 1024 / 1024} MiB, too large to be read in one piece; NDJSON of any length can be read.`,
);
