import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Line } from '../lines.js';

/** What a thread is given to do. */
export interface Task {
  readonly file: string;
  readonly lines: readonly { readonly number: number; readonly bytes: Uint8Array }[];
}

/** Threads that share the lines of files; each answer is of one task. */
export interface Pool<Answer> {
  /** How many tasks are worth having under way. */
  readonly most: number;
  /** Hands lines out; undefined where they are not for another thread: a line is too long to be held. */
  run(file: string, lines: readonly Line[]): Promise<Answer> | undefined;
  close(): Promise<void>;
}

/** More threads than these would wait for the one that reads. */
const MOST_THREADS = 8;

/**
 * Starts threads, each with the module that `entry` of this package names and the same data; the module calls `answerTasks`.
 * Undefined where there is one processor only, or the package's files are not there.
 */
export function openPool<Answer>(
  entry: string,
  workerData: unknown,
  threads = Math.min(availableParallelism(), MOST_THREADS),
): Pool<Answer> | undefined {
  const script = scriptOf(entry);
  if (threads < 2 || script === undefined) return undefined;
  const members = Array.from({ length: threads }, () => startThread<Answer>(script, workerData));
  return {
    most: threads * 3,
    run(file, lines) {
      const whole = lines.flatMap(({ number, bytes }) => (bytes === undefined ? [] : [{ number, bytes }]));
      if (whole.length < lines.length) return undefined;
      const [idlest] = members.sort((a, b) => a.pending() - b.pending());
      return idlest?.run({ file, lines: whole });
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
  end(): Promise<unknown>;
}

function startThread<Answer>(script: string, workerData: unknown): Thread<Answer> {
  const worker = new Worker(script, { workerData });
  const waiting: { resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  let failure: { readonly error: unknown } | undefined;
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  worker.on('error', (error) => {
    failure = { error };
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    pending: () => waiting.length,
    run: (task) => {
      const result = new Promise<Answer>((resolve, reject) => {
        if (failure !== undefined) reject(failure.error);
        else waiting.push({ resolve, reject });
      });
      // Whoever waits for an earlier one may give up before this one is asked for.
      result.catch(() => undefined);
      if (failure === undefined) worker.postMessage(task);
      return result;
    },
    end: () => worker.terminate(),
  };
}
