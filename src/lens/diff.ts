import { isObject, type JsonObject, own } from './json.js';
import type { Step } from './scope.js';

/** One place where a resource and what its payload can say differ. It never holds a value. */
export interface Loss {
  /** The location with indexes. */
  readonly expression: string;
  /** The location without indexes, for counting. */
  readonly path: string;
  readonly kind: 'missing' | 'changed' | 'added';
  /** `record` for bookkeeping, `content` for all else. */
  readonly class: 'content' | 'record';
}

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
}

/** What the diff needs to know of the language of the resource. */
export interface DiffLanguage {
  /** Names a location, with indexes and without. */
  locate(at: readonly Step[]): Place;
  /** Tells bookkeeping from content. `resource` is the whole of what was read. */
  classify(difference: Difference, resource: JsonObject): Loss['class'];
}

/** Where a difference is, in the words of the reports. */
export interface Place {
  readonly expression: string;
  readonly path: string;
}

interface Walk {
  readonly before: JsonObject;
  readonly language: DiffLanguage;
  readonly at: Step[];
  readonly losses: Loss[];
  readonly residue: Operation[] | undefined;
  /** How many values were found the same so far, and how many not. */
  same: number;
  different: number;
}

/** The losses between a resource and the resource that its payload makes and, on request, the patch that leads back. */
export function diff(
  before: JsonObject,
  after: JsonObject,
  language: DiffLanguage,
  options: { residue?: boolean } = {},
): { losses: Loss[]; residue: Operation[] | undefined } {
  const residue: Operation[] | undefined = options.residue === true ? [] : undefined;
  const walk: Walk = { before, language, at: [], losses: [], residue, same: 0, different: 0 };
  objects(before, after, walk);
  return { losses: walk.losses, residue };
}

function objects(before: JsonObject, after: JsonObject, walk: Walk): void {
  for (const key in before) {
    walk.at.push(key);
    values(before[key], own(after, key), walk);
    walk.at.pop();
  }
  for (const key in after) {
    if (own(before, key) !== undefined) continue;
    walk.at.push(key);
    values(undefined, own(after, key), walk);
    walk.at.pop();
  }
}

function values(before: unknown, after: unknown, walk: Walk): void {
  if (before === after) {
    walk.same += 1;
    return;
  }
  if (before === undefined) lose('added', before, after, walk);
  else if (after === undefined) lose('missing', before, after, walk);
  else if (Array.isArray(before) && Array.isArray(after)) arrays(before, after, walk);
  else if (isObject(before) && isObject(after)) objects(before, after, walk);
  else lose('changed', before, after, walk);
}

function lose(kind: Loss['kind'], before: unknown, after: unknown, walk: Walk): void {
  const { at, language } = walk;
  walk.different += 1;
  const { expression, path } = language.locate(at);
  walk.losses.push({ expression, path, kind, class: language.classify({ at, kind, before, after }, walk.before) });
  if (walk.residue === undefined) return;
  const to = pointer(at);
  if (kind === 'added') walk.residue.push({ op: 'remove', path: to });
  else walk.residue.push({ op: kind === 'missing' ? 'add' : 'replace', path: to, value: before });
}

/** A JSON Pointer (RFC 6901). */
function pointer(at: readonly Step[]): string {
  return at.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function arrays(before: readonly unknown[], after: readonly unknown[], walk: Walk): void {
  if (before.length !== after.length || !side(before, after, walk)) aligned(before, after, walk);
}

/**
 * Compares the items of two lists of one length position by position. False, and nothing recorded, where an item has so
 * little in common with its counterpart that the lists must have been put in another order.
 */
function side(before: readonly unknown[], after: readonly unknown[], walk: Walk): boolean {
  const mark = {
    losses: walk.losses.length,
    residue: walk.residue?.length ?? 0,
    same: walk.same,
    different: walk.different,
  };
  for (let index = 0; index < before.length; index += 1) {
    const { same, different } = walk;
    item(index, before[index], after[index], walk);
    if (before.length === 1 || walk.same - same >= walk.different - different) continue;
    walk.losses.length = mark.losses;
    if (walk.residue !== undefined) walk.residue.length = mark.residue;
    walk.same = mark.same;
    walk.different = mark.different;
    return false;
  }
  return true;
}

function aligned(before: readonly unknown[], after: readonly unknown[], walk: Walk): void {
  const partner = partners(before, after);
  const inOrder = partner.every(
    (index, i) => index === undefined || partner.slice(0, i).every((p) => p === undefined || p < index),
  );
  if (!inOrder) {
    scattered(before, after, partner, walk);
    return;
  }
  const used = new Set(partner);
  for (let index = after.length - 1; index >= 0; index -= 1) {
    if (!used.has(index)) item(index, undefined, after[index], walk);
  }
  before.forEach((value, index) => {
    const other = partner[index];
    item(index, value, other === undefined ? undefined : after[other], walk);
  });
}

/** Items that moved: the losses item by item, the residue in one piece. */
function scattered(
  before: readonly unknown[],
  after: readonly unknown[],
  partner: (number | undefined)[],
  walk: Walk,
): void {
  const quiet: Walk = { ...walk, residue: undefined, same: 0, different: 0 };
  const used = new Set(partner);
  after.forEach((value, index) => {
    if (!used.has(index)) item(index, undefined, value, quiet);
  });
  before.forEach((value, index) => {
    const other = partner[index];
    item(index, value, other === undefined ? undefined : after[other], quiet);
  });
  walk.residue?.push({ op: 'replace', path: pointer(walk.at), value: before });
}

function item(index: number, before: unknown, after: unknown, walk: Walk): void {
  walk.at.push(index);
  values(before, after, walk);
  walk.at.pop();
}

/** For each item of one list its counterpart in the other, by what they share; beyond 64 unsettled items by position. */
function partners(before: readonly unknown[], after: readonly unknown[]): (number | undefined)[] {
  const partner: (number | undefined)[] = new Array(before.length).fill(undefined);
  const open: number[] = [];
  const free = new Set<number>(after.keys());
  before.forEach((value, index) => {
    const settled = index < after.length && alike(value, after[index]);
    if (!settled) open.push(index);
    else {
      partner[index] = index;
      free.delete(index);
    }
  });
  if (open.length > 64 || free.size > 64) {
    for (const index of open) {
      if (!free.delete(index)) continue;
      partner[index] = index;
    }
    return partner;
  }
  const scored = open.flatMap((index) =>
    [...free].map((other) => ({ index, other, score: shared(before[index], after[other]) })),
  );
  scored.sort((a, b) => b.score - a.score || a.index - b.index || a.other - b.other);
  for (const { index, other, score } of scored) {
    if (score === 0 || partner[index] !== undefined || !free.has(other)) continue;
    partner[index] = other;
    free.delete(other);
  }
  return partner;
}

/** True where at least half of what an item holds stands in the other one too. */
function alike(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || before === null) return false;
  return shared(before, after) * 2 >= leaves(before);
}

function leaves(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leaves(item), 0);
  if (!isObject(value)) return 1;
  let sum = 0;
  for (const key in value) sum += leaves(own(value, key));
  return sum;
}

function shared(before: unknown, after: unknown): number {
  if (before === after) return 1;
  if (Array.isArray(before) && Array.isArray(after)) {
    let sum = 0;
    for (let index = 0; index < before.length && index < after.length; index += 1)
      sum += shared(before[index], after[index]);
    return sum;
  }
  if (!isObject(before) || !isObject(after)) return 0;
  let sum = 0;
  for (const key in before) sum += shared(own(before, key), own(after, key));
  return sum;
}
