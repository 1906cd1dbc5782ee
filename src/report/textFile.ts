import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { isRunning, processMark } from './processMark.js';

/** Reports name records by their ids: they are for the user alone. */
const MODE = 0o600;

/** Characters that are collected before they are written. */
const BUFFER = 64 * 1024;

/** A text that is written piece by piece. Nothing stands under its name before `commit`. */
export interface TextFile {
  write(text: string): Promise<void> | undefined;
  /** Writes out all there is; nothing can be added any more, and all that is left to do is to give it its name. */
  finish(): Promise<void>;
  /** To be called after `finish`. */
  commit(): Promise<void>;
  /** Removes what was written. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens a file to write, with the folders around it; what stands there is replaced in the end. A pipe or a device
 * (`/dev/stderr`) is written to as it is. What runs left there that died goes.
 * @throws UsageError where it cannot be written to, or is a link to a file, which somebody else may have put there.
 */
export async function openTextFile(path: string): Promise<TextFile> {
  const { handle, temporary } = await opened(path).catch((error: unknown) => {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${path}: it cannot be written to (${reasonOf(error)}).`);
  });
  let pending = '';
  /** What is said of the file is said under the name that the user knows: which disk is full. */
  const named = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw isSystemError(error) ? Object.assign(error, { path }) : error;
    }
  };
  const flush = (): Promise<void> => {
    const text = pending;
    pending = '';
    return named(() => handle.appendFile(text));
  };
  return {
    write(text) {
      pending += text;
      return pending.length < BUFFER ? undefined : flush();
    },
    async finish() {
      await flush();
      await named(async () => {
        if (temporary !== undefined) await handle.sync();
        await handle.close();
      });
    },
    async commit() {
      if (temporary !== undefined) await named(() => rename(temporary, path));
    },
    async discard() {
      await handle.close().catch(() => undefined);
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}

/** What is written to, and its name until the end; a pipe or a device keeps its own. */
async function opened(path: string): Promise<{ readonly handle: FileHandle; readonly temporary?: string }> {
  const there = await stat(path).catch(() => undefined);
  // A folder is refused by opening it.
  if (there !== undefined && (!there.isFile() || isStream(path))) return { handle: await open(path, 'a') };
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink() === true)
    throw new UsageError(`${path}: it is a link; name the file that it leads to.`);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await sweep(path);
  const temporary = join(folder, `${prefixOf(path)}${processMark()}-${randomUUID().slice(0, 8)}${SUFFIX}`);
  return { handle: await open(temporary, 'wx', MODE), temporary };
}

/** True for what a process has open already, whatever it is. */
function isStream(path: string): boolean {
  return /^\/dev\/(?:stdout|stderr|fd\/[0-9]+)$|^\/proc\/(?:self|[0-9]+)\/fd\/[0-9]+$/.test(resolve(path));
}

const SUFFIX = '.tmp';
const prefixOf = (path: string): string => `.${basename(path)}.`;

/** Removes what runs were writing under the same name when they died. */
async function sweep(path: string): Promise<void> {
  const prefix = prefixOf(path);
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || !name.endsWith(SUFFIX)) continue;
    const [, mark = ''] = /^(.+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length, -SUFFIX.length)) ?? [];
    if (isRunning(mark) === false) await rm(join(dirname(path), name), { force: true }).catch(() => undefined);
  }
}
