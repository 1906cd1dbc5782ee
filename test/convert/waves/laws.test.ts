import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rankOf } from '../../../src/convert/waves/importance.js';
import { type Order, recordSet } from '../../../src/convert/waves/recordSet.js';
import { lenses, type Path } from '../../../src/resources/registry.js';
import { ensure } from '../../support/ensure.js';
import { runs } from '../../support/runs.js';

/** A link between two records of a set, by their indexes. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly element: string;
}

interface Given {
  readonly paths: readonly Path[];
  readonly edges: readonly Edge[];
}

/** Elements of every rank. */
const ELEMENTS: { readonly [P in Path]: readonly string[] } = {
  assessments: ['previous', 'encounter', 'supportingInfo'],
  documents: ['relatesTo.targetReference', 'encounter', 'section.entry'],
  encounters: ['partOf', 'basedOn'],
  labs: ['encounter', 'basedOn', 'result'],
  tasks: ['partOf', 'encounter', 'focus', 'input.valueReference'],
};
const PATHS: readonly Path[] = ['assessments', 'documents', 'encounters', 'labs', 'tasks'];

const given: fc.Arbitrary<Given> = fc
  .array(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 9 })
  .chain((paths) =>
    fc
      .array(fc.tuple(fc.nat(paths.length - 1), fc.nat(paths.length - 1), fc.nat(3)), { maxLength: 3 * paths.length })
      .map((links) => ({ paths, edges: links.map(([from, to, pick]) => edgeOf(paths, from, to, pick)) })),
  );

/** The same, without cycles: each link leads to a record with a lower number. */
const acyclic = given.map(({ paths, edges }) => ({ paths, edges: edges.filter(({ from, to }) => to < from) }));

function edgeOf(paths: readonly Path[], from: number, to: number, pick: number): Edge {
  const elements = ELEMENTS[paths[from] ?? 'tasks'];
  return { from, to, element: elements[pick % elements.length] ?? '' };
}

const typeOf = ({ paths }: Given, record: number): string => lenses[paths[record] ?? 'tasks'].resourceType;
const nameOf = (given: Given, record: number): string => `${typeOf(given, record)}/${record}`;
const fullElement = (given: Given, { from, element }: Edge): string => `${typeOf(given, from)}.${element}`;

function orderOf(given: Given): Order {
  const set = recordSet();
  for (const [record, path] of given.paths.entries()) {
    const links = given.edges.filter(({ from }) => from === record);
    set.add(
      [nameOf(given, record)],
      path,
      links.map(({ to, element }) => ({ name: nameOf(given, to), element })),
    );
  }
  return set.order();
}

const wavesOf = (order: Order, { paths }: Given): number[] => paths.map((_, record) => order.waveOf(record));

/** The links that an order says are cut. */
function cutEdges(given: Given, order: Order): Edge[] {
  return given.edges.filter(
    (edge) =>
      order.cutOf(edge.from).includes(fullElement(given, edge)) && order.waveOf(edge.to) >= order.waveOf(edge.from),
  );
}

/** Waves by their definition; fails for a cycle. */
function naiveWaves(count: number, edges: readonly Edge[]): number[] {
  const wave = (record: number, path: readonly number[]): number => {
    ensure(!path.includes(record), 'a cycle is not cut');
    const below = edges.filter(({ from }) => from === record).map(({ to }) => wave(to, [...path, record]));
    return Math.max(-1, ...below) + 1;
  };
  return Array.from({ length: count }, (_, record) => wave(record, []));
}

/** True where some links, one at least, lead from a record to another. */
function leads(edges: readonly Edge[], from: number, to: number): boolean {
  const reached = new Set<number>();
  const visit = (record: number): void => {
    for (const edge of edges) {
      if (edge.from !== record || reached.has(edge.to)) continue;
      reached.add(edge.to);
      visit(edge.to);
    }
  };
  visit(from);
  return reached.has(to);
}

describe('the laws of waves', () => {
  it('a wave is one more than the highest that a record waits for, and every cycle is cut', () => {
    fc.assert(
      fc.property(given, (given) => {
        const order = orderOf(given);
        const cut = cutEdges(given, order);
        const uncut = given.edges.filter((edge) => !cut.includes(edge));
        expect(wavesOf(order, given)).toStrictEqual(naiveWaves(given.paths.length, uncut));
      }),
      { numRuns: runs(1000) },
    );
  });

  it('a link is cut only on a cycle of which it is one of the least important links', () => {
    fc.assert(
      fc.property(given, (given) => {
        for (const edge of cutEdges(given, orderOf(given))) {
          const rank = rankOf(fullElement(given, edge));
          const others = given.edges.filter((other) => rankOf(fullElement(given, other)) <= rank);
          expect(edge.from === edge.to || leads(others, edge.to, edge.from)).toBe(true);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('without cycles nothing is cut, and neither the order of links nor that of records matters', () => {
    fc.assert(
      fc.property(
        acyclic.chain((given) =>
          fc.record({
            given: fc.constant(given),
            edges: fc.shuffledSubarray([...given.edges], { minLength: given.edges.length }),
            places: fc.shuffledSubarray([...given.paths.keys()], { minLength: given.paths.length }),
          }),
        ),
        ({ given, edges, places }) => {
          const order = orderOf(given);
          expect(order.cycles).toStrictEqual({ groups: 0, records: 0, cut: {} });
          expect(given.paths.flatMap((_, record) => order.cutOf(record))).toStrictEqual([]);
          const moved: Given = {
            paths: places.map((record) => given.paths[record] ?? 'tasks'),
            edges: edges.map(({ from, to, element }) => ({
              from: places.indexOf(from),
              to: places.indexOf(to),
              element,
            })),
          };
          const other = orderOf(moved);
          for (const [place, record] of places.entries()) expect(other.waveOf(place)).toBe(order.waveOf(record));
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('the counts are those of the records, their cycles and their cuts', () => {
    fc.assert(
      fc.property(given, (given) => {
        const order = orderOf(given);
        const waves = wavesOf(order, given);
        expect(order.waves).toBe(Math.max(...waves) + 1);
        const rows = Array.from({ length: order.waves }, (_, wave) =>
          PATHS.flatMap((path) => {
            const count = given.paths.filter((own, record) => own === path && waves[record] === wave).length;
            return count === 0 ? [] : [[path, count] as const];
          }),
        );
        expect(order.counts).toStrictEqual(rows.map(Object.fromEntries));

        const inCycle = [...given.paths.keys()].filter((record) => leads(given.edges, record, record));
        const firsts = inCycle.filter(
          (record) =>
            !inCycle.some(
              (other) => other < record && leads(given.edges, record, other) && leads(given.edges, other, record),
            ),
        );
        expect(order.cycles.records).toBe(inCycle.length);
        expect(order.cycles.groups).toBe(firsts.length);
        const cut: Record<string, number> = {};
        for (const edge of cutEdges(given, order)) {
          const element = fullElement(given, edge);
          cut[element] = (cut[element] ?? 0) + 1;
        }
        expect(order.cycles.cut).toStrictEqual(cut);
        expect(order.references.total).toBe(given.edges.length);
        expect(order.references.inSet).toBe(given.edges.length);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('the same records always have the same order', () => {
    fc.assert(
      fc.property(given, (given) => {
        const [first, second] = [orderOf(given), orderOf(given)];
        expect(wavesOf(first, given)).toStrictEqual(wavesOf(second, given));
        for (const record of given.paths.keys()) expect(first.cutOf(record)).toStrictEqual(second.cutOf(record));
      }),
    );
  });
});
