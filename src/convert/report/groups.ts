import type { Source } from '../../read/source.js';

/** What is alike in a run: how often it was there, in how many records, and where it was first. */
export interface Group<T> {
  readonly what: T;
  count: number;
  records: number;
  readonly first: Source[];
}

/** Things of a run that are told apart by a key. */
export interface Groups<T> {
  /** The things of a record come before those of the next one. */
  add(key: string, what: T, source: Source): void;
  /** The most frequent first. */
  all(): readonly Group<T>[];
  /** How many things came when no more keys could be told apart. */
  readonly left: number;
}

/** How many places are kept of what is alike. */
export const EXAMPLES = 3;

/** So many keys are told apart. It bounds the memory of a run over files that are made to have ever longer paths. */
const MOST = 2000;

/** Counts things in bounded memory. */
export function groupsOf<T>(most: number = MOST): Groups<T> {
  const groups = new Map<string, Group<T> & { last: Source | undefined }>();
  let left = 0;
  return {
    add(key, what, source) {
      let group = groups.get(key);
      if (group === undefined) {
        if (groups.size >= most) {
          left += 1;
          return;
        }
        group = { what, count: 0, records: 0, first: [], last: undefined };
        groups.set(key, group);
      }
      group.count += 1;
      if (group.last === source) return;
      group.last = source;
      group.records += 1;
      if (group.first.length < EXAMPLES) group.first.push(source);
    },
    all: () => [...groups.values()].sort((a, b) => b.count - a.count),
    get left() {
      return left;
    },
  };
}
