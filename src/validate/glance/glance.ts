import { isObject, type JsonObject } from '../../lens/json.js';
import { checkInvariants } from '../invariants.js';
import { isText } from '../primitive.js';
import { MAX_DEPTH, type Walk } from '../walk.js';
import { forget, note } from './fine.js';
import { type Glance, type ReferenceTest, type Slot, slotAfter } from './shape.js';

/**
 * True for a value of the property in focus, or with `isList` false for an item of it, of which a full look would surely report nothing:
 * nearly all are such. A glance keeps no account of where it is and builds nothing. False says nothing: the full look, which reports, is
 * then the one that counts. It finds in `walk.fine` what it need not look at again.
 */
export function isSurelyFine(value: unknown, glance: Glance, walk: Walk, isList = glance.isList): boolean {
  forget(walk.fine);
  if (glance.kind === 'never') return false;
  const { budget, depth } = walk;
  walk.isGlance = true;
  walk.isInDoubt = false;
  let isFine = false;
  try {
    isFine = isList ? isListFine(value, glance, walk, depth) : isItemFine(value, glance, walk, depth);
  } catch {
    // A property that throws when it is read: the full look knows where.
    walk.budget = budget;
    forget(walk.fine);
  }
  walk.isGlance = false;
  return isFine;
}

function isListFine(value: unknown, glance: Glance, walk: Walk, depth: number): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > walk.budget) return false;
  walk.budget -= value.length;
  for (let index = 0; index < value.length; index += 1) {
    if (isItemFine(value[index], glance, walk, depth)) continue;
    note(walk.fine.items, index, walk.fine, depth);
    walk.budget += value.length;
    return false;
  }
  return true;
}

function isItemFine(value: unknown, glance: Glance, walk: Walk, depth: number): boolean {
  if (glance.kind === 'value') return glance.fits(value, walk) && !walk.isInDoubt;
  if (glance.kind === 'never' || !isObject(value)) return false;
  if (glance.isPlain !== undefined && isUsualReference(value, glance.isPlain, walk, depth + 1)) return true;
  if (!isWithin(depth + 1, walk)) return false;
  const fine = countFine(value, glance, walk, depth + 1);
  if (fine === ALL && passes(value, glance, walk)) return true;
  note(walk.fine.properties, fine, walk.fine, depth + 1);
  walk.budget += 1;
  return false;
}

/** More properties than any object has. */
const ALL = 1_000_000_000;

/** How many of an object's properties are fine before one that is in doubt. */
function countFine(node: JsonObject, glance: Glance, walk: Walk, depth: number): number {
  glance.shape ??= glance.shapeOf();
  const { shape } = glance;
  let fine = 0;
  let seen = 0;
  let last: Slot | undefined;
  for (const key in node) {
    const slot = slotAfter(last, key, shape);
    if (slot === undefined || (seen & slot.choice) !== 0) return fine;
    seen |= slot.bits;
    const value = node[key];
    const below = slot.glance;
    if (!(below.isList ? isListFine(value, below, walk, depth) : isItemFine(value, below, walk, depth))) return fine;
    last = slot;
    fine += 1;
  }
  // What is missing is of the object itself.
  if ((seen & shape.needed) !== shape.needed) walk.isInDoubt = true;
  else checkInvariants(shape.invariants, node, undefined, walk.findings.length, walk, seen);
  return ALL;
}

/** True for what most objects are: a Reference to one `[type]/[id]`, with or without a text to show. */
function isUsualReference(node: JsonObject, isPlain: ReferenceTest, walk: Walk, depth: number): boolean {
  const { reference } = node;
  if (typeof reference !== 'string' || !isPlain(reference, walk)) return false;
  for (const key in node) if (key !== 'reference' && !(key === 'display' && isTextFine(node[key]))) return false;
  return !walk.isInDoubt && isWithin(depth, walk);
}

/** Takes one more object from what may still be looked at; false where there is no room for it. */
function isWithin(depth: number, walk: Walk): boolean {
  if (depth > MAX_DEPTH || walk.budget < 1) return false;
  walk.budget -= 1;
  return true;
}

const isTextFine = (value: unknown): boolean => typeof value === 'string' && value !== '' && isText(value);

/** True where what else is asked of an object holds, as far as nothing was reported of it. */
function passes(value: JsonObject, glance: Glance, walk: Walk): boolean {
  const since = walk.findings.length;
  glance.check?.(value, walk, since);
  if (glance.invariantsOf !== undefined) checkInvariants(glance.invariantsOf(), value, undefined, since, walk);
  return !walk.isInDoubt;
}
