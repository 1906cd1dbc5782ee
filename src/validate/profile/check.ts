import { type ElementDefinition, isPrimitiveType, type StructureDefinition } from '../../fhir/definitions.js';
import { type JsonObject, own } from '../../lens/json.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import { interpreter } from '../fhirpath/interpret.js';
import { report, reportAs, type Walk, within } from '../walk.js';
import { checkBindings } from './binding.js';
import { reportProfile } from './findings.js';
import { holderOf, type Item, itemsOf } from './items.js';
import { noteSupport } from './mustSupport.js';
import { focused, targetOf, typeName } from './navigate.js';
import { isInSlice, slicingOf } from './slices.js';
import { holds } from './trial.js';
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
  if (before.has(profile)) return;
  use.inProgress.set(value, before.add(profile));
  try {
    lookAtItem(profile.overlay, item, { use, profile }, walk);
  } finally {
    before.delete(profile);
    if (before.size === 0) use.inProgress.delete(value);
  }
}

function lookAtItem(overlay: Overlay, item: Item, held: Held, walk: Walk): void {
  checkValue(overlay, item, held, walk);
  if (overlay.types.length > 0) checkTypes(overlay, item, held, walk);
  if (overlay.bindings.length > 0) checkBindings(overlay, item, held, walk);
  if (overlay.constraints.size > 0) checkConstraints(overlay, item, held, walk);
  const holder = holderOf(item);
  if (item.structure === undefined) return;
  // Where there is no object there are no elements, and required ones are missing.
  lookBelow(overlay, holder ?? {}, item.structure, held, walk);
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
  for (const one of least)
    if ((compare(value, one) ?? 0) < 0)
      reportProfile(walk, held, 'profile-range', `takes ${shown(one)} or more as ${id}`);
  for (const one of most)
    if ((compare(value, one) ?? 0) > 0)
      reportProfile(walk, held, 'profile-range', `takes ${shown(one)} or less as ${id}`);
}

function checkTypes(overlay: Overlay, item: Item, held: Held, walk: Walk): void {
  for (const allowed of overlay.types) {
    const fitting = allowed.filter(
      ({ code }) => code === '' || typeName(code) === typeName(item.type) || isAnyResource(code),
    );
    if (fitting.length === 0) {
      const types = [...new Set(allowed.map(({ code }) => code))].join(', ');
      reportProfile(walk, held, 'profile-type', `takes ${types} as ${overlay.id}`);
      continue;
    }
    if (item.type === 'Reference')
      checkTarget(
        overlay,
        fitting.flatMap((type) => type.targetProfiles),
        item,
        held,
        walk,
      );
    // Every extension is held to its own definition, wherever it stands.
    if (item.type !== 'Extension')
      checkProfilesOf(
        overlay,
        fitting.flatMap((type) => type.profiles),
        item,
        held,
        walk,
      );
  }
}

const isAnyResource = (code: string): boolean => code === 'Resource' || code === 'DomainResource';

/** An item has to fit one of the profiles of its type. */
function checkProfilesOf(overlay: Overlay, urls: readonly string[], item: Item, held: Held, walk: Walk): void {
  if (urls.length === 0) return;
  const profiles = urls.flatMap((url) => held.use.guide.profile(url) ?? []);
  const [only] = profiles;
  if (urls.length === 1 && only !== undefined) inResource(item, walk, () => checkProfile(only, item, held.use, walk));
  else if (profiles.length === urls.length) {
    const isOne = profiles.some((profile) =>
      holds(walk, (trial) => inResource(item, trial, () => checkProfile(profile, item, held.use, trial))),
    );
    if (!isOne) reportProfile(walk, held, 'profile-type', `takes what fits ${urls.join(' or ')} as ${overlay.id}`);
  }
}

/** What a resource inside of another one says of "the resource" is about itself. */
function inResource(item: Item, walk: Walk, look: () => void): void {
  const { value, structure } = item;
  if (structure?.kind !== 'resource' || typeof value !== 'object' || value === null) look();
  else within(walk, { ...walk.environment, resource: value as JsonObject }, look);
}

/** What a reference leads to has to fit one of the profiles, as far as it is in reach. */
function checkTarget(overlay: Overlay, urls: readonly string[], item: Item, held: Held, walk: Walk): void {
  const target = urls.length === 0 ? undefined : targetOf(item, walk);
  if (target === undefined) return;
  const fits = (url: string): boolean | undefined => {
    const profile = held.use.guide.profile(url);
    if (profile === undefined)
      return isOfR4(url) ? url.endsWith(`/${target.type}`) || url.endsWith('/Resource') : undefined;
    if (profile.type !== target.type) return false;
    return holds(walk, (trial) => inResource(target, trial, () => checkProfile(profile, target, held.use, trial)));
  };
  if (urls.every((url) => fits(url) === false))
    reportProfile(walk, held, 'profile-target', `takes a reference to what fits ${urls.join(' or ')} as ${overlay.id}`);
}

const isOfR4 = (url: string): boolean => /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/[A-Z][A-Za-z]+$/.test(url);

