import { isObject } from '../lens/json.js';
import { isBlank, type Line, RECORD_LIMIT, unmarked } from './lines.js';
import { type Parsed, parseJson, TOO_LARGE } from './parseJson.js';
import { pause } from './pause.js';
import { typeName } from './source.js';

/** Bytes as they came; a stream, which can be read once and before the next value is asked for, where they are too many. */
export type Bytes = Buffer | AsyncIterable<Buffer>;

/** A JSON value of a file, or why it could not be read, with the line on which it starts. */
export type Value = Parsed & {
  readonly line: number;
  /** The line, or the lines of a document, without the last line feed. */
  readonly bytes: Bytes;
  /** True where the bytes are several lines. */
  readonly isDocument: boolean;
};

/** Some values of a file, one after the other. */
export interface ValueBatch {
  readonly values: Iterable<Value>;
  /** The lines that hold one value each, for somebody else to parse; undefined for a value over several lines. */
  readonly lines?: readonly Line[];
  /** The only value, where it is over several lines, as one of them. */
  readonly document?: Line;
}

/** Bytes that take long enough to parse for somebody to want to end it. */
const LARGE = 8 * 1024 * 1024;

/** What a file's name says of how JSON stands in it. */
type Named = 'json' | 'ndjson' | undefined;

/**
 * The JSON values of a file: one a line, or a single one over several lines. Which of the two it is shows in what the first
 * line leaves open; a name that ends in `.json` decides what could be either, and in a file that is named `.ndjson` or `.jsonl` only a
 * bracket alone on the very first line begins a document. A single value is held in memory whole, up to `limit` bytes. The values
 * come in batches, one for each chunk that is read, since waiting for each would cost more than parsing it; a batch is to be read
 * before the next one is asked for.
 * @throws what `batches` throws, after the value that was cut off by it; the signal's reason.
 */
export async function* readValues(
  name: string,
  batches: AsyncIterable<Line[]>,
  limit: number = RECORD_LIMIT,
  signal?: AbortSignal,
): AsyncGenerator<ValueBatch> {
  const named = nameOf(name);
  const source = batches[Symbol.asyncIterator]();
  let failure: { readonly error: unknown } | undefined;
  const next = async (): Promise<Line[] | undefined> => {
    try {
      const { done, value } = await source.next();
      return done === true ? undefined : value;
    } catch (error) {
      failure = { error };
      return undefined;
    } finally {
      signal?.throwIfAborted();
    }
  };
  async function* rest(held: readonly Line[]): AsyncGenerator<Buffer> {
    let isFirst = true;
    for (let lines: readonly Line[] | undefined = held; lines !== undefined; lines = await next())
      for (const line of lines) {
        if (!isFirst) yield LINE_FEED;
        isFirst = false;
        if (line.bytes !== undefined) yield line.bytes;
        else if (line.long !== undefined) yield* line.long;
      }
  }

  try {
    let held: Line[] = [];
    let size = 0;
    for (let batch = await next(); batch !== undefined; batch = await next()) {
      for (const line of batch) if (held.length > 0 || !isBlank(line)) held.push(line);
      size += batch.reduce((sum, { bytes }) => sum + (bytes?.length ?? Number.POSITIVE_INFINITY) + 1, 0);
      if (held.length === 0) continue;
      if (mayBeDocument(held, named)) {
        if (size <= limit) continue;
        if (named === 'json') {
          const whole = { line: held[0]?.number ?? 1, bytes: rest(held), isDocument: true };
          yield { values: [{ unreadable: TOO_LARGE, ...whole }] };
          for (let unread = await next(); unread !== undefined; unread = await next());
          held = [];
          break;
        }
      }
      yield { values: valuesIn(held), lines: held };
      held = [];
      for (let more = await next(); more !== undefined; more = await next())
        yield { values: valuesIn(more), lines: more };
    }
    if (size >= LARGE) await pause();
    signal?.throwIfAborted();
    const last = end(held, named);
    if (size >= LARGE) await pause();
    signal?.throwIfAborted();
    yield last;
  } finally {
    await source.return?.();
  }
  if (failure !== undefined) throw failure.error;
}

/**
 * The value of a file that is held whole, where it is a single one over several lines: what `readValues` gives of it, without taking its
 * lines apart. Undefined for any other. Where it `isKnown` to be JSON it is parsed when it is asked for.
 */
