/** One thing to time: `run` is called for each line, and what it returns only keeps the work from being optimised away. */
export interface Task {
  readonly name: string;
  readonly run: (line: string) => number;
  /** Takes part in every nth round only; 1 if left out. Slow tasks need fewer rounds to be told apart. */
  readonly every?: number;
}

export interface Result {
  readonly name: string;
  /** The median over the rounds of its time divided by that of the first task in the same round. */
  readonly ratio: number;
  readonly milliseconds: number;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * Times tasks in rounds, each task once in turn, so that a machine that speeds up or slows down does so for all of them. The
 * first task is the yardstick.
 */
export function timePaired(tasks: readonly Task[], lines: readonly string[], rounds: number, warmUp: number): Result[] {
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
  return tasks.map(({ name }, index) => ({
    name,
    ratio: median((times[index] ?? []).map(({ ratio }) => ratio)),
    milliseconds: median((times[index] ?? []).map(({ ms }) => ms)),
  }));
}

export function printResults(results: readonly Result[], megabytes: number): void {
  for (const { name, ratio, milliseconds } of results) {
    const speed = (megabytes / (milliseconds / 1000)).toFixed(0).padStart(4);
    console.log(`${ratio.toFixed(2).padStart(6)} × yardstick  ${speed} MB/s  ${name}`);
  }
}
