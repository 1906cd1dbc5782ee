import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isObject, own } from '../../lens/json.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Profile } from '../../profiles/profiles.js';
import { typeIn } from '../reference.js';
import { focusOn, type Walk } from '../walk.js';
import { holderOf, type Item, itemsOf, resourceItem } from './items.js';
import type { Held } from './use.js';

/** A step of the path of a discriminator (https://hl7.org/fhir/R4/profiling.html#discriminator). */
type Step =
  | { readonly kind: 'element'; readonly name: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'ofType'; readonly type: string }
  | { readonly kind: 'resolve' };

const STEP = /^(?:extension\('([^']*)'\)|ofType\((?:FHIR\.)?(\w+)\)|(resolve\(\))|(\w+)(?:\[x\])?)(?:\.|$)/;

const known = new Map<string, readonly Step[] | undefined>();
const MOST_KNOWN = 1000;

/** The steps of a path; undefined for one that is not of the few forms that R4 allows. */
export function stepsOf(path: string): readonly Step[] | undefined {
  if (!known.has(path)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(path, parse(path.replace(/^\$this(\.|$)/, '')));
  }
  return known.get(path);
}

function parse(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (let rest = path; rest !== ''; ) {
    const found = STEP.exec(rest);
    if (found === null) return undefined;
    const [whole, url, type, resolve, name] = found;
    if (name !== undefined) steps.push({ kind: 'element', name });
    else if (url !== undefined) steps.push({ kind: 'extension', url });
    else if (type !== undefined) steps.push({ kind: 'ofType', type });
    else if (resolve !== undefined) steps.push({ kind: 'resolve' });
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** What a reference leads to; where the input does not hold it, an item without a value, of the type that the reference tells. */
export function targetOf({ value }: Item, walk: Walk): Item | undefined {
  if (!isObject(value)) return undefined;
  const reference = own(value, 'reference');
  const target = typeof reference === 'string' ? walk.environment.resolve(reference) : undefined;
  const type = target === undefined ? toldBy(reference, own(value, 'type')) : own(target, 'resourceType');
  return typeof type === 'string' ? resourceItem(type, target) : undefined;
}

function toldBy(reference: unknown, stated: unknown): string | undefined {
  const told = typeof reference === 'string' && !reference.startsWith('#') ? typeIn(reference, undefined) : undefined;
  return [told, stated].find((type): type is string => typeof type === 'string' && RESOURCE_TYPES.has(type));
}

/** The items at the end of a path from one; `isSure` is false where the way there leads out of the input. */
export function follow(
  item: Item,
  steps: readonly Step[],
  walk: Walk,
): { readonly items: readonly Item[]; readonly isSure: boolean } {
  let items: readonly Item[] = [item];
  let isSure = true;
  for (const [index, step] of steps.entries()) {
    const next: Item[] = [];
    for (const one of items) {
      if (step.kind === 'resolve') {
        const target = targetOf(one, walk);
        if (target?.value === undefined && (target === undefined || index < steps.length - 1)) isSure = false;
        if (target !== undefined) next.push(target);
      } else if (step.kind === 'ofType') {
        if (one.type === step.type) next.push(one);
      } else next.push(...below(one, step));
    }
    items = next;
  }
  return { items, isSure };
}

function below(item: Item, step: Step & { kind: 'element' | 'extension' }): readonly Item[] {
  const holder = holderOf(item);
  if (holder === undefined || item.structure === undefined) return [];
  if (step.kind === 'element') return itemsOf(holder, item.structure, step.name);
  const extensions = itemsOf(holder, item.structure, 'extension');
  return extensions.filter(({ value }) => isObject(value) && own(value, 'url') === step.url);
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
  const result = look();
  walk.depth -= 1;
  return result;
}

/** The name by which a type is known to profiles; R4's tables have a profile of Quantity as a type of its own. */
export const typeName = (type: string): string =>
  type === 'SimpleQuantity' || type === 'MoneyQuantity' ? 'Quantity' : type;

/** True where resources of a type can be held to a profile: one of Resource holds for all. */
export const fitsType = ({ type: wanted }: Profile, type: string): boolean => isA(type, wanted);

/** True for a type, and for each resource of one that R4 only makes others of. */
export function isA(type: string, wanted: string): boolean {
  return wanted === type || wanted === 'Resource' || (wanted === 'DomainResource' && !BARE.has(type));
}

/** The resources that are no DomainResource. */
const BARE: ReadonlySet<string> = new Set(['Binary', 'Bundle', 'Parameters']);
