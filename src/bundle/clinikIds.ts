import type { Resource } from 'fhir/r4.js';
import { idAsIdentifier, isClinikId } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { own } from '../lens/json.js';
import { firstOf } from '../lens/rule.js';
import { isOfAnother } from '../resources/id.js';
import { findLens } from '../resources/registry.js';
import { type BundleEntry, idInBundle, searchesOf } from './references.js';

/** What is said of an id map, and of the server whose names it has. */
export type MapOptions = Pick<ConvertOptions, 'resolveId' | 'resolveReference' | 'baseUrl'>;

/** The ClinikAPI ids that records of a Bundle have under an id map. */
export interface ClinikIds {
  /** By an identifier of ClinikAPI's, else by the map. */
  certain(entry: BundleEntry): string | undefined;
  /** Else the record's own, if it has a payload of its own and nothing says that the id is another record's. */
  of(entry: BundleEntry): string | undefined;
}

/**
 * The ClinikAPI id of a record that its identifier of ClinikAPI's says, else what the map has for one of its names: its fullUrl,
 * its type and id if its server is home, or the search for one of its identifiers.
 */
export function certainId(entry: BundleEntry, options: MapOptions): string | undefined {
  const { resource, fullUrl } = entry;
  const { resolveId } = options;
  const type = own(resource, 'resourceType');
  if (typeof type !== 'string') return undefined;
  const told = idAsIdentifier(resource, type);
  if (told !== undefined || resolveId === undefined) return told;
  const url = fullUrl === undefined ? undefined : readLiteral(fullUrl);
  const id = isAbroad(url?.base, options) ? undefined : idInBundle(entry);
  const names = [url?.reference ?? fullUrl, id === undefined ? undefined : `${type}/${id}`, ...searchesOf(resource)];
  return firstOf(names, (name) => {
    const found = name === undefined ? undefined : resolveId(name);
    return isClinikId(found) ? found : undefined;
  });
}

/** True for a server other than the one that is named as home; where none is named, any may be. */
export function isAbroad(base: string | undefined, { baseUrl }: MapOptions): base is string {
  return base !== undefined && baseUrl !== undefined && baseUrl.replace(/\/$/, '') !== base;
}

/** The ids of the records of a Bundle, of which `known` are all that references find. */
export function clinikIds(known: ReadonlyMap<Resource, BundleEntry>, options: MapOptions): ClinikIds {
  const certain = new Map<object, string | undefined>();
  const taken = new Set<string>();
  const certainOf = (entry: BundleEntry): string | undefined => {
    if (!certain.has(entry.resource)) certain.set(entry.resource, certainId(entry, options));
    return certain.get(entry.resource);
  };
  for (const [{ resourceType }, entry] of known) {
    const id = certainOf(entry);
    if (id !== undefined) taken.add(`${resourceType}/${id}`);
  }
  return {
    certain: certainOf,
    of(entry) {
      const sure = certainOf(entry);
      if (sure !== undefined) return sure;
      const id = idInBundle(entry);
      const type = own(entry.resource, 'resourceType');
      if (!isClinikId(id) || typeof type !== 'string' || findLens(type)?.resourceType !== type) return undefined;
      return taken.has(`${type}/${id}`) || isOfAnother(id, type, options) ? undefined : id;
    },
  };
}
