import type { Loss } from '../lens/diff.js';
import { type Issue, isFailure } from '../lens/issue.js';
import type { LeftOut } from '../read/findInputs.js';
import type { Aside } from '../read/folder/aside.js';
import type { FileFailure } from '../read/inputBatches.js';
import { UNKNOWN_TYPE } from '../read/source.js';
import type { ExportSummary } from '../report/exports.js';
import type { RunFacts } from '../report/runFacts.js';
import type { Conversion, SkipReason } from './conversion.js';
import type { Outcome } from './filed.js';
import type { UploadSummary } from './layout/layoutSummary.js';
import { pathOf } from './options/flags.js';
import type { Written } from './outputFolder.js';
import type { KnownOfSet } from './set/openSet.js';

/** A number of records, and what types they have. */
export interface Count {
  total: number;
  byType: { [resourceType: string]: number };
}

/** How often a location lost something for a reason, and in how many records. The type is the first part of `path`. */
export interface LossCount extends Omit<Loss, 'expression'> {
  readonly count: number;
  readonly records: number;
}

/** In how many records an issue was found; what is about records as a whole, and says something else of each, is counted by that, too. */
export interface IssueCount {
  readonly id: string;
  readonly records: number;
  /** What it said the first time; where that differs by type, its first sentence. */
  readonly diagnostics: string;
  /** Where it was found, without indexes, and in how many records; empty where it is about records as a whole. */
  readonly paths: readonly { readonly path: string; readonly records: number }[];
  /** Options that would let records pass in spite of it, by their names in code, with the location without indexes and in how many records. */
  readonly options?: readonly { readonly option: string; readonly path?: string; readonly records: number }[];
}

/** A file or folder that could not be read, or not to its end. */
export interface UnreadFile {
  readonly file: string;
  /** How many lines were read; left out where none could be. */
  readonly line?: number;
  readonly id: string;
  readonly diagnostics: string;
}

/** What a run did: `summary.json`. `in` is always the sum of `converted`, `raw`, `rejected` and `skipped`. */
export interface Summary extends UploadSummary, KnownOfSet {
  /** True where only reports were written. */
  readonly dryRun: boolean;
  /** What the run took, where the caller has a clock. */
  readonly run?: RunFacts;
  readonly records: {
    readonly in: Count;
    readonly converted: Count;
    /** Those that go as they are, where that was asked for with `rawTypes`. */
    readonly raw?: Count;
    readonly rejected: Count;
    readonly skipped: Count & { readonly byReason: { readonly [reason in SkipReason]?: number } };
  };
  /** How many records were entered in error, which is why they were rejected, or deleted. */
  readonly retractions: number;
  /** Of a run with fixes, what became of the records that came from them. */
  readonly fixes?: { readonly [fate in Exclude<Conversion['kind'], 'raw'>]: number } & { readonly raw?: number };
  /** How many of these were deleted, where some were. */
  readonly deletions?: number;
  readonly files: {
    readonly read: readonly { readonly file: string; readonly records: number }[];
    readonly unreadable: readonly UnreadFile[];
    /** Files of the folders that are no input. */
    readonly skipped: number;
    /** These files by reason. */
    readonly aside: readonly Aside[];
    /** How many of these there are of each ending, of those whose names are no input's, without hidden ones and what a run wrote. */
    readonly endings: { readonly [ending: string]: number };
    /** The bulk exports whose manifests are in the input. */
    readonly exports: readonly ExportSummary[];
    /** The options `--include` and `--exclude` that matched no file. */
    readonly unmatched: readonly string[];
    /** Pipes, devices and sockets of the folders, which are not opened. */
    readonly leftOut: readonly { readonly file: string; readonly kind: LeftOut['kind'] }[];
    readonly written: readonly Written[];
  };
  readonly losses: readonly LossCount[];
  /** The issues that refused records. */
  readonly rejects: readonly IssueCount[];
  /** The warnings about converted records, and those that go as they are. */
  readonly warnings: readonly IssueCount[];
}

/** Counts conversions one by one. */
export interface Tally {
  add(conversion: Outcome | FileFailure): void;
  summary(
    run: KnownOfSet & {
      dryRun: boolean;
      run?: RunFacts;
      hasFixes?: boolean;
      files: Omit<Summary['files'], 'unreadable'>;
      upload: UploadSummary;
    },
  ): Summary;
}

