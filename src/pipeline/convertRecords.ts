import { type Conversion, convertRecord, type RecordOptions } from './convertRecord.js';
import { findInputs, type Inputs } from './inputs.js';
import { type FileFailure, type ReadRun, readInputs } from './readInputs.js';
import { checkAllowed } from './strict.js';
import { checkMaxBody } from './upload/options.js';

/** How files of records are read and converted. */
export interface StreamOptions extends RecordOptions, Omit<ReadRun, 'wholeBundles'> {}

/**
 * What becomes of each record of files, folders and globs, in their order; of a file that cannot be read to its end, the
 * failure after its records. Reads ahead one chunk; flat in memory for NDJSON, gzipped or not, whatever its size.
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

/** The same of inputs that were found. */
export function convertInputs(found: Inputs, options: StreamOptions): AsyncGenerator<Conversion | FileFailure> {
  return readInputs(found, options, (record) => convertRecord(record, options));
}
