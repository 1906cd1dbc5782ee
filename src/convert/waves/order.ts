import type { Untangled } from './cycles.js';
import { at, eachLink, type Graph } from './graph.js';
import { type References, ranked } from './targetTable.js';

/**
 * In what order the records of a set can be uploaded: those of a wave point only at records of earlier waves, whose ids are known
 * by then.
 */
export interface Order {
  /** How many waves there are; 0 for no records. */
  readonly waves: number;
  /**
   * The wave of a record, from 0.
   * @throws RangeError for a number that `add` did not give.
   */
  waveOf(record: number): number;
  /**
   * The elements (`Task.partOf`) whose links had to be cut because they were part of a cycle: they point at a record of the same
   * or a later wave. Usually empty.
   * @throws RangeError for a number that `add` did not give.
   */
  cutOf(record: number): readonly string[];
  /** The elements of a record that point at nothing in the set, nor in an id map. */
  outsideOf(record: number): readonly string[];
  /** The elements of a record that point at a rejected one, which no id map knows. */
  rejectedOf(record: number): readonly string[];
  /** How many records of each path are in each wave. */
  readonly counts: readonly WaveCounts[];
  readonly cycles: {
    /** How many groups of records wait for each other in a circle. */
    readonly groups: number;
    /** How many records are in these groups. */
    readonly records: number;
    /** How many links were cut, by element (`Task.partOf`). */
    readonly cut: { readonly [element: string]: number };
  };
  /** What the links of all added records lead to. */
  readonly references: References;
}

/** How many records of each path there are in a wave; of what goes as it is, of each `fhir/<Type>`. */
export type WaveCounts = { readonly [path: string]: number };

/** The order of records that have these waves, with the elements of the links between them. */
export function orderOf(
  graph: Graph,
  { waves, groups, nodes }: Untangled,
  elementOf: (link: number) => string,
  counts: readonly WaveCounts[],
): Omit<Order, 'references' | 'outsideOf' | 'rejectedOf'> {
  const checked = (record: number): number => {
    if (waves[record] === undefined) throw new RangeError('There is no record of this number.');
    return record;
  };
  const { cut, cutOf } = groups === 0 ? NO_CUTS : cutsIn(graph, waves, elementOf);
  return {
    waves: counts.length,
    waveOf: (record) => at(waves, checked(record)),
    cutOf: (record) => cutOf(checked(record)),
    counts,
    cycles: { groups, records: nodes, cut: ranked(cut) },
  };
}

/** What was cut to untangle a graph. */
interface Cuts {
  /** How many links, by element. */
  readonly cut: ReadonlyMap<string, number>;
  cutOf(record: number): readonly string[];
}

const NO_CUTS: Cuts = { cut: new Map(), cutOf: () => [] };

/** It holds the graph, which a set without cycles does not need any more. */
function cutsIn(graph: Graph, waves: Int32Array, elementOf: (link: number) => string): Cuts {
  const isCut = (record: number, target: number): boolean => at(waves, target) >= at(waves, record);
  const cut = new Map<string, number>();
  for (let record = 0; record < graph.size; record += 1) {
    eachLink(graph, record, (target, link) => {
      if (isCut(record, target)) cut.set(elementOf(link), (cut.get(elementOf(link)) ?? 0) + 1);
    });
  }
  return {
    cut,
    cutOf(record) {
      const elements = new Set<string>();
      eachLink(graph, record, (target, link) => {
        if (isCut(record, target)) elements.add(elementOf(link));
      });
      return [...elements];
    },
  };
}

/** The records of each wave by path, of which `pathIndexOf` gives the index. */
export function countWaves(
  waves: Int32Array,
  paths: readonly string[],
  pathIndexOf: (record: number) => number,
): WaveCounts[] {
  const width = paths.length;
  const size = waves.reduce((most, wave) => Math.max(most, wave + 1), 0);
  const numbers = new Uint32Array(size * width);
  waves.forEach((wave, record) => {
    const index = wave * width + pathIndexOf(record);
    numbers[index] = (numbers[index] ?? 0) + 1;
  });
  // A set of a million waves has few that differ.
  const known = new Map<string, WaveCounts>();
  return Array.from({ length: size }, (_, wave) => {
    const row = numbers.subarray(wave * width, (wave + 1) * width);
    const key = row.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = Object.freeze(countsIn(row, paths));
    known.set(key, made);
    return made;
  });
}

function countsIn(row: Uint32Array, paths: readonly string[]): WaveCounts {
  const entries = paths.map((path, index) => [path, row[index] ?? 0] as const);
  return Object.fromEntries(entries.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
