import { InvalidArgumentError, Option } from 'commander';
import { isThreadCount, MOST_THREADS } from '../../read/threads/threadCount.js';

/** How many threads share the lines of a run. */
export const threadsOption = (): Option =>
  new Option(
    '--threads <n>',
    'how many threads share the lines; 1: none but the one that reads (default: as many as processors, at most 8, from 8 MB on)',
  ).argParser((value) => {
    const number = /^\d+$/.test(value) ? Number(value) : 0;
    if (isThreadCount(number)) return number;
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST_THREADS}.`);
  });
