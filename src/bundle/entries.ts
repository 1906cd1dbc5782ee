import { isObject, type JsonObject, own } from '../lens/json.js';
import { type BundleEntry, bundleReferences, type Resolve } from './references.js';

/** A Bundle, or one that an entry of it holds. */
export interface OpenBundle {
  readonly bundle: JsonObject;
  /** Its location: `Bundle`, `Bundle.entry[0].resource`. */
  readonly place: string;
  /** What it holds, position by position; undefined where its entries are no list. */
  readonly items: readonly Item[] | undefined;
}

/** What stands at a position of a Bundle. */
export interface Item {
  readonly value: unknown;
  readonly index: number;
  /** `Bundle.entry[0]`. */
  readonly place: string;
  /** Its resource, where it has one, and what references in it lead to. */
  readonly entry?: BundleEntry;
  readonly resolve: Resolve;
  /** The Bundle that the entry holds, where it holds one; its `bundle` is undefined where that is nested too deep. */
  readonly nested?: { readonly bundle: OpenBundle | undefined };
}

/** Deeper than Bundles are ever nested; what goes further is refused. */
const MAX_NESTING = 32;

/** Leads nowhere: there is nothing around the outermost Bundle. */
export const NOWHERE: Resolve = () => undefined;

/**
 * Opens a Bundle. A Bundle in another one may refer to what is around it by a name that means the same everywhere
 * (https://hl7.org/fhir/R4/bundle.html#references).
 */
export function openBundle(bundle: JsonObject, place = 'Bundle', outer = NOWHERE, depth = 0): OpenBundle {
  const list = own(bundle, 'entry') ?? [];
  if (!Array.isArray(list)) return { bundle, place, items: undefined };
  const entries: (BundleEntry | undefined)[] = list.map(entryOf);
  const references = bundleReferences(entries.flatMap((entry) => entry ?? []));
  const items = list.map((value: unknown, index): Item => {
    const entry = entries[index];
    const at = { value, index, place: `${place}.entry[${index}]` };
    if (entry === undefined) return { ...at, resolve: outer };
    const inner = references.within(entry);
    const resolve: Resolve = (text) => inner(text) ?? (text.includes(':') ? outer(text) : undefined);
    const { resource } = entry;
    if (own(resource, 'resourceType') !== 'Bundle') return { ...at, entry, resolve };
    const isTooDeep = depth === MAX_NESTING;
    const nested = isTooDeep ? undefined : openBundle(resource, `${at.place}.resource`, resolve, depth + 1);
    return { ...at, entry, resolve, nested: { bundle: nested } };
  });
  return { bundle, place, items };
}

function entryOf(item: unknown): BundleEntry | undefined {
  const resource = isObject(item) ? own(item, 'resource') : undefined;
  if (!isObject(item) || !isObject(resource)) return undefined;
  const fullUrl = own(item, 'fullUrl');
  return { resource, fullUrl: typeof fullUrl === 'string' && fullUrl !== '' ? fullUrl : undefined };
}
