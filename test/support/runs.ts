/** What the configuration of Jest gives: the part of its full number of runs that each property gets. */
declare const effort: number;

/** How often a property is tried where `full` is the number of a long run; at least 20 times. */
export function runs(full: number): number {
  return Math.max(Math.min(full, 20), Math.round(full * effort));
}
