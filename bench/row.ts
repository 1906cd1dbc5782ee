/** A figure of a benchmark. Less is better, of all of them. */
export interface Row {
  /** What the figure of a release is found by: the part, and what is measured on what. */
  readonly id: string;
  /** What it says of itself to people. */
  readonly name: string;
  /** What the figure counts: `× JSON`, `× node -e 0`, `MiB`. */
  readonly unit: string;
  readonly value: number;
  /** What else was measured: a speed, a time. It is compared with nothing. */
  readonly detail?: string;
  /** True for what others made: it is shown, and nobody is told when it gets worse. */
  readonly ofOthers?: true;
}

/** A figure that could not be measured here, and why. */
export interface NotRun {
  readonly id: string;
  readonly name: string;
  readonly notRun: string;
  /** True where nobody asked for it, so that it is no fault. */
  readonly unasked?: true;
}

export type Measured = Row | NotRun;

export const isRow = (one: Measured): one is Row => 'value' in one;

/** A part of the benchmarks. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** What stands here of that which the second place of an id names, a corpus or a Node; left out where nothing can be absent. */
  here?(): readonly string[];
  /** Measures its rows, one after the other. `long` asks for the steps that take minutes. */
  measure(asked: { readonly long: boolean }): Measured[];
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
