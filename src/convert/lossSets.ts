import type { Loss } from '../lens/diff.js';

/** Lists that are kept apart, before it begins anew: it bounds what they take in memory. */
const MOST = 10_000;

/** Gives the same list for the same losses, so that what is made of a list need be made once: a run of millions has a few hundred. */
export function lossSets(most: number = MOST): (losses: readonly Loss[]) => readonly Loss[] {
  const known = new Map<string, readonly Loss[]>();
  return (losses) => {
    let key = '';
    for (const { expression, path, kind, class: of, reason, remedy } of losses)
      key += `${expression} ${path} ${kind} ${of} ${reason} ${remedy}\n`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    known.set(key, losses);
    return losses;
  };
}
