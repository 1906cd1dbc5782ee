import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { isGzip } from '../gzip.js';

/** Bytes of a file that tell what it is. */
const BEGINNING = 4096;

/** The first bytes of a regular file, up to 4 KiB, unpacked where it is gzip; none where they cannot be read. */
export function startOfFile(path: string): Buffer {
  let start: Buffer;
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.allocUnsafe(BEGINNING);
      start = bytes.subarray(0, readSync(file, bytes, 0, BEGINNING, 0));
    } finally {
      closeSync(file);
    }
    if (!isGzip(start)) return start;
    const unpacked = gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1024 * BEGINNING });
    return unpacked.subarray(0, BEGINNING);
  } catch {
    return Buffer.alloc(0);
  }
}

/** As text, without a byte order mark and white space before it. UTF-16, which no JSON of FHIR is in, is understood. */
export function textOf(start: Buffer): string {
  const isWide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (!isWide) return start.toString('utf8').replace(/^\uFEFF?\s*/, '');
  const even = Buffer.from(start.subarray(0, start.length - (start.length % 2)));
  const little = start[0] === 0xff ? even : even.swap16();
  return little.toString('utf16le').replace(/^\uFEFF?\s*/, '');
}
