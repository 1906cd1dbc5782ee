/**
 * Why a place of a resource is lost: a closed list.
 * - `no-field`: the payload has no field for it;
 * - `one-of-several`: the field holds one, and another one was read;
 * - `text-only`: the field holds words, and this is the code or the reference behind them;
 * - `duplicate`: the same stands in the list before it;
 * - `over-limit`: it is over a limit of the field, which is never cut;
 * - `partial-date`: a date without a time, where the field takes date-times only;
 * - `unresolved`: what it points at is not in reach, or has no id that can be read;
 * - `unmapped`: the map of ids does not know what it points at;
 * - `other-target`: it points at a type that the field cannot name;
 * - `words-only`: it names what it points at in words, and the field holds an id;
 * - `other-system`: a code of a system that the field is not for, and would lose;
 * - `denied`: what it points at says that it is not so;
 * - `incomplete`: an item that lacks what the payload's item must have;
 * - `no-value`: it says only that there is no value;
 * - `unsupported`: the field takes no such value;
 * - `nearest`: the payload has the nearest value that the field takes;
 * - `joined`: the payload has it, joined with others to one text;
 * - `markup`: the payload has the words, without their mark-up;
 * - `same`: the payload says the same in another way;
 * - `beside`: the conversion gives it beside the payload;
 * - `on-upload`: ClinikAPI sets it when it stores a record;
 * - `order`: the payload has the items, in another order;
 * - `written`: the resource of the payload says it, and the one that was read does not.
 */
export type LossReason =
  | 'no-field'
  | 'one-of-several'
  | 'text-only'
  | 'duplicate'
  | 'over-limit'
  | 'partial-date'
  | 'unresolved'
  | 'unmapped'
  | 'other-target'
  | 'words-only'
  | 'other-system'
  | 'denied'
  | 'incomplete'
  | 'no-value'
  | 'unsupported'
  | 'nearest'
  | 'joined'
  | 'markup'
  | 'same'
  | 'beside'
  | 'on-upload'
  | 'order'
  | 'written';

type Step = string | number;

/** Why a reading skipped what stands at some places, step by step from the root. */
export interface Unread {
  /** Why at the place itself. */
  here: LossReason | undefined;
  /** Why somewhere inside of it; the first one counts. */
  inside: LossReason | undefined;
  below: Map<Step, Unread> | undefined;
}

/** Nothing noted yet. */
export const nothingUnread = (): Unread => ({ here: undefined, inside: undefined, below: undefined });

/** Notes why nothing is read at a place. */
export function addUnread(root: Unread, steps: readonly Step[], reason: LossReason): void {
  let place = root;
  for (const step of steps) {
    place.inside ??= reason;
    place.below ??= new Map();
    let next = place.below.get(step);
    if (next === undefined) {
      next = nothingUnread();
      place.below.set(step, next);
    }
    place = next;
  }
  place.here = reason;
}

/**
 * Why a reading skipped what stands at a place: what lies inside of it tells more than the place itself, and where nothing is known of
 * it what was skipped around it tells.
 */
export function reasonAt(at: readonly Step[], root: Unread | undefined): LossReason | undefined {
  let place = root;
  let around: LossReason | undefined;
  for (let index = 0; index < at.length && place !== undefined; index += 1) {
    around = place.here ?? around;
    place = place.below?.get(at[index] ?? 0);
  }
  return place?.inside ?? place?.here ?? around;
}
