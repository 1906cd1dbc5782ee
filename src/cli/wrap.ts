/**
 * A text in lines of at most `width` characters, broken at spaces, and where that does not do, between the parts of a path
 * or a URL, or anywhere.
 * @returns at least one line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const [first = '', ...rest] = pieces(word, width);
    if (line === '') line = first;
    else if (line.length + 1 + first.length <= width) line += ` ${first}`;
    else {
      lines.push(line);
      line = first;
    }
    for (const piece of rest) {
      lines.push(line);
      line = piece;
    }
  }
  return [...lines, line];
}

/** The parts of a path or a URL, each with what separates it from the one before. */
export function parts(word: string): string[] {
  return word.split(word.includes('/') ? /(?<![:/])(?=\/)/ : /(?=\.)/);
}

/** A word in pieces that fit. */
function pieces(word: string, width: number): string[] {
  const fitting: string[] = [];
  let piece = '';
  for (const part of parts(word)) {
    if (piece !== '' && piece.length + part.length > width) {
      fitting.push(piece);
      piece = '';
    }
    piece += part;
    for (; piece.length > width; piece = piece.slice(width)) fitting.push(piece.slice(0, width));
  }
  return [...fitting, piece];
}

/** A table's row: the cells of each column side by side, wrapped, without white space at the ends of lines. */
export function row(cells: readonly string[], widths: readonly number[]): string[] {
  const columns = cells.map((cell, index) => wrap(cell, widths[index] ?? cell.length));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((lines, index) => (lines[line] ?? '').padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
