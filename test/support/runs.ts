/** What the configuration of Jest gives: the part of its full number of runs that each property gets. */
declare const effort: number;

/** The part of a number of long-running cases that this run gets, at least one. */
export function share(full: number): number {
  return Math.max(1, Math.round(full * effort));
}

/** How often a property is tried where `full` is the number of a long run; at least 20 times. */
export function runs(full: number): number {
  return Math.max(Math.min(full, 20), Math.round(full * effort));
}
