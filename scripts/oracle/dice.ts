/** What a seed decides. */
export interface Dice {
  /** One of them; undefined where there is none. */
  pick<T>(list: readonly T[]): T | undefined;
  /** True once in so many times. */
  once(times: number): boolean;
}

/** Throws that are the same for the same numbers, which are from 0 to below 1. */
export function diceOf(next: () => number): Dice {
  return {
    pick: (list) => list[Math.floor(next() * list.length)],
    once: (times) => next() * times < 1,
  };
}
