import { lstat, mkdir, open, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject } from '../lens/json.js';
import { parseJson } from '../read/parseJson.js';
import { isOutput, isOutputFolder, MOVES } from '../read/runFiles.js';
import { isSystemError } from '../read/systemError.js';
import { atOnce, FOLDER_MODE, MODE } from './outputFile.js';

/** A file in the staging folder, and the name that it has, or had, in the output folder. */
export interface Move {
  readonly staged: string;
  readonly file: string;
}

/** What a run does to the output folder in the end. The manifests are the first that goes out, and the last that comes in. */
export interface Moves {
  /** What an earlier run wrote. */
  readonly out: readonly Move[];
  /** What this one wrote. */
  readonly in: readonly Move[];
  /** The folders that are made for it. */
  readonly folders: readonly string[];
}

/**
 * Moves the files of an earlier run into the staging folder, and then those of this one out of it, so that never some of both are
 * beside each other. The moves are written down first, for whoever has to take them back.
 * @throws the signal's reason before the last file has its name; the operating system's error.
 */
export async function move(
  folder: string,
  staging: string,
  moves: Moves,
  signal: AbortSignal | undefined,
): Promise<void> {
  await writeMoves(staging, moves);
  const [manifest, ...earlier] = moves.out;
  if (manifest !== undefined) {
    await moveFile(join(folder, manifest.file), join(staging, manifest.staged));
    await syncFolders([folder]);
  }
  for (const { file, staged } of earlier) {
    signal?.throwIfAborted();
    await moveFile(join(folder, file), join(staging, staged));
  }
  await syncFolders([staging, ...foldersOf(folder, earlier)]);
  for (const inside of moves.folders) await mkdir(join(folder, inside), { mode: FOLDER_MODE });
  for (const { file, staged } of moves.in.slice(0, -1)) {
    signal?.throwIfAborted();
    await moveFile(join(staging, staged), join(folder, file));
  }
  await syncFolders([folder, ...foldersOf(folder, moves.in)]);
  signal?.throwIfAborted();
  for (const { file, staged } of moves.in.slice(-1)) await moveFile(join(staging, staged), join(folder, file));
  // The folder may be new as well.
  await syncFolders([folder, join(folder, '..')]);
}

/** True where a run moved all of its files, the last one too. */
export async function isMoved(staging: string): Promise<boolean> {
  const last = (await readMoves(staging))?.in.at(-1);
  return last !== undefined && !(await isThere(join(staging, last.staged)));
}

/** Takes the moves back that a run made, and leaves the output folder as it was. May be ended at any time, and done again. */
export async function takeBack(folder: string, staging: string): Promise<void> {
  const moves = await readMoves(staging);
  if (moves === undefined) return;
  const isAllOut = (await Promise.all(moves.out.map(({ staged }) => isThere(join(staging, staged))))).every(Boolean);
  // Nothing comes in before all is out, and nothing goes back before all that came in is taken back.
  if (isAllOut) {
    for (const { file, staged } of [...moves.in].reverse())
      if (!(await isThere(join(staging, staged)))) await moveFile(join(folder, file), join(staging, staged), 'any');
    await removeEmpty(folder, moves.folders);
  }
  for (const { file, staged } of [...moves.out].reverse()) {
    if (!(await isThere(join(staging, staged))) || (await isThere(join(folder, file)))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true, mode: FOLDER_MODE });
    await moveFile(join(staging, staged), join(folder, file));
  }
  await syncFolders([folder, ...foldersOf(folder, moves.out)]);
  await rm(join(staging, MOVES));
}

/** Removes the folders in which only an earlier run had files. */
export async function removeEmptied(folder: string, staging: string): Promise<void> {
  const moves = await readMoves(staging);
  await removeEmpty(
    folder,
    (moves?.out ?? []).flatMap(({ file }) => foldersAround(file)),
  );
}

/** The folders of a run that a file of it is in, the outermost first. */
export function foldersAround(file: string): string[] {
  const inside = dirname(file);
  return inside === '.' ? [] : [...foldersAround(inside), inside].filter(isOutputFolder);
}

/** What is in another one comes after it, and goes before it. */
async function removeEmpty(folder: string, insides: readonly string[]): Promise<void> {
  const depth = (inside: string): number => inside.split('/').length;
  for (const inside of [...new Set(insides)].sort((a, b) => depth(b) - depth(a)))
    await rmdir(join(folder, inside)).catch(() => undefined);
}

/** `any` moves nothing where nothing is there. */
async function moveFile(from: string, to: string, which: 'any' | 'one' = 'one'): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (which === 'any' && isSystemError(error) && error.code === 'ENOENT') return;
    throw isSystemError(error) ? Object.assign(error, { path: to }) : error;
  }
}

async function writeMoves(staging: string, moves: Moves): Promise<void> {
  const temporary = join(staging, `${MOVES}.tmp`);
  const handle = await open(temporary, 'wx', MODE);
  try {
    await handle.writeFile(JSON.stringify(moves));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(staging, MOVES));
  await syncFolders([staging]);
}

/** The moves that are written down in a staging folder; undefined where none were begun. */
async function readMoves(staging: string): Promise<Moves | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(staging, MOVES));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = parseJson(bytes);
  const value = 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
  return { out: listed(value.out), in: listed(value.in), folders: texts(value.folders).filter(isOutputFolder) };
}

/** Nothing leads out of the two folders, whoever wrote the list. */
function listed(list: unknown): Move[] {
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    const { staged, file } = isObject(one) ? one : {};
    const isMove = typeof staged === 'string' && typeof file === 'string' && STAGED.test(staged) && isOutput(file);
    return isMove ? [{ staged, file }] : [];
  });
}

const STAGED = /^(?:new|old)-[0-9]+$/;

function texts(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).filter((one: unknown) => typeof one === 'string');
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}

function foldersOf(folder: string, moves: readonly Move[]): string[] {
  return [...new Set(moves.map(({ file }) => dirname(join(folder, file))))];
}

/** What systems say that do not sync folders. */
const NO_SYNC: readonly string[] = ['EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS', 'EBADF'];

/** Returns once the device knows the names in some folders. */
async function syncFolders(folders: readonly string[]): Promise<void> {
  await atOnce(folders, async (folder) => {
    try {
      const handle = await open(folder, 'r');
      await handle.sync().finally(() => handle.close());
    } catch (error) {
      // A folder that a file came from may be gone.
      if (!isSystemError(error) || !['ENOENT', ...NO_SYNC].includes(error.code)) throw error;
    }
  });
}
