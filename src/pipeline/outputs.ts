import { randomUUID } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../lens/json.js';
import { RECORD_FILES, REPORT_FILES, SUMMARY } from './files.js';
import { parseJson } from './json.js';
import { isSystemError, reasonOf } from './systemError.js';
import { UsageError } from './usageError.js';

/** Characters that a file collects before they are written. */
const BUFFER = 256 * 1024;

/** Patient data is for the user alone. */
const MODE = 0o600;

const OUTPUTS = [...RECORD_FILES, ...REPORT_FILES];

interface Output {
  readonly temporary: string;
  readonly handle: FileHandle;
  text: string;
  lines: number;
}

/** A file that was written. */
export interface Written {
  readonly file: string;
  readonly lines: number;
}

/** The output folder of a run. Nothing stands there under its own name before `commit`. */
export interface Outputs {
  /** Adds a line to a file; await what it gives, if it gives something, before the next one. */
  line(file: string, value: unknown): Promise<void> | undefined;
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
  const outputs = new Map<string, Output>();

  const flush = async (output: Output): Promise<void> => {
    const { text } = output;
    output.text = '';
    await output.handle.appendFile(text);
  };
  const add = (output: Output, text: string): Promise<void> | undefined => {
    output.text += text;
    output.lines += 1;
    return output.text.length < BUFFER ? undefined : flush(output);
  };
  const create = async (file: string): Promise<Output> => {
    const temporary = join(folder, `.${file}.${randomUUID()}.tmp`);
    const handle = await open(temporary, 'wx', MODE);
    const output = { temporary, handle, text: '', lines: 0 };
    outputs.set(file, output);
    return output;
  };
  const close = async (output: Output): Promise<void> => {
    await flush(output);
    await output.handle.sync();
    await output.handle.close();
  };

  return {
    line(file, value) {
      const text = `${JSON.stringify(value)}\n`;
      const output = outputs.get(file);
      return output === undefined ? create(file).then((created) => add(created, text)) : add(output, text);
    },
    written() {
      return [...outputs].map(([file, { lines }]) => ({ file, lines })).sort((a, b) => (a.file < b.file ? -1 : 1));
    },
    async commit(summary) {
      await add(await create(SUMMARY), `${JSON.stringify(summary, null, 2)}\n`);
      for (const output of outputs.values()) await close(output);
      const stale = (await earlierOutputs(folder)).filter((file) => !outputs.has(file));
      // While there is no summary the folder is not complete, whatever else stands in it.
      await rm(join(folder, SUMMARY), { force: true });
      for (const file of stale) await rm(join(folder, file), { force: true });
      for (const [file, { temporary }] of outputs) await rename(temporary, join(folder, file));
    },
    async discard() {
      for (const { handle, temporary } of outputs.values()) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function prepare(folder: string, force: boolean): Promise<void> {
  for (const file of force ? [] : OUTPUTS) {
    const path = join(folder, file);
    if (await exists(path))
      throw new UsageError(`${path}: it is there already; give --force to replace what an earlier run wrote.`);
  }
  try {
    await mkdir(folder, { recursive: true });
    // Permissions do not tell what a read-only or full device says only when asked to write.
    const probe = join(folder, `.${randomUUID()}.tmp`);
    await (await open(probe, 'wx', MODE)).close();
    await rm(probe);
  } catch (error) {
    const reason = isSystemError(error) && error.code === 'EEXIST' ? 'it is a file' : reasonOf(error);
    throw new UsageError(`${folder}: it cannot be written to (${reason}).`);
  }
}

/** The outputs that the summary in a folder lists: a file of the same name from elsewhere is not ours to remove. */
async function earlierOutputs(folder: string): Promise<string[]> {
  const path = join(folder, SUMMARY);
  const parsed = (await exists(path)) ? parseJson(await readFile(path)) : undefined;
  if (parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) return [];
  const { files } = parsed.value;
  const written = isObject(files) && Array.isArray(files.written) ? files.written : [];
  return OUTPUTS.filter((file) => written.some((one) => isObject(one) && one.file === file));
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
