/** What a spreadsheet takes for a formula at the start of a cell, behind any number of the apostrophes that say that it is none. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * A text as a cell of CSV (https://www.rfc-editor.org/rfc/rfc4180), quoted where it has to be. One that a spreadsheet would run as a
 * formula gets an apostrophe in front, and so does one that has that already, so that `fromCell` gives back every text as it was.
 */
export function toCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell, unquoted, as it was before `toCell`. */
export function fromCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
