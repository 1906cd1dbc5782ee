import { statSync } from 'node:fs';

/** What tells whether a file is still the one that it was. */
export interface FileMark {
  /** False for what can be read once only, such as a pipe. */
  readonly isFile: boolean;
  readonly size: number;
  /** When it was changed last, in milliseconds. */
  readonly changed: number;
}

/**
 * The mark of a file.
 * @throws the operating system's error.
 */
export function markOf(path: string): FileMark {
  const stats = statSync(path);
  return { isFile: stats.isFile(), size: stats.size, changed: stats.mtimeMs };
}

/** True for a file that was not changed between two marks. */
export function isSameMark(one: FileMark, other: FileMark): boolean {
  return one.isFile && other.isFile && one.size === other.size && one.changed === other.changed;
}
