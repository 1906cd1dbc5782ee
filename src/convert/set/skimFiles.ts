import type { InputFile } from '../../read/findInputs.js';
import { type FileFailure, type ReadRun, readBatches } from '../../read/inputBatches.js';
import { valuesIn } from '../../read/jsonValues.js';
import { isBlank, type Line } from '../../read/lines.js';
import { type RawRecord, type Replacing, recordsOf } from '../../read/recordsOfValue.js';
import { type Skimmed, skimRecord } from '../../read/skimRecord.js';

/** A record as it was read. */
export interface ReadRecord {
  readonly kind: 'read';
  readonly source: RawRecord['source'];
  readonly record: RawRecord;
}

/** A record before anything is made of it. */
export const asRead = (record: RawRecord): ReadRecord => ({ kind: 'read', source: record.source, record });

/** Is told of the records of files, in their order. */
export interface Skimmer {
  /** A type that it asks for the ids of. */
  isAskedFor(resourceType: string): boolean;
  /** A record in a line that was only looked at. */
  skimmed(file: string, skimmed: Skimmed, parse: () => RawRecord | undefined): void;
  read(record: RawRecord): void;
  /** All of a file, whose records were read, is one document of JSON. */
  document?(file: string): void;
  failed?(failure: FileFailure): void;
}

/** Reads files, and parses no line whose type and id a look at it tells. */
export async function skimFiles(
  files: readonly InputFile[],
  options: Pick<ReadRun, 'recordLimit' | 'signal' | 'isChecked' | 'replacing'>,
  { isAskedFor, skimmed, read, document: told, failed }: Skimmer,
): Promise<void> {
  const { replacing } = options;
  for await (const { file, items, lines, document } of readBatches({ files, unreadable: [] }, options, asRead)) {
    if (lines === undefined) {
      let isRead = document !== undefined;
      for (const item of items) {
        if (item.kind === 'read') {
          isRead &&= !('unreadable' in item.record);
          read(item.record);
        } else failed?.(item);
      }
      if (isRead) told?.(file);
    } else {
      for (const line of lines) {
        const isToParse = line.bytes === undefined || replacing?.isAt(file, line.number) === true;
        const seen = isToParse ? undefined : skimRecord(line.bytes, isAskedFor);
        if (seen !== undefined) skimmed(file, seen, () => recordsIn(file, line)[0]);
        else if (!isBlank(line)) for (const record of recordsIn(file, line, replacing)) read(record);
      }
    }
  }
}

function recordsIn(file: string, line: Line, replacing?: Replacing): RawRecord[] {
  return Array.from(valuesIn([line])).flatMap((value) => [...(replacing ?? { recordsOf }).recordsOf(file, value)]);
}
