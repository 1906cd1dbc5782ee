import { isUtf8 } from 'node:buffer';
import type { Issue } from '../lens/issue.js';
import { signedFormat } from './folder/otherFormat.js';
import { RECORD_LIMIT } from './lines.js';
import { excessOf, MOST_LEVELS, MOST_PARTS } from './nestedBytes.js';
import { nameOfNoJson } from './notJson.js';

/** A JSON value that has not been looked at yet, with its text, or why there is none. */
export type Parsed = { readonly value: unknown; readonly text: string } | { readonly unreadable: Issue };

/** Parses UTF-8 JSON. Never JSON.parse's own message: it quotes its input. `undefined` stands for too many bytes. */
export function parseJson(bytes: Buffer | undefined): Parsed {
  if (bytes === undefined || bytes.length > RECORD_LIMIT) return { unreadable: TOO_LARGE };
  // Decoding would replace what is not UTF-8 without a word.
  if (!isUtf8(bytes)) return { unreadable: otherThanJson(bytes) ?? NOT_UTF8 };
  const excess = excessOf(bytes);
  if (excess !== undefined) return { unreadable: EXCESSIVE[excess] };
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return { value, text };
  } catch (error) {
    return { unreadable: otherThanJson(bytes) ?? structure('json-malformed', nameOfNoJson(text, error)) };
  }
}

/** What begins with the sign of another format. */
function otherThanJson(bytes: Buffer): Issue | undefined {
  const format = signedFormat(bytes);
  if (format === undefined) return undefined;
  const advice = format.advice === undefined ? '' : ` (${format.advice})`;
  return structure('json-malformed', `This is ${format.name}, where JSON should be${advice}.`);
}

function structure(id: string, diagnostics: string): Issue {
  return { severity: 'error', code: 'structure', id, expression: [], diagnostics };
}

const NOT_UTF8 = structure('json-encoding', 'This is not UTF-8, the only encoding that FHIR allows.');
const EXCESSIVE = {
  levels: structure('too-deep', `This JSON is nested more than ${MOST_LEVELS} levels deep.`),
  parts: structure(
    'json-too-large',
    `This record or JSON document has over ${MOST_PARTS / 1_000_000} million objects and lists, too many to be held in memory; NDJSON of any length can be read.`,
  ),
} as const;
/** A value that is not held in memory. */
export const TOO_LARGE = structure(
  'json-too-large',
  `This record or JSON document is over ${RECORD_LIMIT / 1024 / 1024} MiB, too large to be read in one piece; NDJSON of any length can be read.`,
);
