import type { Slicing } from '../../profiles/definition.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Walk } from '../walk.js';
import { notePart, reportProfile } from './findings.js';
import type { Item } from './items.js';
import { noteSupport } from './mustSupport.js';
import { focused } from './navigate.js';
import { isInSlice, type LookAtItem, slicingOf } from './slices.js';
import type { Held } from './use.js';

/** Everything that looks at the items of one sliced element. */
interface Look {
  readonly held: Held;
  readonly walk: Walk;
  readonly isChoice: boolean;
  /** The name by which locations have the element. */
  readonly shown: string;
  readonly lookAtItem: LookAtItem;
}

export const needs = (min: number, id: string): string =>
  min === 1 ? `requires ${id}` : `requires ${id} at least ${min} times`;
export const allows = (max: number, id: string): string =>
  max === 0 ? `does not allow ${id}` : max === 1 ? `allows ${id} once` : `allows ${id} at most ${max} times`;

/** The slice of what fits no other one. */
const DEFAULT = '@default';

/** Tells the items of an element apart, and holds each to its slice (https://hl7.org/fhir/R4/profiling.html#slicing). */
export function lookAtSlices(overlay: Overlay, items: readonly Item[], look: Look, above?: Slicing): void {
  const { held, walk, isChoice } = look;
  const slicing = slicingOf(overlay.slicing === undefined ? { ...overlay, slicing: above } : overlay, isChoice);
  if (slicing === undefined || slicing.discriminators.length === 0) {
    if (overlay.slices.size > 0) notePart(walk, held, `Nothing tells the slices of ${overlay.id} apart`);
    return;
  }
  const slices = [...overlay.slices].flatMap(([name, slice]) => (name === DEFAULT ? [] : [slice]));
  const { members, rest, unsure } = sort(overlay, slices, slicing, items, look);
  for (const slice of slices) {
    const its = members.get(slice) ?? [];
    count(slice, its.length, unsure.has(slice), look);
    for (const item of its) focused(item, walk, () => look.lookAtItem(slice, item, held, walk));
    if (slice.slices.size > 0) lookAtSlices(slice, its, look, slicing);
  }
  const other = overlay.slices.get(DEFAULT);
  if (other !== undefined) count(other, rest.length, unsure.size > 0, look);
  for (const item of rest) {
    if (other !== undefined) focused(item, walk, () => look.lookAtItem(other, item, held, walk));
    else if (slicing.rules === 'closed' && unsure.size === 0)
      focused(item, walk, () =>
        reportProfile(walk, held, 'profile-slice-closed', `allows only its slices in ${overlay.id}`),
      );
  }
}

/** Holds the number of items of a slice to what it asks for, unless nobody knows which are its own. */
function count(slice: Overlay, items: number, isUnsure: boolean, { held, walk, shown }: Look): void {
  const { min, max, id } = slice;
  if (items > max) reportProfile(walk, held, 'profile-max', allows(max, id), shown);
  noteSupport(slice, items, held, walk, shown);
  if (items >= min) return;
  if (isUnsure) notePart(walk, held, `Nobody can tell here what of the record is ${id}`);
  else reportProfile(walk, held, 'profile-min', needs(min, id), shown);
}

interface Sorted {
  readonly members: ReadonlyMap<Overlay, readonly Item[]>;
  /** What fits no slice. */
  readonly rest: readonly Item[];
  /** The slices that something may be one of. */
  readonly unsure: ReadonlySet<Overlay>;
}

function sort(
  overlay: Overlay,
  slices: readonly Overlay[],
  slicing: Slicing,
  items: readonly Item[],
  { held, walk, lookAtItem }: Look,
): Sorted {
  const members = new Map<Overlay, Item[]>(slices.map((slice) => [slice, []]));
  const rest: Item[] = [];
  const unsure = new Set<Overlay>();
  let last = -1;
  const order = (item: Item, says: string): void =>
    focused(item, walk, () => reportProfile(walk, held, 'profile-slice-order', says));
  for (const item of items) {
    const position = slices.findIndex((slice) => {
      const answer = isInSlice(slice, slicing, item, held, walk, lookAtItem);
      if (answer === undefined) unsure.add(slice);
      return answer === true;
    });
    const slice = slices[position];
    if (slice === undefined) {
      rest.push(item);
      continue;
    }
    members.get(slice)?.push(item);
    if (slicing.rules === 'openAtEnd' && rest.length > 0)
      order(item, `wants what fits no slice of ${overlay.id} at its end`);
    if (slicing.isOrdered && position < last) order(item, `wants the slices of ${overlay.id} in their order`);
    last = Math.max(last, position);
  }
  return { members, rest, unsure };
}
