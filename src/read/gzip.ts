import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Issue } from '../lens/issue.js';

/** Compressed bytes that are unpacked at a time; they become at most a thousand times as many. */
const PIECE = 16 * 1024;

/** A gzip file that is not whole. */
export class GzipError extends Error {
  override readonly name = 'GzipError';

  constructor(readonly issue: Issue) {
    super(issue.diagnostics);
  }
}

/** True for bytes that begin as gzip does (https://www.rfc-editor.org/rfc/rfc1952), whatever the file is called. */
export function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * Unpacks gzip, also of several members, and gives all that could be unpacked before it fails.
 * @throws GzipError where the file was cut off or damaged.
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip();
  let unpacked: Buffer[] = [];
  let failed: NodeJS.ErrnoException | undefined;
  // A write that fails may never call back.
  let wake = (): void => undefined;
  stream.on('data', (piece: Buffer) => unpacked.push(piece));
  stream.on('end', () => wake()).on('close', () => wake());
  stream.on('error', (error) => {
    failed = error;
    wake();
  });
  const take = (): Buffer[] => {
    const taken = unpacked;
    unpacked = [];
    return taken;
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && failed === undefined; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        await new Promise<void>((resolve) => {
          wake = resolve;
          stream.write(piece, () => resolve());
        });
        yield* take();
      }
      if (failed !== undefined) break;
    }
    if (failed === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        stream.end();
      });
      yield* take();
    }
  } finally {
    stream.destroy();
  }
  if (failed !== undefined) throw new GzipError(failed.code === 'Z_BUF_ERROR' ? CUT_OFF : DAMAGED);
}

/**
 * Reads a gzip file to its end for its checksum, which stands there. Damage inside may unpack to JSON that merely looks
 * right, so that nothing of such a file may be converted.
 * @returns what is wrong with it, unless it was merely cut off: what stands before the cut is as it was written.
 * @throws the operating system's error.
 */
export async function checkGzip(path: string): Promise<Issue | undefined> {
  try {
    for await (const _ of gunzip(createReadStream(path)));
    return undefined;
  } catch (error) {
    if (!(error instanceof GzipError)) throw error;
    return error.issue === CUT_OFF ? undefined : error.issue;
  }
}

/** The first bytes of a regular file. */
export async function startOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function structure(id: string, diagnostics: string): Issue {
  return { severity: 'error', code: 'structure', id, expression: [], diagnostics };
}

const CUT_OFF = structure('gzip-truncated', 'The gzip file was cut off; what came before the cut was read.');
const DAMAGED = structure(
  'gzip-damaged',
  'The gzip file is damaged (its checksum or its structure is wrong); get it again.',
);
