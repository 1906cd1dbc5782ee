import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { isError, isSystemError, reasonOf } from '../systemError.js';
import { UsageError } from '../usageError.js';
import { mayDefine } from './mayDefine.js';

/** The most bytes that an archive may unpack to: four times as many as the largest published package of R4 does. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Bytes that are unpacked at once: the pieces are put together at the end. */
const CHUNK = 1024 * 1024;

const MANIFEST = 'package.json';

type Files = ReadonlyMap<string, Buffer>;

/** Archives that are read for what they are, and soon again for what is in them. */
const unpacked = new Map<string, WeakRef<Files>>();

/**
 * The package.json of a gzipped tar archive, and the files that may be definitions, by their names: those that stand in its one folder,
 * and not deeper. Nothing is written anywhere.
 * @throws UsageError for what cannot be read, is no such archive, is cut off, or unpacks to more than 256 MiB.
 */
export function filesOfArchive(path: string): Files {
  const before = unpacked.get(path)?.deref();
  if (before !== undefined) return before;
  const archive = bytesOf(path);
  try {
    const files = filesIn(gunzipSync(archive, { maxOutputLength: MOST_BYTES, chunkSize: CHUNK }));
    unpacked.set(path, new WeakRef(files));
    return files;
  } catch (error) {
    throw new UsageError(`${path}: ${faultOf(error)}`, { cause: error });
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`, { cause: error });
  }
}

function filesIn(tar: Buffer): Files {
  // The library looks at all of what is behind a view.
  const { byteOffset, byteLength, buffer } = tar;
  const whole = byteOffset === 0 && byteLength === buffer.byteLength ? tar : new Uint8Array(tar);
  const files = new Map<string, Buffer>();
  const entries = parseTar(whole, {
    filter({ name, size = 0 }) {
      // The library would read the same place for ever.
      if (!(size >= 0)) throw new RangeError('An entry has no size.');
      const [, file = '', ...deeper] = name.replace(/^\.\//, '').split('/');
      return deeper.length === 0 && (file === MANIFEST || mayDefine(file));
    },
  });
  for (const { name, type, data } of entries) {
    // A copy, so that the rest of the archive need not stay in memory.
    if (type === 'file' && data !== undefined) files.set(name.slice(name.lastIndexOf('/') + 1), Buffer.from(data));
  }
  return files;
}

function faultOf(error: unknown): string {
  const code = isError(error) && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return `it unpacks to more than ${MOST_BYTES / 1024 / 1024} MiB, too much for a package.`;
  if (code === 'Z_DATA_ERROR') return 'it is no gzipped tar archive, or it is damaged.';
  return 'it is cut off, or it is no gzipped tar archive; get it again.';
}
