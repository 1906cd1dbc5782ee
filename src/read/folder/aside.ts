import { basename } from 'node:path';

/** Files that are no input for the same reason. */
export interface Aside {
  /**
   * `hidden`; `earlier-run`, a report or a folder of one; `option`, a file that the run itself reads or writes; `excluded` by a pattern;
   * `other-name`, the name of no input; the kind of a file that holds no records; or a format that is not read.
   */
  readonly reason: string;
  readonly count: number;
  /** Their paths, of many the first ones. */
  readonly files: readonly string[];
  /** How many of each ending there are, `.csv`, where it was the name that told that they are no input. */
  readonly endings?: { readonly [ending: string]: number };
}

/** Gathers what is no input. */
export interface AsideList {
  add(path: string, reason: string): void;
  /** The same of what the name told that it is no input. */
  addByName(path: string, reason: string): void;
  all(): Aside[];
}

interface Gathered {
  count: number;
  readonly files: string[];
  readonly endings: Map<string, number>;
}

/** How many files of a reason are named. */
const MOST = 100;

/** The end of a file's name; one that is longer, or has other characters, may be anything. */
const ENDING = /\.[A-Za-z0-9]{1,16}(\.gz)?$/i;

/** A list of nothing yet. */
export function asideList(): AsideList {
  const reasons = new Map<string, Gathered>();
  const take = (path: string, reason: string): Gathered => {
    const known: Gathered = reasons.get(reason) ?? { count: 0, files: [], endings: new Map() };
    reasons.set(reason, known);
    known.count += 1;
    if (known.files.length < MOST) known.files.push(path);
    return known;
  };
  return {
    add(path, reason) {
      take(path, reason);
    },
    addByName(path, reason) {
      const { endings } = take(path, reason);
      const ending = ENDING.exec(basename(path))?.[0] ?? '';
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
    },
    all: () =>
      [...reasons]
        .map(([reason, { count, files, endings }]) => {
          const told = endings.size === 0 ? {} : { endings: Object.fromEntries(endings) };
          return { reason, count, files: files.sort(), ...told };
        })
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  };
}

/** How many files of all reasons there are of each ending, of those that their names told. */
export function endingsOf(aside: readonly Aside[]): { readonly [ending: string]: number } {
  const sums = new Map<string, number>();
  for (const { endings = {} } of aside)
    for (const [ending, count] of Object.entries(endings)) sums.set(ending, (sums.get(ending) ?? 0) + count);
  return Object.fromEntries(sums);
}
