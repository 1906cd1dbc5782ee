import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Bytes } from '../read/jsonValues.js';
import { isOutput, isOutputFolder, RUN, SOURCES, STAGING, SUMMARY } from '../read/runFiles.js';
import { filesOfRun, manifestOf } from '../read/runManifest.js';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { type FolderLock, lockFolder, sweep } from './folderLock.js';
import { foldersAround, isMoved, type Moves, move, removeEmptied, takeBack } from './folderMoves.js';
import { createFile, FOLDER_MODE, fileWriter, latinLinesOf, linesOf, type OutputFile, sync } from './outputFile.js';

/** A file that was written. */
export interface Written {
  /** In the output folder; with `/` where it is in a folder there. */
  readonly file: string;
  readonly lines: number;
}

/** The output folder of a run. Nothing stands there under its own name before `commit`. */
export interface Outputs {
  /** Adds bytes and a line feed to a file; await it before the next call. */
  line(file: string, bytes: Bytes): Promise<void> | undefined;
  /** Adds whole lines, of which there are so many. What it returns is to be awaited, but other files may be added to before. */
  lines(file: string, lines: Buffer | string, count: number): Promise<void> | undefined;
  /** Adds bytes to a line that is not ended yet; await it before the next call. */
  append(file: string, bytes: Buffer): Promise<void> | undefined;
  /**
   * The lines of a file, in batches. It is none of the outputs any more, so that another one can be written under its name
   * meanwhile. There are none where there is no such file.
   */
  take(file: string): AsyncIterable<readonly Buffer[]>;
  /** The same as Latin-1, each byte a character. */
  takeLatin(file: string): AsyncIterable<readonly string[]>;
  /** The files that lines were added to, sorted. */
  written(): Written[];
  /**
   * Puts every file in its place, and the manifest last; what an earlier run wrote goes before.
   * @throws UsageError where a file of somebody else has a name that is needed; the signal's reason.
   */
  commit(summary: unknown, signal?: AbortSignal): Promise<void>;
  /** Gives up what an earlier run wrote, and leaves the folder to the next run. Never throws. */
  close(): Promise<void>;
  /** Removes every file of the run, also those in their places, and leaves the folder as it was. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens the output folder, which is made where there is none, and takes away what runs left in it that died. It is this run's
 * alone until `close` or `discard`.
 * @throws UsageError where it cannot be written to, where another run writes to it, where it has outputs of an earlier run that
 * `force` does not give up, or files under such names that no run says it wrote.
 */
export async function openOutputs(folder: string, { force = false }: { force?: boolean } = {}): Promise<Outputs> {
  const { lock, earlier } = await prepare(folder, force);
  const staging = lock.path;
  const writer = fileWriter();
  const outputs = new Map<string, OutputFile>();
  let made = 0;

  const create = async (file: string): Promise<OutputFile> => {
    const number = made;
    made += 1;
    const output = await createFile(join(folder, file), join(staging, staged('new', number)));
    outputs.set(file, output);
    return output;
  };
  const addTo = (file: string, bytes: Bytes, isLine: boolean): Promise<void> | undefined => {
    const output = outputs.get(file);
    if (output !== undefined) return writer.add(output, bytes, isLine);
    return create(file).then((created) => writer.add(created, bytes, isLine));
  };
  const addJson = async (file: string, value: unknown): Promise<void> => {
    await addTo(file, Buffer.from(JSON.stringify(value, null, 2)), true);
  };
  const byName = (): [string, OutputFile][] => [...outputs].sort(([a], [b]) => (a < b ? -1 : 1));

  async function* taken<T>(file: string, read: (output: OutputFile) => AsyncIterable<T>): AsyncGenerator<T> {
    const output = outputs.get(file);
    if (output === undefined) return;
    await writer.flush(output);
    outputs.delete(file);
    yield* read(output);
    await rm(output.temporary);
  }

  return {
    line: (file, bytes) => addTo(file, bytes, true),
    lines(file, lines, count) {
      const output = outputs.get(file);
      if (output !== undefined) return writer.addLines(output, lines, count);
      return create(file).then((created) => writer.addLines(created, lines, count));
    },
    append: (file, bytes) => addTo(file, bytes, false),
    take: (file) => taken(file, linesOf),
    takeLatin: (file) => taken(file, latinLinesOf),
    written: () => byName().map(([file, { lines }]) => ({ file, lines })),
    async commit(summary, signal) {
      await addJson(SUMMARY, summary);
      for (const output of outputs.values()) await writer.flush(output);
      const files = byName();
      await addJson(RUN, manifestOf(files.map(([file, { lines, bytes }]) => ({ file, lines, bytes }))));
      for (const output of outputs.values()) await writer.flush(output);
      await sync([...outputs.values()]);
      signal?.throwIfAborted();
      await move(
        folder,
        staging,
        await movesOf(folder, earlier, [...files.map(([file]) => file), RUN], outputs),
        signal,
      );
    },
    async close() {
      await removeEmptied(folder, staging).catch(() => undefined);
      await lock.release();
    },
    async discard() {
      try {
        await takeBack(folder, staging);
      } catch {
        // The next run tries again.
        await lock.abandon();
        return;
      }
      await lock.release();
    },
  };
}

const staged = (age: 'new' | 'old', number: number): string => `${age}-${number}`;

/** What stands in a folder that a run is to write to. */
interface Prepared {
  readonly lock: FolderLock;
  /** The files of an earlier run, its manifest first. */
  readonly earlier: readonly string[];
}

async function prepare(folder: string, force: boolean): Promise<Prepared> {
  let lock: FolderLock | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    await checkFolders(folder, await foldersIn(folder));
    lock = await lockFolder(join(folder, STAGING), (staging) => recover(folder, staging));
    await sweep(lock);
    return { lock, earlier: await earlierFiles(folder, force) };
  } catch (error) {
    await lock?.release();
    if (error instanceof UsageError) throw error;
    const reason = isSystemError(error) && error.code === 'EEXIST' ? 'it is a file' : reasonOf(error);
    throw new UsageError(`${folder}: it cannot be written to (${reason}).`);
  }
}

