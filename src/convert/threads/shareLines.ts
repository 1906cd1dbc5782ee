import type { FileMark } from '../../read/files/fileMark.js';
import { type FileFailure, readBatches } from '../../read/inputBatches.js';
import type { Inputs } from '../../read/inputs.js';
import { documentIn, valuesIn } from '../../read/jsonValues.js';
import type { Line } from '../../read/lines.js';
import { pauses } from '../../read/pause.js';
import { recordsIn } from '../../read/recordBatches.js';
import { openPool, type Pool } from '../../read/threads/pool.js';
import { conversionOf, type InternalOptions, type Known } from '../conversionStream.js';
import type { RecordOptions } from '../convertRecord.js';
import { type Filed, filing } from '../filed.js';
import { asRead } from '../set/skimFiles.js';
import { type Answer, answerReader } from './answer.js';

/** The file of an id map, as it was when it was read. */
export interface MapFile extends FileMark {
  readonly path: string;
  readonly rows: number;
}

/** What every thread of a run is told. */
export interface ThreadOptions {
  readonly options: RecordOptions;
  /** The server that relative references are of, without a slash at its end. */
  readonly home: string | undefined;
  readonly idMap: MapFile | undefined;
  /** False where nobody writes outputs. */
  readonly hasOutputs: boolean;
}

/** Rows of an id map that each thread may hold. */
const MOST_ROWS = 50_000;

/** Bytes of an index that each thread may hold. */
const MOST_INDEX = 32 * 1024 * 1024;

/**
 * Bytes at most that a thread is given at once. What they become in memory can be thirty times as much, and a thread that has no room
 * left may take the process with it.
 */
const MOST_BYTES = 4 * 1024 * 1024;

/** What a run has that may be shared among threads. */
export interface Shareable {
  /** The options as they were given, without what an id map makes of them. */
  readonly given: InternalOptions;
  readonly idMap: MapFile | undefined;
  readonly hasOutputs: boolean;
  /** How many threads; as many as there are processors if left out. */
  readonly threads: number | undefined;
}

/**
 * Starts the threads of a run; undefined where they would not be worth it, or cannot do it: what the caller's own functions know
 * is known in their own thread only, guides take too much memory to be held by each, and a run that asks which records wait looks at all of them first.
 */
export function openThreads({ given, idMap, hasOutputs, threads }: Shareable): Pool<Answer> | undefined {
  const isLarge = (idMap?.rows ?? 0) > MOST_ROWS || given.profiles !== undefined;
  // What is no file, such as a pipe, can be read once.
  if (isLarge || idMap?.isFile === false || given.unmapped === 'refuse') return undefined;
  const { signal: _, onProgress: _progress, replacing: _replacing, ...options } = given;
  if (!isCloneable(options)) return undefined;
  const data: ThreadOptions = { options, home: given.baseUrl?.replace(/\/$/, ''), idMap, hasOutputs };
  return openPool('clinik-fhir/conversion-worker', data, { threads });
}

/** False for what holds a function. */
function isCloneable(options: object): boolean {
  try {
    structuredClone(options);
    return true;
  } catch {
    return false;
  }
}

/** Lines that threads have. */
interface Shared {
  readonly file: string;
  readonly lines: readonly Line[];
  readonly isDocument: boolean;
  /** Undefined where it has to be asked for again. */
  readonly made: Promise<readonly Filed[] | { readonly asked: readonly string[] }>;
  /** How much the threads were told of when they were given it. */
  readonly told: number;
  taken(records: number): void;
}

/** Converts lines in this thread. */
async function convertLines(
  { file, lines, isDocument }: Pick<Shared, 'file' | 'lines' | 'isDocument'>,
  convert: ReturnType<typeof conversionOf>,
  filed: ReturnType<typeof filing>,
  due: () => Promise<void> | undefined,
): Promise<Filed[]> {
  const made: Filed[] = [];
  for (const record of recordsIn(file, isDocument ? lines.map(documentIn) : valuesIn(lines), false)) {
    await due();
    made.push(filed(await convert(record, 'newest')));
  }
  return made;
}

