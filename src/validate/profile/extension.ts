import type { StructureDefinition } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import { type Place, placeOf } from '../extension/place.js';
import { atChild, type Walk } from '../walk.js';
import { checkProfile } from './check.js';
import { notePart, reportProfile } from './findings.js';
import { resourceItem } from './items.js';
import { ruleAt } from './rule.js';
import type { Held, ProfileUse } from './use.js';

/** Holds an extension in focus to its definition in a guide: where it may stand, how often, and what it is made of. */
export function checkDefined(url: string, value: JsonObject, use: ProfileUse, walk: Walk): void {
  const profile = use.guide.profile(url);
  if (profile?.contexts === undefined) return;
  const property = walk.names[walk.depth] ?? '';
  if ((property === 'modifierExtension') !== profile.isModifier) {
    const right = profile.isModifier ? 'modifierExtension' : 'extension';
    reportProfile(walk, { use, profile }, 'extension-modifier', `stands in ${right} only`);
  }
  checkPlace(profile, url, property, use, walk);
  checkProfile(profile, resourceItem('Extension', value), use, walk);
  checkParts(profile, value, use, walk);
}

function checkPlace(profile: Profile, url: string, property: string, use: ProfileUse, walk: Walk): void {
  const place = placeOf(walk);
  const { elements = [], extensions = [], hasExpression = false, invariants = [] } = profile.contexts ?? {};
  if (place === undefined) return;
  const all = own(place.owner, property);
  const { max } = profile.overlay;
  if (Array.isArray(all) && max > 0 && positionsOf(url, all, use)[max] === walk.indexes[walk.depth])
    reportProfile(walk, { use, profile }, 'extension-repeats', `stands at most ${max === 1 ? 'once' : `${max} times`}`);
  for (const invariant of invariants) checkInvariant(invariant, place, { use, profile }, walk);
  if (elements.includes('Element') || (elements.length + extensions.length === 0 && !hasExpression)) return;
  const isElement = place.names.some((name) => elements.includes(name));
  const isInExtension = extensions.some((one) => own(place.owner, 'url') === one);
  if (isElement || isInExtension) return;
  if (hasExpression)
    notePart(walk, { use, profile }, `Whether ${profile.title} may stand here is not checked: an expression says it`);
  else
    reportProfile(
      walk,
      { use, profile },
      'profile-context',
      `stands only at ${[...elements, ...extensions].join(', ')}`,
    );
}

/** Holds what an extension stands on to an expression of its definition. */
function checkInvariant(expression: string, { owner, structure }: Place, held: Held, walk: Walk): void {
  const note = (why: string): void =>
    notePart(walk, held, `Where ${held.profile.title} may stand is not checked: ${why}`);
  // Of a primitive only what stands beside it is here.
  if (structure.path === 'Element' || expression.includes('%extension')) {
    note('its expression does not fit what is here');
    return;
  }
  const item = { ...resourceItem('', owner), structure };
  const known = invariants.get(structure) ?? new Map<string, ReturnType<typeof ruleAt>>();
  invariants.set(structure, known);
  if (!known.has(expression)) known.set(expression, ruleAt(expression, item));
  const answer = known.get(expression)?.(item, walk.environment) ?? 'its expression does not fit what is here';
  if (answer === false) reportProfile(walk, held, 'profile-context', `stands only where ${expression}`);
  else if (answer !== true) note(answer);
}

const invariants = new WeakMap<StructureDefinition, Map<string, ReturnType<typeof ruleAt>>>();

/** The positions of the extensions with an address in a list. */
function positionsOf(url: string, extensions: readonly unknown[], { positions }: ProfileUse): readonly number[] {
  const before = positions.get(extensions);
  if (before !== undefined) return before.get(url) ?? [];
  const made = new Map<unknown, number[]>();
  for (const [index, one] of extensions.entries()) {
    const address = isObject(one) ? own(one, 'url') : undefined;
    const all = made.get(address);
    if (all === undefined) made.set(address, [index]);
    else all.push(index);
  }
  positions.set(extensions, made);
  return made.get(url) ?? [];
}

/**
 * The extensions that an extension is made of have short addresses, which only its definition gives a meaning; one with a whole address
 * has a definition of its own (https://hl7.org/fhir/R4/extensibility.html#extension).
 */
function checkParts(profile: Profile, value: JsonObject, use: ProfileUse, walk: Walk): void {
  const parts = own(value, 'extension');
  if (!Array.isArray(parts)) return;
  const known = partsOf(profile.overlay);
  for (const [index, part] of parts.entries()) {
    const url = isObject(part) ? own(part, 'url') : undefined;
    if (typeof url !== 'string' || url.includes(':') || known.has(url)) continue;
    atChild(walk, 'extension', index, () =>
      reportProfile(walk, { use, profile }, 'profile-slice-closed', 'has no extension of this address in it'),
    );
  }
}

const made = new WeakMap<Overlay, ReadonlySet<unknown>>();

function partsOf(overlay: Overlay): ReadonlySet<unknown> {
  const before = made.get(overlay);
  if (before !== undefined) return before;
  const slices = overlay.children.get('extension')?.slices ?? new Map<string, Overlay>();
  const urls = new Set<unknown>([...slices].flatMap(([name, slice]) => slice.children.get('url')?.fixed ?? [name]));
  made.set(overlay, urls);
  return urls;
}
