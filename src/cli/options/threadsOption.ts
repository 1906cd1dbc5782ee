import { InvalidArgumentError, Option } from 'commander';
import { isThreadCount, MOST_THREADS } from '../../read/threads/threadCount.js';

/** How many threads share the lines of a run, which they do by themselves from so many megabytes on. */
export const threadsOption = (megabytes: number): Option =>
  new Option(
    '--threads <n>',
    `how many threads share the lines; 1: none but the one that reads (default: as many as processors, at most 8, from ${megabytes} MB on)`,
  ).argParser((value) => {
    const number = /^\d+$/.test(value) ? Number(value) : 0;
    if (isThreadCount(number)) return number;
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST_THREADS}.`);
  });