/** Ends what a run began that died: it is as if it had ended, or as if it had never begun. */
async function recover(folder: string, staging: string): Promise<void> {
  if (await isMoved(staging)) await removeEmptied(folder, staging);
  else await takeBack(folder, staging);
}

/**
 * What an earlier run wrote.
 * @throws UsageError where that is not to be replaced, and where nobody knows who wrote what is there.
 */
async function earlierFiles(folder: string, force: boolean): Promise<readonly string[]> {
  const standing = await outputsIn(folder);
  const listed = await filesOfRun(folder);
  const [first] = standing.keys();
  if (first === undefined) return [];
  const path = join(folder, first);
  if (listed === undefined) throw new UsageError(`${path}: ${NOT_OURS}`);
  if (!force) throw new UsageError(`${path}: it is there already; give --force to replace what an earlier run wrote.`);
  return [RUN, ...listed.filter((file) => file !== RUN && standing.get(file) === true)];
}

const NOT_OURS =
  'it is there already, and no run that ended says that it wrote it; move it away, or write to another folder.';

/** What has the name of a folder of a run; what is in a link to a folder, too, is no folder of a run, and is not looked into. */
async function foldersIn(folder: string): Promise<string[]> {
  const found = (await list(folder)).filter(({ name }) => isOutputFolder(name));
  for (const { name, isLink } of found)
    if (!isLink && !name.includes('/'))
      found.push(...(await inside(folder, name)).filter((one) => isOutputFolder(one.name)));
  return found.map(({ name }) => name);
}

/** @throws UsageError where a folder of a run is none of its own, so that what is written there would be somewhere else. */
async function checkFolders(folder: string, names: readonly string[]): Promise<void> {
  for (const inside of names) {
    const path = join(folder, inside);
    const there = await lstat(path).catch((error: unknown) => {
      // A run that ends may have removed it just now.
      if (isSystemError(error) && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined || there.isDirectory()) continue;
    const what = there.isSymbolicLink() ? 'a link' : 'no folder';
    throw new UsageError(`${path}: it is ${what}, and a run may need this name for a folder of its own; move it away.`);
  }
}

/** What has the name of an output, and whether it is a file: a run makes no links, and no folders of these names. */
async function outputsIn(folder: string): Promise<ReadonlyMap<string, boolean>> {
  const found = await list(folder);
  for (const { name } of found) if (isOutputFolder(name)) found.push(...(await inside(folder, name)));
  return new Map(found.filter(({ name }) => isOutput(name)).map(({ name, isFile }) => [name, isFile]));
}

interface Standing {
  readonly name: string;
  readonly isFile: boolean;
  readonly isLink: boolean;
}

/** The same of a folder in it. */
const inside = async (folder: string, name: string): Promise<Standing[]> =>
  (await list(join(folder, name))).map((one) => ({ ...one, name: `${name}/${one.name}` }));

async function list(folder: string): Promise<Standing[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found.map((entry) => ({ name: entry.name, isFile: entry.isFile(), isLink: entry.isSymbolicLink() }));
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

/** @throws UsageError where a name is taken by what is neither of this run nor of an earlier one. */
async function movesOf(
  folder: string,
  earlier: readonly string[],
  files: readonly string[],
  outputs: ReadonlyMap<string, OutputFile>,
): Promise<Moves> {
  const insides = [...new Set(files.flatMap(foldersAround))];
  const names = await foldersIn(folder);
  await checkFolders(folder, names);
  const there = await outputsIn(folder);
  const isEarlier = new Set(earlier);
  const taken = files.find((file) => there.has(file) && !isEarlier.has(file));
  if (taken !== undefined) throw new UsageError(`${join(folder, taken)}: ${NOT_OURS}`);
  return {
    out: earlier
      .filter((file) => there.get(file) === true)
      .map((file, index) => ({ file, staged: staged('old', index) })),
    in: sourcesAt('start', files).flatMap((file) => {
      const temporary = outputs.get(file)?.temporary;
      return temporary === undefined ? [] : [{ file, staged: basename(temporary) }];
    }),
    folders: insides.filter((inside) => !names.includes(inside)),
  };
}

/**
 * Where each record went is said as long as any of the files is there, so that a part is known for one also in a copy, which may lack
 * what is hidden.
 */
function sourcesAt(place: 'start' | 'end', files: readonly string[]): string[] {
  const sources = files.filter((file) => file === SOURCES);
  const others = files.filter((file) => file !== SOURCES);
  return place === 'start' ? [...sources, ...others] : [...others, ...sources];
}
