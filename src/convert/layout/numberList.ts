import { grown } from '../../bundle/growing.js';

/** A list of whole numbers from 0 to 4,294,967,295 that takes no more than eight bytes for each. */
export interface Numbers {
  readonly length: number;
  push(number: number): void;
  /** @returns 0 for an index that is not there. */
  at(index: number): number;
}

/** An empty list. */
export function numbers(): Numbers {
  let held = new Uint32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(number) {
      held = grown(held, length + 1, Uint32Array);
      held[length] = number;
      length += 1;
    },
    at: (index) => (index < length ? (held[index] ?? 0) : 0),
  };
}
