import type { Region } from './finding.js';

/** The lines of a text, as its line feeds make them; nothing is looked for before it is asked for. */
export interface TextLines {
  /** Where the line of an offset begins, and where it ends, before its line break. */
  around(offset: number): { readonly start: number; readonly end: number };
  /** The region from an offset to another one. */
  region(start: number, end: number): Region;
}

/** The lines of a text whose first line has the number `firstLine` in its file. */
export function textLines(text: string, firstLine: number): TextLines {
  let known: readonly number[] | undefined;
  const indexOf = (offset: number): { readonly index: number; readonly start: number } => {
    known ??= startsOf(text);
    let low = 0;
    let high = known.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((known[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { index: low, start: known[low] ?? 0 };
  };
  return {
    around(offset) {
      const { index, start } = indexOf(offset);
      let end = (known?.[index + 1] ?? text.length + 1) - 1;
      while (end > start && text[end - 1] === '\r') end -= 1;
      return { start, end };
    },
    region(start, end) {
      const first = indexOf(start);
      const last = indexOf(end);
      return {
        line: firstLine + first.index,
        column: start - first.start + 1,
        endLine: firstLine + last.index,
        endColumn: end - last.start + 1,
      };
    },
  };
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
