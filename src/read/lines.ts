/** One line of a file, without its line feed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** As they stand in the file; undefined for a line over the limit. */
  readonly bytes: Buffer | undefined;
  /** The bytes of a line over the limit, to be read before the next batch is asked for. */
  readonly long?: AsyncIterable<Buffer>;
}

/** The most bytes of one record, or of one JSON document over several lines, that are held in memory. */
export const RECORD_LIMIT = 256 * 1024 * 1024;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a file, blank ones too, in batches: one for each chunk that ends a line. The last line needs no line feed, a
 * byte order mark is no part of the first. Holds one chunk, and one line of up to `limit` bytes.
 * @throws what `chunks` throws, after the line that was cut off by it.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, limit: number = RECORD_LIMIT): AsyncGenerator<Line[]> {
  const source = chunks[Symbol.asyncIterator]();
  /** What is read of the chunk that a long line ended in. */
  let left: Buffer | undefined;
  let failure: { readonly error: unknown } | undefined;
  let number = 0;
  let pieces: Buffer[] = [];
  let length = 0;

  const next = async (): Promise<Buffer | undefined> => {
    if (left !== undefined) {
      const chunk = left;
      left = undefined;
      return chunk;
    }
    if (failure !== undefined) return undefined;
    try {
      const { done, value } = await source.next();
      return done === true ? undefined : value;
    } catch (error) {
      failure = { error };
      return undefined;
    }
  };
  const take = (piece: Buffer): void => {
    if (piece.length > 0) pieces.push(piece);
    length += piece.length;
  };
  const finish = (): Line => {
    number += 1;
    const held = pieces;
    const isLong = length > limit;
    pieces = [];
    length = 0;
    if (isLong) return { number, bytes: undefined, long: replay(unmarkedPieces(held, number)) };
    return { number, bytes: whole(unmarkedPieces(held, number)) };
  };
  async function* rest(held: readonly Buffer[]): AsyncGenerator<Buffer> {
    yield* held;
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
      const end = chunk.indexOf(LINE_FEED);
      if (end < 0) yield chunk;
      else {
        left = chunk.subarray(end + 1);
        yield chunk.subarray(0, end);
        return;
      }
    }
  }

  try {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
      const batch: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        take(chunk.subarray(start, end));
        batch.push(finish());
        start = end + 1;
      }
      take(chunk.subarray(start));
      if (length > limit) {
        number += 1;
        const long = rest(unmarkedPieces(pieces, number));
        pieces = [];
        length = 0;
        yield [...batch, { number, bytes: undefined, long }];
        // Nobody may have wanted it.
        for await (const _ of long);
      } else if (batch.length > 0) yield batch;
    }
    if (length > 0) yield [finish()];
  } finally {
    await source.return?.();
  }
  if (failure !== undefined) throw failure.error;
}

/** True for a line of white space. */
export function isBlank({ bytes }: Line): boolean {
  if (bytes === undefined) return false;
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}

async function* replay(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

function whole(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}

/** Bytes without a byte order mark in front. */
export function unmarked(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes;
}

function unmarkedPieces(pieces: readonly Buffer[], number: number): readonly Buffer[] {
  const [first] = pieces;
  if (number !== 1 || first === undefined || first[0] !== BYTE_ORDER_MARK[0]) return pieces;
  const all = Buffer.concat(pieces);
  return all.subarray(0, 3).equals(BYTE_ORDER_MARK) ? [all.subarray(3)] : pieces;
}
