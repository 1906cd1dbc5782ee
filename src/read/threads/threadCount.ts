/** More threads would wait for the one that reads. */
export const MOST_THREADS = 64;

/** True for a number of threads that a run may have. */
export function isThreadCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_THREADS;
}
