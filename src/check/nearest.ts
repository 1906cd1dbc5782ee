/** The name that somebody meant who wrote another one; undefined where none is near enough to be sure. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const one of names) {
    const distance = distanceOf(name.toLowerCase(), one.toLowerCase());
    if (distance <= Math.max(1, one.length / 3) && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { name: one, distance };
  }
  return best?.name;
}

/** How many letters have to be put in, left out or changed to make one word of the other (Levenshtein). */
export function distanceOf(a: string, b: string): number {
  // A word that is so much longer is not near, and need not be measured.
  if (Math.abs(a.length - b.length) > b.length) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
