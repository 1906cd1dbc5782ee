import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Bytes } from '../read/jsonValues.js';
import { readLines } from '../read/lines.js';
import { isSystemError } from '../read/systemError.js';

/** Bytes that a file collects before they are written, and those that are read at a time. */
const BUFFER = 256 * 1024;

/** Bytes that all files together collect before those of each are written. */
const MOST_HELD = 16 * 1024 * 1024;

/** Files that are synced at the same time. */
const AT_ONCE = 64;

/** Patient data is for the user alone. */
export const MODE = 0o600;

/** A file that is being written under another name. */
export interface OutputFile {
  /** The name under which it stands in the end. */
  readonly path: string;
  readonly temporary: string;
  pending: Buffer[];
  size: number;
  lines: number;
}

/** Makes an empty file. */
export async function createFile(path: string, temporary: string): Promise<OutputFile> {
  await (await open(temporary, 'wx', MODE)).close();
  return { path, temporary, pending: [], size: 0, lines: 0 };
}

/** Writes files in large pieces. None is open in between, so that there can be any number of them. */
export interface FileWriter {
  /** Adds bytes, and a line feed where they end a line; await it before the next call. */
  add(file: OutputFile, bytes: Bytes, isLine: boolean): Promise<void> | undefined;
  /** Writes what a file has collected. */
  flush(file: OutputFile): Promise<void>;
}

const LINE_FEED = Buffer.from('\n');

/** A writer of files. */
export function fileWriter(): FileWriter {
  const waiting = new Set<OutputFile>();
  let held = 0;
  const push = (file: OutputFile, bytes: Buffer): void => {
    if (file.size === 0) waiting.add(file);
    file.pending.push(bytes);
    file.size += bytes.length;
    held += bytes.length;
  };
  const flush = async (file: OutputFile): Promise<void> => {
    const bytes = Buffer.concat(file.pending);
    held -= file.size;
    file.pending = [];
    file.size = 0;
    waiting.delete(file);
    if (bytes.length > 0) await append(file, bytes);
  };
  const relieve = (file: OutputFile): Promise<void> | undefined => {
    if (held >= MOST_HELD) return flushAll();
    return file.size >= BUFFER ? flush(file) : undefined;
  };
  const flushAll = async (): Promise<void> => {
    for (const file of waiting) await flush(file);
  };
  const addAll = async (file: OutputFile, pieces: AsyncIterable<Buffer>, isLine: boolean): Promise<void> => {
    for await (const piece of pieces) {
      push(file, piece);
      await relieve(file);
    }
    if (isLine) push(file, LINE_FEED);
  };
  return {
    add(file, bytes, isLine) {
      if (isLine) file.lines += 1;
      if (!Buffer.isBuffer(bytes)) return addAll(file, bytes, isLine);
      push(file, bytes);
      if (isLine) push(file, LINE_FEED);
      return relieve(file);
    },
    flush,
  };
}

async function append({ path, temporary }: OutputFile, bytes: Buffer): Promise<void> {
  try {
    const handle = await open(temporary, 'a', MODE);
    await handle.appendFile(bytes).finally(() => handle.close());
  } catch (error) {
    // A write knows no path, and the user has to know which disk is full.
    throw isSystemError(error) ? Object.assign(error, { path }) : error;
  }
}

/** Returns once the device has all of some files that were flushed. */
export async function sync(files: readonly OutputFile[]): Promise<void> {
  for (let first = 0; first < files.length; first += AT_ONCE)
    await Promise.all(
      files.slice(first, first + AT_ONCE).map(async ({ temporary }) => {
        const handle = await open(temporary, 'a', MODE);
        await handle.sync().finally(() => handle.close());
      }),
    );
}

/** The lines of a file that was flushed, in batches. */
export async function* linesOf({ temporary }: OutputFile): AsyncGenerator<Buffer[]> {
  const chunks = createReadStream(temporary, { highWaterMark: BUFFER });
  for await (const batch of readLines(chunks, Number.POSITIVE_INFINITY))
    yield batch.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
}
