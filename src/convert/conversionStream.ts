import type { Fate } from '../bundle/versions.js';
import { findInputs, type Inputs } from '../read/findInputs.js';
import { type FileFailure, type ReadRun, readBatches } from '../read/inputBatches.js';
import { pauses } from '../read/pause.js';
import type { RawRecord } from '../read/recordsOfValue.js';
import type { Conversion } from './conversion.js';
import { convertRecord, type RecordOptions } from './convertRecord.js';
import type { OpenFixes } from './fixes/openFixes.js';
import { checkMaxBody } from './layout/uploadForm.js';
import { checkAllowed } from './losses/forbiddenLosses.js';
import { checkFillOption } from './options/fillOption.js';
import { checkRawTypes } from './raw/rawTypes.js';
import { type IndexOptions, type SetIndex, setIndex } from './set/setIndex.js';
import { type SetVersions, setVersions } from './set/setVersions.js';
import { asRead } from './set/skimFiles.js';
import { type MapOptions, referencesIn } from './set/withSet.js';

/** How files of records are read and converted. */
export interface StreamOptions
  extends RecordOptions,
    Omit<ReadRun, 'wholeBundles' | 'isChecked' | 'isDocument' | 'replacing'>,
    Pick<IndexOptions, 'indexLimit'>,
    MapOptions {}

/**
 * What becomes of each record of files, folders and globs, in their order; of a file that cannot be read to its end, the
 * failure after its records. Of several versions of a record the newest is converted, so that all files are looked through first. Reads
 * ahead one chunk; flat in memory for NDJSON, gzipped or not, but for 24 bytes for each record of a type that has payloads, and for an
 * index of the records that others refer to, where there is need of one.
 * @throws UsageError for inputs or options that cannot be, before the first record; the signal's reason.
 */
export async function* convertRecords(
  inputs: string | readonly string[],
  options: StreamOptions = {},
): AsyncGenerator<Conversion | FileFailure> {
  checkAllowed(options.allowLoss ?? []);
  checkMaxBody(options.maxBody);
  checkFillOption(options.fill);
  checkRawTypes(options.rawTypes, options.to);
  yield* convertInputs(await findInputs(typeof inputs === 'string' ? [inputs] : inputs), options);
}

/** The same with what takes the place of records. */
export type InternalOptions = StreamOptions & Pick<ReadRun, 'replacing'>;

/** What is known of a set besides the record that is converted. */
export interface Known {
  readonly versions: SetVersions;
  readonly index: SetIndex;
  readonly fixes?: Pick<OpenFixes, 'check'> | undefined;
  /** True where what is kept of rejected records is looked at, which may ask for others, too. */
  readonly isKept?: boolean;
}

/**
 * The same of inputs that were found. Where a record needs to know of another one elsewhere in the set, the files are read for an
 * index first, and then it is converted again.
 */
export async function* convertInputs(
  found: Inputs,
  options: InternalOptions,
  { versions, index, fixes, isKept }: Known = knownOf(found, options),
): AsyncGenerator<Conversion | FileFailure> {
  const conversion = conversionOf(options, index, isKept);
  await versions.read();
  // All files were read, but for pipes.
  if (found.files.every(({ size }) => size > 0)) fixes?.check();
  let current: string | undefined;
  let fated = versions.inFile('');
  const due = pauses();
  for await (const { file, items } of readBatches(found, { ...options, ...versions.toRead }, asRead)) {
    if (file !== current) fated = versions.inFile(file);
    current = file;
    for (const { item, fate } of fated(items)) {
      const pausing = due();
      if (pausing !== undefined) await pausing;
      options.signal?.throwIfAborted();
      if (item.kind === 'unreadable') yield item;
      else {
        const made = conversion(item.record, fate);
        yield made instanceof Promise ? await made : made;
      }
    }
  }
  fixes?.check();
}

/** Converts records one by one; where one asks for another, or with `isKept` what is kept of it, the files are read for that first. */
export function conversionOf(
  options: InternalOptions,
  index: SetIndex,
  isKept = false,
): (record: RawRecord, fate: Fate) => Conversion | Promise<Conversion> {
  const inSet = { ...options, ...referencesIn(index, options) };
  const convert = (record: RawRecord, fate: Fate): Conversion => {
    const conversion = convertRecord(record, options, inSet, fate);
    if (!isKept || conversion.kind !== 'rejected') return conversion;
    const kept = conversion.kept();
    return { ...conversion, kept: () => kept };
  };
  const fixed = (conversion: Conversion, { fix }: RawRecord): Conversion =>
    fix === undefined ? conversion : { ...conversion, fix };
  const again = async (record: RawRecord, fate: Fate): Promise<Conversion> => {
    for (;;) {
      await index.read();
      const conversion = convert(record, fate);
      if (!index.isAsked()) return fixed(conversion, record);
    }
  };
  return (record, fate) => {
    const conversion = convert(record, fate);
    return index.isAsked() ? again(record, fate) : fixed(conversion, record);
  };
}

function knownOf(found: Inputs, options: StreamOptions): Known {
  const versions = setVersions(found, options);
  return { versions, index: setIndex(found, versions, options) };
}
