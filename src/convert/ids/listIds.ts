import { lstat } from 'node:fs/promises';
import { UsageError } from '../../read/usageError.js';
import { checkNoInput } from '../../report/noInput.js';
import { openTextFile } from '../../report/textFile.js';
import { convertInputs } from '../conversionStream.js';
import { openSet, type SetRun } from '../set/openSet.js';
import type { UnreadFile } from '../summary.js';
import { type Candidates, candidatesFor } from './candidates.js';
import { factsOf } from './facts.js';
import { type IdRow, idRows, type Pointed, type WithoutRow } from './idRows.js';
import { type SkeletonForm, type SkeletonRow, skeletonHead, skeletonLine } from './skeleton.js';

/** What a list of ids is made of, and where it goes. A map, `idMap`, has no row there. */
export interface IdsRun extends SetRun {
  /** The file to write: NDJSON where its name ends so, else CSV. */
  readonly out: string;
  /** Replace what stands there. */
  readonly force?: boolean;
  /** Saved answers of ClinikAPI with its patients and practitioners. */
  readonly candidates?: readonly string[];
}

/** What a run of `ids` did, without a value of a record. */
export interface IdsSummary {
  /** Rows by type, the most frequent first; the type is empty where nothing tells it. */
  readonly rows: { readonly total: number; readonly byType: { readonly [type: string]: number } };
  /** References to the records of these rows. */
  readonly references: number;
  /** References that the id map knew, where there was one. */
  readonly known: number;
  readonly withoutRow: readonly WithoutRow[];
  readonly servers: number;
  /** How many records convert once the map knows what they point at, and how many do not. */
  readonly records: { readonly converting: number; readonly rejected: number };
  readonly candidates?: {
    /** Patients and practitioners in the lists. */
    readonly people: number;
    /** Rows with one candidate, and with several. */
    readonly one: number;
    readonly several: number;
  };
  readonly unreadable: readonly UnreadFile[];
}

/**
 * Writes the skeleton of an id map: a row for each record that the records of a set point at and that is not converted itself, with an
 * id to be filled in. References are those at the places that payloads have ids for, as in `convert`; a record that convert refuses
 * because the map knows too little counts as one that converts. Where no record does, nothing is written.
 * @throws UsageError for inputs and options that cannot be, and where the file is there already; the operating system's error; the
 * signal's reason.
 */
export async function listIds({ out, force = false, candidates: lists, ...run }: IdsRun): Promise<IdsSummary> {
  await checkOut(out, force);
  // Without a map none knows anything: what payloads have of the source is then what a map has to say.
  const resolveId = (): undefined => undefined;
  const set = await openSet({ ...run, to: 'payload', ...(run.idMap === undefined ? { resolveId } : {}) });
  const others = [...(run.idMap === undefined ? [] : [run.idMap]), ...(lists ?? [])];
  await checkNoInput([...set.found.files, ...others.map((path) => ({ path, size: 1 }))], [out]);
  const collected = idRows(run.baseUrl);
  const records = { converting: 0, rejected: 0 };
  const unreadable: UnreadFile[] = [];
  for await (const conversion of convertInputs(set.found, set.options, set)) {
    collected.add(conversion);
    if (conversion.kind === 'unreadable') {
      const { source, issue } = conversion;
      unreadable.push({ ...source, id: issue.id, diagnostics: issue.diagnostics });
    } else if (conversion.kind === 'converted' || (conversion.kind === 'rejected' && conversion.wanting !== undefined))
      records.converting += 1;
    else if (conversion.kind === 'rejected') records.rejected += 1;
  }
  const pointed = collected.pointed();
  const facts = await factsOf(pointed.rows, set);
  const candidates = lists === undefined ? undefined : await candidatesFor(pointed.rows, facts, lists, run.signal);
  const rowAt = (row: IdRow, index: number): SkeletonRow => {
    const { identifiers = [], isFound = false } = facts[index] ?? {};
    const inInput = isFound && row.inInput === 'no' ? 'yes' : row.inInput;
    return {
      ...row,
      inInput,
      identifiers,
      ...(candidates === undefined ? {} : { candidates: candidates.ofRows[index] ?? [] }),
    };
  };
  if (records.converting > 0) await write(out, pointed.rows, rowAt, candidates !== undefined, run.signal);
  return summaryOf(pointed, candidates, records, unreadable);
}

async function checkOut(out: string, force: boolean): Promise<void> {
  const there = await lstat(out).catch(() => undefined);
  if (there?.isFile() === true && !force)
    throw new UsageError(`${out}: it is there already, and may have ids that somebody filled in; --force replaces it.`);
}

async function write(
  out: string,
  rows: readonly IdRow[],
  rowAt: (row: IdRow, index: number) => SkeletonRow,
  hasCandidates: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const form: SkeletonForm = /\.ndjson$/i.test(out) ? 'ndjson' : 'csv';
  const file = await openTextFile(out);
  try {
    await file.write(skeletonHead(form, hasCandidates));
    for (const [index, row] of rows.entries()) {
      signal?.throwIfAborted();
      const writing = file.write(skeletonLine(rowAt(row, index), form));
      if (writing !== undefined) await writing;
    }
    await file.finish();
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function summaryOf(
  { rows, known, withoutRow, servers }: Pointed,
  candidates: Candidates | undefined,
  records: IdsSummary['records'],
  unreadable: readonly UnreadFile[],
): IdsSummary {
  const byType = new Map<string, number>();
  for (const { type } of rows) byType.set(type, (byType.get(type) ?? 0) + 1);
  const ranked = [...byType].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const told = {
    rows: { total: rows.length, byType: Object.fromEntries(ranked) },
    references: rows.reduce((sum, { references }) => sum + references, 0),
    known,
    withoutRow,
    servers,
    records,
    unreadable,
  };
  if (candidates === undefined) return told;
  const { people, ofRows } = candidates;
  const one = ofRows.filter(({ length }) => length === 1).length;
  const several = ofRows.filter(({ length }) => length > 1).length;
  return { ...told, candidates: { people, one, several } };
}
