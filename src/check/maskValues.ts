import { createScanner } from 'jsonc-parser';
import type { Excerpt } from './finding.js';
import { isKnownName } from './knownNames.js';

/** What stands for a value. Its length says nothing of the value's. */
const MASK = '…';

/** The most characters of a line that are shown. */
const WIDTH = 200;

/** A longer line is not masked at all: what its parts are would have to be held in memory. */
const LONGEST = 32 * 1024 * 1024;

/** The kinds of jsonc-parser's tokens: its own enum exists in its types only. */
const TOKEN = { null: 7, string: 10, number: 11, lineBreak: 14, trivia: 15, end: 17 } as const;
const LAST_OF_STRUCTURE = 6;

/** A line that holds no value any more, and where the tokens of the old line are in it. */
interface MaskedLine {
  readonly text: string;
  /** The offsets of the tokens in the old line, and the end. */
  readonly from: readonly number[];
  /** Beside each, the offset in the new one. */
  readonly to: readonly number[];
}

/**
 * Shows a part of a JSON text with nothing of its values in it: texts, truth values and names that neither R4 nor ClinikAPI has
 * become `…`, numbers `0`. Structure, white space, `null` and empty texts stay. Of a long line it shows what is around the part.
 * The function that it returns takes the offsets of a line, without its line feed, and of a part of it, from a token to a token.
 * A line of JSON can be taken apart by itself: no token of JSON has a line feed. Each line is masked once. With `values` nothing is
 * masked: for the terminal of somebody who asked for it.
 */
export function masker(
  text: string,
  { values = false }: { readonly values?: boolean | undefined } = {},
): (line: { readonly start: number; readonly end: number }, start: number, end: number) => Excerpt | undefined {
  const masked = new Map<number, MaskedLine>();
  return (line, start, end) => {
    if (values) return around(text.slice(line.start, line.end), start - line.start, end - line.start);
    if (line.end - line.start > LONGEST) return undefined;
    let shown = masked.get(line.start);
    if (shown === undefined) {
      shown = maskLine(text.slice(line.start, line.end));
      masked.set(line.start, shown);
    }
    return around(shown.text, offsetIn(shown, start - line.start), offsetIn(shown, end - line.start));
  };
}

function maskLine(line: string): MaskedLine {
  const from: number[] = [];
  const to: number[] = [];
  const parts: string[] = [];
  let length = 0;
  const scanner = createScanner(line);
  for (let kind: number = scanner.scan(); kind !== TOKEN.end; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const part = maskToken(kind, line, start, start + scanner.getTokenLength());
    from.push(start);
    to.push(length);
    parts.push(part);
    length += part.length;
  }
  from.push(line.length);
  to.push(length);
  return { text: parts.join(''), from, to };
}

/** What is shown of a token. A kind that is not known here is masked. */
function maskToken(kind: number, line: string, start: number, end: number): string {
  if (kind <= LAST_OF_STRUCTURE || kind === TOKEN.null) return line.slice(start, end);
  if (kind === TOKEN.trivia) return line.slice(start, end);
  if (kind === TOKEN.lineBreak) return ' ';
  if (kind === TOKEN.number) return '0';
  if (kind !== TOKEN.string) return MASK;
  if (end - start <= 2) return '""';
  // A name with an escape in it is none that anybody knows.
  const isName = isFollowedByColon(line, end) && isKnownName(line.slice(start + 1, end - 1));
  return isName ? line.slice(start, end) : `"${MASK}"`;
}

function isFollowedByColon(line: string, from: number): boolean {
  let at = from;
  while (line[at] === ' ' || line[at] === '\t' || line[at] === '\r') at += 1;
  return line[at] === ':';
}

/** The offset in the masked line of an offset at the edge of a token. */
function offsetIn({ from, to }: MaskedLine, offset: number): number {
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return to[low] ?? 0;
}

/** A part of a line with what is around it, no wider than is shown; what is cut off at an end is an ellipsis. */
function around(line: string, start: number, end: number): Excerpt {
  if (line.length <= WIDTH) return { text: line, start, end };
  const before = Math.floor(Math.max(WIDTH - (end - start), 0) / 3);
  const first = Math.max(Math.min(start - before, line.length - WIDTH), 0);
  const last = first + WIDTH;
  const head = first > 0 ? MASK : '';
  const tail = last < line.length ? MASK : '';
  return {
    text: head + line.slice(first, last) + tail,
    start: start - first + head.length,
    end: Math.min(end, last) - first + head.length,
  };
}
