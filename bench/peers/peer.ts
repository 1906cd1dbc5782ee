/** A validator in another language. */
export interface Peer {
  readonly id: string;
  readonly name: string;
  /** Milliseconds for all the lines, warm, without the start of the process; else why it cannot be asked here. */
  time(lines: readonly string[]): number | string;
}
