import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isObject, own } from '../lens/json.js';
import { parseJson } from '../read/parseJson.js';
import { isSystemError } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { isRunning, processMark } from '../report/processMark.js';
import { FOLDER_MODE, MODE } from './outputFile.js';

/** In a folder that is a lock: whose it is. */
const OWNER = 'owner.json';

/** A folder that one process has at a time. */
export interface FolderLock {
  readonly path: string;
  /** Removes the folder with all that is in it. Never throws. */
  release(): Promise<void>;
  /** Leaves the folder as it is for the next one to recover. Never throws. */
  abandon(): Promise<void>;
}

/**
 * Makes a folder that is a lock as long as its process runs. It comes under its name with its owner in it, for a folder cannot be
 * moved to where one stands that holds something. `recover` is called before a lock is removed that a process has left behind.
 * @throws UsageError where another process has it, or may have it; the operating system's error.
 */
export async function lockFolder(path: string, recover: (path: string) => Promise<void>): Promise<FolderLock> {
  while (!(await take(path))) {
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (holder.isRunning !== false) throw new UsageError(heldBy(path, holder));
    // Of those that find a dead one's lock, one may remove it: who comes later could meet that of its heir.
    const heir = await lockFolder(`${path}-after-${holder.id}`, async () => {});
    try {
      if ((await holderOf(path))?.id !== holder.id) continue;
      await recover(path);
      await removeFolder(path);
    } finally {
      await heir.release();
    }
  }
  return {
    path,
    release: () => removeFolder(path).catch(() => undefined),
    abandon: () => rm(join(path, OWNER), { force: true }).catch(() => undefined),
  };
}

/** Removes what processes left behind that died while they took or gave back a lock. To be called by who has it. */
export async function sweep({ path }: FolderLock): Promise<void> {
  const folder = dirname(path);
  const lock = basename(path);
  for (const name of await readdir(folder))
    if (name !== lock && name.startsWith(lock) && LEFT.test(name.slice(lock.length)))
      await removeAll(join(folder, name));
}

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LEFT = new RegExp(`^(?:-after-(?:${ID}|none))*(?:-${ID})?$`);

/** There is one, or was a moment ago; or who has it swept away what was prepared. */
const NOT_NOW: readonly string[] = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'ENOENT'];

/** True where the lock is taken now, false where there is one. */
async function take(path: string): Promise<boolean> {
  const id = randomUUID();
  const prepared = `${path}-${id}`;
  await mkdir(prepared, { mode: FOLDER_MODE });
  try {
    await writeFile(join(prepared, OWNER), JSON.stringify({ id, process: processMark() }), { mode: MODE, flag: 'wx' });
    await rename(prepared, path);
    return true;
  } catch (error) {
    await removeAll(prepared);
    if ((isSystemError(error) && NOT_NOW.includes(error.code)) || (await isThere(path))) return false;
    throw error;
  }
}

interface Holder {
  readonly id: string;
  /** Undefined where nobody here can tell. */
  readonly isRunning: boolean | undefined;
  /** The number of its process. */
  readonly process?: string;
}

/** Who has a lock; undefined where there is none any more. */
async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    if (!(await lstat(path)).isDirectory())
      throw new UsageError(`${path}: it is no folder, and the run needs this name for one.`);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const bytes = await readFile(join(path, OWNER)).catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const parsed = parseJson(bytes);
  const value = 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
  const [id, mark] = [own(value, 'id'), own(value, 'process')];
  // Nobody had it without saying who.
  if (typeof id !== 'string' || !IS_ID.test(id) || typeof mark !== 'string') return { id: 'none', isRunning: false };
  return { id, isRunning: isRunning(mark), process: mark.split('-')[2] };
}

const IS_ID = new RegExp(`^${ID}$`);

function heldBy(path: string, { isRunning, process }: Holder): string {
  const folder = dirname(path);
  return isRunning === true
    ? `${folder}: another run is writing to it (process ${process}); wait for it, or write to another folder.`
    : `${folder}: a run of another machine or container may be writing to it; where it has ended, remove ${path}.`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Takes a folder away at once, and then to pieces. */
async function removeFolder(path: string): Promise<void> {
  const away = `${path}-${randomUUID()}`;
  try {
    await rename(path, away);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return;
    throw error;
  }
  await removeAll(away);
}

/** What is left of it is swept by the next one; another one may be at it just now. */
async function removeAll(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
