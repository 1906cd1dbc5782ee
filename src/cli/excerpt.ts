import type { Excerpt } from '../check/finding.js';

/** Stands where a line goes on. */
const CUT = '…';

/**
 * As much of a line as fits into `width` characters, without its indentation, with the element in the middle; `…` stands where
 * it goes on. Characters that would move the cursor are spaces, so that what is under the line stays under it.
 * @param width at least 8.
 */
export function cutOut(excerpt: Excerpt, width: number): Excerpt {
  const { text, start, end } = unindented(excerpt);
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

function unindented({ text, start, end }: Excerpt): Excerpt {
  const indent = Math.min(/^\s*/.exec(text)?.[0].length ?? 0, start);
  return { text: visible(text.slice(indent)).trimEnd(), start: start - indent, end: end - indent };
}

/** A line without what a terminal would obey instead of showing it, character by character. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ');
}
