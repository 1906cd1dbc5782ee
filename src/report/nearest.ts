import { distance } from 'fastest-levenshtein';

/** The name that somebody meant who wrote another one; undefined where none is near enough to be sure. */
export function nameMeant(written: string, names: readonly string[]): string | undefined {
  const [first] = byDistance(written, names, distance).filter(
    (one) => one.distance <= Math.max(1, one.name.length / 3),
  );
  return first?.name;
}

/** The names that are near to what somebody typed, or hold it, the nearest first; none where nothing is near. */
export function namesNear(typed: string, names: readonly string[], most = 5): string[] {
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  const measure = (wanted: string, known: string): number =>
    wanted.length > 2 && known.includes(wanted) ? 0 : distance(wanted, known);
  return byDistance(typed, names, measure)
    .filter((one) => one.distance <= allowed)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Names with their distance from a text, in any letter case; those of one distance in the order in which they were given. */
function byDistance(
  text: string,
  names: readonly string[],
  measure: (a: string, b: string) => number,
): { readonly name: string; readonly distance: number }[] {
  const wanted = text.toLowerCase();
  return names
    .map((name) => ({ name, distance: measure(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
}
