import { isObject, own } from '../../lens/json.js';
import type { Discriminator, Slicing } from '../../profiles/definition.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Walk } from '../walk.js';
import { criterionOf, tells } from './criterion.js';
import type { Item } from './items.js';
import { focused, follow, overlaysAt, stepsOf, typeName } from './navigate.js';
import { holds } from './trial.js';
import type { Held } from './use.js';

/** Looks at an item as an element of a profile asks; this file and the one with the look would have to import each other. */
export type LookAtItem = (overlay: Overlay, item: Item, held: Held, walk: Walk) => void;

const EXTENSIONS: ReadonlySet<string> = new Set(['extension', 'modifierExtension']);

const BY_URL: Slicing = { discriminators: [{ type: 'value', path: 'url' }], rules: 'open', isOrdered: false };
const BY_TYPE: Slicing = { discriminators: [{ type: 'type', path: '$this' }], rules: 'open', isOrdered: false };

/** How the items of an element are told apart: as it says, or as R4 has it for extensions and for the types of a choice. */
export function slicingOf({ slicing, name }: Overlay, isChoice: boolean): Slicing | undefined {
  if (slicing !== undefined && slicing.discriminators.length > 0) return slicing;
  if (EXTENSIONS.has(name)) return { ...BY_URL, rules: slicing?.rules ?? 'open' };
  return isChoice ? { ...BY_TYPE, rules: slicing?.rules ?? 'open' } : slicing;
}

/** True where an item is one of a slice; undefined where nothing tells what would be one. */
export function isInSlice(
  slice: Overlay,
  { discriminators }: Slicing,
  item: Item,
  held: Held,
  walk: Walk,
  look: LookAtItem,
): boolean | undefined {
  let isTold = false;
  for (const discriminator of discriminators) {
    const answer = discriminate(discriminator, slice, item, held, walk, look);
    if (answer === false) return false;
    isTold ||= answer === true;
  }
  return isTold ? true : undefined;
}

function discriminate(
  { type, path }: Discriminator,
  slice: Overlay,
  item: Item,
  held: Held,
  walk: Walk,
  look: LookAtItem,
): boolean | undefined {
  if (path === 'url' && EXTENSIONS.has(item.name)) {
    const urls = urlsOf(slice);
    if (urls.length > 0) return isObject(item.value) && urls.includes(own(item.value, 'url'));
  }
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  const targets = focused(item, walk, () => follow(item, steps, walk));
  const overlays = overlaysAt(slice, steps, held);
  switch (type) {
    case 'exists':
      if (overlays.some(({ max }) => max === 0)) return targets.length === 0;
      return overlays.some(({ min }) => min > 0) ? targets.length > 0 : undefined;
    case 'type': {
      const types = typesOf(slice, steps.length === 0, overlays, steps.at(-1)?.kind === 'resolve', held);
      return types.size === 0 ? undefined : targets.some((target) => types.has(typeName(target.type)));
    }
    case 'profile': {
      const profiles = profilesOf(slice, steps.at(-1)?.kind === 'resolve', overlays, held);
      if (profiles.length === 0) return undefined;
      return targets.some((target) =>
        profiles.some((profile) => holds(walk, (trial) => look(profile.overlay, target, { ...held, profile }, trial))),
      );
    }
    default: {
      const telling = overlays.filter(tells);
      if (telling.length === 0) return undefined;
      return targets.some((target) =>
        telling.every((one) => holds(walk, (trial) => look(criterionOf(one), target, held, trial))),
      );
    }
  }
}

/** The addresses of the extensions of a slice: as it says itself, or those of its profiles. */
function urlsOf(slice: Overlay): unknown[] {
  const said = slice.children.get('url')?.fixed ?? [];
  if (said.length > 0) return said;
  return slice.types.flatMap((types) =>
    types.flatMap(({ profiles }) => profiles.map((profile) => profile.split('|')[0] ?? '')),
  );
}

/** The types of a slice, by themselves or by what its references may lead to. */
function typesOf(
  slice: Overlay,
  isItself: boolean,
  overlays: readonly Overlay[],
  isTarget: boolean,
  { use }: Held,
): ReadonlySet<string> {
  if (isTarget) {
    const urls = [slice, ...overlays].flatMap(({ types }) =>
      types.flatMap((all) => all.flatMap(({ targetProfiles }) => targetProfiles)),
    );
    return new Set([
      ...urls.map((url) => use.guide.profile(url)?.type ?? url.slice(url.lastIndexOf('/') + 1)),
      ...overlays.map(({ name }) => name),
    ]);
  }
  const named = (isItself ? [slice] : overlays).flatMap(({ types }) =>
    types.flatMap((all) => all.flatMap(({ code }) => (code === '' ? [] : [typeName(code)]))),
  );
  return new Set(named);
}

function profilesOf(slice: Overlay, isTarget: boolean, overlays: readonly Overlay[], { use }: Held) {
  const key = isTarget ? 'targetProfiles' : 'profiles';
  return [slice, ...overlays].flatMap(({ types }) =>
    types.flatMap((all) => all.flatMap((type) => type[key].flatMap((url) => use.guide.profile(url) ?? []))),
  );
}