export function wholeDocument(
  name: string,
  bytes: Buffer,
  limit: number = RECORD_LIMIT,
  isKnown = false,
): ValueBatch | undefined {
  const named = nameOf(name);
  const all = unmarked(bytes);
  if (all.length >= limit) return undefined;
  let [number, start] = [1, 0];
  let line = lineAt(all, start, number);
  while (isBlank(line) && start + line.bytes.length < all.length) {
    number += 1;
    start += line.bytes.length + 1;
    line = lineAt(all, start, number);
  }
  if (isBlank(line) || !isOpen(line, named)) return undefined;
  const first = line;
  let at = start;
  do {
    if (at + line.bytes.length >= all.length) return undefined;
    at += line.bytes.length + 1;
    number += 1;
    line = lineAt(all, at, number);
  } while (isBlank(line));
  if (named !== 'json' && isRecord(line)) return undefined;
  const document = {
    number: first.number,
    bytes: all.subarray(start, all.at(-1) === LINE_FEED[0] ? all.length - 1 : all.length),
  };
  if (isKnown) return { values: parsedLater(document), document };
  const value = documentIn(document);
  return 'unreadable' in value ? undefined : { values: [value], document };
}

function* parsedLater(document: Line): Generator<Value> {
  yield documentIn(document);
}

function lineAt(bytes: Buffer, start: number, number: number): { readonly number: number; readonly bytes: Buffer } {
  const end = bytes.indexOf(LINE_FEED[0] ?? 0, start);
  return { number, bytes: bytes.subarray(start, end < 0 ? bytes.length : end) };
}

/** The values of lines, each parsed when it is asked for. */
export function* valuesIn(lines: readonly Line[]): Generator<Value> {
  for (const line of lines) if (!isBlank(line)) yield valueIn(line);
}

/** The values of a file that was held to its end. */
function end(held: readonly Line[], named: Named): ValueBatch {
  const lines = held.filter((line) => !isBlank(line));
  const [first] = lines;
  if (first !== undefined && lines.length > 1 && mayBeDocument(lines, named)) {
    const document = { number: first.number, bytes: joined(held) };
    const value = documentIn(document);
    if (!('unreadable' in value) || (named === 'json' && !lines.some(isRecord))) return { values: [value], document };
  }
  return { values: valuesIn(lines), lines };
}

/** The value of a document of several lines. */
export function documentIn({ number, bytes = NOTHING }: Line): Value {
  return { ...parseJson(bytes), line: number, bytes, isDocument: true };
}

function nameOf(name: string): Named {
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name)) return 'ndjson';
  return /\.json(?:\.gz)?$/i.test(name) ? 'json' : undefined;
}

const LINE_FEED = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

function valueIn(line: Line): Value {
  const parsed = parseJson(line.bytes);
  const bytes = line.bytes ?? line.long ?? NOTHING;
  // Written out, since objects that begin with a spread are slow.
  return 'unreadable' in parsed
    ? { unreadable: parsed.unreadable, line: line.number, bytes, isDocument: false }
    : { value: parsed.value, text: parsed.text, line: line.number, bytes, isDocument: false };
}

function joined(lines: readonly Line[]): Buffer {
  const size = lines.reduce((sum, { bytes }) => sum + (bytes?.length ?? -1) + 1, -1);
  const whole = Buffer.alloc(Math.max(size, 0));
  let at = -1;
  for (const { bytes } of lines) {
    if (bytes === undefined) continue;
    if (at >= 0) LINE_FEED.copy(whole, at);
    at += 1;
    at += bytes.copy(whole, at);
  }
  return whole;
}

/** True as long as the lines read so far can be the beginning of one value over several lines. */
function mayBeDocument(lines: readonly Line[], named: Named): boolean {
  const [first] = lines;
  if (first?.bytes === undefined || !isOpen(first, named)) return false;
  const second = lines.find((line, index) => index > 0 && !isBlank(line));
  // A record of its own after it says that the first line was cut off, which needs no more memory to find out.
  return named === 'json' || second === undefined || !isRecord(second);
}

/** True for a line that is a FHIR resource by itself. */
function isRecord(line: Line): boolean {
  const parsed = parseJson(line.bytes);
  return 'value' in parsed && isObject(parsed.value) && typeName(parsed.value) !== undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** True for a first line that says that its file is no NDJSON, whatever it is called: a bracket, and no more. */
export function isBracket(line: Buffer): boolean {
  return line.length < 64 && /^[ \t\r]*[[{][ \t\r]*$/.test(line.toString('latin1'));
}

/** True where a line ends between brackets; not where it ends in a string, for a JSON string has no line feed. */
function isOpen({ number, bytes = NOTHING }: Line, named: Named): boolean {
  if (named === 'ndjson') return number === 1 && isBracket(bytes);
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return depth > 0 && !inString;
}
