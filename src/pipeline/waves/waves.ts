import { findLens, type Path } from '../../resources/registry.js';
import type { Link } from './recordLinks.js';

/** A number of references, and of what types their targets are. */
export interface Counts {
  readonly total: number;
  readonly byType: { readonly [resourceType: string]: number };
}

/** The order in which records can be sent. */
export interface Order {
  readonly waves: number;
  waveOf(record: number): number;
  /** The elements of a record whose links were cut because of a cycle: `Task.partOf`. */
  cutOf(record: number): readonly string[];
  /** Records by wave. */
  readonly counts: readonly { readonly [P in Path]?: number }[];
  readonly cycles: {
    readonly groups: number;
    readonly records: number;
    readonly cut: { readonly [element: string]: number };
  };
  readonly references: {
    readonly total: number;
    readonly inSet: number;
    readonly rejected: Counts;
    readonly outside: Counts;
  };
}

/** Collects records and what they point at. */
export interface RecordSet {
  /** Adds a record that becomes a payload; gives its number, from 0. */
  add(name: string | undefined, path: Path, links: readonly Link[]): number;
  other(name: string | undefined, kind: 'passedOver' | 'rejected'): void;
  /** To be called once, at the end. */
  order(): Order;
}

/** A set without records. */
export function recordSet(): RecordSet {
  const names = new Map<string, number>();
  const rejected = new Set<string>();
  const passedOver = new Set<string>();
  const records: { path: Path; links: readonly Link[] }[] = [];
  return {
    add(name, path, links) {
      records.push({ path, links });
      if (name !== undefined && !names.has(name)) names.set(name, records.length - 1);
      return records.length - 1;
    },
    other(name, kind) {
      if (name !== undefined) (kind === 'rejected' ? rejected : passedOver).add(name);
    },
    order() {
      const wave = new Array<number>(records.length).fill(0);
      const after = records.map((): number[] => []);
      const waits = new Array<number>(records.length).fill(0);
      const to = { inSet: 0, rejected: new Map<string, number>(), outside: new Map<string, number>() };
      const increase = (counts: Map<string, number>, { name }: Link): void => {
        const [type = ''] = name.split('/');
        counts.set(type, (counts.get(type) ?? 0) + 1);
      };
      for (const [index, { links }] of records.entries())
        for (const link of links) {
          const target = names.get(link.name);
          const isIn = target !== undefined || rejected.has(link.name) || passedOver.has(link.name);
          if (isIn) to.inSet += 1;
          else increase(to.outside, link);
          if (target === undefined && rejected.has(link.name)) increase(to.rejected, link);
          if (target !== undefined) {
            if (target === index) continue;
            after[target]?.push(index);
            waits[index] = (waits[index] ?? 0) + 1;
          }
        }
      const ready = [...waits.keys()].filter((index) => waits[index] === 0);
      for (const index of ready)
        for (const next of after[index] ?? []) {
          wave[next] = Math.max(wave[next] ?? 0, (wave[index] ?? 0) + 1);
          waits[next] = (waits[next] ?? 0) - 1;
          if (waits[next] === 0) ready.push(next);
        }
      const left = [...waits.keys()].filter((index) => (waits[index] ?? 0) > 0);
      const last = left.length === 0 ? 0 : 1 + ready.reduce((most, index) => Math.max(most, wave[index] ?? 0), -1);
      const cut: { [element: string]: number } = {};
      const cuts = new Map<number, string[]>();
      for (const index of left) {
        wave[index] = last;
        const { path, links } = records[index] ?? { path: 'tasks', links: [] };
        for (const { name, element } of links) {
          const target = names.get(name);
          if (target === undefined || (waits[target] ?? 0) === 0) continue;
          const at = `${findLens(path)?.resourceType}.${element}`;
          cut[at] = (cut[at] ?? 0) + 1;
          cuts.set(index, [...(cuts.get(index) ?? []), at]);
        }
      }
      const counts: { [P in Path]?: number }[] = [];
      for (const [index, { path }] of records.entries()) {
        const at = wave[index] ?? 0;
        const count = counts[at] ?? {};
        count[path] = (count[path] ?? 0) + 1;
        counts[at] = count;
      }
      const countsOf = (types: Map<string, number>): Counts => ({
        total: [...types.values()].reduce((sum, count) => sum + count, 0),
        byType: Object.fromEntries(types),
      });
      const outside = countsOf(to.outside);
      const refused = countsOf(to.rejected);
      return {
        waves: counts.length,
        waveOf: (record) => wave[record] ?? 0,
        cutOf: (record) => cuts.get(record) ?? [],
        counts,
        cycles: { groups: left.length === 0 ? 0 : 1, records: left.length, cut },
        references: {
          total: to.inSet + outside.total,
          inSet: to.inSet,
          rejected: refused,
          outside,
        },
      };
    },
  };
}
