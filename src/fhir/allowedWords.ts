import { distance } from 'fastest-levenshtein';
import type { Binding } from './definitions.js';

/** How many names are said before the rest is only counted. */
const MOST_CODES = 16;
const MOST_TYPES = 6;
const MOST_NEAR = 3;

/** The name of a value set, its address, and how binding it is. */
const nameOf = ({ name, valueSet, strength }: Binding): string => `${name} (${valueSet}, ${strength})`;

/** A sentence that says which codes a binding takes: all of a few, else the set's name and, of many, those near to what was written. */
export function codesAllowed(binding: Binding, given: unknown): string {
  const { codes } = binding;
  const listed = [...codes.values()];
  const all = [...new Set(listed.flatMap((set) => (set === undefined ? [] : [...set])))];
  const isListed = all.length > 0 && listed.every((set) => set !== undefined);
  if (!isListed) return `The code is not one of ${nameOf(binding)}.`;
  if (all.length <= MOST_CODES)
    return `The code is not one of ${all.join(', ')} (${binding.name}, ${binding.strength}).`;
  return `The code is not one of the ${all.length} of ${nameOf(binding)}${nearTo(given, all)}.`;
}

/** The same of an element that needs a code and has none. */
export const codeRequired = ({ name, valueSet }: Binding): string =>
  `R4 requires a code of ${name} (${valueSet}) here, and there is none.`;

/** A sentence that says which types a reference may lead to, and which it leads to. */
export function targetsAllowed(element: string, allowed: Iterable<string>, target: string): string {
  return `${element} takes ${typeNames(allowed)}, not ${target}.`;
}

/** Names of types, of many only the first. */
export function typeNames(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.length > MOST_TYPES + 1 ? all.slice(0, MOST_TYPES) : all;
  const rest = all.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} or ${rest} other types` : enumerated(shown);
}

/** `A`, `A or B`, `A, B or C`. */
export function enumerated(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** `; near it: a, b`, of published names near to what somebody wrote; empty where none is. */
export function nearTo(written: unknown, names: Iterable<string>): string {
  const near = typeof written === 'string' ? namesNear(written, names) : [];
  return near.length === 0 ? '' : `; near it: ${near.join(', ')}`;
}

/** Shorter names are near to too many; longer ones are none that somebody mistyped, and would take long to compare. */
const SHORTEST = 3;
const LONGEST = 64;

/** Published names near to one that somebody wrote, the nearest first. */
function namesNear(written: string, names: Iterable<string>): string[] {
  if (written.length < SHORTEST || written.length > LONGEST) return [];
  const wanted = written.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return [...names]
    .map((name) => ({ name, apart: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, apart }) => apart <= most && name.length >= SHORTEST && name !== written)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}
