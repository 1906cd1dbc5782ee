import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Line } from '../lines.js';
import { slowTurn, type Turn, turnsMemory } from './turns.js';

/** What a thread is given to do. */
export interface Task {
  readonly file: string;
  readonly lines: readonly { readonly number: number; readonly bytes: Uint8Array }[];
  /** True where the only line is a document of several. */
  readonly isDocument: boolean;
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
  /** Ends the threads at once; what they were given fails with the error. */
  fail(error: unknown): void;
  close(): Promise<void>;
}

/** More threads than these would wait for the one that reads. */
const MOST_THREADS = 8;

/**
 * Starts threads, each with the module that `entry` of this package names and the same data; the module calls `answerTasks`.
 * Undefined where there is one processor only, unless the thread is to be watched, or the package's files are not there.
 */
export function openPool<Answer>(
  entry: string,
  data: unknown,
  { threads = Math.min(availableParallelism(), MOST_THREADS), timeLimit }: PoolOptions = {},
): Pool<Answer> | undefined {
  const script = scriptOf(entry);
  if ((threads < 2 && timeLimit === undefined) || script === undefined) return undefined;
  const members = Array.from({ length: threads }, () => startThread<Answer>(script, data, timeLimit));
  return {
    most: threads * 3,
    isWatched: timeLimit !== undefined,
    run(file, lines, isDocument = false) {
      const whole = lines.flatMap(({ number, bytes }) => (bytes === undefined ? [] : [{ number, bytes }]));
      if (whole.length < lines.length) return undefined;
      const [idlest] = members.sort((a, b) => a.pending() - b.pending());
      return idlest?.run({ file, lines: whole, isDocument });
    },
    fail(error) {
      for (const member of members) member.fail(error);
    },
    async close() {
      await Promise.all(members.map((member) => member.end()));
    },
  };
}

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
  fail(error: unknown): void;
  end(): Promise<unknown>;
}

/** How often a thread is looked at, in milliseconds. */
const OFTEN = 100;

function startThread<Answer>(script: string, data: unknown, timeLimit: number | undefined): Thread<Answer> {
  const turns = timeLimit === undefined ? undefined : turnsMemory();
  const workerData: ThreadData<unknown> = { data, turns };
  const worker = new Worker(script, { workerData });
  const waiting: { readonly file: string; resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  let failure: { readonly error: unknown } | undefined;
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  const fail = (error: unknown): void => {
    clearInterval(watching);
    failure ??= { error };
    for (const { reject } of waiting.splice(0)) reject(error);
    void worker.terminate();
  };
  worker.on('error', fail);
  const slow = turns && timeLimit ? slowTurn(turns, timeLimit, () => performance.now()) : () => undefined;
  const watching = setInterval(() => {
    const turn = slow();
    if (turn === undefined) return;
    fail(new TimeLimitError(waiting[0]?.file ?? '', turn));
  }, OFTEN);
  watching.unref();
  return {
    pending: () => waiting.length,
    fail,
    run: (task) => {
      const result = new Promise<Answer>((resolve, reject) => {
        if (failure !== undefined) reject(failure.error);
        else waiting.push({ file: task.file, resolve, reject });
      });
      // Whoever waits for an earlier one may give up before this one is asked for.
      result.catch(() => undefined);
      if (failure === undefined) worker.postMessage(task);
      return result;
    },
    end() {
      clearInterval(watching);
      return worker.terminate();
    },
  };
}
