import type { Resource } from 'fhir/r4.js';
import { nonEmpty } from '../fhir/datatypes/text.js';
import { isClinikId } from '../fhir/references/identity.js';
import { type Literal, readLiteral } from '../fhir/references/literal.js';
import { searchText } from '../fhir/references/search.js';
import { isObject, type JsonObject, own } from '../lens/json.js';

/** Gives the resource behind a literal reference, or undefined where it is not in reach. */
export type Resolve = (reference: string) => Resource | undefined;

/** An entry of a Bundle, as far as references need it. */
export interface BundleEntry {
  readonly fullUrl: string | undefined;
  readonly resource: JsonObject;
}

/** The entry that an item of a Bundle is; undefined where it holds no resource. */
export function bundleEntry(item: unknown): BundleEntry | undefined {
  const resource = isObject(item) ? own(item, 'resource') : undefined;
  if (!isObject(item) || !isObject(resource)) return undefined;
  const fullUrl = own(item, 'fullUrl');
  return { resource, fullUrl: typeof fullUrl === 'string' && fullUrl !== '' ? fullUrl : undefined };
}

/** The server that an entry says it is of, where its fullUrl names one. */
export function baseOf(entry: BundleEntry | undefined): string | undefined {
  return entry?.fullUrl === undefined ? undefined : readLiteral(entry.fullUrl)?.base;
}

/** The id that a `urn:` names a resource by. */
const URN_ID = /^urn:(?:uuid|oid):([A-Za-z0-9\-.]{1,64})$/;

/** A resource's id: its own, else the one that its entry's `fullUrl` gives it. */
export function idInBundle({ fullUrl, resource }: BundleEntry): string | undefined {
  if (typeof resource.id === 'string') return resource.id;
  return fullUrl === undefined ? undefined : (URN_ID.exec(fullUrl)?.[1] ?? readLiteral(fullUrl)?.id);
}

/** The searches that find a resource by its identifiers, each once; one without a system finds none. */
export function searchesOf(resource: JsonObject): Set<string> {
  const type = own(resource, 'resourceType');
  const identifier = own(resource, 'identifier');
  const searches = new Set<string>();
  if (typeof type !== 'string') return searches;
  for (const one of Array.isArray(identifier) ? identifier : [identifier]) {
    if (!isObject(one)) continue;
    // A value without a system may be anybody's.
    const [system, value] = [nonEmpty(own(one, 'system')), nonEmpty(own(one, 'value'))];
    if (system !== undefined && value !== undefined) searches.add(searchText({ type, system, value }));
  }
  return searches;
}

/**
 * The id of the record in an entry: `told`, where the record says it itself, else the one in the fullUrl. A `urn:` is a name for
 * one exchange, and an id only where something in that refers to it.
 */
export function idOfRecord(
  told: string | undefined,
  entry: BundleEntry,
  isReferredTo: (fullUrl: string) => boolean,
): string | undefined {
  const { fullUrl } = entry;
  if (told !== undefined || fullUrl === undefined) return told;
  const id = idInBundle(entry);
  return isClinikId(id) && (!fullUrl.startsWith('urn:') || isReferredTo(fullUrl)) ? id : undefined;
}

/**
 * Resolves references inside one Bundle (https://hl7.org/fhir/R4/bundle.html#references). `within` gives the resolver for
 * what an entry holds: a relative reference is one to the server of the entry's own `fullUrl`, and only where that names no
 * server, one to the resource of that type and id, if the Bundle has a single one.
 */
export function bundleReferences(entries: Iterable<BundleEntry>): { within(entry: BundleEntry): Resolve } {
  let index: Index | undefined;
  /** What was found already, by the server of who refers to it: what a Bundle refers to, most of it does many times. */
  const known = new Map<string | undefined, Map<string, Resource | undefined>>();
  const knownAt = (base: string | undefined): Map<string, Resource | undefined> => {
    const found = known.get(base) ?? new Map<string, Resource | undefined>();
    known.set(base, found);
    return found;
  };
  return {
    within({ fullUrl }) {
      const base = fullUrl === undefined ? undefined : readLiteral(fullUrl)?.base;
      const before = knownAt(base);
      return (reference) => {
        const found = before.get(reference);
        if (found !== undefined || before.has(reference)) return found;
        index ??= indexOf(entries);
        const target = find(reference, base, index);
        before.set(reference, target);
        return target;
      };
    },
  };
}

interface Index {
  /** By fullUrl; undefined where several records have it. */
  readonly byUrl: ReadonlyMap<string, Resource | undefined>;
  /** By type and id; undefined where several servers have one of that name. */
  readonly byName: ReadonlyMap<string, Resource | undefined>;
  /** The same of the entries that have no `fullUrl`. */
  readonly unplaced: ReadonlyMap<string, Resource | undefined>;
  /** By the search for one of their identifiers; undefined where several have it. */
  readonly bySearch: ReadonlyMap<string, Resource | undefined>;
}

function indexOf(entries: Iterable<BundleEntry>): Index {
  const byUrl = new Map<string, Resource | undefined>();
  const byName = new Map<string, Resource | undefined>();
  const unplaced = new Map<string, Resource | undefined>();
  const bySearch = new Map<string, Resource | undefined>();
  for (const entry of entries) {
    const { fullUrl } = entry;
    const resource = identified(entry);
    if (resource === undefined) {
      // It is nobody's target, but with it there are two that have the identifier.
      for (const search of searchesOf(entry.resource)) bySearch.set(search, undefined);
      continue;
    }
    const name = nameOf(resource);
    if (fullUrl === undefined) unplaced.set(name, unplaced.has(name) ? undefined : resource);
    else {
      const url = keyOf(fullUrl);
      const newer = byUrl.get(url);
      // Without an id of their own, they are the same by their URL alone.
      if (newer !== undefined && nameOf(newer) === name) continue;
      byUrl.set(url, byUrl.has(url) ? undefined : resource);
    }
    byName.set(name, byName.has(name) ? undefined : resource);
    for (const search of searchesOf(entry.resource)) bySearch.set(search, bySearch.has(search) ? undefined : resource);
  }
  return { byUrl, byName, unplaced, bySearch };
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** The resource with its id in the Bundle; undefined where it has none or is not a resource. */
function identified(entry: BundleEntry): Resource | undefined {
  const resource = { ...entry.resource, id: idInBundle(entry) };
  return isResource(resource) ? resource : undefined;
}

function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value.resourceType === 'string' && typeof value.id === 'string';
}

/** UUIDs are the same in either case. */
function keyOf(url: string): string {
  return url.startsWith('urn:') ? url.toLowerCase() : url;
}

function find(reference: string, base: string | undefined, index: Index): Resource | undefined {
  const literal: Literal | undefined = readLiteral(reference);
  if (literal?.kind === 'conditional' || reference.includes('?identifier='))
    return index.bySearch.get(literal?.reference ?? reference);
  if (literal?.kind !== 'relative') return index.byUrl.get(keyOf(literal?.reference ?? reference));
  if (base === undefined) return index.byName.get(literal.reference);
  return index.byUrl.get(`${base}/${literal.reference}`) ?? index.unplaced.get(literal.reference);
}
