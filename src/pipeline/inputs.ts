import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { REPORT_FILES } from './files.js';
import { reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';

/** A file to read. */
export interface InputFile {
  /** How it is opened and how reports call it: the input as given, with the path below it. */
  readonly path: string;
}

/** What there is to read. */
export interface Inputs {
  readonly files: readonly InputFile[];
  /** How many files of the folders are no input, by their names. */
  readonly skipped: number;
}

const RECORDS = /\.(nd)?json$/;

interface Search {
  /** The output folder, which is not read when it lies in a folder that is. */
  readonly out: string;
  /** Identities of files and folders, so that no record is read twice and no circle of links is followed. */
  readonly seen: Set<string>;
  readonly files: InputFile[];
  skipped: number;
}

/**
 * The files behind the inputs, in the order of the inputs and sorted below them, each once. Of a folder the `.ndjson` and
 * `.json` files at any depth, without hidden ones and the reports of an earlier run.
 * @throws UsageError where one of them does not exist or cannot be read, or is in the output folder itself.
 */
export async function findInputs(places: readonly string[], out: string): Promise<Inputs> {
  const search: Search = { out: resolve(out), seen: new Set(), files: [], skipped: 0 };
  for (const place of places) {
    const folder = (await isFolder(place, true)) ? place : undefined;
    if (resolve(folder ?? dirname(place)) === search.out)
      throw new UsageError(`${place}: it is in the output folder; write to another one.`);
    await (folder === undefined ? take(place, search) : walk(folder, search));
  }
  return { files: search.files, skipped: search.skipped };
}

async function walk(folder: string, search: Search): Promise<void> {
  if (resolve(folder) === search.out || !(await isNew(folder, search))) return;
  for (const name of await list(folder)) {
    const path = join(folder, name);
    const isInput = RECORDS.test(name) && !REPORT_FILES.includes(name);
    if (name.startsWith('.')) search.skipped += 1;
    else if (await isFolder(path, isInput)) await walk(path, search);
    else if (isInput) await take(path, search);
    else search.skipped += 1;
  }
}

/** A link that leads nowhere matters only where it has the name of an input. */
async function isFolder(path: string, isInput: boolean): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isInput) throw unreadable(path, error);
    return false;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

async function take(path: string, search: Search): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (await isNew(path, search)) search.files.push({ path });
}

async function isNew(path: string, { seen }: Search): Promise<boolean> {
  // Not its real path: a pipe (`<(zcat …)`) has none.
  const { dev, ino } = await stat(path, { bigint: true });
  const identity = `${dev}:${ino}`;
  if (seen.has(identity)) return false;
  seen.add(identity);
  return true;
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`);
}
