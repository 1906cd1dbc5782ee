import { grown } from '../../bundle/growing.js';
import { untangle } from './cycles.js';
import { elementTable } from './elements.js';
import { at, type Graph } from './graph.js';
import { rankOf } from './importance.js';
import { countWaves, type Order, orderOf } from './order.js';
import type { Link } from './recordLinks.js';
import { typeOfRoute } from './routes.js';
import { targetTable } from './targetTable.js';

export type { Order } from './order.js';

/** The records of an upload, by what they are called: `Type/id`. Where two have one name, it leads to the first that is added. */
export interface RecordSet {
  /** A record that is sent, by all that it is called, with what it points at; gives its number, from 0. */
  add(names: readonly string[], route: string, links: readonly Link[]): number;
  /** A record of the set that is not: of another type, or rejected. */
  other(name: string | undefined, kind: 'skipped' | 'rejected'): void;
  /** A record that is not sent before an id map knows what it points at, by all that it is called. */
  wait(record: { readonly names: readonly string[]; readonly links: readonly Link[] }): void;
  /** What an id map was asked for besides: by the payload of a record that is sent as it is. */
  ask(links: readonly Link[]): void;
  /** The waves of what was added, without the links of what `isLeftOut`; to be called once, at the end. */
  order(isLeftOut?: (record: number) => boolean): Order;
}

const FIRST_SIZE = 1024;

/** Marks the field of a link whose target an id map knows. */
const MAPPED = 0x8000;

/**
 * A set of nothing yet. It keeps no names: 22 to 36 bytes for each that is added, skipped or pointed at, 5 for each record
 * and 6 for each link, and up to half as much again while there is room to grow.
 */
export function recordSet(): RecordSet {
  const known = targetTable();
  const elements = elementTable();
  const routeIndexes = new Map<string, number>();
  let routes = new Uint8Array(FIRST_SIZE);
  // A record's links are those up to its end, from that of the record before it.
  let ends = new Int32Array(FIRST_SIZE);
  let targets = new Int32Array(FIRST_SIZE);
  // There are no more elements than R4 has for References.
  let fields = new Uint16Array(FIRST_SIZE);
  let size = 0;
  let links = 0;

  const ask = ({ name, called, isMapped = false }: Link): void => {
    if (called === undefined) return;
    if ('noRow' in called) known.ask(undefined, undefined, isMapped);
    else known.ask(name ?? called.reference, called.type, isMapped);
  };

  const addLink = (resourceType: string, link: Link): void => {
    ask(link);
    const { name, element, isMapped = false, isOfSource = false } = link;
    if (name === undefined) return;
    const target = known.link(name, isMapped, isOfSource);
    targets = grown(targets, links + 1, Int32Array);
    fields = grown(fields, links + 1, Uint16Array);
    targets[links] = target;
    fields[links] = elements.indexOf(resourceType, element) | (isMapped ? MAPPED : 0);
    links += 1;
  };

  /** The links between records, with the fields that they stand in. */
  const linksBetween = (isLeftOut: (record: number) => boolean): { graph: Graph; fieldOf: Uint16Array } => {
    const start = new Int32Array(size + 1);
    const each = (take: (target: number, link: number, count: number) => void): number => {
      let [count, link] = [0, 0];
      for (let record = 0; record < size; record += 1) {
        for (; link < at(ends, record); link += 1) {
          const target = known.recordOf(at(targets, link));
          if (target === undefined || isLeftOut(record) || isLeftOut(target)) continue;
          take(target, link, count);
          count += 1;
        }
        start[record + 1] = count;
      }
      return count;
    };
    // Counted first: to make room for all links and give back what is not needed takes twice the memory.
    const count = each(() => undefined);
    const to = new Int32Array(count);
    const fieldOf = new Uint16Array(count);
    each((target, link, index) => {
      to[index] = target;
      fieldOf[index] = (fields[link] ?? 0) & ~MAPPED;
    });
    return { graph: { size, start, to }, fieldOf };
  };

  /** The elements of a record's links to what nothing, or that, became of, and no id map knows. */
  const leadingTo = (fate: 'rejected' | undefined, record: number): string[] => {
    const found = new Set<string>();
    for (let link = record === 0 ? 0 : at(ends, record - 1); link < at(ends, record); link += 1)
      if (((fields[link] ?? 0) & MAPPED) === 0 && known.fateOf(at(targets, link)) === fate)
        found.add(elements.nameOf(fields[link] ?? 0));
    return [...found];
  };

  /** Apart from what is given on, which would hold the links with it. */
  const ordered = (isLeftOut: (record: number) => boolean): ReturnType<typeof orderOf> => {
    const { graph, fieldOf } = linksBetween(isLeftOut);
    const elementOf = (link: number): string => elements.nameOf(fieldOf[link] ?? 0);
    const untangled = untangle(graph, (link) => rankOf(elementOf(link)));
    const counts = countWaves(untangled.waves, [...routeIndexes.keys()], (record) => routes[record] ?? 0);
    return orderOf(graph, untangled, elementOf, counts);
  };

  return {
    add(called, route, given) {
      const record = size;
      size += 1;
      const index = routeIndexes.get(route) ?? routeIndexes.size;
      routeIndexes.set(route, index);
      routes = grown(routes, size, Uint8Array);
      routes[record] = index;
      for (const name of called) known.add(name, record);
      const resourceType = typeOfRoute(route);
      for (const link of given) addLink(resourceType, link);
      ends = grown(ends, size, Int32Array);
      ends[record] = links;
      return record;
    },
    ask: (given) => given.forEach(ask),
    wait({ names, links: given }) {
      names.forEach(known.wait);
      given.forEach(ask);
    },
    other(name, kind) {
      if (name !== undefined) known.other(name, kind);
    },
    order: (isLeftOut = () => false) => ({
      ...ordered(isLeftOut),
      references: known.references(),
      outsideOf: (record) => leadingTo(undefined, record),
      rejectedOf: (record) => leadingTo('rejected', record),
    }),
  };
}
