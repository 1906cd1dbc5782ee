import type { Summary } from '../../convert/summary.js';
import { UNKNOWN_TYPE } from '../../read/source.js';
import { number } from '../../report/amount.js';
import { findLens } from '../../resources/registry.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';

/** What became of the records of some types. */
interface TypeRow {
  readonly name: string;
  readonly counts: readonly [inAll: number, converted: number, rejected: number, skipped: number];
  readonly note?: string;
}

const HEAD = ['in', 'converted', 'rejected', 'skipped'] as const;
const GAP = '  ';
/** How many types without a mapping are named. */
const MOST = 8;

/**
 * What became of the records of each type that has a mapping, and of all others in one row; without lines where the terminal is
 * too narrow.
 */
export function typeTable(records: Summary['records'], width: number, { bold, dim, bad }: Paint): string[] {
  const rows = rowsOf(records);
  const first = Math.max(...rows.map(({ name }) => name.length));
  const widths = HEAD.map((head, index) =>
    Math.max(head.length, ...rows.map(({ counts }) => number(counts[index] ?? 0).length)),
  );
  const taken = first + widths.reduce((sum, one) => sum + one + GAP.length, 0);
  if (taken > width) return [];
  const cells = (texts: readonly string[]): string[] => texts.map((text, index) => text.padStart(widths[index] ?? 0));
  const line = (name: string, texts: readonly string[]): string => [name.padEnd(first), ...texts].join(GAP);
  return [
    bold(line('', cells(HEAD))),
    ...rows.flatMap(({ name, counts, note }) => {
      const [inAll = '', converted = '', rejected = '', skipped = ''] = cells(counts.map(number));
      const told = line(name, [inAll, converted, counts[2] > 0 ? bad(rejected) : rejected, skipped]);
      if (note === undefined) return [told];
      const room = width - taken - GAP.length;
      const [start = '', ...others] = room < 30 ? ['', ...wrap(note, width - GAP.length)] : wrap(note, room);
      const indent = room < 30 ? GAP : ' '.repeat(taken + GAP.length);
      const beside = start === '' ? told : `${told}${GAP}${dim(start)}`;
      return [beside, ...others.map((other) => indent + dim(other))];
    }),
  ];
}

function rowsOf({ in: inAll, converted, rejected, skipped }: Summary['records']): TypeRow[] {
  const counts = (type: string): TypeRow['counts'] => [
    inAll.byType[type] ?? 0,
    converted.byType[type] ?? 0,
    rejected.byType[type] ?? 0,
    skipped.byType[type] ?? 0,
  ];
  const types = Object.keys(inAll.byType);
  const isOther = (type: string): boolean => type !== UNKNOWN_TYPE && findLens(type) === undefined;
  const others = types.filter(isOther);
  const own = types.filter((type) => !isOther(type)).map((name): TypeRow => ({ name, counts: counts(name) }));
  const all: TypeRow[] =
    others.length === 0 ? own : [...own, othersOf(others.map((name) => ({ name, counts: counts(name) })))];
  const total = all.map((row) => row.counts).reduce(sum, [0, 0, 0, 0]);
  return all.length === 1 ? all : [...all, { name: 'total', counts: total }];
}

/** The types that have no mapping, together. */
function othersOf(rows: readonly TypeRow[]): TypeRow {
  const rest = rows.length - MOST;
  const named = rows.slice(0, MOST).map(({ name, counts: [count] }) => `${name} ${number(count)}`);
  const note = `no mapping yet: ${[...named, ...(rest > 0 ? [`… ${number(rest)} more types`] : [])].join(', ')}`;
  return { name: 'others', counts: rows.map(({ counts }) => counts).reduce(sum, [0, 0, 0, 0]), note };
}

const sum = (a: TypeRow['counts'], b: TypeRow['counts']): TypeRow['counts'] => [
  a[0] + b[0],
  a[1] + b[1],
  a[2] + b[2],
  a[3] + b[3],
];
