import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSystemError, reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';

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
 * Opens a file to write, with the folders around it; what stands there is replaced in the end.
 * @throws UsageError where it cannot be written to.
 */
export async function openTextFile(path: string): Promise<TextFile> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  let handle: FileHandle;
  try {
    await mkdir(dirname(path), { recursive: true });
    handle = await open(temporary, 'wx', MODE);
  } catch (error) {
    throw new UsageError(`${path}: it cannot be written to (${reasonOf(error)}).`);
  }
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
      await rename(temporary, path).catch((error: unknown) => {
        throw isSystemError(error) ? Object.assign(error, { path }) : error;
      });
    },
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