/** A tally of nothing yet. `hasRaw` says that records may go as they are. */
export function tally(hasRaw = false): Tally {
  const types = {
    in: new Map(),
    converted: new Map(),
    raw: new Map(),
    rejected: new Map(),
    skipped: new Map(),
  } satisfies Record<'in' | Conversion['kind'], Map<string, number>>;
  const reasons = new Map<string, number>();
  const losses = new Map<string, { loss: Loss; count: number; records: number }>();
  /** In how many records a list of losses was found that is not counted yet. */
  const lists = new Map<readonly Loss[], number>();
  const countLists = (): void => {
    for (const [list, records] of lists) countLosses(list, records, losses);
    lists.clear();
  };
  const rejects = new Map<string, Issues>();
  const warnings = new Map<string, Issues>();
  const unreadable: UnreadFile[] = [];
  const fixes = { converted: 0, ...(hasRaw ? { raw: 0 } : {}), rejected: 0, skipped: 0 };
  let retractions = 0;
  let deletions = 0;

  return {
    add(conversion) {
      if (conversion.kind === 'unreadable') {
        unreadable.push(unreadFile(conversion));
        return;
      }
      const type = conversion.source.resourceType ?? UNKNOWN_TYPE;
      if (conversion.fix !== undefined) fixes[conversion.kind] = (fixes[conversion.kind] ?? 0) + 1;
      for (const counts of [types.in, types[conversion.kind]]) increase(counts, type);
      if (conversion.kind === 'skipped') {
        increase(reasons, conversion.reason);
        if (conversion.isDeletion === true) deletions += 1;
      } else if (conversion.kind === 'rejected') {
        if (conversion.retracted === true) retractions += 1;
        countIssues(conversion.issues.filter(isFailure), rejects);
      } else {
        if (conversion.issues.length > 0)
          countIssues(
            conversion.issues.filter(({ severity }) => severity === 'warning'),
            warnings,
          );
        if (conversion.kind === 'converted' && conversion.losses.length > 0) {
          lists.set(conversion.losses, (lists.get(conversion.losses) ?? 0) + 1);
          if (lists.size >= MOST_LISTS) countLists();
        }
      }
    },
    summary({ dryRun, run, hasFixes = false, files, upload, ...known }) {
      countLists();
      return {
        dryRun,
        ...(run === undefined ? {} : { run }),
        records: {
          in: countOf(types.in),
          converted: countOf(types.converted),
          ...(hasRaw ? { raw: countOf(types.raw) } : {}),
          rejected: countOf(types.rejected),
          skipped: { ...countOf(types.skipped), byReason: Object.fromEntries(ranked(reasons)) },
        },
        retractions: retractions + deletions,
        ...(deletions === 0 ? {} : { deletions }),
        ...(hasFixes ? { fixes } : {}),
        files: { ...files, unreadable },
        ...known,
        losses: [...losses.values()]
          .map(({ loss: { expression: _, ...loss }, count, records }) => ({ ...loss, count, records }))
          .sort((a, b) => b.count - a.count || compare(a.path, b.path) || compare(orderOf(a), orderOf(b))),
        rejects: sorted(rejects),
        warnings: sorted(warnings),
        ...upload,
      };
    },
  };
}

/** Lists of losses that are held before they are counted. */
const MOST_LISTS = 1000;

function unreadFile({ source: { file, line }, issue: { id, diagnostics } }: FileFailure): UnreadFile {
  return { file, ...(line === undefined ? {} : { line }), id, diagnostics };
}

interface Issues {
  readonly id: string;
  diagnostics: string;
  readonly paths: Map<string, number>;
  readonly options: Map<string, { option: string; path: string; records: number }>;
  records: number;
}

/** What issues have in common that are counted together. What a record is instead of one, another format, is said of no other. */
export function groupOf(issue: Issue): string {
  return pathOf(issue) === '' ? `${issue.id} ${firstSentence(issue.diagnostics)}` : issue.id;
}

/** Counts the issues of a record. */
function countIssues(issues: readonly Issue[], counts: Map<string, Issues>): void {
  const seen = new Set<string>();
  for (const issue of issues) {
    const { id, diagnostics } = issue;
    const path = pathOf(issue);
    const key = groupOf(issue);
    const known = counts.get(key) ?? { id, diagnostics, paths: new Map(), options: new Map(), records: 0 };
    counts.set(key, known);
    // What differs by type, such as the codes that a field takes, is not said of all.
    if (known.diagnostics !== diagnostics) known.diagnostics = inCommon(known.diagnostics, diagnostics);
    if (!seen.has(key)) known.records += 1;
    seen.add(key);
    const place = `${id} ${path}`;
    if (path !== '' && !seen.has(place)) increase(known.paths, path);
    seen.add(place);
    for (const option of issue.options ?? []) {
      const named = `${option} ${path}`;
      const counted = known.options.get(named) ?? { option, path, records: 0 };
      known.options.set(named, counted);
      if (!seen.has(`${place} ${option}`)) counted.records += 1;
      seen.add(`${place} ${option}`);
    }
  }
}

/** The first sentence of two messages where it is the same, else the first message. */
function inCommon(one: string, other: string): string {
  return firstSentence(one) === firstSentence(other) ? firstSentence(one) : one;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Counts the losses that so many records have. */
function countLosses(
  losses: readonly Loss[],
  records: number,
  counts: Map<string, { loss: Loss; count: number; records: number }>,
): void {
  const seen = new Set<string>();
  for (const loss of losses) {
    const key = `${loss.path} ${orderOf(loss)}`;
    let known = counts.get(key);
    if (known === undefined) {
      known = { loss, count: 0, records: 0 };
      counts.set(key, known);
    }
    known.count += records;
    if (seen.has(key)) continue;
    seen.add(key);
    known.records += records;
  }
}

/** Tells the losses of a location apart, and orders them. */
function orderOf({ kind, class: of, reason, remedy }: Omit<Loss, 'expression'>): string {
  return `${kind} ${of} ${reason} ${remedy ?? ''}`;
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || compare(a, b));
}

function countOf(types: ReadonlyMap<string, number>): Count {
  const entries = ranked(types);
  return { total: entries.reduce((sum, [, count]) => sum + count, 0), byType: Object.fromEntries(entries) };
}

function sorted(counts: ReadonlyMap<string, Issues>): IssueCount[] {
  return [...counts.values()]
    .map(({ id, diagnostics, records, paths, options }) => ({
      id,
      records,
      diagnostics,
      paths: ranked(paths).map(([path, count]) => ({ path, records: count })),
      ...optionsOf(options),
    }))
    .sort((a, b) => b.records - a.records || compare(a.id, b.id) || compare(a.diagnostics, b.diagnostics));
}

function optionsOf(options: Issues['options']): Pick<IssueCount, 'options'> {
  if (options.size === 0) return {};
  const all = [...options.values()].sort((a, b) => b.records - a.records || compare(a.path, b.path));
  return { options: all.map(({ option, path, records }) => ({ option, ...(path === '' ? {} : { path }), records })) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
