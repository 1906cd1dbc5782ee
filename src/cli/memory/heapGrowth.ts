import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { Progress } from '../../read/inputBatches.js';

/** Bytes to read from which on memory is worth watching. */
const WORTH_WATCHING = 8_000_000;

/** Bytes in use after V8 took away what was waste: with less, four times as much is still little. */
const LITTLE = 28 * 1024 * 1024;

/**
 * How V8 is told to let its heap grow before it looks for waste again, where so many bytes are in use: up to four times of it, as V8
 * does by itself, or by a half.
 */
export function growthFor(used: number): string {
  return `--heap-growing-percent=${used > LITTLE ? 50 : 0}`;
}

/** Whether this process's heap is watched: one that is worth it, and once. */
export interface HeapWatch {
  /** To be called as often as a run tells how far it is. */
  readonly show: (far: Pick<Progress, 'bytes'>) => void;
  /** V8 goes on as it would by itself. */
  end(): void;
}

/**
 * Keeps the memory of a large run from being waste for the most part. For the command line only: it changes how the whole process,
 * and each thread of it, deals with memory.
 */
export function heapWatch(): HeapWatch {
  let observer: PerformanceObserver | undefined;
  const watch = (): PerformanceObserver => {
    const started = new PerformanceObserver((list) => {
      if (list.getEntries().some((entry) => 'detail' in entry && isMajor(entry.detail)))
        setFlagsFromString(growthFor(getHeapStatistics().used_heap_size));
    });
    started.observe({ entryTypes: ['gc'] });
    return started;
  };
  return {
    show({ bytes }) {
      if (bytes >= WORTH_WATCHING) observer ??= watch();
    },
    end() {
      if (observer === undefined) return;
      observer.disconnect();
      setFlagsFromString(growthFor(0));
    },
  };
}

/** True for what Node says of a collection that went over the whole heap. */
function isMajor(detail: unknown): boolean {
  return (
    typeof detail === 'object' &&
    detail !== null &&
    'kind' in detail &&
    detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR
  );
}
