import type { StructureDefinition } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import type { Walk } from '../walk.js';
import { checkBindings } from './binding.js';
import { notePart, reportConstraint, reportProfile } from './findings.js';
import { holderOf, type Item, itemsIn } from './items.js';
import { noteSupport } from './mustSupport.js';
import { focused } from './navigate.js';
import { type PlanStep, planOf } from './plan.js';
import { rulesAt } from './rule.js';
import { allows, lookAtSlices, needs } from './sliced.js';
import { checkTypes } from './types.js';
import type { Held, ProfileUse } from './use.js';
import { compare, fitsPattern, isSame, shown } from './values.js';

/**
 * Holds a resource or an element in focus to a profile (https://hl7.org/fhir/R4/profiling.html): only what the profile asks beyond R4.
 * What is being held to it already, further up, fits if all else does.
 */
export function checkProfile(profile: Profile, item: Item, use: ProfileUse, walk: Walk): void {
  const { value } = item;
  if (typeof value !== 'object' || value === null) return;
  const before = use.inProgress.get(value) ?? new Set();
  if (before.has(profile)) {
    use.assumed += 1;
    return;
  }
  use.inProgress.set(value, before.add(profile));
  try {
    lookAtItem(profile.overlay, item, { use, profile }, walk);
  } finally {
    before.delete(profile);
    if (before.size === 0) use.inProgress.delete(value);
  }
}

function lookAtItem(overlay: Overlay, item: Item, held: Held, walk: Walk): void {
  const { use, profile } = held;
  use.budget -= 1;
  if (use.budget < 0) {
    notePart(walk, held, `${profile.title} takes too long: the rest of the record is not held to it`);
    return;
  }
  checkValue(overlay, item, held, walk);
  if (overlay.types.length > 0) checkTypes(overlay, item, held, walk, checkProfile);
  if (overlay.bindings.length > 0) checkBindings(overlay, item, held, walk);
  if (overlay.constraints.size > 0) checkConstraints(overlay, item, held, walk);
  // Where there is no object there are no elements, and required ones are missing.
  if (item.structure !== undefined) lookBelow(overlay, holderOf(item) ?? {}, item.structure, held, walk);
}

function checkValue(overlay: Overlay, { value }: Item, held: Held, walk: Walk): void {
  const { id, fixed, pattern, maxLength, least, most } = overlay;
  for (const one of fixed)
    if (!isSame(value, one))
      reportProfile(walk, held, 'profile-fixed', `takes ${shown(one)} as ${id}, and nothing else`);
  for (const one of pattern)
    if (!fitsPattern(value, one)) reportProfile(walk, held, 'profile-pattern', `wants ${shown(one)} in ${id}`);
  if (typeof value === 'string' && value.length > maxLength && [...value].length > maxLength)
    reportProfile(walk, held, 'profile-length', `takes at most ${maxLength} characters as ${id}`);
  if (!hasValue(value)) return;
  for (const one of [...least, ...most])
    if (compare(value, one) === undefined)
      notePart(walk, held, `${id} is not compared with ${shown(one)}: their forms, precisions or units differ`);
  for (const one of least)
    if ((compare(value, one) ?? 0) < 0)
      reportProfile(walk, held, 'profile-range', `takes ${shown(one)} or more as ${id}`);
  for (const one of most)
    if ((compare(value, one) ?? 0) > 0)
      reportProfile(walk, held, 'profile-range', `takes ${shown(one)} or less as ${id}`);
}

/** True for what there is something of to compare; a quantity may have no value. */
const hasValue = (value: unknown): boolean =>
  isObject(value) ? own(value, 'value') !== undefined : value !== undefined && value !== null;

function checkConstraints(overlay: Overlay, item: Item, held: Held, walk: Walk): void {
  for (const { constraint, run } of rulesAt(overlay, item, held.use.ready.rules)) {
    const answer = run(item, walk.environment);
    if (answer === true) continue;
    const { key, severity, human } = constraint;
    if (answer === false) reportConstraint(walk, held, key, severity, human);
    else notePart(walk, held, `The constraint ${key} of ${overlay.id} is not checked: ${answer}`);
  }
}

/** Looks at the elements of an object. */
function lookBelow(overlay: Overlay, owner: JsonObject, structure: StructureDefinition, held: Held, walk: Walk): void {
  const { steps, shared } = planOf(overlay, structure, held.profile.overlay, held.use.ready, held.use.mustSupport);
  for (const step of steps) lookAtElement(step, owner, held, walk);
  // What an element is made of may be said of another one, whose definition it shares.
  for (const step of shared) {
    for (const item of itemsIn(owner, step)) {
      const holder = holderOf(item);
      const below = item.structure;
      if (holder !== undefined && below !== undefined)
        focused(item, walk, () => lookBelow(step.overlay, holder, below, held, walk));
    }
  }
}

function lookAtElement(step: PlanStep, owner: JsonObject, held: Held, walk: Walk): void {
  const { overlay, element } = step;
  const items = itemsIn(owner, step);
  const { id, min, max } = overlay;
  const { name } = element;
  if (items.length < min) reportProfile(walk, held, 'profile-min', needs(min, id), name);
  noteSupport(overlay, items.length, held, walk, name);
  if (items.length > max)
    reportProfile(walk, held, 'profile-max', allows(max, id), name, items.length === 1 ? (items[0]?.index ?? -1) : -1);
  for (const item of items) focused(item, walk, () => lookAtItem(overlay, item, held, walk));
  if (overlay.slices.size > 0 || overlay.slicing?.rules === 'closed')
    lookAtSlices(overlay, items, { held, walk, isChoice: element.isChoice, shown: name, lookAtItem });
}
