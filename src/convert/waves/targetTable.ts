import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { UNKNOWN_TYPE } from '../../read/source.js';
import { grown } from './growing.js';
import { names } from './nameTable.js';

/** How many links there are, and to what types. */
export interface Counts {
  readonly total: number;
  readonly byType: { readonly [resourceType: string]: number };
}

/** What links lead to. `total` is `mapped`, `inSet` and `outside` together. */
export interface References {
  readonly total: number;
  /** To what an id map knows, wherever it is. */
  readonly mapped: number;
  /** To any other record of the set: one that becomes a payload, was skipped, or was rejected. */
  readonly inSet: number;
  /** To a record of the set that was skipped, and so has to be at ClinikAPI already. */
  readonly skipped: Counts;
  /** To a record of the set that was rejected. */
  readonly rejected: Counts;
  /** To nothing in the set. */
  readonly outside: Counts;
  /**
   * Those that payloads have an id of the source for: to what is not in the set, or was skipped there, where neither an id map nor an
   * identifier of ClinikAPI's says its id. They point at nothing at ClinikAPI, or at another record that happens to have that id.
   */
  readonly ofSource: SourceIds;
}

/** References that are ids of the source, and how many records they lead to. */
export interface SourceIds {
  readonly total: number;
  readonly records: number;
  readonly byType: { readonly [resourceType: string]: { readonly references: number; readonly records: number } };
}

/** The names that records have and links lead to. */
export interface Targets {
  add(name: string, record: number): void;
  other(name: string, kind: 'skipped' | 'rejected'): void;
  /** Counts a link to a name, which an id map may know, or whose id may be the source's; gives the name's number. */
  link(name: string, isMapped: boolean, isOfSource: boolean): number;
  /** What became of the record that a name leads to; undefined where there is none in the set. */
  fateOf(target: number): 'converted' | 'skipped' | 'rejected' | undefined;
  /** The record that a name leads to: the first one that was added; undefined where none was. */
  recordOf(target: number): number | undefined;
  references(): References;
}

/** What is known of a name, in rising order: a later one takes the place of an earlier one. A record is its number plus `RECORD`. */
const UNSEEN = 0;
const SKIPPED = 1;
const REJECTED = 2;
const RECORD = 3;
const FATES = [undefined, 'skipped', 'rejected', 'converted'] as const;

const FIRST_SIZE = 1024;

/** The index of a type; 0 for what is no type of R4's, and so may not be shown. */
const TYPES: readonly string[] = [UNKNOWN_TYPE, ...RESOURCE_TYPES];
const indexes = new Map(TYPES.map((type, index) => [type, index]));

/** Names of which nothing is known yet: 13 bytes for each, and what `names` takes. */
export function targetTable(): Targets {
  const known = names();
  let states = new Int32Array(FIRST_SIZE);
  let links = new Uint32Array(FIRST_SIZE);
  let ofSource = new Uint32Array(FIRST_SIZE);
  let types = new Uint8Array(FIRST_SIZE);
  let size = 0;
  let mapped = 0;

  const numberOf = (name: string): number => {
    const number = known.numberOf(name);
    if (number < size) return number;
    size = number + 1;
    states = grown(states, size, Int32Array);
    links = grown(links, size, Uint32Array);
    ofSource = grown(ofSource, size, Uint32Array);
    types = grown(types, size, Uint8Array);
    types[number] = indexes.get(name.slice(0, name.indexOf('/'))) ?? 0;
    return number;
  };

  return {
    add(name, record) {
      const number = numberOf(name);
      if ((states[number] ?? UNSEEN) < RECORD) states[number] = record + RECORD;
    },
    other(name, kind) {
      const number = numberOf(name);
      states[number] = Math.max(states[number] ?? UNSEEN, kind === 'rejected' ? REJECTED : SKIPPED);
    },
    link(name, isMapped, isOfSource) {
      const number = numberOf(name);
      if (isMapped) mapped += 1;
      else links[number] = (links[number] ?? 0) + 1;
      if (isOfSource) ofSource[number] = (ofSource[number] ?? 0) + 1;
      return number;
    },
    fateOf(target) {
      return FATES[Math.min(states[target] ?? UNSEEN, RECORD)];
    },
    recordOf(target) {
      const state = states[target] ?? UNSEEN;
      return state < RECORD ? undefined : state - RECORD;
    },
    references() {
      const totals = new Float64Array(RECORD + 1);
      const byState = [0, 1, 2].map(() => new Float64Array(TYPES.length));
      const source = { references: new Float64Array(TYPES.length), records: new Float64Array(TYPES.length) };
      for (let number = 0; number < size; number += 1) {
        const count = links[number] ?? 0;
        const state = Math.min(states[number] ?? UNSEEN, RECORD);
        totals[state] = (totals[state] ?? 0) + count;
        const byType = byState[state];
        const type = types[number] ?? 0;
        if (byType !== undefined) byType[type] = (byType[type] ?? 0) + count;
        const unknown = state === RECORD || state === REJECTED ? 0 : (ofSource[number] ?? 0);
        if (unknown === 0) continue;
        source.references[type] = (source.references[type] ?? 0) + unknown;
        source.records[type] = (source.records[type] ?? 0) + 1;
      }
      const total = totals.reduce((sum, count) => sum + count);
      return {
        total: total + mapped,
        mapped,
        inSet: total - (totals[UNSEEN] ?? 0),
        skipped: countsOf(byState[SKIPPED]),
        rejected: countsOf(byState[REJECTED]),
        outside: countsOf(byState[UNSEEN]),
        ofSource: sourceIds(countsOf(source.references), countsOf(source.records)),
      };
    },
  };
}

/** The types that there are any of, the most frequent first. */
function countsOf(byType: Float64Array = new Float64Array()): Counts {
  const counts = TYPES.map((type, index) => [type, byType[index] ?? 0] as const).filter(([, count]) => count > 0);
  return { total: byType.reduce((sum, count) => sum + count), byType: ranked(counts) };
}

function sourceIds(references: Counts, records: Counts): SourceIds {
  const byType = Object.entries(references.byType).map(
    ([type, count]) => [type, { references: count, records: records.byType[type] ?? 0 }] as const,
  );
  return { total: references.total, records: records.total, byType: Object.fromEntries(byType) };
}

/** Counts by name, the highest first. */
export function ranked(counts: Iterable<readonly [string, number]>): { readonly [name: string]: number } {
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
