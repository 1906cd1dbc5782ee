import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject } from '../lens/json.js';
import type { Bytes } from '../read/jsonValues.js';
import { parseJson } from '../read/parseJson.js';
import { FOLDERS, isOutput, isOutputFolder, SUMMARY } from '../read/runFiles.js';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { createFile, fileWriter, linesOf, MODE, type OutputFile, sync } from './outputFile.js';

const FOLDER_MODE = 0o700;

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
  /** Adds bytes to a line that is not ended yet; await it before the next call. */
  append(file: string, bytes: Buffer): Promise<void> | undefined;
  /**
   * The lines of a file, in batches. It is none of the outputs any more, so that another one can be written under its name
   * meanwhile. There are none where there is no such file.
   */
  take(file: string): AsyncIterable<readonly Buffer[]>;
  /** The files that lines were added to, sorted. */
  written(): Written[];
  /** Puts every file in its place, and the summary last; what an earlier run wrote and this one has not goes. */
  commit(summary: unknown): Promise<void>;
  /** Removes every file of the run. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens the output folder, which is made where there is none.
 * @throws UsageError where it cannot be written to, or has outputs of an earlier run that `force` does not give up.
 */
export async function openOutputs(folder: string, { force = false }: { force?: boolean } = {}): Promise<Outputs> {
  await prepare(folder, force);
  const writer = fileWriter();
  const outputs = new Map<string, OutputFile>();
  /** Files that were taken, and are being read. */
  const taken = new Set<OutputFile>();
  const folders = new Set<string>();

  const create = async (file: string): Promise<OutputFile> => {
    const path = join(folder, file);
    const inside = dirname(path);
    if (inside !== join(folder) && (await mkdir(inside, { recursive: true, mode: FOLDER_MODE })) !== undefined)
      folders.add(inside);
    const temporary = `${path.slice(0, inside.length)}/.${path.slice(inside.length + 1)}.${randomUUID()}.tmp`;
    const output = await createFile(path, temporary);
    outputs.set(file, output);
    return output;
  };
  const addTo = (file: string, bytes: Bytes, isLine: boolean): Promise<void> | undefined => {
    const output = outputs.get(file);
    if (output !== undefined) return writer.add(output, bytes, isLine);
    return create(file).then((created) => writer.add(created, bytes, isLine));
  };

  return {
    line: (file, bytes) => addTo(file, bytes, true),
    append: (file, bytes) => addTo(file, bytes, false),
    async *take(file) {
      const output = outputs.get(file);
      if (output === undefined) return;
      await writer.flush(output);
      outputs.delete(file);
      taken.add(output);
      yield* linesOf(output);
      await rm(output.temporary);
      taken.delete(output);
    },
    written() {
      return [...outputs].map(([file, { lines }]) => ({ file, lines })).sort((a, b) => (a.file < b.file ? -1 : 1));
    },
    async commit(summary) {
      await addTo(SUMMARY, Buffer.from(JSON.stringify(summary, null, 2)), true);
      for (const output of outputs.values()) await writer.flush(output);
      await sync([...outputs.values()]);
      const stale = (await earlierOutputs(folder)).filter((file) => !outputs.has(file));
      // While there is no summary the folder is not complete, whatever else stands in it.
      await rm(join(folder, SUMMARY), { force: true });
      for (const file of stale) await rm(join(folder, file), { force: true });
      for (const { temporary, path } of outputs.values()) await rename(temporary, path);
      const emptied = new Set([...FOLDERS, ...stale.map((file) => dirname(file)).filter(isOutputFolder)]);
      for (const inside of emptied) await rmdir(join(folder, inside)).catch(() => undefined);
    },
    async discard() {
      for (const { temporary } of [...outputs.values(), ...taken])
        await rm(temporary, { force: true }).catch(() => undefined);
      for (const inside of folders) await rmdir(inside).catch(() => undefined);
    },
  };
}

async function prepare(folder: string, force: boolean): Promise<void> {
  try {
    const [earlier] = force ? [] : await outputsIn(folder);
    if (earlier !== undefined)
      throw new UsageError(
        `${join(folder, earlier)}: it is there already; give --force to replace what an earlier run wrote.`,
      );
    await mkdir(folder, { recursive: true });
    // Permissions do not tell what a read-only or full device says only when asked to write.
    const probe = join(folder, `.${randomUUID()}.tmp`);
    await (await open(probe, 'wx', MODE)).close();
    await rm(probe);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = isSystemError(error) && error.code === 'EEXIST' ? 'it is a file' : reasonOf(error);
    throw new UsageError(`${folder}: it cannot be written to (${reason}).`);
  }
}

async function outputsIn(folder: string): Promise<string[]> {
  const names = await list(folder);
  for (const inside of names.filter(isOutputFolder))
    names.push(...(await list(join(folder, inside))).map((name) => `${inside}/${name}`));
  return names.filter(isOutput);
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

/** The outputs that the summary in a folder lists: a file of the same name from elsewhere is not ours to remove. */
async function earlierOutputs(folder: string): Promise<string[]> {
  if (!(await list(folder)).includes(SUMMARY)) return [];
  const parsed = parseJson(await readFile(join(folder, SUMMARY)));
  if (!('value' in parsed) || !isObject(parsed.value)) return [];
  const { files } = parsed.value;
  const written = isObject(files) && Array.isArray(files.written) ? files.written : [];
  return written.flatMap((one) =>
    isObject(one) && typeof one.file === 'string' && isOutput(one.file) ? [one.file] : [],
  );
}
