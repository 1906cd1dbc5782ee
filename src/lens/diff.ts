import { isObject, type JsonObject, own } from './json.js';
import { type LossReason, reasonAt, type Unread } from './reason.js';
import type { Step } from './scope.js';

/** One place where a resource and what its payload can say differ. It never holds a value. */
export interface Loss {
  /** The location with indexes. */
  readonly expression: string;
  /** The location without indexes, for counting. */
  readonly path: string;
  readonly kind: 'missing' | 'changed' | 'added';
  /** `record` for bookkeeping, `form` for what is the same thing said otherwise, `content` for all else. */
  readonly class: 'content' | 'form' | 'record';
  readonly reason: LossReason;
  /** What would let it come through, where the caller can do something. */
  readonly remedy?: Remedy;
}

/** What a caller can do about a loss: an option, or something that a reading could not reach. */
export type Remedy = 'partial-dates' | 'id-map' | 'add-record';

/** What a language says of a loss. */
export type Judgement = Pick<Loss, 'class' | 'reason' | 'remedy'>;

/** An RFC 6902 operation of the three kinds that a residue needs (https://www.rfc-editor.org/rfc/rfc6902). */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A place where two resources differ, with both values. */
export interface Difference {
  readonly at: readonly Step[];
  readonly kind: Loss['kind'];
  readonly before: unknown;
  readonly after: unknown;
  /** The location without indexes. */
  readonly path: string;
  /** Why it was skipped, where the reading has noted that. */
  readonly noted: LossReason | undefined;
}

