import { isObject, type JsonObject } from '../../lens/json.js';
import { checkInvariants } from '../invariants.js';
import { isText } from '../primitive.js';
import { MAX_DEPTH, type Walk } from '../walk.js';
import { type Glance, type ReferenceTest, type Slot, slotAfter } from './shape.js';

/**
 * True for a value of the property in focus of which a full look would surely report nothing: nearly all are such. A glance keeps no
 * account of where it is and builds nothing. False says nothing: the full look, which reports, is then the one that counts.
 */
export function isSurelyFine(value: unknown, { glance }: Slot, walk: Walk): boolean {
  if (glance.kind === 'never') return false;
  const { budget } = walk;
  walk.isGlance = true;
  walk.isInDoubt = false;
  let isFine = false;
  try {
    isFine = isPropertyFine(value, glance, walk, walk.depth) && !walk.isInDoubt;
  } catch {
    // A property that throws when it is read: the full look knows where.
  }
  walk.isGlance = false;
  if (!isFine) walk.budget = budget;
  return isFine;
}

function isPropertyFine(value: unknown, glance: Glance, walk: Walk, depth: number): boolean {
  if (!glance.isList) return isItemFine(value, glance, walk, depth);
  if (!Array.isArray(value) || value.length === 0) return false;
  walk.budget -= value.length;
  for (let index = 0; index < value.length; index += 1) {
    if (!isItemFine(value[index], glance, walk, depth)) return false;
  }
  return true;
}

function isItemFine(value: unknown, glance: Glance, walk: Walk, depth: number): boolean {
  if (glance.kind === 'value') return glance.fits(value, walk);
  if (glance.kind === 'never' || !isObject(value)) return false;
  if (glance.isPlain !== undefined && isUsualReference(value, glance.isPlain, walk, depth + 1)) return true;
  return isObjectFine(value, glance, walk, depth + 1) && passes(value, glance, walk);
}

/** True for an object whose properties are fine, and have all that its type asks of them. */
function isObjectFine(node: JsonObject, glance: Glance, walk: Walk, depth: number): boolean {
  if (!isWithin(depth, walk)) return false;
  glance.shape ??= glance.shapeOf();
  const { shape } = glance;
  let seen = 0;
  let last: Slot | undefined;
  for (const key in node) {
    const slot = slotAfter(last, key, shape);
    if (slot === undefined || (seen & slot.choice) !== 0) return false;
    seen |= slot.bits;
    if (!isPropertyFine(node[key], slot.glance, walk, depth)) return false;
    last = slot;
  }
  if ((seen & shape.needed) !== shape.needed) return false;
  checkInvariants(shape.invariants, node, undefined, walk.findings.length, walk, seen);
  return true;
}

/** True for what most objects are: a Reference to one `[type]/[id]`, with or without a text to show. */
function isUsualReference(node: JsonObject, isPlain: ReferenceTest, walk: Walk, depth: number): boolean {
  const { reference } = node;
  if (typeof reference !== 'string' || !isPlain(reference, walk)) return false;
  for (const key in node) if (key !== 'reference' && !(key === 'display' && isTextFine(node[key]))) return false;
  return isWithin(depth, walk);
}

/** True where there is room for one more object. */
function isWithin(depth: number, walk: Walk): boolean {
  walk.budget -= 1;
  return depth <= MAX_DEPTH && walk.budget >= 0;
}

const isTextFine = (value: unknown): boolean => typeof value === 'string' && value !== '' && isText(value);

/** True where what else is asked of an object holds, as far as nothing was reported of it. */
function passes(value: JsonObject, glance: Glance, walk: Walk): boolean {
  const since = walk.findings.length;
  glance.check?.(value, walk, since);
  if (glance.invariantsOf !== undefined) checkInvariants(glance.invariantsOf(), value, undefined, since, walk);
  return !walk.isInDoubt;
}