/** What becomes of each record of inputs, in their order, as `convertInputs` gives it, with lines shared among threads. */
export async function* shareLines(
  found: Inputs,
  options: InternalOptions,
  known: Known,
  pool: Pool<Answer>,
): AsyncGenerator<readonly (Filed | FileFailure)[]> {
  const { versions, index, fixes } = known;
  const { replacing, signal } = options;
  const here = conversionOf(options, index, true);
  const filed = filing();
  const read = answerReader();
  const waiting: Shared[] = [];
  let isOpen = true;
  const pausing = pauses();
  /** Lets signals have their turn where one is due. */
  const due = (): Promise<void> | undefined => pausing()?.then(() => signal?.throwIfAborted());

  const isElsewhere = (file: string, lines: readonly Line[]): boolean =>
    isOpen &&
    versions.isPlain(file) &&
    lines.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0) <= MOST_BYTES &&
    !lines.some(({ number }) => replacing?.isAt(file, number) === true);

  const hand = (file: string, lines: readonly Line[], isDocument: boolean): Shared['made'] | undefined => {
    const made = pool.run(file, lines, isDocument)?.then((answer) => ('asked' in answer ? answer : read(file, answer)));
    // It may fail while the next lines are still being read, before anybody waits for it.
    made?.catch(() => undefined);
    return made;
  };

  let told = 0;
  /** Tells the threads what was looked for since they were told last, here or for one of them. */
  const tell = (): void => {
    isOpen &&= index.size().bytes <= MOST_INDEX;
    if (isOpen && told < index.tables.done.size) pool.tell(index.tables);
    told = index.tables.done.size;
  };

  /** Looks for what records ask for, as often as they do. */
  const settle = async (shared: Shared): Promise<readonly Filed[]> => {
    const { file, lines, isDocument } = shared;
    let answer = await answered(shared.made);
    let isCurrent = shared.told === index.tables.done.size;
    while (answer !== undefined) {
      if (!('asked' in answer)) return answer;
      // Whoever did not know what is known by now may have asked for more than one thread would alone.
      if (isCurrent) {
        index.ask(answer.asked);
        await index.read();
      }
      tell();
      isCurrent = true;
      const again = isOpen ? hand(file, lines, isDocument) : undefined;
      answer = again === undefined ? undefined : await answered(again);
    }
    return convertLines(shared, here, filed, due);
  };
  /** Undefined where threads have died of it, so that it is left to this one. */
  const answered = async (made: Shared['made']) => {
    try {
      return await made;
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  };
  const settleFirst = async (): Promise<readonly Filed[]> => {
    const first = waiting.shift();
    if (first === undefined) return [];
    const made = await settle(first);
    signal?.throwIfAborted();
    first.taken(made.length);
    return made;
  };

  const abort = (): void => pool.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    await versions.read();
    // All files were read, but for pipes.
    if (found.files.every(({ size }) => size > 0)) fixes?.check();
    let current: string | undefined;
    let fated = versions.inFile('');
    for await (const { file, items, lines, document, taken } of readBatches(
      found,
      { ...options, ...versions.toRead },
      asRead,
    )) {
      if (file !== current) fated = versions.inFile(file);
      current = file;
      const own = lines ?? (document === undefined ? undefined : [document]);
      const isDocument = document !== undefined;
      const made = own !== undefined && isElsewhere(file, own) ? hand(file, own, isDocument) : undefined;
      if (own === undefined || made === undefined) {
        while (waiting.length > 0) yield await settleFirst();
        for (const { item, fate } of fated(items)) {
          await due();
          yield [item.kind === 'unreadable' ? item : filed(await here(item.record, fate))];
        }
        continue;
      }
      waiting.push({ file, lines: own, isDocument, made, told, taken });
      while (waiting.length > pool.most) yield await settleFirst();
    }
    while (waiting.length > 0) yield await settleFirst();
    fixes?.check();
  } finally {
    signal?.removeEventListener('abort', abort);
    await pool.close();
  }
}
