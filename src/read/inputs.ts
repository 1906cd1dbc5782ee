import type { Aside } from './folder/aside.js';
import type { BulkExport } from './folder/bulkExport.js';

/** A file to read. */
export interface InputFile {
  /** How it is opened and how reports call it: the input as given, with the path below it. */
  readonly path: string;
  /** In bytes, as it is stored; 0 for a pipe. */
  readonly size: number;
}

/** A file or a folder that cannot be read. */
export interface UnreadableInput {
  readonly path: string;
  readonly reason: string;
}

/** What has the name of an input in a folder, and is no file: to open it could wait for ever. */
export interface LeftOut {
  readonly path: string;
  readonly kind: 'pipe' | 'device' | 'socket';
}

/** What there is to read. */
export interface Inputs {
  readonly files: readonly InputFile[];
  /** What in the folders cannot be read. */
  readonly unreadable: readonly UnreadableInput[];
  /** What in the folders is no file. One that is named itself, as `<(zcat …)` is, is read. */
  readonly leftOut: readonly LeftOut[];
  /** How many files of the folders are no input. */
  readonly skipped: number;
  /** What they are, by reason. */
  readonly aside: readonly Aside[];
  /** How many there are of each ending, `.csv`, of those whose names are no input's, without hidden ones and what a run wrote or reads itself. */
  readonly endings: { readonly [ending: string]: number };
  /** The bulk exports whose manifests are there, and how many records were read of their files so far. */
  readonly exports: Exports;
  /** The options `--include` and `--exclude` that matched nothing. */
  readonly unmatched: readonly string[];
}

/** Bulk exports of the input. */
export interface Exports {
  readonly all: readonly BulkExport[];
  /** By path, how many records there were in a file that was read to its end. */
  readonly counted: Map<string, number>;
}
