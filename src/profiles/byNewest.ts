const { compare } = new Intl.Collator('en', { numeric: true });

/** Puts the newest version first; a release comes before what led to it (`2.0.0` before `2.0.0-ballot`). */
export function byNewest(a: string | undefined, b: string | undefined): number {
  const [[one = '', ...before], [other = '', ...after]] = [(a ?? '').split('-'), (b ?? '').split('-')];
  return compare(other, one) || before.length - after.length || compare(after.join('-'), before.join('-'));
}
