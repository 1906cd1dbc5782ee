import type { Summary } from '../../convert/summary.js';
import { UNKNOWN_TYPE } from '../../read/source.js';
import { number } from '../../report/amount.js';
import { findLens } from '../../resources/registry.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';

type Cells = readonly [inAll: number, converted: number, raw: number, rejected: number, skipped: number];

/** What became of the records of some types. */
interface TypeRow {
  readonly name: string;
  readonly counts: Cells;
  readonly note?: string;
}

const HEAD = ['in', 'converted', 'raw', 'rejected', 'skipped'] as const;
const RAW = HEAD.indexOf('raw');
const REJECTED = HEAD.indexOf('rejected');
const GAP = '  ';
/** How many types without a mapping are named. */
const MOST = 8;

/**
 * What became of the records of each type that has a mapping, and of all others in one row; without lines where the terminal is
 * too narrow.
 */
export function typeTable(records: Summary['records'], width: number, { bold, dim, bad }: Paint): string[] {
  const rows = rowsOf(records);
  // What goes as it is has a column only where that was asked for.
  const columns = [...HEAD.keys()].filter((index) => index !== RAW || records.raw !== undefined);
  const first = Math.max(...rows.map(({ name }) => name.length));
  const widths = columns.map((index) =>
    Math.max(HEAD[index]?.length ?? 0, ...rows.map(({ counts }) => number(counts[index] ?? 0).length)),
  );
  const taken = first + widths.reduce((sum, one) => sum + one + GAP.length, 0);
  if (taken > width) return [];
  const cells = (texts: readonly string[]): string[] => texts.map((text, index) => text.padStart(widths[index] ?? 0));
  const line = (name: string, texts: readonly string[]): string => [name.padEnd(first), ...texts].join(GAP);
  return [
    bold(line('', cells(columns.map((index) => HEAD[index] ?? '')))),
    ...rows.flatMap(({ name, counts, note }) => {
      const texts = cells(columns.map((index) => number(counts[index] ?? 0)));
      const isBad = (at: number): boolean => columns[at] === REJECTED && counts[REJECTED] !== 0;
      const told = line(
        name,
        texts.map((text, at) => (isBad(at) ? bad(text) : text)),
      );
      if (note === undefined) return [told];
      const room = width - taken - GAP.length;
      const [start = '', ...others] = room < 30 ? ['', ...wrap(note, width - GAP.length)] : wrap(note, room);
      const indent = room < 30 ? GAP : ' '.repeat(taken + GAP.length);
      const beside = start === '' ? told : `${told}${GAP}${dim(start)}`;
      return [beside, ...others.map((other) => indent + dim(other))];
    }),
  ];
}

function rowsOf({ in: inAll, converted, raw, rejected, skipped }: Summary['records']): TypeRow[] {
  const counts = (type: string): Cells => [
    inAll.byType[type] ?? 0,
    converted.byType[type] ?? 0,
    raw?.byType[type] ?? 0,
    rejected.byType[type] ?? 0,
    skipped.byType[type] ?? 0,
  ];
  const rows = Object.keys(inAll.byType).map((name): TypeRow => ({ name, counts: counts(name) }));
  const isOther = ({ name }: TypeRow): boolean => name !== UNKNOWN_TYPE && findLens(name) === undefined;
  const isSent = ({ counts: [, , sent, refused] }: TypeRow): boolean => raw !== undefined && sent + refused > 0;
  const others = rows.filter(isOther);
  const all = [
    ...rows.filter((row) => !isOther(row)),
    ...together('as they are', 'for /v1/fhir', others.filter(isSent)),
    ...together(
      'others',
      'no mapping yet',
      others.filter((row) => !isSent(row)),
    ),
  ];
  return all.length === 1 ? all : [...all, { name: 'total', counts: sumOf(all) }];
}

/** Types in one row; none where there are none. */
function together(name: string, what: string, rows: readonly TypeRow[]): TypeRow[] {
  if (rows.length === 0) return [];
  const rest = rows.length - MOST;
  const named = rows.slice(0, MOST).map(({ name: type, counts: [count] }) => `${type} ${number(count)}`);
  const note = `${what}: ${[...named, ...(rest > 0 ? [`… ${number(rest)} more types`] : [])].join(', ')}`;
  return [{ name, counts: sumOf(rows), note }];
}

function sumOf(rows: readonly TypeRow[]): Cells {
  return rows.reduce<Cells>(
    ([a, b, c, d, e], { counts: [f, g, h, i, j] }) => [a + f, b + g, c + h, d + i, e + j],
    [0, 0, 0, 0, 0],
  );
}
