import { constants } from 'node:buffer';
import { isObject } from '../lens/json.js';
import { type Parsed, parseJson, TOO_LARGE } from './json.js';
import type { Line } from './lines.js';
import { typeName } from './source.js';

/** A JSON value of a file, or why it could not be read, and the line on which it starts. */
export type Value = Parsed & { readonly line: number };

/**
 * The JSON values of a file: one a line, or a single one over several lines. Which of the two it is shows in what the first
 * line leaves open; a name that ends in `.json` decides what could be either. A single value is held in memory whole, up to
 * `limit` bytes.
 */
export async function* readValues(
  name: string,
  batches: AsyncIterable<Line[]>,
  limit: number = constants.MAX_STRING_LENGTH,
): AsyncGenerator<Value> {
  const isNamedJson = name.endsWith('.json');
  let held: Line[] | undefined = [];
  let size = 0;
  for await (const batch of batches) {
    if (held === undefined) {
      for (const line of batch) yield valueIn(line);
      continue;
    }
    for (const line of batch) held.push(line);
    size += batch.reduce((sum, { bytes }) => sum + (bytes?.length ?? Number.POSITIVE_INFINITY) + 1, 0);
    if (mayBeDocument(held, isNamedJson)) {
      if (size <= limit) continue;
      if (isNamedJson) {
        yield { unreadable: TOO_LARGE, line: held[0]?.number ?? 1 };
        return;
      }
    }
    for (const line of held) yield valueIn(line);
    held = undefined;
  }
  if (held === undefined) return;
  const [first] = held;
  if (first === undefined) return;
  const whole = parseJson(joined(held));
  const isDocument = !('unreadable' in whole) || (isNamedJson && !held.some(isRecord));
  if (isDocument) yield { ...whole, line: first.number };
  else for (const line of held) yield valueIn(line);
}

function valueIn(line: Line): Value {
  return { ...parseJson(line.bytes), line: line.number };
}

function joined(lines: readonly Line[]): Buffer {
  return Buffer.concat(lines.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes, Buffer.from('\n')])));
}

/** True as long as the lines read so far can be the beginning of one value over several lines. */
function mayBeDocument([first, second]: readonly Line[], isNamedJson: boolean): boolean {
  if (first?.bytes === undefined || !isOpen(first.bytes)) return false;
  // A record of its own after it says that the first line was cut off, which needs no more memory to find out.
  return isNamedJson || second === undefined || !isRecord(second);
}

/** True for a line that is a FHIR resource by itself. */
function isRecord(line: Line): boolean {
  const parsed = parseJson(line.bytes);
  return 'value' in parsed && isObject(parsed.value) && typeName(parsed.value) !== undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** True where a line ends between brackets; not where it ends in a string, for a JSON string has no line feed. */
function isOpen(bytes: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return depth > 0 && !inString;
}
