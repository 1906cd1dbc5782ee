/** What a thread is at, in memory that it shares with the one that watches it: a thread that is at something tells nobody. */
export interface Turns {
  /** Says that a step begins, on the record of a line, and of a list the item of an index. */
  begin(step: number, line: number, entry: number): void;
  end(): void;
}

/** A step that a thread began. */
export interface Turn {
  readonly step: number;
  readonly line: number;
  /** The index in a list; -1 outside of one. */
  readonly entry: number;
}

const [COUNT, STEP, LINE, ENTRY, SIZE] = [0, 1, 2, 3, 4];

/** The memory of one thread. */
export function turnsMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(SIZE * Int32Array.BYTES_PER_ELEMENT);
}

/** Writes what this thread is at. */
export function turnsIn(memory: SharedArrayBuffer): Turns {
  const cells = new Int32Array(memory);
  return {
    begin(step, line, entry) {
      Atomics.store(cells, STEP, step);
      Atomics.store(cells, LINE, line);
      Atomics.store(cells, ENTRY, entry);
      Atomics.add(cells, COUNT, 1);
    },
    end() {
      Atomics.add(cells, COUNT, 1);
    },
  };
}

/**
 * Watches a thread: gives the step that it has been at for longer than `limit` milliseconds by the `clock`. The steps are counted when
 * they begin and when they end, so that an odd count is of one that has not ended.
 */
export function slowTurn(memory: SharedArrayBuffer, limit: number, clock: () => number): () => Turn | undefined {
  const cells = new Int32Array(memory);
  let [seen, since] = [0, clock()];
  return () => {
    const count = Atomics.load(cells, COUNT);
    if (count !== seen) [seen, since] = [count, clock()];
    if (count % 2 === 0 || clock() - since <= limit) return undefined;
    return { step: Atomics.load(cells, STEP), line: Atomics.load(cells, LINE), entry: Atomics.load(cells, ENTRY) };
  };
}
