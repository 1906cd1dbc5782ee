import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Line } from '../lines.js';
import { now } from '../now.js';
import { slowTurn, type Turn, turnsMemory } from './turns.js';

/** What a thread is given to do. */
export interface Task {
  readonly file: string;
  readonly lines: readonly { readonly number: number; readonly bytes: Uint8Array }[];
  /** True where the only line is a document of several. */
  readonly isDocument: boolean;
}

/** What all threads are told, beside their tasks. */
export interface Told {
  readonly told: unknown;
}

/** What a thread is started with. */
export interface ThreadData<Data> {
  readonly data: Data;
  /** Where it says what it is at, if somebody watches it. */
  readonly turns: SharedArrayBuffer | undefined;
}

/** A thread was at one step for too long, and was ended. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(
    readonly file: string,
    readonly turn: Turn,
  ) {
    super('A thread was at one step for too long.');
  }
}

/** How threads are started. */
export interface PoolOptions {
  /** How many; by default as many as there are processors. */
  readonly threads?: number | undefined;
  /** The most milliseconds that a thread may be at one step. */
  readonly timeLimit?: number | undefined;
}

/** Threads that share the lines of files; each answer is of one task. */
export interface Pool<Answer> {
  /** How many tasks are worth having under way. */
  readonly most: number;
  /** True where the threads have a time limit. */
  readonly isWatched: boolean;
  /** Hands lines out; undefined where they are not for another thread: a line is too long to be held. */
  run(file: string, lines: readonly Line[], isDocument?: boolean): Promise<Answer> | undefined;
  /** Tells every thread something, before what it is given from now on. */
  tell(what: unknown): void;
  /** Ends the threads at once; what they were given fails with the error. */
  fail(error: unknown): void;
  close(): Promise<void>;
}

/** As many as are worth it by themselves: the one that reads keeps few more busy. */
const USUAL_MOST = 8;

/**
 * Starts threads, each with the module that `entry` of this package names and the same data; the module calls `answerTasks`. What a
 * thread had to do that died is given to another one; a task of which two have died fails. Undefined where there is one processor only, unless the thread is to be watched, or the package's files are not there.
 */
export function openPool<Answer>(
  entry: string,
  data: unknown,
  { threads = Math.min(availableParallelism(), USUAL_MOST), timeLimit }: PoolOptions = {},
): Pool<Answer> | undefined {
  const script = scriptOf(entry);
  if ((threads < 2 && timeLimit === undefined) || script === undefined) return undefined;
  const told: Told[] = [];
  const members: Thread<Answer>[] = [];
  try {
    for (let count = 0; count < threads; count += 1)
      members.push(startThread<Answer>({ script, data, timeLimit, told }));
  } catch (error) {
    // Node's permission model allows no thread that is not asked for.
    if (!isDenied(error)) throw error;
    for (const member of members) void member.end();
    return undefined;
  }
  return {
    most: threads * 3,
    isWatched: timeLimit !== undefined,
    run(file, lines, isDocument = false) {
      const whole = lines.flatMap(({ number, bytes }) => (bytes === undefined ? [] : [{ number, bytes }]));
      if (whole.length < lines.length) return undefined;
      const [idlest] = members.sort((a, b) => a.pending() - b.pending());
      return idlest?.run({ file, lines: whole, isDocument });
    },
    tell(what) {
      told.push({ told: what });
      for (const member of members) member.tell({ told: what });
    },
    fail(error) {
      for (const member of members) member.fail(error);
    },
    async close() {
      await Promise.all(members.map((member) => member.end()));
    },
  };
}

const isDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED';

/** The file of a thread, by the package's own name: it stands elsewhere in the sources than where they are bundled. */
function scriptOf(entry: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(entry);
  } catch {
    return undefined;
  }
}

interface Thread<Answer> {
  pending(): number;
  run(task: Task): Promise<Answer>;
  tell(what: Told): void;
  fail(error: unknown): void;
  end(): Promise<unknown>;
}

/** What a thread is started with, again where it died; `told` grows. */
interface Start {
  readonly script: string;
  readonly data: unknown;
  readonly timeLimit: number | undefined;
  readonly told: readonly Told[];
}

/** A task that is under way. */
interface Waiting<Answer> {
  readonly task: Task;
  /** How many threads died of it. */
  deaths: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Megabytes for what a thread made last: what it makes of a chunk, most of which is soon waste. More would stay unused beside the waste. */
const YOUNG = 16;

/**
 * Megabytes for what a thread keeps: the less it may have, the sooner it looks for what is waste. One that needs more may take the whole
 * process with it, so that what it is given at once must be far from that.
 */
const OLD = 512;

/** How often a thread is looked at, in milliseconds. */
const OFTEN = 100;

/** Threads that may die of a task before it fails. */
const MOST_DEATHS = 2;

/** Threads that may die one after the other, without an answer between, before none is started any more. */
const MOST_IN_A_ROW = 5;

function startThread<Answer>({ script, data, timeLimit, told }: Start): Thread<Answer> {
  const turns = timeLimit === undefined ? undefined : turnsMemory();
  const workerData: ThreadData<unknown> = { data, turns };
  let waiting: Waiting<Answer>[] = [];
  let failure: { readonly error: unknown } | undefined;
  let worker: Worker | undefined;
  /** How often it died since it last answered. */
  let deaths = 0;

  const start = (): Worker => {
    const started = new Worker(script, {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG, maxOldGenerationSizeMb: OLD },
    });
    started.on('message', (answer: Answer) => {
      if (started !== worker) return;
      deaths = 0;
      waiting.shift()?.resolve(answer);
    });
    started.on('error', (error) => died(started, error));
    started.on('exit', () => died(started, new Error('A thread ended by itself.')));
    for (const what of told) started.postMessage(what);
    worker = started;
    return started;
  };
  const died = (which: Worker, error: unknown): void => {
    if (which !== worker) return;
    worker = undefined;
    const [first, ...others] = waiting;
    if (first === undefined || failure !== undefined) return;
    deaths += 1;
    if (deaths > MOST_IN_A_ROW) {
      fail(error);
      return;
    }
    first.deaths += 1;
    const isLost = first.deaths >= MOST_DEATHS;
    if (isLost) first.reject(error);
    waiting = isLost ? others : waiting;
    if (waiting.length === 0) return;
    const next = start();
    for (const { task } of waiting) next.postMessage(task);
  };
  const fail = (error: unknown): void => {
    clearInterval(watching);
    failure ??= { error };
    for (const { reject } of waiting.splice(0)) reject(error);
    void worker?.terminate();
  };
  const slow = turns && timeLimit ? slowTurn(turns, timeLimit, now) : () => undefined;
  const watching = setInterval(() => {
    const turn = slow();
    if (turn === undefined) return;
    fail(new TimeLimitError(waiting[0]?.task.file ?? '', turn));
  }, OFTEN);
  watching.unref();
  start();
  return {
    pending: () => waiting.length,
    fail,
    tell: (what) => worker?.postMessage(what),
    run: (task) => {
      const result = new Promise<Answer>((resolve, reject) => {
        if (failure !== undefined) reject(failure.error);
        else waiting.push({ task, deaths: 0, resolve, reject });
      });
      // Whoever waits for an earlier one may give up before this one is asked for.
      result.catch(() => undefined);
      if (failure === undefined) (worker ?? start()).postMessage(task);
      return result;
    },
    async end() {
      clearInterval(watching);
      failure ??= { error: new Error('The threads were ended.') };
      await worker?.terminate();
    },
  };
}
