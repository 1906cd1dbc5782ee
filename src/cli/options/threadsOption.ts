import { InvalidArgumentError, Option } from 'commander';

/** More would wait for the thread that reads. */
const MOST = 64;

/** How many threads share the lines of a run. */
export const threadsOption = (): Option =>
  new Option(
    '--threads <n>',
    'how many threads share the lines; 1: none but the one that reads (default: as many as processors, at most 8, from 8 MB on)',
  ).argParser((value) => {
    const number = /^[1-9]\d?$/.test(value) ? Number(value) : 0;
    if (number >= 1 && number <= MOST) return number;
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST}.`);
  });
