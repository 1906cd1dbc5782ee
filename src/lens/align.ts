import { fingerprint } from './json.js';

interface Alignment<P> {
  readonly write: (wanted: P) => unknown;
  readonly put: (wanted: P, element: unknown, index: number) => unknown;
  readonly identity?: (value: P) => readonly (string | undefined)[];
}

/**
 * Lays wanted payload items over the elements of a list: an element that already reads as an item is kept, wherever it
 * stood; one of the same identity is put; others are written anew. Elements that cannot be read stay behind their
 * neighbour; elements that are no longer wanted go.
 */
export function align<P>(
  wanted: readonly P[],
  have: readonly (P | undefined)[],
  elements: readonly unknown[],
  how: Alignment<P>,
): unknown[] {
  const partner = pair(wanted, have, how.identity);
  const result: unknown[] = [];
  const kept = new Set(partner.values());
  const followers = new Map<number, unknown[]>();
  let anchor = -1;
  for (let index = 0; index < elements.length; index += 1) {
    if (have[index] !== undefined) {
      if (kept.has(index)) anchor = index;
      continue;
    }
    const behind = followers.get(anchor);
    if (behind === undefined) followers.set(anchor, [elements[index]]);
    else behind.push(elements[index]);
  }
  const follow = (index: number): void => {
    for (const element of followers.get(index) ?? []) result.push(element);
  };
  follow(-1);
  wanted.forEach((item, position) => {
    const index = partner.get(position);
    if (index === undefined) result.push(how.write(item));
    else {
      result.push(how.put(item, elements[index], index));
      follow(index);
    }
  });
  return result.filter((element) => element !== undefined);
}

/** For each wanted position the element that it keeps: equal readings first, then equal identities, the strongest first. */
function pair<P>(
  wanted: readonly P[],
  have: readonly (P | undefined)[],
  identity: ((value: P) => readonly (string | undefined)[]) | undefined,
): Map<number, number> {
  const partner = new Map<number, number>();
  const free = new Set(have.keys());
  const match = (name: (value: P) => string | undefined): void => {
    const byName = new Map<string, { indexes: number[]; next: number }>();
    for (const index of free) {
      const value = have[index];
      const key = value === undefined ? undefined : name(value);
      if (key === undefined) continue;
      const same = byName.get(key);
      if (same === undefined) byName.set(key, { indexes: [index], next: 0 });
      else same.indexes.push(index);
    }
    wanted.forEach((item, position) => {
      if (partner.has(position)) return;
      const key = name(item);
      const same = key === undefined ? undefined : byName.get(key);
      const index = same?.indexes[same.next];
      if (same === undefined || index === undefined) return;
      same.next += 1;
      partner.set(position, index);
      free.delete(index);
    });
  };
  match(fingerprint);
  const rounds = identity === undefined ? 0 : Math.max(0, ...wanted.slice(0, 1).map((item) => identity(item).length));
  for (let round = 0; round < rounds; round += 1) match((value) => identity?.(value)[round]);
  return partner;
}
