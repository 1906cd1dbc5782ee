import type { Issue } from '../lens/issue.js';
import { FileChangedError } from './files/fileChanged.js';
import { exportFaults } from './folder/exportFaults.js';
import { GzipError } from './gzip.js';
import type { InputFile, Inputs, UnreadableInput } from './inputs.js';
import { isBlank, type Line } from './lines.js';
import { pauses } from './pause.js';
import { type ReadOptions, type RecordBatch, readRecords } from './recordBatches.js';
import type { RawRecord } from './recordsOfValue.js';
import type { Source } from './source.js';
import { isSystemError, reasonOf } from './systemError.js';

/** A file or folder that could not be read, or not to its end. It is no record, and comes after the records that could. */
export interface FileFailure {
  readonly kind: 'unreadable';
  /** `line` is how many lines were begun; left out where none were. */
  readonly source: { readonly file: string; readonly line?: number };
  readonly issue: Issue;
  /** True where the operating system refused, false where what was read was wrong. */
  readonly isSystem: boolean;
}

/** How far a run is. */
export interface Progress {
  /** The file that is being read. */
  readonly file: string;
  /** Its records so far, and those of all files. */
  readonly records: number;
  readonly allRecords: number;
  /** Bytes of all files that were read, as they are stored, and that there are; `bytes` is 0 for pipes. */
  readonly bytesRead: number;
  readonly bytes: number;
  /** Files that were read to their end, and that there are. */
  readonly filesRead: number;
  readonly files: number;
  /** True once for each file, at its end. */
  readonly isEnd: boolean;
}

/** How the files of a run are read. */
export interface ReadRun extends Omit<ReadOptions, 'onBytes'> {
  /** Told how far it is: at most once for each chunk of a file that is read, and at its end. Must not throw. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
}

/** What is made of some records of a file. */
export interface Batch<T> {
  readonly file: string;
  readonly items: Iterable<T | FileFailure>;
  /** The lines that the records are in, for somebody else to make something of, who says so with `taken`. */
  readonly lines?: readonly Line[];
  /** The document of several lines that they are in, where it is one, as one of them. */
  readonly document?: Line;
  /** Counts records that were made elsewhere of the lines. */
  taken(records: number): void;
}

/**
 * What is made of each record of the files, in their order; of a file that cannot be read to its end, the failure after its
 * records. In batches, one for each chunk, of which each is to be read before the next one is asked for. Reads ahead one chunk.
 * @throws the signal's reason.
 */
export async function* readBatches<T extends { readonly kind: string; readonly source: Source }>(
  { files, unreadable, exports }: Pick<Inputs, 'files' | 'unreadable'> & Partial<Pick<Inputs, 'exports'>>,
  options: ReadRun,
  make: (record: RawRecord) => T,
): AsyncGenerator<Batch<T>> {
  const { onProgress, signal } = options;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  let bytesRead = 0;
  let allRecords = 0;
  const failed = (file: string, failures: readonly FileFailure[]): Batch<T> => ({
    file,
    items: failures,
    taken: () => {},
  });
  for (const missing of unreadable) yield failed(missing.path, [absent(missing)]);
  const faults = exportFaults(exports);
  for (const { path, issues } of faults.missing())
    yield failed(
      path,
      issues.map((issue) => wrong(path, issue)),
    );
  const due = pauses();
  for (const [filesRead, file] of files.entries()) {
    // What is small is read without waiting for anything.
    const pausing = due();
    if (pausing !== undefined) await pausing;
    let records = 0;
    const tell = (isEnd: boolean): void => {
      const read = filesRead + (isEnd ? 1 : 0);
      const far = {
        file: file.path,
        records,
        allRecords,
        bytesRead,
        bytes,
        filesRead: read,
        files: files.length,
        isEnd,
      };
      onProgress?.(far);
    };
    const onBytes = (more: number): void => {
      bytesRead += more;
      tell(false);
    };
    const taken = (more: number): void => {
      records += more;
      allRecords += more;
    };
    const count = (record: RawRecord): T => {
      taken(1);
      return make(record);
    };
    const values = valueCount();
    for await (const batch of readFile(file, options, onBytes, count)) {
      signal?.throwIfAborted();
      if (faults.isCounted(file.path)) values.add(batch);
      yield { file: file.path, taken, ...batch };
    }
    signal?.throwIfAborted();
    const short = faults.counted(file.path, values.all());
    if (short !== undefined) yield failed(file.path, [wrong(file.path, short)]);
    tell(true);
  }
}

/** Counts the values of a file that has one in each line, or one over several; undefined where it could not be read to its end. */
function valueCount() {
  let count = 0;
  let isWhole = true;
  return {
    add({ lines, document }: Pick<Batch<unknown>, 'lines' | 'document'>): void {
      if (document !== undefined) count += 1;
      else if (lines === undefined) isWhole = false;
      else for (const line of lines) if (!isBlank(line)) count += 1;
    },
    all: () => (isWhole ? count : undefined),
  };
}

async function* readFile<T extends { readonly source: Source }>(
  file: InputFile,
  { recordLimit, wholeBundles, replacing, isChecked, isDocument, signal }: ReadRun,
  onBytes: (bytes: number) => void,
  make: (record: RawRecord) => T,
): AsyncGenerator<Pick<Batch<T>, 'items' | 'lines' | 'document'>> {
  let line: number | undefined;
  function* made(records: Iterable<RawRecord>): Generator<T> {
    for (const record of records) {
      line = record.source.line;
      yield make(record);
    }
  }
  const batches = readRecords(file, { onBytes, recordLimit, wholeBundles, replacing, isChecked, isDocument, signal });
  for (;;) {
    let next: IteratorResult<RecordBatch, void>;
    try {
      next = await batches.next();
    } catch (error) {
      yield { items: [failure(file.path, line, error)] };
      return;
    }
    if (next.done === true) return;
    const { records, lines, document } = next.value;
    yield { items: made(records), lines, document };
    // What was made of them elsewhere was read, too.
    line = lines?.at(-1)?.number ?? line;
  }
}

function failure(file: string, line: number | undefined, error: unknown): FileFailure {
  const source = line === undefined ? { file } : { file, line };
  if (error instanceof GzipError) return { kind: 'unreadable', source, issue: error.issue, isSystem: false };
  if (error instanceof FileChangedError) return { kind: 'unreadable', source, issue: error.issue, isSystem: true };
  if (!isSystemError(error)) throw error;
  return { kind: 'unreadable', source, issue: unreadable(reasonOf(error)), isSystem: true };
}

function absent({ path, reason }: UnreadableInput): FileFailure {
  return { kind: 'unreadable', source: { file: path }, issue: unreadable(reason), isSystem: true };
}

/** What is wrong with a file that could be read. */
function wrong(file: string, issue: Issue): FileFailure {
  return { kind: 'unreadable', source: { file }, issue, isSystem: false };
}

function unreadable(reason: string): Issue {
  return {
    severity: 'error',
    code: 'processing',
    id: 'file-unreadable',
    expression: [],
    diagnostics: `It could not be read to its end (${reason}).`,
  };
}
