import { isObject, own } from '../../lens/json.js';
import type { Discriminator, Slicing } from '../../profiles/definition.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import type { Walk } from '../walk.js';
import { criterionOf, tells } from './criterion.js';
import type { Item } from './items.js';
import { fitsType, focused, follow, isA, overlaysAt, stepsOf, typeName } from './navigate.js';
import { holds } from './trial.js';
import type { Held } from './use.js';

/** Looks at an item as an element of a profile asks; this file and the one with the look would have to import each other. */
export type LookAtItem = (overlay: Overlay, item: Item, held: Held, walk: Walk) => void;

/** Whether an item is one of a slice; `unsure` where nobody here can tell, `free` where the slice asks for nothing. */
type Answer = boolean | 'unsure' | 'free';

const EXTENSIONS: ReadonlySet<string> = new Set(['extension', 'modifierExtension']);

const BY_URL: Slicing = { discriminators: [{ type: 'value', path: 'url' }], rules: 'open', isOrdered: false };
const BY_TYPE: Slicing = { discriminators: [{ type: 'type', path: '$this' }], rules: 'open', isOrdered: false };

/** How the items of an element are told apart: as it says, or as R4 has it for extensions and for the types of a choice. */
export function slicingOf({ slicing, name }: Overlay, isChoice: boolean): Slicing | undefined {
  if (slicing !== undefined && slicing.discriminators.length > 0) return slicing;
  if (EXTENSIONS.has(name)) return { ...BY_URL, rules: slicing?.rules ?? 'open' };
  return isChoice ? { ...BY_TYPE, rules: slicing?.rules ?? 'open' } : slicing;
}

/** True where an item is one of a slice; undefined where nobody here can tell. */
export function isInSlice(
  slice: Overlay,
  { discriminators }: Slicing,
  item: Item,
  held: Held,
  walk: Walk,
  look: LookAtItem,
): boolean | undefined {
  let answer: Answer = 'free';
  for (const discriminator of discriminators) {
    const one = discriminate(discriminator, slice, item, held, walk, look);
    if (one === false) return false;
    if (one === 'unsure' || (one === true && answer === 'free')) answer = one;
  }
  return answer === true ? true : undefined;
}

function discriminate(
  { type, path }: Discriminator,
  slice: Overlay,
  item: Item,
  held: Held,
  walk: Walk,
  look: LookAtItem,
): Answer {
  if (path === 'url' && EXTENSIONS.has(item.name)) {
    const urls = urlsOf(slice);
    if (urls.length > 0) return isObject(item.value) && urls.includes(own(item.value, 'url'));
  }
  const steps = stepsOf(path);
  if (steps === undefined) return 'unsure';
  const { items, isSure } = focused(item, walk, () => follow(item, steps, walk));
  const overlays = overlaysAt(slice, steps, held);
  const isTarget = steps.at(-1)?.kind === 'resolve';
  const answer = ((): Answer => {
    switch (type) {
      case 'exists':
        if (overlays.some(({ max }) => max === 0)) return items.length === 0;
        return overlays.some(({ min }) => min > 0) ? items.length > 0 : 'free';
      case 'type': {
        const types = typesOf(slice, steps.length === 0, overlays, isTarget, held);
        return types.size === 0
          ? 'free'
          : items.some((one) => [...types].some((type) => isA(typeName(one.type), type)));
      }
      case 'profile':
        return byProfile(profilesOf(slice, isTarget, overlays, held), items, held, walk, look);
      default: {
        const telling = overlays.filter(tells);
        if (telling.length === 0) return 'free';
        return best(
          items.map((one) =>
            all(telling.map((asked) => holds(walk, (trial) => look(criterionOf(asked), one, held, trial)))),
          ),
        );
      }
    }
  })();
  return answer === false && !isSure ? 'unsure' : answer;
}

function byProfile(
  profiles: readonly Profile[],
  items: readonly Item[],
  held: Held,
  walk: Walk,
  look: LookAtItem,
): Answer {
  if (profiles.length === 0) return 'free';
  return best(
    items.flatMap((item) =>
      profiles.map((profile): Answer => {
        if (!fitsType(profile, item.type) && !fitsType(profile, typeName(item.type))) return false;
        if (item.value === undefined && item.sibling === undefined) return 'unsure';
        const { telling, distance } = held.use;
        held.use.telling = distance;
        const answer = holds(walk, (trial) => look(profile.overlay, item, { ...held, profile }, trial));
        held.use.telling = telling;
        return answer ?? 'unsure';
      }),
    ),
  );
}

function best(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes('unsure') ? 'unsure' : false;
}

function all(answers: readonly (boolean | undefined)[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? 'unsure' : true;
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
      types.flatMap((one) => one.flatMap(({ targetProfiles }) => targetProfiles)),
    );
    return new Set([
      ...urls.map((url) => use.guide.profile(url)?.type ?? url.slice(url.lastIndexOf('/') + 1)),
      ...overlays.map(({ name }) => name),
    ]);
  }
  const named = (isItself ? [slice] : overlays).flatMap(({ types }) =>
    types.flatMap((one) => one.flatMap(({ code }) => (code === '' ? [] : [typeName(code)]))),
  );
  return new Set(named.length === 0 && isItself ? typeInName(slice) : named);
}

/** `valueQuantity` of `value[x]` is of the type Quantity, whether it says so or not. */
function typeInName({ name, id }: Overlay): string[] {
  const slice = id.slice(id.lastIndexOf(':') + 1);
  const type = slice.startsWith(name) ? slice.slice(name.length) : '';
  return type === '' ? [] : [type, type.charAt(0).toLowerCase() + type.slice(1)];
}

function profilesOf(slice: Overlay, isTarget: boolean, overlays: readonly Overlay[], { use }: Held): Profile[] {
  const key = isTarget ? 'targetProfiles' : 'profiles';
  return [slice, ...overlays].flatMap(({ types }) =>
    types.flatMap((one) => one.flatMap((type) => type[key].flatMap((url) => use.guide.profile(url) ?? []))),
  );
}
