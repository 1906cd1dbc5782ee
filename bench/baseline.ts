import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isRow, type Measured, type Part, type Row } from './row.js';

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

/**
 * The figures of a release with those that were measured now, in the order of the parts. What was not measured stays, and what could
 * not be measured takes no figure away.
 */
export function withParts(before: readonly Measured[], now: readonly Measured[], order: readonly string[]): Measured[] {
  const found = now.flatMap((one) => {
    const then = before.find(({ id }) => id === one.id);
    if (isRow(one)) return [one];
    return then === undefined ? [] : [isRow(then) ? then : one];
  });
  const all = [...found, ...before.filter(({ id }) => now.every((one) => one.id !== id))];
  return order.flatMap((part) => all.filter((one) => partOf(one) === part));
}

/** The figures of a release that would stay, since they were not measured again. */
export function staying(before: readonly Measured[], now: readonly Measured[]): Row[] {
  const measured = new Set(now.filter(isRow).map(({ id }) => id));
  return before.filter(isRow).filter(({ id }) => !measured.has(id));
}

type Place = Pick<Baseline, 'version' | 'machine' | 'node'>;

/**
 * Why figures cannot become those of a release: one whose figures are of two versions or machines says of some what is not so.
 * Undefined where they can.
 */
export function refusal(release: Baseline | undefined, now: Place, stay: readonly Row[]): string | undefined {
  if (release === undefined || stay.length === 0) return undefined;
  const differs = (['version', 'machine', 'node'] as const).filter((what) => release[what] !== now[what]);
  if (differs.length === 0) return undefined;
  const [what] = differs.map((one) => `${one} ${release[one]}, not ${now[one]}`);
  return `nothing is written: the release has the ${what}, and these of its figures would stay. Measure them too (all parts, --long, NODES), or take them out of ${FILE}:
${stay.map(({ id }) => `  ${id}`).join('\n')}`;
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

/** A figure of the release that is not there now, and why. */
export interface Lost {
  readonly row: Row;
  readonly why: string;
}

/** Figures of the release that some parts can measure here: the corpus or the Node is there. */
export function measurable(before: readonly Measured[], parts: readonly Pick<Part, 'name' | 'here'>[]): Row[] {
  return parts.flatMap(({ name, here }) => {
    const there = here?.();
    return before
      .filter(isRow)
      .filter((row) => partOf(row) === name && there?.includes(row.id.split('/')[1] ?? '') !== false);
  });
}

/** Our figures of those that can be measured which were not, but for what nobody asked for. */
export function lost(now: readonly Measured[], expected: readonly Row[]): Lost[] {
  return expected
    .filter(({ ofOthers }) => ofOthers !== true)
    .flatMap((row): Lost[] => {
      const one = now.find(({ id }) => id === row.id);
      if (one === undefined) return [{ row, why: 'it has no row now' }];
      return isRow(one) || one.unasked === true ? [] : [{ row, why: one.notRun }];
    });
}

/** The better one of two measurements of the same: what else a machine does only adds to a figure. */
export function better(first: readonly Measured[], second: readonly Measured[]): Measured[] {
  return first.map((one) => {
    const other = second.find(({ id }) => id === one.id);
    return other !== undefined && isRow(one) && isRow(other) && other.value < one.value ? other : one;
  });
}
