import { isObject, type JsonObject, own } from '../lens/json.js';
import { certaintyOf } from '../resources/targets/certainty.js';
import { type BundleEntry, bundleReferences, type Resolve } from './references.js';
import { type Fate, fatesByName, recordName, type Version, versionIn } from './versions.js';

/** A Bundle, or one that an entry of it holds. */
export interface OpenBundle {
  readonly bundle: JsonObject;
  /** Its location: `Bundle`, `Bundle.entry[0].resource`. */
  readonly place: string;
  /** What it holds, position by position; undefined where its entries are no list. */
  readonly items: readonly Item[] | undefined;
}

/** What stands at a position of a Bundle. */
export interface Position {
  readonly value: unknown;
  readonly index: number;
  /** Its resource, where it has one that was not deleted, and what references in it lead to. */
  readonly entry?: BundleEntry;
  readonly resolve: Resolve;
  /** The version of a record that it is, or that record's deletion. */
  readonly version?: Version;
  /** True for the newest version of its record in this Bundle, which is the one that references lead to. */
  readonly isCurrent: () => boolean;
}

/** The same with its location, and what is in it. */
export interface Item extends Position {
  /** `Bundle.entry[0]`. */
  readonly place: string;
  /** The Bundle that the entry holds, where it holds one; its `bundle` is undefined where that is nested too deep. */
  readonly nested?: { readonly bundle: OpenBundle | undefined };
}

/** Deeper than Bundles, lists and responses are ever nested; what goes further is refused before a recursion could overflow. */
export const MAX_NESTING = 32;

/** Leads nowhere: there is nothing around the outermost Bundle. */
export const NOWHERE: Resolve = () => undefined;

/**
 * What stands in the list of a Bundle's entries. A Bundle in another one may refer to what is around it by a name that means the
 * same everywhere (https://hl7.org/fhir/R4/bundle.html#references).
 */
function* positionsOf(list: readonly unknown[], outer: Resolve, history: string | undefined): Generator<Position> {
  const versions = list.map((value, index) => (isObject(value) ? versionIn(value, index, history) : undefined));
  let fates: Fate[] | undefined;
  const fateOf = (index: number): Fate | undefined => {
    fates ??= fatesByName(versions.map((version) => ({ name: version && recordName(version, undefined), version })));
    return fates[index];
  };
  const isCurrent = (index: number): boolean => fateOf(index) === 'newest';
  function* current(): Generator<BundleEntry> {
    const denied = new Set<string | undefined>();
    for (const [index, version] of versions.entries()) {
      if (version === undefined || version.isDeleted === true) continue;
      if (isCurrent(index)) yield version;
      else if (fateOf(index) === 'unclear' && certaintyOf(version.resource).kind === 'denied') {
        // Where nobody can tell which version is the newest, what any of them denies is not to be read.
        const name = recordName(version, undefined);
        if (!denied.has(name)) yield version;
        denied.add(name);
      }
    }
  }
  const references = bundleReferences({ [Symbol.iterator]: current });
  for (const [index, value] of list.entries()) {
    const version = versions[index];
    const position = { value, index, isCurrent: () => isCurrent(index), ...(version === undefined ? {} : { version }) };
    if (version === undefined || version.isDeleted === true) yield { ...position, resolve: outer };
    else {
      const inner = references.within(version);
      const resolve: Resolve = (text) => inner(text) ?? (text.includes(':') ? outer(text) : undefined);
      yield { ...position, entry: version, resolve };
    }
  }
}

/** Opens a Bundle and those in it. */
export function openBundle(bundle: JsonObject, place = 'Bundle', outer = NOWHERE, depth = 0): OpenBundle {
  const list = own(bundle, 'entry') ?? [];
  if (!Array.isArray(list)) return { bundle, place, items: undefined };
  const history = own(bundle, 'type') === 'history' ? place : undefined;
  const items = Array.from(positionsOf(list, outer, history), (position): Item => {
    const item = { ...position, place: `${place}.entry[${position.index}]` };
    const resource = position.entry?.resource;
    if (resource === undefined || own(resource, 'resourceType') !== 'Bundle') return item;
    const isTooDeep = depth === MAX_NESTING;
    const nested = isTooDeep ? undefined : openBundle(resource, `${item.place}.resource`, item.resolve, depth + 1);
    return { ...item, nested: { bundle: nested } };
  });
  return { bundle, place, items };
}
