import type { Loss } from '../lens/diff.js';
import { type Issue, isFailure } from '../lens/issue.js';
import type { Conversion } from './convertRecord.js';
import type { Written } from './outputs.js';

/** A number of records, and what types they have. */
export interface Count {
  total: number;
  byType: { [resourceType: string]: number };
}

/** How often a location lost something, and in how many records. */
export interface LossCount extends Pick<Loss, 'path' | 'kind' | 'class'> {
  readonly count: number;
  readonly records: number;
}

/** In how many records an issue was found. */
export interface IssueCount {
  readonly id: string;
  readonly records: number;
  /** What it said the first time. */
  readonly diagnostics: string;
}

/** What a run did: `summary.json`. `in` is always the sum of `converted`, `rejected` and `passedOver`. */
export interface Summary {
  readonly records: {
    readonly in: Count;
    readonly converted: Count;
    readonly rejected: Count;
    readonly passedOver: Count;
  };
  readonly files: {
    readonly read: readonly { readonly file: string; readonly records: number }[];
    /** Files of the folders that are no input, by their names. */
    readonly skipped: number;
    readonly written: readonly Written[];
  };
  readonly losses: readonly LossCount[];
  /** The issues that refused records. */
  readonly rejects: readonly IssueCount[];
  /** The warnings about converted records. */
  readonly warnings: readonly IssueCount[];
}

/** Stands for the type of a record that has none, or none that may be shown. */
export const UNKNOWN_TYPE = '(unknown type)';

/** Counts conversions one by one. */
export interface Tally {
  add(conversion: Conversion): void;
  summary(files: Summary['files']): Summary;
}

/** A tally of nothing yet. */
export function tally(): Tally {
  const types = { in: new Map(), converted: new Map(), rejected: new Map(), passedOver: new Map() } satisfies Record<
    keyof Summary['records'],
    Map<string, number>
  >;
  const losses = new Map<string, { loss: Loss; count: number; records: number }>();
  const rejects = new Map<string, IssueCount>();
  const warnings = new Map<string, IssueCount>();

  return {
    add(conversion) {
      const type = conversion.source.resourceType ?? UNKNOWN_TYPE;
      for (const counts of [types.in, types[conversion.kind]]) counts.set(type, (counts.get(type) ?? 0) + 1);
      if (conversion.kind === 'passedOver') return;
      if (conversion.kind === 'rejected') countIssues(conversion.issues.filter(isFailure), rejects);
      else {
        countIssues(
          conversion.issues.filter(({ severity }) => severity === 'warning'),
          warnings,
        );
        countLosses(conversion.losses, losses);
      }
    },
    summary: (files) => ({
      records: {
        in: countOf(types.in),
        converted: countOf(types.converted),
        rejected: countOf(types.rejected),
        passedOver: countOf(types.passedOver),
      },
      files,
      losses: [...losses.values()]
        .map(({ loss: { path, kind, class: of }, count, records }) => ({ path, kind, class: of, count, records }))
        .sort((a, b) => b.count - a.count || compare(a.path, b.path) || compare(a.kind, b.kind)),
      rejects: sorted(rejects),
      warnings: sorted(warnings),
    }),
  };
}

function countIssues(issues: readonly Issue[], counts: Map<string, IssueCount>): void {
  const seen = new Set<string>();
  for (const { id, diagnostics } of issues) {
    if (seen.has(id)) continue;
    seen.add(id);
    const before = counts.get(id);
    counts.set(id, before === undefined ? { id, records: 1, diagnostics } : { ...before, records: before.records + 1 });
  }
}

function countLosses(
  losses: readonly Loss[],
  counts: Map<string, { loss: Loss; count: number; records: number }>,
): void {
  const seen = new Set<string>();
  for (const loss of losses) {
    const key = `${loss.path} ${loss.kind} ${loss.class}`;
    let known = counts.get(key);
    if (known === undefined) {
      known = { loss, count: 0, records: 0 };
      counts.set(key, known);
    }
    known.count += 1;
    if (seen.has(key)) continue;
    seen.add(key);
    known.records += 1;
  }
}

function countOf(types: ReadonlyMap<string, number>): Count {
  const entries = [...types].sort(([a, m], [b, n]) => n - m || compare(a, b));
  return { total: entries.reduce((sum, [, count]) => sum + count, 0), byType: Object.fromEntries(entries) };
}

function sorted(counts: ReadonlyMap<string, IssueCount>): IssueCount[] {
  return [...counts.values()].sort((a, b) => b.records - a.records || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
