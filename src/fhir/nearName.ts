/** Shorter names are one edit away from too many. */
const SHORTEST = 3;

/**
 * The first of some published names that is one edit away from a name that somebody wrote: a letter put in, left out or changed. Of a
 * name that nobody knows this is all that may be said, for it could be a value of the record.
 */
export function nearName(name: string, names: Iterable<string>): string | undefined {
  for (const one of names) if (one.length >= SHORTEST && isOneEditAway(name, one)) return one;
  return undefined;
}

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restOfA, restOfB] = [
    a.slice(start + (a.length < b.length ? 0 : 1)),
    b.slice(start + (b.length < a.length ? 0 : 1)),
  ];
  return a !== b && restOfA === restOfB;
}

/** A sentence that names what was probably meant; empty where nothing is near. */
export function meantName(name: string, names: Iterable<string>): string {
  const near = nearName(name, names);
  return near === undefined ? '' : ` It is one letter away from ${near}.`;
}
