import type { Slicing } from '../../profiles/definition.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Walk } from '../walk.js';
import { notePart, reportProfile } from './findings.js';
import type { Item } from './items.js';
import { noteSupport } from './mustSupport.js';
import { focused } from './navigate.js';
import { isInSlice, type LookAtItem, slicingOf } from './slices.js';
import { type Held, isTelling } from './use.js';

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

/** What is known of a slice that is sliced again. */
interface Above {
  readonly slicing: Slicing;
  /** True where something else may be one of the slice. */
  readonly isUnsure: boolean;
}

/** Parts of a slice may be told apart as the slice is; how far their list is closed or in order the slice says itself. */
function within(slicing: Slicing | undefined, above: Above | undefined): Slicing | undefined {
  if (above === undefined || (slicing !== undefined && slicing.discriminators.length > 0)) return slicing;
  return { rules: 'open', isOrdered: false, ...slicing, discriminators: above.slicing.discriminators };
}

/** Tells the items of an element apart, and holds each to its slice (https://hl7.org/fhir/R4/profiling.html#slicing). */
export function lookAtSlices(overlay: Overlay, items: readonly Item[], look: Look, above?: Above): void {
  const { held, walk, isChoice } = look;
  const slicing = slicingOf({ ...overlay, slicing: within(overlay.slicing, above) }, isChoice);
  if (slicing === undefined || slicing.discriminators.length === 0) {
    if (overlay.slices.size > 0) notePart(walk, held, `Nothing tells the slices of ${overlay.id} apart`);
    return;
  }
  const slices = [...overlay.slices].flatMap(([name, slice]) => (name === DEFAULT ? [] : [slice]));
  const { members, rest, unsure, isAnyUntold } = sort(overlay, slices, slicing, items, look);
  for (const slice of slices) {
    const its = members.get(slice) ?? [];
    const isUnsure = above?.isUnsure === true || unsure.has(slice);
    count(slice, its.length, isUnsure, look);
    for (const item of its) focused(item, walk, () => look.lookAtItem(slice, item, held, walk));
    if (slice.slices.size > 0) lookAtSlices(slice, its, look, { slicing, isUnsure });
  }
  const other = overlay.slices.get(DEFAULT);
  if (other !== undefined) count(other, rest.length, above?.isUnsure === true || isAnyUntold, look);
  for (const item of rest) {
    if (other !== undefined) focused(item, walk, () => look.lookAtItem(other, item, held, walk));
    else if (slicing.rules === 'closed')
      focused(item, walk, () =>
        reportProfile(walk, held, 'profile-slice-closed', `allows only its slices in ${overlay.id}`),
      );
  }
}

/** Holds the number of items of a slice to what it asks for; says so where nobody knows which are its own. */
function count(slice: Overlay, items: number, isUnsure: boolean, { held, walk, shown }: Look): void {
  const { min, max, id } = slice;
  if (items > max) reportProfile(walk, held, 'profile-max', allows(max, id), shown);
  if (isUnsure) {
    if (items < min || !isTelling(held.use)) notePart(walk, held, `Nobody can tell here what of the record is ${id}`);
    return;
  }
  noteSupport(slice, items, held, walk, shown);
  if (items < min) reportProfile(walk, held, 'profile-min', needs(min, id), shown);
}

interface Sorted {
  readonly members: ReadonlyMap<Overlay, readonly Item[]>;
  /** What fits no slice. */
  readonly rest: readonly Item[];
  /** The slices that something may be one of. */
  readonly unsure: ReadonlySet<Overlay>;
  /** True where nobody can tell of an item whether it fits a slice: it is neither in one nor among the rest. */
  readonly isAnyUntold: boolean;
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
  let [last, isAnyUntold] = [-1, false];
  const order = (item: Item, says: string): void =>
    focused(item, walk, () => reportProfile(walk, held, 'profile-slice-order', says));
  for (const item of items) {
    let isUntold = false;
    const position = slices.findIndex((slice) => {
      const answer = isInSlice(slice, slicing, item, held, walk, lookAtItem);
      if (answer === undefined) {
        unsure.add(slice);
        isUntold = true;
      }
      return answer === true;
    });
    const slice = slices[position];
    if (slice === undefined) {
      if (isUntold) isAnyUntold = true;
      else rest.push(item);
      continue;
    }
    members.get(slice)?.push(item);
    if (slicing.rules === 'openAtEnd' && rest.length > 0)
      order(item, `wants what fits no slice of ${overlay.id} at its end`);
    if (slicing.isOrdered && position < last) order(item, `wants the slices of ${overlay.id} in their order`);
    last = Math.max(last, position);
  }
  return { members, rest, unsure, isAnyUntold };
}
