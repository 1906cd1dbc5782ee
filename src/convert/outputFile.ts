import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Bytes } from '../read/jsonValues.js';
import { readLines } from '../read/lines.js';
import { isSystemError } from '../read/systemError.js';

/** Bytes that a file collects before they are written. */
const BUFFER = 512 * 1024;

/** Bytes that are read at a time. */
const CHUNK = 256 * 1024;

/** Bytes that all files together collect before those of each are written. */
const MOST_HELD = 8 * 1024 * 1024;

/** Bytes that a piece may keep in memory beside its own; those of small pieces lie together in 8 KB. */
const MOST_KEPT = 16 * 1024;

/** Files that something is done with at the same time. */
const AT_ONCE = 64;

/** Patient data is for the user alone. */
export const MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** A file that is being written under another name. */
export interface OutputFile {
  /** The name under which it stands in the end. */
  readonly path: string;
  readonly temporary: string;
  pending: (Buffer | string)[];
  /** About as many bytes as are pending. */
  size: number;
  /** The end of what is being written to it. */
  writing: Promise<void>;
  lines: number;
  /** Bytes that were written. */
  bytes: number;
}

/** Makes an empty file. */
export async function createFile(path: string, temporary: string): Promise<OutputFile> {
  const file = { path, temporary, pending: [], size: 0, writing: Promise.resolve(), lines: 0, bytes: 0 };
  await written(file, async () => (await open(temporary, 'wx', MODE)).close());
  return file;
}

/** What the system says of a file is said under the name that the user knows: that of the disk that is full. */
async function written({ path }: OutputFile, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path }) : error;
  }
}

/** Writes files in large pieces. None is open in between, so that there can be any number of them. */
export interface FileWriter {
  /** Adds bytes, and a line feed where they end a line; await it before the next call. */
  add(file: OutputFile, bytes: Bytes, isLine: boolean): Promise<void> | undefined;
  /** Adds whole lines, of which there are so many. What it returns is to be awaited, but other files may be added to before. */
  addLines(file: OutputFile, lines: Buffer | string, count: number): Promise<void> | undefined;
  /** Writes what a file has collected. */
  flush(file: OutputFile): Promise<void>;
}

const LINE_FEED = Buffer.from('\n');

/** A writer of files. */
export function fileWriter(): FileWriter {
  const waiting = new Set<OutputFile>();
  let held = 0;
  const push = (file: OutputFile, bytes: Buffer | string): void => {
    if (file.size === 0) waiting.add(file);
    const last = file.pending.length - 1;
    const before = file.pending[last];
    // Texts are encoded together, which takes less time than one by one.
    if (typeof bytes === 'string' && typeof before === 'string') file.pending[last] = before + bytes;
    else file.pending.push(typeof bytes === 'string' ? bytes : alone(bytes));
    file.size += bytes.length;
    held += bytes.length;
  };
  const flush = (file: OutputFile): Promise<void> => {
    const bytes = file.pending.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
    held -= file.size;
    file.pending = [];
    file.size = 0;
    waiting.delete(file);
    if (bytes.length > 0) file.writing = file.writing.then(() => append(file, bytes));
    return file.writing;
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
    addLines(file, lines, count) {
      file.lines += count;
      push(file, lines);
      return relieve(file);
    },
    flush,
  };
}

/** The same bytes, copied where they would keep much more in memory with them until enough is pending. */
function alone(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength > MOST_KEPT + 4 * bytes.length ? Buffer.from(bytes) : bytes;
}

async function append(file: OutputFile, pieces: readonly Buffer[]): Promise<void> {
  const bytes = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  await written(file, async () => {
    const handle = await open(file.temporary, 'a', MODE);
    await handle.appendFile(bytes).finally(() => handle.close());
  });
  file.bytes += bytes.length;
}

/** Returns once the device has all of some files that were flushed. */
export async function sync(files: readonly OutputFile[]): Promise<void> {
  await atOnce(files, (file) =>
    written(file, async () => {
      const handle = await open(file.temporary, 'a', MODE);
      await handle.sync().finally(() => handle.close());
    }),
  );
}

/** Does something with each of many files, with some of them at the same time. */
export async function atOnce<T>(all: readonly T[], each: (one: T) => Promise<void>): Promise<void> {
  for (let first = 0; first < all.length; first += AT_ONCE)
    await Promise.all(all.slice(first, first + AT_ONCE).map(each));
}

/** The lines of a file that was flushed, in batches; as Latin-1, each byte a character. */
export async function* latinLinesOf({ temporary }: OutputFile): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of createReadStream(temporary, { highWaterMark: CHUNK, encoding: 'latin1' })) {
    const lines: string[] = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/** The lines of a file that was flushed, in batches. */
export async function* linesOf({ temporary }: OutputFile): AsyncGenerator<Buffer[]> {
  const chunks = createReadStream(temporary, { highWaterMark: CHUNK });
  for await (const batch of readLines(chunks, Number.POSITIVE_INFINITY))
    yield batch.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
}
