import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { readLines } from './lines.js';
import { isSystemError } from './systemError.js';
import type { Bytes } from './values.js';

/** Bytes that a file collects before they are written, and those that are read at a time. */
const BUFFER = 256 * 1024;

/** Files that are open, and collect bytes, at the same time. */
const MOST_OPEN = 64;

/** Patient data is for the user alone. */
export const MODE = 0o600;

/** A file that is being written under another name. */
export interface OutputFile {
  /** The name under which it stands in the end. */
  readonly path: string;
  readonly temporary: string;
  /** Undefined where it is not open, and all that was added is written. */
  handle: FileHandle | undefined;
  pending: Buffer[];
  size: number;
  lines: number;
}

/** The open files of a run. Files beyond a fixed number take turns, so that there can be any number of them. */
export interface OpenFiles {
  create(path: string, temporary: string): Promise<OutputFile>;
  /** Opens a file again that gave its place to another. */
  reopen(file: OutputFile): Promise<void>;
  /** Writes what was added, and closes the file. */
  close(file: OutputFile): Promise<void>;
  /** Closes all files, whatever happened to them. Never throws. */
  abandon(): Promise<void>;
}

/** No open files yet. */
export function openFiles(): OpenFiles {
  const files = new Set<OutputFile>();
  const makeRoom = async (): Promise<void> => {
    const [first] = files;
    if (first !== undefined && files.size >= MOST_OPEN) await close(first);
  };
  const close = async (file: OutputFile): Promise<void> => {
    const { handle } = file;
    if (handle === undefined) return;
    await flush(file);
    file.handle = undefined;
    files.delete(file);
    await handle.close();
  };
  return {
    async create(path, temporary) {
      await makeRoom();
      const handle = await open(temporary, 'wx', MODE);
      const file = { path, temporary, handle, pending: [], size: 0, lines: 0 };
      files.add(file);
      return file;
    },
    async reopen(file) {
      await makeRoom();
      file.handle = await open(file.temporary, 'a', MODE);
      files.add(file);
    },
    close,
    async abandon() {
      for (const { handle } of files) await handle?.close().catch(() => undefined);
      files.clear();
    },
  };
}

const LINE_FEED = Buffer.from('\n');

/** Adds bytes to an open file, and a line feed where they end a line. */
export function add(file: OutputFile, bytes: Bytes, isLine: boolean): Promise<void> | undefined {
  if (isLine) file.lines += 1;
  if (!Buffer.isBuffer(bytes)) return addAll(file, bytes, isLine);
  push(file, bytes);
  if (isLine) push(file, LINE_FEED);
  return file.size < BUFFER ? undefined : flush(file);
}

/** Returns once the device has all of some files that are closed. */
export async function sync(files: readonly OutputFile[]): Promise<void> {
  for (let first = 0; first < files.length; first += MOST_OPEN)
    await Promise.all(
      files.slice(first, first + MOST_OPEN).map(async ({ temporary }) => {
        const handle = await open(temporary, 'a', MODE);
        await handle.sync().finally(() => handle.close());
      }),
    );
}

/** The lines of a file that is closed, in batches. */
export async function* linesOf({ temporary }: OutputFile): AsyncGenerator<Buffer[]> {
  const chunks = createReadStream(temporary, { highWaterMark: BUFFER });
  for await (const batch of readLines(chunks, Number.POSITIVE_INFINITY))
    yield batch.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
}

function push(file: OutputFile, bytes: Buffer): void {
  file.pending.push(bytes);
  file.size += bytes.length;
}

async function addAll(file: OutputFile, pieces: AsyncIterable<Buffer>, isLine: boolean): Promise<void> {
  for await (const piece of pieces) {
    push(file, piece);
    if (file.size >= BUFFER) await flush(file);
  }
  if (isLine) push(file, LINE_FEED);
}

async function flush(file: OutputFile): Promise<void> {
  const bytes = Buffer.concat(file.pending);
  file.pending = [];
  file.size = 0;
  try {
    if (bytes.length > 0) await file.handle?.appendFile(bytes);
  } catch (error) {
    // A write knows no path, and the user has to know which disk is full.
    throw isSystemError(error) ? Object.assign(error, { path: file.path }) : error;
  }
}
