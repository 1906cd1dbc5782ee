import { parseLiteral } from '../../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { fullUrlOf, resourceOf } from './bundleIndex.js';

/**
 * The entries that a document does not have by right: "The document bundle SHALL include only" the Composition and "any resources
 * directly or indirectly (e.g. recursively) referenced from it", a stylesheet, and Provenance with a target in the document
 * (https://hl7.org/fhir/R4/documents.html#content). What Provenance refers to goes along. A reference counts by its type and id,
 * too: one that does not lead to its entry is reported as that. None where the first entry is no Composition.
 */
export function strayEntries(entries: readonly unknown[]): readonly number[] {
  if (resourceOf(entries[0])?.resourceType !== 'Composition') return [];
  const positions = byAddress(entries);
  const provenances = byTarget(entries, positions);
  const reached = new Set<number>([0]);
  const open = [0];
  const reach = (position: number): void => {
    if (reached.has(position)) return;
    reached.add(position);
    open.push(position);
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const address of addressesIn(resourceOf(entries[next]))) positions(address).forEach(reach);
    provenances.get(next)?.forEach(reach);
  }
  return entries.flatMap((entry, position) => {
    const resource = resourceOf(entry);
    return resource === undefined || reached.has(position) || isStylesheet(resource) ? [] : [position];
  });
}

function addTo<K>(lists: Map<K, number[]>, key: K, position: number): void {
  const before = lists.get(key);
  if (before === undefined) lists.set(key, [position]);
  else before.push(position);
}

type Positions = (address: string) => readonly number[];

/** Finds the entries of a fullUrl, or of the type and id that an address ends with. */
function byAddress(entries: readonly unknown[]): Positions {
  const positions = new Map<string, number[]>();
  entries.forEach((entry, position) => {
    const fullUrl = fullUrlOf(entry);
    if (fullUrl !== undefined) addTo(positions, fullUrl, position);
    const { resourceType, id } = resourceOf(entry) ?? {};
    if (typeof id === 'string') addTo(positions, `${resourceType}/${id}`, position);
  });
  return (address) => {
    const literal = address.includes('/') ? parseLiteral(address) : undefined;
    return positions.get(literal?.reference ?? address) ?? positions.get(`${literal?.type}/${literal?.id}`) ?? [];
  };
}

/** The entries of Provenance, by the entries that they are about. */
function byTarget(entries: readonly unknown[], positions: Positions): ReadonlyMap<number, readonly number[]> {
  const about = new Map<number, number[]>();
  entries.forEach((entry, position) => {
    const resource = resourceOf(entry);
    if (resource?.resourceType !== 'Provenance') return;
    for (const address of addressesIn(own(resource, 'target'))) {
      for (const target of positions(address)) addTo(about, target, position);
    }
  });
  return about;
}

const ADDRESS_IN_NARRATIVE = /(?:src|href)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;

/** All texts of a value that could be an address, those in its narratives among them. */
function* addressesIn(value: unknown): Generator<string> {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      if (!next.startsWith('<')) yield withoutFragment(next);
      else for (const [, double, single] of next.matchAll(ADDRESS_IN_NARRATIVE)) yield double ?? single ?? '';
    } else if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (isObject(next)) for (const key in next) open.push(own(next, key));
  }
}

const withoutFragment = (address: string): string => address.split('#', 1)[0] ?? '';

/** A Binary that is a stylesheet (https://hl7.org/fhir/R4/documents.html#css). */
function isStylesheet(resource: JsonObject): boolean {
  const type = own(resource, 'contentType');
  return resource.resourceType === 'Binary' && typeof type === 'string' && /^text\/(?:css|xsl)|xslt/i.test(type);
}
