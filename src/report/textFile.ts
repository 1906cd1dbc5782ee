import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';

/** Reports name records by their ids: they are for the user alone. */
const MODE = 0o600;

/** Characters that are collected before they are written. */
const BUFFER = 64 * 1024;

/** A text that is written piece by piece. Nothing stands under its name before `commit`. */
export interface TextFile {
  write(text: string): Promise<void> | undefined;
  commit(): Promise<void>;
  /** Removes what was written. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens a file to write, with the folders around it; what stands there is replaced in the end. A pipe or a device
 * (`/dev/stderr`) is written to as it is.
 * @throws UsageError where it cannot be written to.
 */
export async function openTextFile(path: string): Promise<TextFile> {
  const { handle, temporary } = await opened(path).catch((error: unknown) => {
    throw new UsageError(`${path}: it cannot be written to (${reasonOf(error)}).`);
  });
  // A process may end without another word, when nobody reads what it prints any more.
  const remove = (): void => {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  };
  process.once('exit', remove);
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    try {
      await handle.appendFile(text);
    } catch (error) {
      // A write knows no path, and the user has to know which disk is full.
      throw isSystemError(error) ? Object.assign(error, { path }) : error;
    }
  };
  return {
    write(text) {
      pending += text;
      return pending.length < BUFFER ? undefined : flush();
    },
    async commit() {
      await flush();
      await handle.close();
      if (temporary === undefined) return;
      await rename(temporary, path).catch((error: unknown) => {
        throw isSystemError(error) ? Object.assign(error, { path }) : error;
      });
      process.removeListener('exit', remove);
    },
    async discard() {
      process.removeListener('exit', remove);
      await handle.close().catch(() => undefined);
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}

/** What is written to, and its name until the end; a pipe or a device keeps its own. */
async function opened(path: string): Promise<{ readonly handle: FileHandle; readonly temporary?: string }> {
  const there = await stat(path).catch(() => undefined);
  // A folder is refused by opening it.
  if (there !== undefined && !there.isFile()) return { handle: await open(path, 'w') };
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  return { handle: await open(temporary, 'wx', MODE), temporary };
}
