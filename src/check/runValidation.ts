import type { Inputs } from '../read/findInputs.js';
import { readBatches } from '../read/inputBatches.js';
import { openPool, type Pool } from '../read/threads/pool.js';
import { type Checked, check, type Unjudged, type ValidationOptions } from './checkRecords.js';
import type { Finding, ValidationSummary } from './finding.js';
import { validateRecord } from './validateRecord.js';

/** Decides whether a finding counts. */
export type Judge = (finding: Unjudged) => Pick<Finding, 'state' | 'reason'>;

/** Where the findings go, in the order of the files. */
export interface Sink {
  add(finding: Finding): void | Promise<void>;
  /** A file was read to its end. */
  file(path: string, records: number): void | Promise<void>;
}

/** What a run came to, but for the baseline. */
export interface ValidationCounts extends Omit<ValidationSummary, 'vanished'> {
  /** True where the operating system refused to give a file, or what is left of it. */
  readonly hasUnread: boolean;
}

/** What every thread of a run is told. */
export type TaskOptions = Pick<
  ValidationOptions,
  'rules' | 'bestPractice' | 'maxIssues' | 'resource' | 'remarks' | 'excerpts' | 'edition' | 'partialDates' | 'overflow'
>;

/** Bytes from which on it takes less time to start other threads than they save. */
const WORTH_THREADS = 8_000_000;

/**
 * Validates the records of files: resources and Bundles against R4, payloads against ClinikAPI's contract. Flat in memory for
 * NDJSON; where there is nothing to say of a record, nothing is made of it. The lines of large files are shared among threads.
 * `threads` says how many: as many as the machine has, if left out, and none for what is small.
 * @throws the signal's reason, and what the sink throws.
 */
export async function runValidation(
  found: Inputs,
  { threads, ...options }: ValidationOptions & { readonly threads?: number },
  judge: Judge,
  sink: Sink,
): Promise<ValidationCounts> {
  const size = found.files.reduce((sum, file) => sum + file.size, 0);
  const pool = threads === undefined && size < WORTH_THREADS ? undefined : poolFor(options, threads);
  try {
    return await run(found, options, pool, judge, sink);
  } finally {
    await pool?.close();
  }
}

function poolFor(
  { rules, bestPractice, maxIssues, resource, remarks, excerpts, edition, partialDates, overflow }: ValidationOptions,
  threads: number | undefined,
): Pool<Checked> | undefined {
  const shared: TaskOptions = {
    rules,
    bestPractice,
    maxIssues,
    resource,
    remarks,
    excerpts,
    edition,
    partialDates,
    overflow,
  };
  return openPool('clinik-fhir/validation-worker', shared, threads);
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
  let [all, hasUnread] = [0, false];
  let current: { readonly file: string; records: number } | undefined;

  const finish = async (): Promise<void> => {
    if (current !== undefined) await sink.file(current.file, current.records);
  };
  const settle = async (file: string, { records, findings, remarks: more, isUnread }: Checked): Promise<void> => {
    if (file !== current?.file) {
      await finish();
      current = { file, records: 0 };
    }
    current.records += records;
    all += records;
    hasUnread ||= isUnread;
    for (const [rule, count] of more) remarks.set(rule, (remarks.get(rule) ?? 0) + count);
    for (const finding of findings) {
      const judged: Finding = { ...finding, ...judge(finding) };
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

  const read = { ...options, wholeBundles: true };
  for await (const { file, items, lines, taken } of readBatches(found, read, (one) => validateRecord(one, options))) {
    const elsewhere = lines === undefined ? undefined : pool?.run(file, lines);
    if (elsewhere === undefined) {
      while (waiting.length > 0) await settleFirst();
      await settle(file, await check(items, options));
      continue;
    }
    waiting.push({
      file,
      checked: elsewhere.then((checked) => {
        taken(checked.records);
        return checked;
      }),
    });
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
    hasUnread,
  };
}
