import { distanceOf } from '../check/nearest.js';

/** The names that are nearest to what somebody typed, the nearest first; none where nothing is near. */
export function nearest(typed: string, names: readonly string[], most = 5): string[] {
  const wanted = typed.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => {
      const known = name.toLowerCase();
      return { name, distance: wanted.length > 2 && known.includes(wanted) ? 0 : distanceOf(wanted, known) };
    })
    .filter((one) => one.distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}
