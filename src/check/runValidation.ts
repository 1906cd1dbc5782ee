import type { Inputs } from '../read/findInputs.js';
import { readBatches } from '../read/inputBatches.js';
import type { Line } from '../read/lines.js';
import type { GuideData } from '../read/packages/runGuide.js';
import { openPool, type Pool, type PoolOptions, TimeLimitError } from '../read/threads/pool.js';
import { UsageError } from '../read/usageError.js';
import { amount } from '../report/amount.js';
import type { ValidationRule } from '../validate/userRules.js';
import { type Checked, check, type Unjudged, type ValidationOptions } from './checkRecords.js';
import type { Finding, NotChecked, ValidationSummary } from './finding.js';
import { guideTotals } from './guide/guideUse.js';
import { validateRecord } from './validateRecord.js';

/** Decides whether a finding counts. */
export type Judge = (finding: Unjudged) => Pick<Finding, 'state' | 'reason'>;

/** Where the findings go, in the order of the files. */
export interface Sink {
  add(finding: Finding): void | Promise<void>;
  /** A file was read to its end. */
  file(path: string, records: number): void | Promise<void>;
}

/** What a run came to, but for the baseline and what its caller knows. */
export interface ValidationCounts extends Omit<ValidationSummary, 'vanished' | 'notChecked' | 'run'> {
  readonly notChecked: Pick<NotChecked, 'profiles' | 'otherProfiles' | 'terminology'>;
  /** True where the operating system refused to give a file, or what is left of it. */
  readonly hasUnread: boolean;
}

/** What every thread of a run is told. */
export type TaskOptions = Pick<
  ValidationOptions,
  | 'rules'
  | 'bestPractice'
  | 'maxIssues'
  | 'resource'
  | 'remarks'
  | 'excerpts'
  | 'values'
  | 'edition'
  | 'partialDates'
  | 'overflow'
> & { readonly guideData?: GuideData | undefined };

/** Bytes from which on it takes less time to start other threads than they save. */
const WORTH_THREADS = 8_000_000;

/**
 * Validates the records of files: resources and Bundles against R4, payloads against ClinikAPI's contract. Flat in memory for
 * NDJSON; where there is nothing to say of a record, nothing is made of it. The lines of large files are shared among threads.
 * `threads` says how many: as many as the machine has, if left out, and none for what is small. With a `ruleTimeLimit`, in seconds,
 * the caller's rules are run in threads only, and one that takes longer on an element ends the run.
 * @throws the signal's reason, and what the sink throws; UsageError for a rule that took too long.
 */
export async function runValidation(
  found: Inputs,
  { threads, ruleTimeLimit, ...options }: ValidationOptions & RunOptions,
  judge: Judge,
  sink: Sink,
): Promise<ValidationCounts> {
  const size = found.files.reduce((sum, file) => sum + file.size, 0);
  const { rules = [] } = options;
  const timeLimit = rules.length === 0 || ruleTimeLimit === undefined ? undefined : ruleTimeLimit * 1000;
  const isSmall = threads === undefined && size < WORTH_THREADS;
  const pool =
    isSmall && timeLimit === undefined ? undefined : poolFor(options, { threads: isSmall ? 1 : threads, timeLimit });
  const { signal } = options;
  const abort = (): void => pool?.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    return await run(found, options, pool, judge, sink);
  } catch (error) {
    throw error instanceof TimeLimitError ? tooSlow(error, rules, ruleTimeLimit) : error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await pool?.close();
  }
}

/** How the threads of a run are used. */
export interface RunOptions {
  readonly threads?: number;
  readonly ruleTimeLimit?: number;
}

function tooSlow(
  { file, turn: { step, line, entry } }: TimeLimitError,
  rules: readonly ValidationRule[],
  seconds: number | undefined,
): UsageError {
  const place = `${file}:${line}${entry < 0 ? '' : `, entry ${entry}`}`;
  return new UsageError(
    `${place}: the rule ${rules[step]?.id ?? ''} took more than ${amount(seconds ?? 0, 'second')} there, and the run was given up; fix the rule, or allow more with --rule-time-limit.`,
  );
}

