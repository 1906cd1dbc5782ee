const { compare } = new Intl.Collator('en', { numeric: true });

/** True where a version is the one that is asked for; `6.5.x` asks for any that begins so. */
export function satisfies(version: string | undefined, asked: string): boolean {
  return version === asked || (asked.endsWith('.x') && version?.startsWith(asked.slice(0, -1)) === true);
}

/** Puts the newest version first; a release comes before what led to it (`2.0.0` before `2.0.0-ballot`). */
export function byNewest(a: string | undefined, b: string | undefined): number {
  const [[one = '', ...before], [other = '', ...after]] = [(a ?? '').split('-'), (b ?? '').split('-')];
  return compare(other, one) || before.length - after.length || compare(after.join('-'), before.join('-'));
}
