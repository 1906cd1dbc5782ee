import type { Progress } from '../../read/inputBatches.js';

/** Bytes to read from which on memory is worth watching. */
const WORTH_WATCHING = 8_000_000;

/** Whether the heap of this process is watched. */
export interface HeapWatch {
  /** To be called as often as a run tells how far it is. */
  readonly show: (far: Pick<Progress, 'bytes'>) => void;
  /** V8 goes on as it would by itself. */
  end(): Promise<void>;
}

/**
 * Keeps the memory of a large run from being waste for the most part. For the command line only: it changes how the whole process,
 * and each thread of it, deals with memory. `load` gives what begins to do so, which a small run never needs.
 */
export function heapWatch(load = () => import('./heapGrowth.js')): HeapWatch {
  let ending: Promise<() => void> | undefined;
  return {
    show({ bytes }) {
      if (bytes >= WORTH_WATCHING) ending ??= load().then(({ watchGrowth }) => watchGrowth());
    },
    async end() {
      (await ending)?.();
    },
  };
}
