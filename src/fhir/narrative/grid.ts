import type { Line } from './flow.js';

export interface Cell {
  readonly lines: readonly Line[];
  readonly header: boolean;
  readonly colspan: number;
  readonly rowspan: number;
}

/** A cell in its column; `repeated` where it began in a row above. */
export interface Placed {
  readonly column: number;
  readonly width: number;
  readonly cell: Cell;
  readonly repeated: boolean;
}

export type PlacedRow = readonly Placed[];

/** How many places cells may take besides their own, and how many characters may be said again, in all tables of a narrative. */
export interface Budget {
  places: number;
  characters: number;
}

/** More than a table has that somebody wrote; where it is used up, a cell takes no place but its own. */
export function newBudget(): Budget {
  return { places: 1_000_000, characters: 1_000_000 };
}

/** Gives each cell its column, as HTML does (https://html.spec.whatwg.org/multipage/tables.html#forming-a-table). */
export function placeRows(rows: readonly (readonly Cell[])[], budget: Budget): PlacedRow[] {
  let reaching: readonly Reaching[] = [];
  return rows.map((cells) => {
    const above = reaching.filter(({ placed }) => affords(budget, 1, placed.cell));
    const row: Reaching[] = [];
    let column = 0;
    let next = 0;
    for (const cell of cells) {
      for (let one = above[next]; one !== undefined && one.placed.column <= column; one = above[next]) {
        row.push(one);
        column = Math.max(column, one.placed.column + one.placed.width);
        next += 1;
      }
      const width = cell.colspan > 1 && affords(budget, cell.colspan - 1, cell) ? cell.colspan : 1;
      row.push({ placed: { column, width, cell, repeated: false }, rows: cell.rowspan });
      column += width;
    }
    row.push(...above.slice(next));
    row.sort((a, b) => a.placed.column - b.placed.column);
    reaching = row
      .filter((one) => one.rows > 1)
      .map((one) => ({ placed: { ...one.placed, repeated: true }, rows: one.rows - 1 }));
    return row.map(({ placed }) => placed);
  });
}

/** A cell, and how many rows it reaches through from here on. */
interface Reaching {
  readonly placed: Placed;
  readonly rows: number;
}

/** Takes what it costs to say a cell again; false where too much was said again already. */
function affords(budget: Budget, times: number, cell: Cell): boolean {
  budget.places -= times;
  for (const { text } of cell.lines) budget.characters -= times * text.length;
  return budget.places >= 0 && budget.characters >= 0;
}