function poolFor(
  {
    rules,
    bestPractice,
    maxIssues,
    resource,
    remarks,
    excerpts,
    values,
    edition,
    partialDates,
    overflow,
    guide,
  }: ValidationOptions,
  pool: PoolOptions,
): Pool<Checked> | undefined {
  const shared: TaskOptions = {
    rules,
    bestPractice,
    maxIssues,
    resource,
    remarks,
    excerpts,
    values,
    edition,
    partialDates,
    overflow,
    guideData: guide?.data,
  };
  return openPool('clinik-fhir/validation-worker', shared, pool);
}

async function run(
  found: Inputs,
  options: ValidationOptions,
  pool: Pool<Checked> | undefined,
  judge: Judge,
  sink: Sink,
): Promise<ValidationCounts> {
  const counts = { fatal: 0, error: 0, warning: 0, information: 0 };
  const aside = { known: 0, ignored: 0 };
  const remarks = new Map<string, number>();
  const profiles = new Map<string, number>();
  const guides = guideTotals();
  let isLoaded = true;
  let [all, hasUnread] = [0, false];
  let current: { readonly file: string; records: number } | undefined;

  const finish = async (): Promise<void> => {
    if (current !== undefined) await sink.file(current.file, current.records);
  };
  const settle = async (file: string, { records, findings, isUnread, ...more }: Checked): Promise<void> => {
    if (file !== current?.file) {
      await finish();
      current = { file, records: 0 };
    }
    current.records += records;
    all += records;
    hasUnread ||= isUnread;
    addTo(remarks, more.remarks);
    addTo(profiles, more.profiles);
    if (more.guide !== undefined) guides.add(more.guide);
    for (const finding of findings) {
      const judged: Finding = { ...finding, ...judge(finding) };
      isLoaded &&= judged.rule !== NOT_LOADED;
      if (judged.state === 'new') counts[judged.severity] += 1;
      else aside[judged.state] += 1;
      const writing = sink.add(judged);
      if (writing !== undefined) await writing;
    }
  };

  /** What other threads are at, in the order of the files. */
  const waiting: { readonly file: string; readonly checked: Promise<Checked> }[] = [];
  const settleFirst = async (): Promise<void> => {
    const first = waiting.shift();
    if (first !== undefined) await settle(first.file, await first.checked);
  };

  /** One that is large is worth a second parsing: meanwhile this thread can still be told to end. */
  const ofDocument = (file: string, document: Line | undefined): Promise<Checked> | undefined => {
    const isWorth = pool?.isWatched || (document?.bytes?.length ?? 0) >= WORTH_THREADS;
    return document === undefined || !isWorth ? undefined : pool?.run(file, [document], true);
  };

  const read = { ...options, wholeBundles: true };
  for await (const { file, items, lines, document, taken } of readBatches(found, read, (one) =>
    validateRecord(one, options),
  )) {
    const elsewhere = lines === undefined ? ofDocument(file, document) : pool?.run(file, lines);
    if (elsewhere === undefined) {
      while (waiting.length > 0) await settleFirst();
      await settle(file, await check(items, options));
      continue;
    }
    const checked = elsewhere.then((done) => {
      taken(done.records);
      return done;
    });
    // It may fail while the next lines are still being read, before anybody waits for it.
    checked.catch(() => undefined);
    waiting.push({ file, checked });
    while (waiting.length > (pool?.most ?? 0)) await settleFirst();
  }
  while (waiting.length > 0) await settleFirst();
  await finish();
  for (const count of remarks.values()) counts.information += count;
  return {
    files: found.files.length,
    records: all,
    new: counts,
    ...aside,
    remarks: [...remarks].map(([rule, count]) => ({ rule, count })),
    notChecked: {
      profiles: [...profiles]
        .flatMap(([name, count]) => (name === '' ? [] : [{ name, count }]))
        .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
      otherProfiles: profiles.get('') ?? 0,
      terminology: !isLoaded || remarks.has(NOT_LOADED),
    },
    ...(options.guide === undefined ? {} : { guides: guides.use(options.guide) }),
    hasUnread,
  };
}

/** The rule that says that codes could not be looked up. */
const NOT_LOADED = 'terminology-not-loaded';

function addTo(counts: Map<string, number>, more: readonly (readonly [name: string, count: number])[]): void {
  for (const [name, count] of more) counts.set(name, (counts.get(name) ?? 0) + count);
}
