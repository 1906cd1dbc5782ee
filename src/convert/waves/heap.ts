import { at } from './graph.js';

/** Numbers of which the lowest comes out first. */
export interface Heap {
  push(number: number): void;
  /** Undefined where there is none left. */
  pop(): number | undefined;
}

/** A heap (https://en.wikipedia.org/wiki/Binary_heap) that never holds more than `capacity` numbers. */
export function heap(capacity: number): Heap {
  const numbers = new Int32Array(capacity);
  let size = 0;
  return {
    push(number) {
      let index = size;
      size += 1;
      while (index > 0) {
        const above = (index - 1) >> 1;
        if (at(numbers, above) <= number) break;
        numbers[index] = at(numbers, above);
        index = above;
      }
      numbers[index] = number;
    },
    pop() {
      if (size === 0) return undefined;
      const lowest = at(numbers, 0);
      size -= 1;
      const last = at(numbers, size);
      let index = 0;
      for (let below = 1; below < size; below = 2 * index + 1) {
        if (below + 1 < size && at(numbers, below + 1) < at(numbers, below)) below += 1;
        if (last <= at(numbers, below)) break;
        numbers[index] = at(numbers, below);
        index = below;
      }
      numbers[index] = last;
      return lowest;
    },
  };
}
