import { visit } from 'jsonc-parser';
import { UNNAMED } from '../fhir/expression.js';
import type { Excerpt, Region } from './finding.js';
import { type Found, type JsonTree, jsonTree, type Key } from './jsonTree.js';
import { masker } from './maskValues.js';
import { type TextLines, textLines } from './textLines.js';

/** Where an element is, and what may be shown of its lines. */
export interface Placed {
  readonly region: Region;
  /** Undefined where the place is a whole record, or cannot be told. */
  readonly excerpt?: Excerpt;
}

/**
 * Finds elements of a text by their FHIRPath locations with indexes. `keys` lead to the record that the location is in, where
 * the text holds others, too.
 */
export type Placer = (expression: string | undefined, keys?: readonly Key[]) => Placed;

/**
 * Finds the elements of a record, or of a document of several, whose text begins on the line `firstLine` of its file.
 *
 * The region of a property goes from its key to the end of its value, that of an item from its beginning to its end, where that
 * is on one line; else it is the key, or the bracket that opens the item. For an element that is not there it is that of the
 * nearest element around it, or of that one's key. A byte order mark is in no column. A text of over 64 Mi characters, or one
 * that is nested thousands of levels deep, is not taken apart: all its elements are where it begins.
 *
 * The text is parsed once, and not before it is asked for the first element. Without `excerpts`, which cost as much again, no
 * line is masked; with `values` they are shown as they are. Never throws.
 */
export function placer(text: string, firstLine: number, { excerpts = true, values = false }: Shown = {}): Placer {
  const body = withoutMark(text);
  const lines = textLines(body, firstLine);
  const show = masker(body, { values });
  let tree: JsonTree | 'none' | undefined;
  /** How often a place was asked for that several properties share. */
  const asked = new Map<string, number>();
  return (expression, keys = []) => {
    if (expression === undefined && keys.length === 0) return { region: beginning(body, lines) };
    tree ??= jsonTree(body) ?? 'none';
    if (tree === 'none') return { region: beginning(body, lines) };
    const way = `${JSON.stringify(keys)} ${expression}`;
    const which = asked.get(way) ?? 0;
    if (expression?.endsWith(UNNAMED)) asked.set(way, which + 1);
    const found = tree.find(expression ?? '$this', keys, which);
    const { start, end } = rangeOf(found, expression !== undefined, lines);
    const region = lines.region(start, end);
    const excerpt = expression === undefined || !excerpts ? undefined : show(lines.around(start), start, end);
    if (excerpt === undefined) return { region };
    const { value } = found.spot;
    const below = linesBelow(start, value.offset + value.length);
    return { region, excerpt: below.length === 0 ? excerpt : { ...excerpt, below } };
  };

  /** The lines after the one of `start` that begin before `end`. */
  function linesBelow(start: number, end: number): string[] {
    const below: string[] = [];
    let at = start;
    for (;;) {
      const next = body.indexOf('\n', at) + 1;
      if (next === 0 || next >= end) return below;
      if (below.length === MOST_BELOW) return [...below.slice(0, -1), `${below.at(-1)} …`];
      const line = lines.around(next);
      below.push(show(line, line.start, line.start)?.text ?? '…');
      at = next;
    }
  }
}

/** What is shown of the lines of an element. */
export interface Shown {
  readonly excerpts?: boolean | undefined;
  readonly values?: boolean | undefined;
}

/** How many lines of an element are shown besides its first one. */
const MOST_BELOW = 4;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is marked of a spot: all of it where it was asked for and is on one line, else what it begins with. */
function rangeOf({ spot: { key, value }, isWhole }: Found, isElement: boolean, lines: TextLines): Range {
  const start = (key ?? value).offset;
  const end = value.offset + value.length;
  if (isWhole && isElement && end <= lines.around(start).end) return { start, end };
  if (key !== undefined) return { start, end: start + key.length };
  const isBracket = value.type === 'object' || value.type === 'array';
  return { start, end: isBracket ? start + 1 : end };
}

/** The first character that is no white space. */
function beginning(text: string, lines: TextLines): Region {
  const start = Math.max(text.search(/\S/), 0);
  return lines.region(start, Math.min(start + 1, text.length));
}

const BYTE_ORDER_MARK = 0xfeff;

function withoutMark(text: string): string {
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

/** Where a text stops being JSON; where it begins if that cannot be told. Never throws. */
export function placeOfSyntaxError(text: string, firstLine: number): Region {
  const body = withoutMark(text);
  const lines = textLines(body, firstLine);
  const start = firstFault(body);
  if (start === undefined) return beginning(body, lines);
  return lines.region(start, Math.max(start, Math.min(start + 1, lines.around(start).end)));
}

function firstFault(text: string): number | undefined {
  let fault: number | undefined;
  try {
    visit(
      text,
      {
        onError: (_, offset) => {
          fault = Math.min(offset, text.length);
          // Of a text that is no JSON at all, every character is a fault, and only the first is asked for.
          throw new RangeError('found');
        },
      },
      { disallowComments: true },
    );
  } catch {
    // It was found, or the text is nested deeper than the parser can follow.
  }
  return fault;
}
