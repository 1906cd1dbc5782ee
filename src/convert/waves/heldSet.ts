import { at, type Graph, layers } from './graph.js';
import type { Link } from './recordLinks.js';
import { recordSet } from './recordSet.js';
import { targetTable } from './targetTable.js';

/** The records of an upload, some of which are held back until an id map knows others. */
export interface HeldSet {
  /** A record that is sent now, by all that it is called, with what it points at. */
  add(names: readonly string[], route: string, links: readonly Link[]): void;
  /** One that the id map keeps from it: it does not know the names that it `waitsFor`. */
  hold(names: readonly string[], route: string, links: readonly Link[], waitsFor: readonly string[]): void;
  /**
   * The wave of each record that was held, in their order: it waits for nothing but records of the set that become payloads, now or in
   * an earlier wave. -1 where that is not so, as where it waits for one that was rejected, or for itself in a circle. To be called once.
   */
  waves(): Int32Array;
}

/** A set of nothing yet. It takes about twice what a `recordSet` does. */
export function heldSet(): HeldSet {
  const set = recordSet();
  const known = targetTable();
  const held: number[] = [];
  /** What the held records wait for, those of each up to its end. */
  const targets: number[] = [];
  const ends: number[] = [];
  let size = 0;

  const add = (names: readonly string[], route: string, links: readonly Link[]): number => {
    const record = set.add(names, route, links);
    for (const name of names) known.add(name, record);
    size = record + 1;
    return record;
  };

  /** What is held, and what it waits for of this; itself, where that is nothing that becomes a payload. */
  const waits = (): Graph => {
    const isHeld = new Set(held);
    const start = new Int32Array(size + 1);
    const to: number[] = [];
    let record = 0;
    for (const [index, one] of held.entries()) {
      for (; record <= one; record += 1) start[record] = to.length;
      for (let link = ends[index - 1] ?? 0; link < (ends[index] ?? 0); link += 1) {
        const target = known.recordOf(targets[link] ?? 0);
        if (target === undefined) to.push(one);
        else if (isHeld.has(target)) to.push(target);
      }
    }
    for (; record <= size; record += 1) start[record] = to.length;
    return { size, start, to: Int32Array.from(to) };
  };

  return {
    add,
    hold(names, route, links, waitsFor) {
      held.push(add(names, route, links));
      for (const name of waitsFor) targets.push(known.link(name, false, false));
      ends.push(targets.length);
    },
    waves() {
      const steps = layers(waits());
      const isRejected = (record: number): boolean => at(steps, record) < 0;
      const order = set.order(isRejected);
      return Int32Array.from(held, (record) => (isRejected(record) ? -1 : order.waveOf(record)));
    },
  };
}