/** The innermost objects that two values stand in. */
export interface Around {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What the diff needs to know of the language of the resource. */
export interface DiffLanguage {
  /** Names a location, with indexes and without. */
  locate(at: readonly Step[]): Place;
  /**
   * Tells bookkeeping from content, and why it is lost. `resource` is the whole of what was read. The difference and what is around it
   * hold for this call only: the next one has the same objects.
   */
  judge(difference: Difference, resource: JsonObject, around: Around): Judgement;
}

/** Where a difference is, in the words of the reports. */
export interface Place {
  readonly expression: string;
  readonly path: string;
}

/**
 * For the lists that a reading passed items over in, or took out of order: the indexes of the items that it took, in the
 * order in which a writing gives them back. A list that is not in it is compared position by position.
 */
export type Origins = ReadonlyMap<readonly unknown[], readonly number[]>;

/** What a reading has noted for the loss report. */
export interface Notes {
  readonly origins?: Origins | undefined;
  readonly unread?: Unread | undefined;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

interface Walk {
  readonly before: JsonObject;
  readonly language: DiffLanguage;
  readonly notes: Notes;
  readonly at: Step[];
  readonly losses: Loss[];
  readonly residue: Operation[] | undefined;
  /** What is judged at the moment; both are used again for each loss. */
  readonly difference: Writable<Difference>;
  readonly around: Writable<Around>;
}

/** The losses between a resource and the resource that its payload makes and, on request, the patch that leads back. */
export function diff(
  before: JsonObject,
  after: JsonObject,
  language: DiffLanguage,
  notes: Notes,
  options: { residue?: boolean } = {},
): { losses: Loss[]; residue: Operation[] | undefined } {
  const residue: Operation[] | undefined = options.residue === true ? [] : undefined;
  const at: Step[] = [];
  const difference: Writable<Difference> = { at, kind: 'missing', before, after, path: '', noted: undefined };
  const walk: Walk = {
    before,
    language,
    notes,
    at,
    losses: [],
    residue,
    difference,
    around: { before, after },
  };
  objects(before, after, walk);
  return { losses: walk.losses, residue };
}

function objects(before: JsonObject, after: JsonObject, walk: Walk): void {
  const { at } = walk;
  let added = 0;
  for (const _ in after) added += 1;
  for (const key in before) {
    const left = before[key];
    const right = own(after, key);
    if (right !== undefined) added -= 1;
    if (left === right) continue;
    at.push(key);
    if (right === undefined) lose('missing', left, right, before, after, walk);
    else values(left, right, before, after, walk);
    at.pop();
  }
  // Few objects have what was not there before.
  if (added === 0) return;
  for (const key in after) {
    if (Object.hasOwn(before, key)) continue;
    at.push(key);
    values(undefined, own(after, key), before, after, walk);
    at.pop();
  }
}

/** Compares two values; `within` and `beside` are the innermost objects that they stand in. */
function values(before: unknown, after: unknown, within: JsonObject, beside: JsonObject, walk: Walk): void {
  if (before === after) return;
  if (before === undefined) lose('added', before, after, within, beside, walk);
  else if (after === undefined) lose('missing', before, after, within, beside, walk);
  else if (typeof before !== 'object' || typeof after !== 'object')
    lose('changed', before, after, within, beside, walk);
  else if (Array.isArray(before) && Array.isArray(after)) arrays(before, after, within, beside, walk);
  else if (isObject(before) && isObject(after)) objects(before, after, walk);
  else lose('changed', before, after, within, beside, walk);
}

function lose(
  kind: Loss['kind'],
  before: unknown,
  after: unknown,
  within: JsonObject,
  beside: JsonObject,
  walk: Walk,
  isUnread = false,
): void {
  const { at, language, difference, around } = walk;
  const { expression, path } = language.locate(at);
  difference.kind = kind;
  difference.before = before;
  difference.after = after;
  difference.path = path;
  difference.noted = reasonAt(at, walk.notes.unread) ?? (isUnread ? 'one-of-several' : undefined);
  around.before = within;
  around.after = beside;
  const { class: of, reason, remedy } = language.judge(difference, walk.before, around);
  walk.losses.push(
    remedy === undefined
      ? { expression, path, kind, class: of, reason }
      : { expression, path, kind, class: of, reason, remedy },
  );
  if (walk.residue === undefined) return;
  const to = pointer(at);
  if (kind === 'added') walk.residue.push({ op: 'remove', path: to });
  else walk.residue.push({ op: kind === 'missing' ? 'add' : 'replace', path: to, value: before });
}

/** A JSON Pointer (RFC 6901). */
function pointer(at: readonly Step[]): string {
  let path = '';
  for (const step of at) path += `/${SPECIAL.test(String(step)) ? escaped(String(step)) : step}`;
  return path;
}

const SPECIAL = /[~/]/;
const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

function arrays(
  before: readonly unknown[],
  after: readonly unknown[],
  within: JsonObject,
  beside: JsonObject,
  walk: Walk,
): void {
  const taken = walk.notes.origins?.get(before);
  if (taken === undefined) {
    inOrder(before, after, undefined, within, beside, walk);
    return;
  }
  const partner = new Map(taken.slice(0, after.length).map((origin, index) => [origin, index]));
  if (isAscending(taken)) inOrder(before, after, partner, within, beside, walk);
  else {
    // Items that moved: the losses item by item and one for the order, the residue in one piece.
    inOrder(before, after, partner, within, beside, { ...walk, residue: undefined });
    walk.residue?.push({ op: 'replace', path: pointer(walk.at), value: before });
    const { expression, path } = walk.language.locate(walk.at);
    walk.losses.push({ expression, path, kind: 'changed', class: 'record', reason: 'order' });
  }
}

/**
 * Items whose counterparts stand in the same order: where `partner` has them, or at the same place without it. Those that were added
 * come first and from the end, so that the residue's indexes hold while it is applied.
 */
function inOrder(
  before: readonly unknown[],
  after: readonly unknown[],
  partner: ReadonlyMap<number, number> | undefined,
  within: JsonObject,
  beside: JsonObject,
  walk: Walk,
): void {
  const added = partner === undefined ? Math.min(before.length, after.length) : partner.size;
  for (let index = after.length - 1; index >= added; index -= 1)
    item(index, undefined, after[index], within, beside, walk);
  for (let index = 0; index < before.length; index += 1) {
    const counterpart = partner === undefined ? index : (partner.get(index) ?? after.length);
    const [left, right] = [before[index], counterpart < after.length ? after[counterpart] : undefined];
    if (left !== right) item(index, left, right, within, beside, walk);
  }
}

function item(
  index: number,
  before: unknown,
  after: unknown,
  within: JsonObject,
  beside: JsonObject,
  walk: Walk,
): void {
  walk.at.push(index);
  if (before !== undefined && after === undefined) lose('missing', before, after, within, beside, walk, true);
  else values(before, after, within, beside, walk);
  walk.at.pop();
}

function isAscending(indexes: readonly number[]): boolean {
  for (let i = 1; i < indexes.length; i += 1) if ((indexes[i] ?? 0) < (indexes[i - 1] ?? 0)) return false;
  return true;
}