function checkConstraints(overlay: Overlay, item: Item, held: Held, walk: Walk): void {
  const place = isPrimitiveType(item.type)
    ? ({ primitive: item.type } as const)
    : item.structure === undefined
      ? undefined
      : { structure: item.structure };
  if (place === undefined) return;
  const at = 'primitive' in place ? place.primitive : place.structure;
  const byPlace = held.use.rules.get(overlay) ?? new Map();
  held.use.rules.set(overlay, byPlace);
  const rules = byPlace.get(at) ?? new Map();
  byPlace.set(at, rules);
  for (const { key, severity, human, expression } of overlay.constraints.values()) {
    const run = rules.get(key) ?? interpreter(expression, place);
    rules.set(key, run);
    const answer = run(item.value, item.sibling, walk.environment);
    if ('problem' in answer)
      report(walk, 'invariant-not-evaluated', `${key} of ${held.profile.url} could not be evaluated here: ${human}`);
    else if (!answer.holds)
      reportAs(walk, { severity, code: 'invariant', id: key, diagnostics: `${human} (${key} of ${held.profile.url})` });
  }
}

/** Looks at the elements of an object. */
function lookBelow(overlay: Overlay, owner: JsonObject, structure: StructureDefinition, held: Held, walk: Walk): void {
  for (const child of overlay.children.values()) lookAtElement(child, owner, structure, held, walk);
  // What an element is made of may be said of another one, whose definition it shares.
  for (const element of structure.elements.values()) {
    if (element.content === undefined || own(owner, element.name) === undefined) continue;
    const shared = sharedOverlay(element, structure, held.profile.overlay);
    if (shared === undefined) continue;
    for (const item of itemsOf(owner, structure, element.name))
      focused(item, walk, () => {
        const holder = holderOf(item);
        if (holder !== undefined && item.structure !== undefined) lookBelow(shared, holder, item.structure, held, walk);
      });
  }
}

function sharedOverlay(element: ElementDefinition, { path }: StructureDefinition, root: Overlay): Overlay | undefined {
  const shared = element.content?.().path;
  if (shared === undefined || shared === `${path}.${element.name}`) return undefined;
  const [, ...names] = shared.split('.');
  let at: Overlay | undefined = root;
  for (const name of names) at = at?.children.get(name);
  return at;
}

function lookAtElement(
  overlay: Overlay,
  owner: JsonObject,
  structure: StructureDefinition,
  held: Held,
  walk: Walk,
): void {
  const items = itemsOf(owner, structure, overlay.name);
  const { id, min, max, name } = overlay;
  const shown = structure.elements.has(name) ? name : (structure.properties.get(name)?.element.name ?? name);
  if (items.length < min) reportProfile(walk, held, 'profile-min', needs(min, id), shown);
  noteSupport(overlay, items.length, held, walk, shown);
  if (items.length > max)
    reportProfile(walk, held, 'profile-max', allows(max, id), shown, items.length === 1 ? (items[0]?.index ?? -1) : -1);
  for (const item of items) focused(item, walk, () => lookAtItem(overlay, item, held, walk));
  if (overlay.slices.size > 0)
    lookAtSlices(overlay, items, structure.elements.get(name)?.isChoice === true, held, walk, shown);
}

const needs = (min: number, id: string): string =>
  min === 1 ? `requires ${id}` : `requires ${id} at least ${min} times`;
const allows = (max: number, id: string): string =>
  max === 0 ? `does not allow ${id}` : max === 1 ? `allows ${id} once` : `allows ${id} at most ${max} times`;

/** The slice of what fits no other one. */
const DEFAULT = '@default';

function lookAtSlices(
  overlay: Overlay,
  items: readonly Item[],
  isChoice: boolean,
  held: Held,
  walk: Walk,
  shown: string,
): void {
  const slicing = slicingOf(overlay, isChoice);
  if (slicing === undefined || slicing.discriminators.length === 0) return;
  const named = [...overlay.slices].filter(([name]) => name !== DEFAULT);
  const members = new Map<Overlay, Item[]>(named.map(([, slice]) => [slice, []]));
  const rest: Item[] = [];
  let last = -1;
  let isUnsure = false;
  for (const item of items) {
    let position = -1;
    for (const [index, [, slice]] of named.entries()) {
      const answer = isInSlice(slice, slicing, item, held, walk, lookAtItem);
      if (answer === undefined) isUnsure = true;
      if (answer !== true) continue;
      position = index;
      break;
    }
    if (position < 0) {
      rest.push(item);
      continue;
    }
    const slice = named[position]?.[1];
    if (slice !== undefined) members.get(slice)?.push(item);
    if (slicing.rules === 'openAtEnd' && rest.length > 0)
      focused(item, walk, () =>
        reportProfile(walk, held, 'profile-slice-order', `wants what fits no slice of ${overlay.id} at its end`),
      );
    if (slicing.isOrdered && position < last)
      focused(item, walk, () =>
        reportProfile(walk, held, 'profile-slice-order', `wants the slices of ${overlay.id} in their order`),
      );
    last = Math.max(last, position);
  }
  for (const [slice, its] of members) {
    if (its.length < slice.min) reportProfile(walk, held, 'profile-min', needs(slice.min, slice.id), shown);
    noteSupport(slice, its.length, held, walk, shown);
    if (its.length > slice.max) reportProfile(walk, held, 'profile-max', allows(slice.max, slice.id), shown);
    for (const item of its) focused(item, walk, () => lookAtItem(slice, item, held, walk));
    if (slice.slices.size > 0) {
      const within_: Overlay = { ...slice, slicing: slice.slicing ?? overlay.slicing };
      lookAtSlices(within_, its, isChoice, held, walk, shown);
    }
  }
  const other = overlay.slices.get(DEFAULT);
  for (const item of rest) {
    if (other !== undefined) focused(item, walk, () => lookAtItem(other, item, held, walk));
    else if (slicing.rules === 'closed' && !isUnsure)
      focused(item, walk, () =>
        reportProfile(walk, held, 'profile-slice-closed', `allows only its slices in ${overlay.id}`),
      );
  }
}
