import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isRow, type Measured, type Row } from './row.js';

/** The figures of a release, and where they were measured. */
export interface Baseline {
  readonly version: string;
  readonly machine: string;
  readonly node: string;
  readonly rows: readonly Measured[];
}

const FILE = 'bench/baseline.json';

/** The figures of the last release, where there are any. */
export function readBaseline(): Baseline | undefined {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : undefined;
}

export function writeBaseline(baseline: Baseline): void {
  writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`);
}

/** Figures with those of the parts that were measured again, in the order of the parts. */
export function withParts(before: readonly Measured[], now: readonly Measured[], order: readonly string[]): Measured[] {
  const parts = new Set(now.map(partOf));
  const all = [...before.filter((one) => !parts.has(partOf(one))), ...now];
  return order.flatMap((part) => all.filter((one) => partOf(one) === part));
}

export const partOf = ({ id }: Measured): string => id.split('/')[0] ?? '';

/** How much more than the release's a figure may be, as a share of it. What memory is let go of when is up to the engine. */
export const allowed = ({ unit }: Pick<Row, 'unit'>): number => (unit === 'MiB' ? 0.25 : 0.1);

/** The share by which a figure is more than the release's: 0.1 for a tenth more; undefined where one of them is missing. */
export function change(now: Measured, before: readonly Measured[]): number | undefined {
  const then = before.find(({ id }) => id === now.id);
  return then !== undefined && isRow(then) && isRow(now) && then.value > 0 ? now.value / then.value - 1 : undefined;
}

/** Our rows that are worse than those of the release by more than is allowed. */
export function regressed(now: readonly Measured[], before: readonly Measured[]): Row[] {
  return now.filter(isRow).filter((row) => row.ofOthers !== true && (change(row, before) ?? 0) > allowed(row));
}

/** The better one of two measurements of the same: what else a machine does only adds to a figure. */
export function better(first: readonly Measured[], second: readonly Measured[]): Measured[] {
  return first.map((one) => {
    const other = second.find(({ id }) => id === one.id);
    return other !== undefined && isRow(one) && isRow(other) && other.value < one.value ? other : one;
  });
}
