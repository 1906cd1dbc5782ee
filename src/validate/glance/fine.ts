/** What a glance found fine before it came upon what is in doubt, on the way there: a full look takes that way and need not look at it again. */
export interface Fine {
  /** By the depth of an object's properties, how many of them are fine before the one on the way. */
  readonly properties: number[];
  /** By the depth of a list, how many of its items are. */
  readonly items: number[];
  /** How deep the way goes; no depth where there is none. */
  end: number;
}

const NOWHERE = -1;

export const noneFine = (): Fine => ({ properties: [], items: [], end: NOWHERE });

/** Notes a step of the way, of which the deepest comes first. */
export function note(counts: number[], count: number, fine: Fine, depth: number): void {
  counts[depth] = count;
  if (fine.end < depth) fine.end = depth;
}

/** How many are fine at a depth. */
export const fineAt = (counts: readonly number[], fine: Fine, depth: number): number =>
  fine.end < depth ? 0 : (counts[depth] ?? 0);

/** Ends the way: what comes next is nothing that the last glance saw. */
export function forget(fine: Fine): void {
  fine.end = NOWHERE;
}
