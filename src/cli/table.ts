import { number } from '../report/amount.js';
import { wrap } from './wrap.js';

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
