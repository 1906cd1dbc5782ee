import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject } from '../lens/json.js';
import { FOLDERS, isOutput, SUMMARY } from './files.js';
import { parseJson } from './json.js';
import { isSystemError, reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';
import type { Bytes } from './values.js';

/** Bytes that a file collects before they are written. */
const BUFFER = 256 * 1024;

/** Patient data is for the user alone. */
const MODE = 0o600;
const FOLDER_MODE = 0o700;

interface Output {
  /** The name under which it stands in the end. */
  readonly path: string;
  readonly temporary: string;
  readonly handle: FileHandle;
  pending: Buffer[];
  size: number;
  lines: number;
}

/** A file that was written. */
export interface Written {
  /** In the output folder; with `/` where it is in a folder there. */
  readonly file: string;
  readonly lines: number;
}

/** The output folder of a run. Nothing stands there under its own name before `commit`. */
export interface Outputs {
  /** Adds bytes and a line feed to a file; await it before the next one. */
  line(file: string, bytes: Bytes): Promise<void> | undefined;
  /** The files that lines were added to, sorted. */
  written(): Written[];
  /** Puts every file in its place, and the summary last; what an earlier run wrote and this one has not goes. */
  commit(summary: unknown): Promise<void>;
  /** Removes every file of the run. Never throws. */
  discard(): Promise<void>;
}

const LINE_FEED = Buffer.from('\n');

/**
 * Opens the output folder, which is made where there is none.
 * @throws UsageError where it cannot be written to, or has outputs of an earlier run that `force` does not give up.
 */
export async function openOutputs(folder: string, { force = false }: { force?: boolean } = {}): Promise<Outputs> {
  await prepare(folder, force);
  const outputs = new Map<string, Output>();
  const folders = new Set<string>();

  const create = async (file: string): Promise<Output> => {
    const path = join(folder, file);
    const inside = dirname(path);
    if (inside !== join(folder) && (await mkdir(inside, { recursive: true, mode: FOLDER_MODE })) !== undefined)
      folders.add(inside);
    const temporary = `${path.slice(0, inside.length)}/.${path.slice(inside.length + 1)}.${randomUUID()}.tmp`;
    const handle = await open(temporary, 'wx', MODE);
    const output = { path, temporary, handle, pending: [], size: 0, lines: 0 };
    outputs.set(file, output);
    return output;
  };
  const add = (output: Output, bytes: Bytes): Promise<void> | undefined => {
    output.lines += 1;
    if (!Buffer.isBuffer(bytes)) return addAll(output, bytes);
    push(output, bytes);
    push(output, LINE_FEED);
    return output.size < BUFFER ? undefined : flush(output);
  };

  return {
    line(file, bytes) {
      const output = outputs.get(file);
      return output === undefined ? create(file).then((created) => add(created, bytes)) : add(output, bytes);
    },
    written() {
      return [...outputs].map(([file, { lines }]) => ({ file, lines })).sort((a, b) => (a.file < b.file ? -1 : 1));
    },
    async commit(summary) {
      await add(await create(SUMMARY), Buffer.from(JSON.stringify(summary, null, 2)));
      for (const output of outputs.values()) await close(output);
      const stale = (await earlierOutputs(folder)).filter((file) => !outputs.has(file));
      // While there is no summary the folder is not complete, whatever else stands in it.
      await rm(join(folder, SUMMARY), { force: true });
      for (const file of stale) await rm(join(folder, file), { force: true });
      for (const { temporary, path } of outputs.values()) await rename(temporary, path);
      for (const inside of FOLDERS) await rmdir(join(folder, inside)).catch(() => undefined);
    },
    async discard() {
      for (const { handle, temporary } of outputs.values()) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true }).catch(() => undefined);
      }
      for (const inside of folders) await rmdir(inside).catch(() => undefined);
    },
  };
}

function push(output: Output, bytes: Buffer): void {
  output.pending.push(bytes);
  output.size += bytes.length;
}

async function addAll(output: Output, pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) {
    push(output, piece);
    if (output.size >= BUFFER) await flush(output);
  }
  push(output, LINE_FEED);
}

async function flush(output: Output): Promise<void> {
  const bytes = Buffer.concat(output.pending);
  output.pending = [];
  output.size = 0;
  try {
    await output.handle.appendFile(bytes);
  } catch (error) {
    // A write knows no path, and the user has to know which disk is full.
    throw isSystemError(error) ? Object.assign(error, { path: output.path }) : error;
  }
}

async function close(output: Output): Promise<void> {
  await flush(output);
  await output.handle.sync();
  await output.handle.close();
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
  for (const inside of FOLDERS.filter((name) => names.includes(name)))
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
