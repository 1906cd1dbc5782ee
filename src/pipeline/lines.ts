import { constants } from 'node:buffer';

/** One line of a file, without its line feed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** As they stand in the file; undefined for a line that is longer than any string can be. */
  readonly bytes: Buffer | undefined;
}

const LINE_FEED = 0x0a;
const WHITE = new Set([0x20, 0x09, 0x0d]);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a file that are not blank, in batches: one for each chunk that ends a line. The last line needs no line
 * feed, a byte order mark is no part of the first. Holds one chunk, and one line of up to `limit` bytes.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  limit: number = constants.MAX_STRING_LENGTH,
): AsyncGenerator<Line[]> {
  let number = 0;
  let pieces: Buffer[] = [];
  let length = 0;

  const extend = (piece: Buffer): void => {
    length += piece.length;
    if (length > limit) pieces = [];
    else pieces.push(piece);
  };
  const finish = (): Line | undefined => {
    number += 1;
    const bytes = length > limit ? undefined : whole(pieces);
    pieces = [];
    length = 0;
    const line = { number, bytes: number === 1 ? withoutMark(bytes) : bytes };
    return isBlank(line) ? undefined : line;
  };

  for await (const chunk of chunks) {
    const batch: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      extend(chunk.subarray(start, end));
      const line = finish();
      if (line !== undefined) batch.push(line);
      start = end + 1;
    }
    if (start < chunk.length) extend(chunk.subarray(start));
    if (batch.length > 0) yield batch;
  }
  if (length === 0) return;
  const last = finish();
  if (last !== undefined) yield [last];
}

function whole(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}

function withoutMark(bytes: Buffer | undefined): Buffer | undefined {
  return bytes?.subarray(0, 3).equals(BYTE_ORDER_MARK) === true ? bytes.subarray(3) : bytes;
}

function isBlank({ bytes }: Line): boolean {
  return bytes?.every((byte) => WHITE.has(byte)) === true;
}
