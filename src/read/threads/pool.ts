import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Checked, ValidationOptions } from '../../check/checkRecords.js';
import type { Line } from '../lines.js';

/** What a thread is given to do. */
export interface Task {
  readonly file: string;
  readonly lines: readonly { readonly number: number; readonly bytes: Uint8Array }[];
}

/** What every task of a run has in common. */
export type TaskOptions = Pick<
  ValidationOptions,
  'rules' | 'bestPractice' | 'maxIssues' | 'resource' | 'remarks' | 'excerpts' | 'edition' | 'partialDates' | 'overflow'
>;

/** Threads that validate lines. */
export interface Pool {
  /** How many tasks are worth having under way. */
  readonly most: number;
  /** Has lines validated; undefined where they are not for another thread: a line is too long to be held. */
  check(file: string, lines: readonly Line[]): Promise<Checked> | undefined;
  close(): Promise<void>;
}

/** More threads than these would wait for the one that reads. */
const MOST_THREADS = 8;

/** Starts threads; undefined where there is one processor only, or the package's files are not there. */
export function openPool(
  options: ValidationOptions,
  threads = Math.min(availableParallelism(), MOST_THREADS),
): Pool | undefined {
  const script = scriptOf();
  if (threads < 2 || script === undefined) return undefined;
  const { rules, bestPractice, maxIssues, resource, remarks, excerpts, edition, partialDates, overflow } = options;
  const workerData: TaskOptions = {
    rules,
    bestPractice,
    maxIssues,
    resource,
    remarks,
    excerpts,
    edition,
    partialDates,
    overflow,
  };
  const members = Array.from({ length: threads }, () => startThread(script, workerData));
  return {
    most: threads * 3,
    check(file, lines) {
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
function scriptOf(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('clinik-fhir/validation-worker');
  } catch {
    return undefined;
  }
}

interface Thread {
  pending(): number;
  run(task: Task): Promise<Checked>;
  end(): Promise<unknown>;
}

function startThread(script: string, workerData: TaskOptions): Thread {
  const worker = new Worker(script, { workerData });
  const waiting: { resolve(checked: Checked): void; reject(error: unknown): void }[] = [];
  let failure: { readonly error: unknown } | undefined;
  worker.on('message', (checked: Checked) => waiting.shift()?.resolve(checked));
  worker.on('error', (error) => {
    failure = { error };
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    pending: () => waiting.length,
    run: (task) => {
      const result = new Promise<Checked>((resolve, reject) => {
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
