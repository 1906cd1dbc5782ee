import type { FileFailure } from '../read/inputBatches.js';
import { convertInputs, type InternalOptions, type Known } from './conversionStream.js';
import { type Filed, filing } from './filed.js';
import { heldBack } from './heldBack.js';
import { type Layout, layOut } from './layout/layOut.js';
import { collectPayloads, type Payloads } from './layout/payloads.js';
import type { UploadForm } from './layout/uploadForm.js';
import type { OpenSet } from './set/openSet.js';
import { type Summary, type Tally, tally } from './summary.js';

/** Bytes from which on threads save more time than they take to start, and to compile what the first has compiled already. */
const WORTH_THREADS = 32_000_000;

/** What the records of a run became, in numbers. */
export interface Counted {
  readonly counts: Tally;
  readonly read: Summary['files']['read'];
  readonly payloads: Payloads;
  readonly layout: Layout;
}

/** Where the conversions of a run go, one after the other. */
export interface Taker {
  /** False where nobody writes outputs. */
  readonly hasOutputs: boolean;
  /** Is awaited before the next one is made. */
  add(conversion: Filed | FileFailure): Promise<void> | undefined;
}

/** Converts the records of inputs, counts them, and hands each conversion on before the next one is made. */
export async function countConversions(set: OpenSet, form: UploadForm, taker?: Taker): Promise<Counted> {
  const { found, options, versions, index, fixes } = set;
  const counts = tally(options.rawTypes !== undefined);
  const collection = collectPayloads();
  const records = new Map(found.files.map(({ path }) => [path, 0]));
  const limit = form.kind === 'bodies' ? { maxBody: form.maxBody } : {};
  const limited = { ...options, ...limit };
  const known = { versions, index, fixes };
  const held = await heldBack(found, limited, known);
  const size = found.files.reduce((sum, file) => sum + file.size, 0);
  // Loaded on demand: what is small is converted sooner than threads have begun.
  const sharing =
    set.threads === undefined && size < WORTH_THREADS ? undefined : await import('./threads/shareLines.js');
  const threads = sharing?.openThreads({
    given: { ...set.given, ...limit },
    idMap: set.idMap,
    hasOutputs: taker?.hasOutputs === true,
    threads: set.threads,
  });
  const batches =
    sharing === undefined || threads === undefined
      ? oneByOne(found, limited, known)
      : sharing.shareLines(found, limited, known, threads);
  for await (const batch of batches) {
    for (const made of batch) {
      const conversion = held(made);
      counts.add(conversion);
      collection.add(conversion);
      const handing = taker?.add(conversion);
      if (handing !== undefined) await handing;
      const { file } = conversion.source;
      if (conversion.kind !== 'unreadable') records.set(file, (records.get(file) ?? 0) + 1);
    }
  }
  // The order of millions takes as much memory for a moment as their id map.
  set.release();
  const payloads = collection.payloads();
  const read = [...records].map(([file, count]) => ({ file, records: count }));
  return { counts, read, payloads, layout: layOut(payloads, form) };
}

/** The same conversions without other threads. */
async function* oneByOne(
  found: OpenSet['found'],
  options: InternalOptions,
  known: Known,
): AsyncGenerator<readonly [Filed | FileFailure]> {
  const filed = filing();
  for await (const conversion of convertInputs(found, options, { ...known, isKept: true }))
    yield [conversion.kind === 'unreadable' ? conversion : filed(conversion)];
}
