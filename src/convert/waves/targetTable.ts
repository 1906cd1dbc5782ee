import { grown } from '../../bundle/growing.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { UNKNOWN_TYPE } from '../../read/source.js';
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
  /** Of references that an id map was asked for. */
  readonly idMap?: MapUse;
}

/**
 * How much an id map knew. References of records that were rejected for want of it alone are counted, too, and those that only a map
 * could know, which have no name in the set.
 */
export interface MapUse {
  readonly known: number;
  /** To what does not become a payload itself, and so has no id but by the map: what payloads leave out. */
  readonly unknown: SourceIds;
  /** References that no row of a map could say. */
  readonly withoutName: number;
}

/** References that have no id of ClinikAPI's, and how many records they lead to. */
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
  /** A record that is not converted for want of what an id map does not know. */
  wait(name: string): void;
  /** Counts a reference that an id map was asked for, under the name that leads to its target. */
  ask(name: string | undefined, type: string | undefined, isKnown: boolean): void;
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

/** Names of which nothing is known yet: 5 bytes for each, up to 13 more where something points at it that no id map knows, and what `names` takes. */
export function targetTable(): Targets {
  const known = names();
  let states = new Int32Array(FIRST_SIZE);
  let links = new Uint32Array(FIRST_SIZE);
  let ofSource = new Uint32Array(FIRST_SIZE);
  let unknown = new Uint32Array(FIRST_SIZE);
  let waiting = new Uint8Array(FIRST_SIZE);
  let types = new Uint8Array(FIRST_SIZE);
  let size = 0;
  let mapped = 0;
  const asked = { known: 0, unknown: 0, withoutName: 0 };

  const numberOf = (name: string): number => {
    const number = known.numberOf(name);
    if (number < size) return number;
    size = number + 1;
    states = grown(states, size, Int32Array);
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
      else {
        links = grown(links, number + 1, Uint32Array);
        links[number] = (links[number] ?? 0) + 1;
      }
      if (isOfSource) {
        ofSource = grown(ofSource, number + 1, Uint32Array);
        ofSource[number] = (ofSource[number] ?? 0) + 1;
      }
      return number;
    },
    wait(name) {
      const number = numberOf(name);
      waiting = grown(waiting, number + 1, Uint8Array);
      waiting[number] = 1;
    },
    ask(name, type, isKnown) {
      if (isKnown) asked.known += 1;
      else if (name === undefined) asked.withoutName += 1;
      else {
        const number = numberOf(name);
        asked.unknown += 1;
        unknown = grown(unknown, number + 1, Uint32Array);
        unknown[number] = (unknown[number] ?? 0) + 1;
        if (type !== undefined) types[number] = indexes.get(type) ?? 0;
      }
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
      const source = byTypes();
      const left = byTypes();
      for (let number = 0; number < size; number += 1) {
        const count = links[number] ?? 0;
        const state = Math.min(states[number] ?? UNSEEN, RECORD);
        totals[state] = (totals[state] ?? 0) + count;
        const byType = byState[state];
        const type = types[number] ?? 0;
        if (byType !== undefined) byType[type] = (byType[type] ?? 0) + count;
        if (state !== RECORD && state !== REJECTED) source.add(type, ofSource[number] ?? 0);
        if (state !== RECORD && waiting[number] !== 1) left.add(type, unknown[number] ?? 0);
      }
      const total = totals.reduce((sum, count) => sum + count);
      return {
        total: total + mapped,
        mapped,
        inSet: total - (totals[UNSEEN] ?? 0),
        skipped: countsOf(byState[SKIPPED]),
        rejected: countsOf(byState[REJECTED]),
        outside: countsOf(byState[UNSEEN]),
        ofSource: source.counts(),
        ...(asked.known + asked.unknown + asked.withoutName === 0
          ? {}
          : { idMap: { known: asked.known, unknown: left.counts(), withoutName: asked.withoutName } }),
      };
    },
  };
}

/** The types that there are any of, the most frequent first. */
function countsOf(byType: Float64Array = new Float64Array()): Counts {
  const counts = TYPES.map((type, index) => [type, byType[index] ?? 0] as const).filter(([, count]) => count > 0);
  return { total: byType.reduce((sum, count) => sum + count), byType: ranked(counts) };
}

/** Counts references, and the records that they lead to, by the index of a type. */
function byTypes(): { add(type: number, count: number): void; counts(): SourceIds } {
  const references = new Float64Array(TYPES.length);
  const records = new Float64Array(TYPES.length);
  return {
    add(type, count) {
      if (count === 0) return;
      references[type] = (references[type] ?? 0) + count;
      records[type] = (records[type] ?? 0) + 1;
    },
    counts() {
      const [all, targets] = [countsOf(references), countsOf(records)];
      const byType = Object.entries(all.byType).map(
        ([type, count]) => [type, { references: count, records: targets.byType[type] ?? 0 }] as const,
      );
      return { total: all.total, records: targets.total, byType: Object.fromEntries(byType) };
    },
  };
}

/** Counts by name, the highest first. */
export function ranked(counts: Iterable<readonly [string, number]>): { readonly [name: string]: number } {
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
