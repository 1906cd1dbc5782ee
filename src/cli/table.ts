import { number } from '../report/amount.js';
import { row, wrap } from './wrap.js';

/** A count, and what it counts. */
export type Row = readonly [count: number, text: string];

/** Counts with texts beside them, which are wrapped. */
export function table(rows: readonly Row[], width: number): string[] {
  const margin = Math.max(0, ...rows.map(([count]) => number(count).length)) + 4;
  return rows.flatMap(([count, text]) => {
    const [first, ...others] = wrap(text, Math.max(width - margin, 20));
    return [
      `  ${number(count).padStart(margin - 4)}  ${first}`,
      ...others.map((line) => `${' '.repeat(margin)}${line}`),
    ];
  });
}

/** A text below a heading. */
export function indented(text: string, width: number): string[] {
  return wrap(text, Math.max(width - 2, 20)).map((line) => `  ${line}`);
}

/** Counts with names beside them, which are not wrapped. */
export function counted(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([count]) => number(count).length));
  return rows.map(([count, text]) => `  ${number(count).padStart(width)}  ${text}`);
}

/** Counts, names and texts side by side, the last two wrapped. */
export function columns(
  rows: readonly (readonly [count: string, name: string, text: string])[],
  width: number,
): string[] {
  const first = Math.max(0, ...rows.map(([count]) => count.length));
  const room = Math.max(width - first - 6, 30);
  const longest = Math.max(0, ...rows.map(([, name]) => name.length));
  const last = Math.max(0, ...rows.map(([, , text]) => text.length));
  const name = Math.min(longest, Math.max(Math.floor(room * 0.5), room - last));
  return rows.flatMap(([count, ...others]) =>
    row([count.padStart(first), ...others], [first, name, room - name - 2]).map((line) => `  ${line}`),
  );
}
