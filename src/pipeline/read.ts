import { createReadStream } from 'node:fs';
import type { InputFile } from './inputs.js';
import { readLines } from './lines.js';
import { type RawRecord, recordsOf } from './records.js';
import { readValues } from './values.js';

const CHUNK = 256 * 1024;

/**
 * The records of a file: NDJSON, a JSON resource or payload, a list, a Bundle of any type and depth. What it is shows in
 * its content. Reads ahead one chunk; only a JSON value over several lines is held whole.
 * @throws the operating system's error when the file cannot be read to its end.
 */
export async function* readRecords({ path }: InputFile): AsyncGenerator<RawRecord> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: CHUNK });
  for await (const value of readValues(path, readLines(chunks))) yield* recordsOf(path, value);
}
