import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, own } from '../lens/json.js';
import { holdsRecord } from './folder/holdsRecord.js';
import { parseJson } from './parseJson.js';
import { isOutput, MOVES, RUN, SOURCES, STAGING } from './runFiles.js';
import { isSystemError } from './systemError.js';

/** The version of the manifests that are written, and the only one that is read. */
const VERSION = 1;

/** A file that a run wrote. */
export interface ManifestFile {
  /** In the output folder; with `/` where it is in a folder there. */
  readonly file: string;
  readonly lines: number;
  readonly bytes: number;
}

/** What a run wrote, besides the manifest itself. The same input makes the same manifest. */
export function manifestOf(files: readonly ManifestFile[]): object {
  return { version: VERSION, tool: 'clinik-fhir', files };
}

/** The files that the manifest in a folder lists, and itself; undefined where there is none of ours. Links are not followed. */
export async function filesOfRun(folder: string): Promise<readonly string[] | undefined> {
  const path = join(folder, RUN);
  if (!(await isFile(path))) return undefined;
  const parsed = parseJson(await readFile(path));
  if (!('value' in parsed) || !isObject(parsed.value)) return undefined;
  const files = own(parsed.value, 'files');
  if (own(parsed.value, 'version') !== VERSION || !Array.isArray(files)) return undefined;
  const listed = files.flatMap((one: unknown) => {
    const file = isObject(one) ? own(one, 'file') : undefined;
    return typeof file === 'string' && isOutput(file) ? [file] : [];
  });
  return [...listed, RUN];
}

/**
 * What a folder that holds `names` says of the run that wrote into it: nothing, where it is any folder; that it ended; or that it did
 * not, so that what stands there is a part.
 */
export async function runIn(folder: string, names: readonly string[]): Promise<'none' | 'ended' | 'unended'> {
  if (names.includes(RUN)) return (await filesOfRun(folder)) === undefined ? 'unended' : 'ended';
  // Other programs call files of records so, too.
  if (names.includes(SOURCES) && !(await holdsRecord(join(folder, SOURCES)))) return 'unended';
  return names.includes(STAGING) && (await isFile(join(folder, STAGING, MOVES))) ? 'unended' : 'none';
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}
