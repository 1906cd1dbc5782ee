import { median } from './row.js';

/** One thing to time: `run` is called for each line, and what it returns only keeps the work from being optimised away. */
export interface Task {
  readonly id: string;
  readonly name: string;
  readonly run: (line: string) => number;
  /** Takes part in every nth round only; 1 if left out. Slow tasks need fewer rounds to be told apart. */
  readonly every?: number;
}

export interface Timed {
  readonly task: Task;
  /** The median over the rounds of its time divided by that of the first task in the same round. */
  readonly ratio: number;
  readonly milliseconds: number;
}

/**
 * Times tasks in rounds, each task once in turn, so that a machine that speeds up or slows down does so for all of them. The
 * first task is the yardstick.
 */
export function timePaired(tasks: readonly Task[], lines: readonly string[], rounds: number, warmUp: number): Timed[] {
  const times = tasks.map((): { ms: number; ratio: number }[] => []);
  let sink = 0;
  for (let round = -warmUp; round < rounds; round += 1) {
    let yardstick = Number.NaN;
    tasks.forEach(({ run, every = 1 }, index) => {
      if (round % every !== 0) return;
      const start = performance.now();
      for (const line of lines) sink += run(line);
      const ms = performance.now() - start;
      if (index === 0) yardstick = ms;
      if (round >= 0) times[index]?.push({ ms, ratio: ms / yardstick });
    });
  }
  if (sink === 0) throw new Error('nothing was measured');
  return tasks.map((task, index) => ({
    task,
    ratio: median((times[index] ?? []).map(({ ratio }) => ratio)),
    milliseconds: median((times[index] ?? []).map(({ ms }) => ms)),
  }));
}

/** The yardstick of what is done with lines of JSON. */
export const YARDSTICK: Task = {
  id: 'yardstick',
  name: 'JSON.stringify(JSON.parse(line))',
  run: (line) => JSON.stringify(JSON.parse(line)).length,
};

/** `123 MB/s`, `46 kB/s`. */
export function speed(bytes: number, milliseconds: number): string {
  const megabytes = bytes / 1e6 / (milliseconds / 1000);
  if (megabytes < 1) return `${(megabytes * 1000).toFixed(0)} kB/s`;
  return `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB/s`;
}
