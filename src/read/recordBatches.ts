import { createReadStream } from 'node:fs';
import { checkSize } from './files/fileChanged.js';
import { readSmall } from './files/smallFile.js';
import { checkGzip, GzipError, gunzip, isGzip, startOf } from './gzip.js';
import type { InputFile } from './inputs.js';
import { readValues, type Value, type ValueBatch, wholeDocument } from './jsonValues.js';
import { type Line, readLines } from './lines.js';
import { type RawRecord, type Replacing, recordsOf } from './recordsOfValue.js';

/** Bytes that are read at a time; a file of no more is read in one piece, for a stream costs more than all else that is done with it. */
const CHUNK = 256 * 1024;

/** How the records of a file are read. */
export interface ReadOptions {
  /** The most bytes of one record, or of one JSON document, that are held in memory. Default: 256 MiB. */
  readonly recordLimit?: number;
  /** Told of the bytes that were read of the file, as it is stored, each time some were. */
  readonly onBytes?: (bytes: number) => void;
  /** True where a Bundle is a record itself, and its entries are none. */
  readonly wholeBundles?: boolean;
  /** Gives records others in their place; not for whole Bundles. */
  readonly replacing?: Replacing | undefined;
  /** True for a file of which the checksum, if it is gzip, is known to be right, or is not to be looked at before its end. */
  readonly isChecked?: (path: string) => boolean;
  /** True for a file that was read before, and was one document of JSON: it need not be parsed to know that. */
  readonly isDocument?: (path: string) => boolean;
  /** Ends the reading, also in the middle of a document. */
  readonly signal?: AbortSignal | undefined;
}

/** Some records of a file, one after the other. */
export interface RecordBatch {
  readonly records: Iterable<RawRecord>;
  /** The lines that the records are in, where these are lines. */
  readonly lines?: readonly Line[];
  /** The document of several lines that they are in, where it is one, as one of them. */
  readonly document?: Line;
}

/**
 * The records of a file, unpacked where it is gzip: NDJSON, a JSON resource or payload, a list, a Bundle of any type and
 * depth, a response of ClinikAPI. What it is shows in its content. Reads ahead one chunk; only a JSON value over several
 * lines is held whole. They come in batches, one for each chunk; a batch is to be read before the next one is asked for.
 * @throws GzipError, FileChangedError, or the operating system's error, when the file cannot be read to its end, or had another one when
 * it was found; after the records that could.
 */
export async function* readRecords(
  { path, size }: InputFile,
  { recordLimit, onBytes, wholeBundles, replacing, isChecked, isDocument, signal }: ReadOptions = {},
): AsyncGenerator<RecordBatch> {
  const run = { wholeBundles, replacing };
  const small = size > 0 && size <= CHUNK ? readSmall(path, size) : undefined;
  if (small !== undefined && small.length === size && !isGzip(small)) {
    onBytes?.(size);
    const whole = wholeDocument(path, small, recordLimit, isDocument?.(path));
    if (whole === undefined) yield* batchesOf(path, inOnePiece(small), recordLimit, signal, run);
    else yield batchOf(path, whole, run);
    return;
  }
  // What cannot be read twice, a pipe, has no size, and its checksum comes too late.
  if (size > 0 && isChecked?.(path) !== true && isGzip(await startOf(path))) {
    const damage = await checkGzip(path);
    if (damage !== undefined) throw new GzipError(damage);
  }
  const chunks = unpacked(counted(createReadStream(path, { highWaterMark: CHUNK }), size, onBytes));
  yield* batchesOf(path, chunks, recordLimit, signal, run);
}

/** What records are made of the values of a file. */
type Making = Pick<ReadOptions, 'wholeBundles' | 'replacing'>;

async function* batchesOf(
  path: string,
  chunks: AsyncIterable<Buffer>,
  recordLimit: number | undefined,
  signal: AbortSignal | undefined,
  making: Making,
): AsyncGenerator<RecordBatch> {
  for await (const batch of readValues(path, readLines(chunks, recordLimit), recordLimit, signal))
    yield batchOf(path, batch, making);
}

function batchOf(path: string, { values, lines, document }: ValueBatch, making: Making): RecordBatch {
  return { records: recordsIn(path, values, making.wholeBundles, making.replacing), lines, document };
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The records of values. */
export function* recordsIn(
  path: string,
  values: Iterable<Value>,
  wholeBundles: boolean | undefined,
  replacing?: Replacing,
): Generator<RawRecord> {
  for (const value of values) yield* replacing?.recordsOf(path, value) ?? recordsOf(path, value, wholeBundles);
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  size: number,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.length;
    onBytes?.(chunk.length);
    yield chunk;
  }
  // A pipe has no size.
  if (size > 0) checkSize(read, size);
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  // A pipe may give a single byte at first.
  for (let part = await source.next(); part.done !== true; part = await source.next()) {
    start = start.length === 0 ? part.value : Buffer.concat([start, part.value]);
    if (start.length >= 2) break;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  yield* isGzip(start) ? gunzip(all()) : all();
}
