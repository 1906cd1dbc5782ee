import { type Budget, type Cell, type Placed, type PlacedRow, placeRows } from './grid.js';

/** The parts of a table. */
export type Section = 'head' | 'body' | 'foot';

/** The rows of one `thead`, `tbody` or `tfoot`; a cell does not reach out of it. */
export interface Group {
  readonly section: Section;
  readonly rows: Cell[][];
}

/** What stands between the lines of a cell that has others beside it: a row is one line. */
const LINE_END = ' | ';

/**
 * The lines of a table: of each row one, with a tab between its cells. A cell stays in its column whatever is spanned before it;
 * one that spans rows is repeated in each. Heads of several rows are joined where their cells span. `changed` is called where the
 * lines say it in another way than the table.
 */
export function tableLines(all: readonly Group[], budget: Budget, changed: () => void): string[] {
  const groups = all.filter((group) => group.rows.length > 0);
  const shown = inOrderShown(groups);
  if (shown.some((group, index) => group !== groups[index])) changed();
  const hasHead = groups.some((group) => group.section === 'head');
  return shown.flatMap((group, index) => {
    const rows = placeRows(group.rows, budget);
    if (rows.some((row) => row.some(({ cell }) => cell.colspan > 1 || cell.rowspan > 1))) changed();
    const heads = group.section === 'head' ? rows.length : hasHead || index > 0 ? 0 : headersOf(rows);
    return [...headLines(rows.slice(0, heads), changed), ...rows.slice(heads).flatMap((row) => rowLines(row, changed))];
  });
}

/**
 * The first head is shown above, and the first foot below all others; any other one stays where it is
 * (https://www.w3.org/TR/CSS22/tables.html#table-display).
 */
function inOrderShown(groups: readonly Group[]): Group[] {
  const head = groups.find(({ section }) => section === 'head');
  const foot = groups.find(({ section }) => section === 'foot');
  const others = groups.filter((group) => group !== head && group !== foot);
  return [head, ...others, foot].filter((group) => group !== undefined);
}

/** How many rows at the top are heads: those of nothing but `th`, where others follow and none reaches into them. */
function headersOf(rows: readonly PlacedRow[]): number {
  const end = rows.findIndex((row) => !row.every(({ cell }) => cell.header));
  return end < 0 || rows[end]?.some(({ repeated, cell }) => repeated && cell.header) === true ? 0 : end;
}

/** The lines of heads. One cell alone is a title of what follows, above all columns, and no level of the heads before it. */
function headLines(rows: readonly PlacedRow[], changed: () => void): string[] {
  const lines: string[] = [];
  let levels: PlacedRow[] = [];
  for (const row of rows) {
    if (row.length > 1) levels.push(row);
    else {
      lines.push(...levelLines(levels, changed), ...rowLines(row, changed));
      levels = [];
    }
  }
  return [...lines, ...levelLines(levels, changed)];
}

function levelLines(levels: readonly PlacedRow[], changed: () => void): string[] {
  const nested = levels.some((row) => row.some(({ cell }) => cell.lines.some((line) => line.row)));
  if (nested) return levels.flatMap((row) => rowLines(row, changed));
  const [only, ...others] = levels;
  if (only !== undefined && others.length === 0) return rowLines(spread(only), changed);
  const spanning = levels.slice(0, -1).some((row) => row.some(({ cell }) => cell.colspan > 1 || cell.rowspan > 1));
  return spanning ? [joined(levels)] : levels.flatMap((row) => rowLines(row, changed));
}

/** Heads of several levels as one: in each column all that stands above it, from the top. */
function joined(rows: readonly PlacedRow[]): string {
  const columns: Cell[][] = [];
  for (const { column, cell } of rows.flatMap(spread)) {
    const above = columns[column] ?? [];
    if (above.at(-1) !== cell) above.push(cell);
    columns[column] = above;
  }
  return Array.from(columns, (above = []) => above.map(textOf).filter(Boolean).join(' ')).join('\t');
}

/** A head that spans columns stands above each of them. */
function spread(row: PlacedRow): Placed[] {
  return row.flatMap((placed) =>
    Array.from({ length: placed.width }, (_, at) => ({ ...placed, column: placed.column + at })),
  );
}

function textOf(cell: Cell): string {
  return own(cell).join(LINE_END);
}

function own(cell: Cell): string[] {
  return cell.lines.filter((line) => !line.row && line.text !== '').map((line) => line.text);
}

/** The lines of a row. What stands in a table inside a cell has lines of its own; the row goes on behind them, in its column. */
function rowLines(row: PlacedRow, changed: () => void): string[] {
  const only = row.length === 1 ? row[0] : undefined;
  if (only !== undefined && only.column === 0 && !only.repeated) return only.cell.lines.map((line) => line.text);
  const lines: string[] = [];
  let current: string[] = [];
  let said = false;
  let column = 0;
  const end = (): void => {
    if (said) lines.push(current.join(''));
    current = ['\t'.repeat(column)];
    said = false;
  };
  for (const { column: place, cell, repeated } of row) {
    current.push('\t'.repeat(place - column));
    column = place;
    let first = true;
    for (const { text, row: isRow } of cell.lines) {
      if (isRow) {
        changed();
        if (repeated) continue;
        end();
        lines.push(text);
        first = true;
      } else if (text !== '') {
        if (!first) changed();
        current.push(first ? '' : LINE_END, inCell(text));
        first = false;
        said ||= !repeated;
      }
    }
  }
  end();
  return lines;
}

/** A tab that is shown as such would begin another cell. */
function inCell(text: string): string {
  return text.replaceAll('\t', '  ');
}
