import type { Loss } from '../../lens/diff.js';

/** Lists that are kept apart, before it begins anew: it bounds what they take in memory. */
const MOST = 10_000;

/** Gives the same list for the same losses, so that what is made of a list need be made once: a run of millions has a few hundred. */
export function lossSets(most: number = MOST): (losses: readonly Loss[]) => readonly Loss[] {
  /** By their locations, which tell most of them apart. */
  const known = new Map<string, (readonly Loss[])[]>();
  let size = 0;
  return (losses) => {
    let key = '';
    for (const { expression } of losses) key += `${expression}\n`;
    const alike = known.get(key) ?? [];
    for (const list of alike) if (isSame(list, losses)) return list;
    if (size >= most) {
      known.clear();
      size = 0;
    }
    size += 1;
    known.set(key, [...alike, losses]);
    return losses;
  };
}

function isSame(one: readonly Loss[], other: readonly Loss[]): boolean {
  return one.length === other.length && one.every((loss, index) => isSameLoss(loss, other[index]));
}

function isSameLoss({ expression, path, kind, class: of, reason, remedy }: Loss, other: Loss | undefined): boolean {
  return (
    expression === other?.expression &&
    path === other.path &&
    kind === other.kind &&
    of === other.class &&
    reason === other.reason &&
    remedy === other.remedy
  );
}
