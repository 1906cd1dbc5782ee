import type { Excerpt } from '../check/finding.js';

/** Stands where a line goes on. */
const CUT = '…';

/**
 * As much of a line as fits into `width` characters, without its indentation, with the element in the middle; `…` stands where
 * it goes on. Characters that would move the cursor are spaces, so that what is under the line stays under it.
 * @param width at least 8.
 * @param isFirst false for a line below the first one, which keeps its indentation.
 */
export function cutOut(excerpt: Excerpt, width: number, isFirst = true): Excerpt {
  const { text, start, end } = unindented(excerpt, isFirst ? indentOf(excerpt) : 0);
  if (text.length <= width) return { text, start, end };
  // A character on either side is for the signs of a cut.
  const before = Math.floor((width - Math.min(end - start, width - 2)) / 2);
  const from = Math.max(0, Math.min(start - before, text.length - width));
  const to = from + width;
  const head = from > 0 ? CUT : '';
  const tail = to < text.length ? CUT : '';
  return {
    text: head + text.slice(from + head.length, to - tail.length) + tail,
    start: start - from,
    end: Math.min(end - from, width),
  };
}

/** How many lines an element takes that is longer than one of the terminal. */
const MOST_LINES = 5;

/** An element of one line that is too long for `width`, in lines of that width, broken after commas where that does. */
export function folded({ text, start, end }: Excerpt, width: number): string[] {
  const lines: string[] = [];
  let rest = visible(text.slice(start, Math.max(end, text.endsWith(CUT) ? text.length : end)));
  while (rest.length > width && lines.length < MOST_LINES - 1) {
    const comma = rest.lastIndexOf(',', width - 1) + 1;
    const at = comma > width / 2 ? comma : width;
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest.length > width ? `${rest.slice(0, width - CUT.length)}${CUT}` : rest];
}

/** The lines below the first one, moved to the left as it is. */
export function shifted(excerpt: Excerpt): string[] {
  const indent = indentOf(excerpt);
  return (excerpt.below ?? []).map((line) => line.slice(Math.min(/^\s*/.exec(line)?.[0].length ?? 0, indent)));
}

const indentOf = ({ text, start }: Excerpt): number => Math.min(/^\s*/.exec(text)?.[0].length ?? 0, start);

function unindented({ text, start, end }: Excerpt, indent: number): Excerpt {
  return { text: visible(text.slice(indent)).trimEnd(), start: start - indent, end: end - indent };
}

/** A line without what a terminal would obey instead of showing it, character by character. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ');
}
