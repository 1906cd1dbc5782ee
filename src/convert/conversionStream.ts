import { findInputs, type Inputs } from '../read/findInputs.js';
import { type FileFailure, type ReadRun, readBatches } from '../read/inputBatches.js';
import { pauses } from '../read/pause.js';
import type { RawRecord } from '../read/recordsOfValue.js';
import { type Conversion, convertRecord, type RecordOptions } from './convertRecord.js';
import { checkAllowed } from './forbiddenLosses.js';
import { checkMaxBody } from './layout/uploadForm.js';
import { type IndexOptions, type SetIndex, setIndex } from './set/setIndex.js';
import { type MapOptions, referencesIn } from './set/withSet.js';

/** How files of records are read and converted. */
export interface StreamOptions
  extends RecordOptions,
    Omit<ReadRun, 'wholeBundles'>,
    Pick<IndexOptions, 'indexLimit'>,
    MapOptions {}

/**
 * What becomes of each record of files, folders and globs, in their order; of a file that cannot be read to its end, the
 * failure after its records. Reads ahead one chunk; flat in memory for NDJSON, gzipped or not, whatever its size, but for an index of
 * the records that others refer to, where there is need of one.
 * @throws UsageError for inputs or options that cannot be, before the first record; the signal's reason.
 */
export async function* convertRecords(
  inputs: string | readonly string[],
  options: StreamOptions = {},
): AsyncGenerator<Conversion | FileFailure> {
  checkAllowed(options.allowLoss ?? []);
  checkMaxBody(options.maxBody);
  yield* convertInputs(await findInputs(typeof inputs === 'string' ? [inputs] : inputs), options);
}

/**
 * The same of inputs that were found. Where a record needs to know of another one elsewhere in the set, the files are read for an
 * index first, and then it is converted again.
 */
export async function* convertInputs(
  found: Inputs,
  options: StreamOptions,
  set: SetIndex = setIndex(found, options),
): AsyncGenerator<Conversion | FileFailure> {
  const inSet = { ...options, ...referencesIn(set, options) };
  let current: RawRecord | undefined;
  const make = (record: RawRecord): Conversion => {
    current = record;
    return convertRecord(record, options, inSet);
  };
  const due = pauses();
  for await (const { items } of readBatches(found, options, make)) {
    for (const item of items) {
      const pausing = due();
      if (pausing !== undefined) await pausing;
      options.signal?.throwIfAborted();
      let conversion = item;
      while (set.isAsked() && current !== undefined && conversion.kind !== 'unreadable') {
        await set.read();
        conversion = make(current);
      }
      yield conversion;
    }
  }
}
