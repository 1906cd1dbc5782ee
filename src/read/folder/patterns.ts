import { basename } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from '../usageError.js';

/** Which files of folders are read; files that are named themselves are read whatever these say. */
export interface FolderOptions {
  /** Globs: only files that one of them matches. */
  readonly include?: readonly string[];
  /** Globs: no files that one of them matches. */
  readonly exclude?: readonly string[];
}

/** The globs of a run. They are asked about paths below the folder that was given, with `/` between their parts. */
export interface Patterns {
  isExcluded(path: string): boolean;
  /** Of a file that is not excluded, and has the name of an input. */
  isIncluded(path: string): boolean;
  /** The options whose glob has matched nothing yet, as they were given. */
  unmatched(): string[];
}

/**
 * Reads globs. One without a `/` is matched with the name of a file, or of a folder that it is in; one with a `/` with its path from the
 * folder that was given.
 * @throws UsageError for a glob that cannot be.
 */
export function patternsOf({ include = [], exclude = [] }: FolderOptions): Patterns {
  const [takes, leaves] = [
    include.map((glob) => matcher('--include', glob)),
    exclude.map((glob) => matcher('--exclude', glob)),
  ];
  // Each one is asked, so that none is said to match nothing for another that matches the same.
  const any = (matchers: readonly Matcher[], path: string): boolean =>
    matchers.map((one) => one.matches(path)).some((is) => is);
  return {
    isExcluded: (path) => any(leaves, path),
    isIncluded: (path) => takes.length === 0 || any(takes, path),
    unmatched: () => [...takes, ...leaves].flatMap(({ given, isUsed }) => (isUsed() ? [] : [given])),
  };
}

interface Matcher {
  readonly given: string;
  matches(path: string): boolean;
  isUsed(): boolean;
}

function matcher(option: string, glob: string): Matcher {
  const given = `${option} ${glob}`;
  const inside = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  const isName = !inside.includes('/');
  let matches: (text: string) => boolean;
  try {
    matches = picomatch(inside.replace(/^\//, ''), { dot: true, nonegate: true });
  } catch {
    throw new UsageError(`${option} takes a glob of files, such as '*.Patient.ndjson'.`);
  }
  let used = false;
  return {
    given,
    matches(path) {
      const is = withFolders(path).some((one) => matches(isName ? basename(one) : one));
      used ||= is;
      return is;
    },
    isUsed: () => used,
  };
}

/** `a`, `a/b` and `a/b/c` for `a/b/c`. */
function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
