import { isPrimitiveType, structureOf } from '../../fhir/definitions.js';
import { isObject, own } from '../../lens/json.js';
import type { Overlay } from '../../profiles/overlay.js';
import { focusOn, type Walk } from '../walk.js';
import { holderOf, type Item, itemsOf } from './items.js';
import type { Held } from './use.js';

/** A step of the path of a discriminator (https://hl7.org/fhir/R4/profiling.html#discriminator). */
type Step =
  | { readonly kind: 'element'; readonly name: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'ofType'; readonly type: string }
  | { readonly kind: 'resolve' };

const STEP = /^(?:(\w+)(?:\[x\])?|extension\('([^']*)'\)|ofType\((\w+)\)|(resolve\(\)))(?:\.|$)/;

const known = new Map<string, readonly Step[] | undefined>();

/** The steps of a path; undefined for one that is not of the few forms that R4 allows. */
export function stepsOf(path: string): readonly Step[] | undefined {
  if (!known.has(path)) known.set(path, parse(path.replace(/^\$this(\.|$)/, '')));
  return known.get(path);
}

function parse(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (let rest = path; rest !== ''; ) {
    const found = STEP.exec(rest);
    if (found === null) return undefined;
    const [whole, name, url, type] = found;
    if (name !== undefined) steps.push({ kind: 'element', name });
    else if (url !== undefined) steps.push({ kind: 'extension', url });
    else if (type !== undefined) steps.push({ kind: 'ofType', type });
    else steps.push({ kind: 'resolve' });
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** What a reference leads to, as far as the input holds it. */
export function targetOf({ value }: Item, walk: Walk): Item | undefined {
  const reference = isObject(value) ? own(value, 'reference') : undefined;
  const target = typeof reference === 'string' ? walk.environment.resolve(reference) : undefined;
  const type = target === undefined ? undefined : own(target, 'resourceType');
  if (target === undefined || typeof type !== 'string') return undefined;
  return { name: '', index: -1, type, value: target, sibling: undefined, structure: structureOf(type) };
}

/** The items at the end of a path from one, each put into focus for a look at it. */
export function follow(item: Item, steps: readonly Step[], walk: Walk): Item[] {
  let items = [item];
  for (const step of steps) {
    items = items.flatMap((one): Item[] => {
      if (step.kind === 'resolve') {
        const target = targetOf(one, walk);
        return target === undefined ? [] : [target];
      }
      if (step.kind === 'ofType') return one.type === step.type ? [one] : [];
      const holder = holderOf(one);
      if (holder === undefined || one.structure === undefined) return [];
      const name = step.kind === 'extension' ? 'extension' : step.name;
      const below = itemsOf(holder, one.structure, name);
      return step.kind === 'extension'
        ? below.filter(({ value }) => isObject(value) && own(value, 'url') === step.url)
        : below;
    });
  }
  return items;
}

/** What a profile says of what is at the end of a path from an element: itself, and the profiles of the types on the way. */
export function overlaysAt(start: Overlay, steps: readonly Step[], held: Held): Overlay[] {
  let overlays = [start];
  for (const step of steps) {
    overlays = overlays.flatMap((one): Overlay[] => {
      if (step.kind === 'ofType') return [one];
      if (step.kind === 'resolve') return profilesOf(one, 'targetProfiles', held);
      const all = [one, ...profilesOf(one, 'profiles', held)];
      if (step.kind === 'element') return all.flatMap(({ children }) => children.get(step.name) ?? []);
      return all.flatMap(({ children }) =>
        [...(children.get('extension')?.slices.values() ?? [])].filter((slice) => isOf(slice, step.url)),
      );
    });
  }
  return overlays;
}

const isOf = (slice: Overlay, url: string): boolean =>
  slice.types.some((types) => types.some(({ profiles }) => profiles.some((profile) => profile.split('|')[0] === url)));

function profilesOf({ types }: Overlay, key: 'profiles' | 'targetProfiles', { use }: Held): Overlay[] {
  return types.flatMap((allowed) =>
    allowed.flatMap((type) => type[key].flatMap((url) => use.guide.profile(url)?.overlay ?? [])),
  );
}

/** Puts an item into focus while something looks at it. */
export function focused<T>(item: Item, walk: Walk, look: () => T): T {
  focusOn(walk, item.name, item.index);
  try {
    return look();
  } finally {
    walk.depth -= 1;
  }
}

/** The name by which a type is known to profiles; R4's tables have a profile of Quantity as a type of its own. */
export const typeName = (type: string): string =>
  type === 'SimpleQuantity' || type === 'MoneyQuantity' ? 'Quantity' : type;

export const isPrimitive = ({ type }: Item): boolean => isPrimitiveType(type);
