import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes in use after V8 took away what was waste: with less, four times as much is still little. */
const LITTLE = 28 * 1024 * 1024;

/**
 * How V8 is told to let its heap grow before it looks for waste again, where so many bytes are in use: up to four times of it, as V8
 * does by itself, or by a half.
 */
export function growthFor(used: number): string {
  return `--heap-growing-percent=${used > LITTLE ? 50 : 0}`;
}

/** Tells V8 so each time that it went over the whole heap; until what this gives is called, and V8 goes on as it would by itself. */
export function watchGrowth(): () => void {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some((entry) => 'detail' in entry && isMajor(entry.detail)))
      setFlagsFromString(growthFor(getHeapStatistics().used_heap_size));
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    observer.disconnect();
    setFlagsFromString(growthFor(0));
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
