import { parseLiteral } from '../../fhir/references/literal.js';
import { isAbsoluteUri } from '../../fhir/references/uri.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { isFragment } from '../fragment.js';

/**
 * Where a reference in a Bundle leads: to the entry at a position, to several of them (`ambiguous`), to none although there is
 * no other place to look for a URN (`absent`), or out of the Bundle (`elsewhere`). `meaningless` is a relative one that R4 gives
 * no meaning in its entry, `conditional` a search; undefined is nothing that a Bundle decides.
 */
export type Lead = number | 'ambiguous' | 'absent' | 'elsewhere' | 'meaningless' | 'conditional' | undefined;

/** What the entries of a Bundle say of each other. */
export interface BundleIndex {
  /** The position of the Bundle in the names of the walk. */
  readonly depth: number;
  readonly type: unknown;
  readonly entries: readonly unknown[];
  /** Follows a reference in an entry (https://hl7.org/fhir/R4/bundle.html#references); -1 is outside of all entries. */
  follow(reference: string, entry: number): Lead;
  /** True where an entry holds a resource of the type and id that a relative reference names, whatever its fullUrl. */
  holds(reference: string): boolean;
  /** True where the Bundle asks a server to create such a resource. */
  creates(reference: string): boolean;
}

/** What a version specific reference ends with. */
const VERSION = /^(.+)\/_history\/([A-Za-z0-9\-.]{1,64})$/;

/** The index of a Bundle, whatever its shape. It is made when the first reference asks for it, in one pass. */
export function indexBundle(bundle: JsonObject, depth: number): BundleIndex {
  const list = own(bundle, 'entry');
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const type = own(bundle, 'type');
  let fullUrls: ReadonlyMap<string, readonly number[]> | undefined;
  let identities: ReadonlyMap<string, boolean> | undefined;
  // The references of an entry stand together: its base is read once.
  let from = -1;
  let base: string | undefined;

  const find = (address: string): Lead => {
    fullUrls ??= byFullUrl(entries);
    const [, current = address, version] = address.includes('/_history/') ? (VERSION.exec(address) ?? []) : [];
    const all = fullUrls.get(current) ?? [];
    const matches = version === undefined ? all : ofVersion(version, all, entries, type);
    const [match] = matches;
    if (match === undefined) return address.startsWith('urn:') ? 'absent' : 'elsewhere';
    return matches.length === 1 ? match : 'ambiguous';
  };

  const identity = (reference: string): boolean | undefined => {
    identities ??= byIdentity(entries);
    return identities.get(parseLiteral(reference)?.reference ?? '');
  };

  return {
    depth,
    type,
    entries,
    follow(reference, entry) {
      if (reference === '' || isFragment(reference)) return undefined;
      if (isAbsoluteUri(reference)) return find(reference);
      const kind = parseLiteral(reference)?.kind;
      if (kind === 'conditional') return 'conditional';
      const fullUrl = fullUrlOf(entries[entry]);
      // An entry without a fullUrl is reported as that.
      if (fullUrl === undefined || !isAbsoluteUri(fullUrl)) return undefined;
      if (entry !== from) {
        from = entry;
        base = restfulAddress(fullUrl)?.base;
      }
      return base === undefined || kind !== 'relative' ? 'meaningless' : find(`${base}/${reference}`);
    },
    holds: (reference) => identity(reference) !== undefined,
    creates: (reference) => identity(reference) === true,
  };
}

/** The resource of an entry, as far as there is one. */
export function resourceOf(entry: unknown): JsonObject | undefined {
  const resource = isObject(entry) ? own(entry, 'resource') : undefined;
  return isObject(resource) ? resource : undefined;
}

/** True where the request of an entry has this method (https://hl7.org/fhir/R4/valueset-http-verb.html). */
export function hasMethod(entry: unknown, method: 'DELETE' | 'PATCH' | 'POST' | 'PUT'): boolean {
  const request = isObject(entry) ? own(entry, 'request') : undefined;
  return isObject(request) && own(request, 'method') === method;
}

/** The parts of a fullUrl that looks like one of a RESTful server: `[base]/[type]/[id]`. */
export function restfulAddress(fullUrl: string): { base: string; type: string; id: string } | undefined {
  const { base, type, id } = parseLiteral(fullUrl) ?? {};
  if (base === undefined || type === undefined || id === undefined) return undefined;
  return /^https?:\/\/./.test(base) ? { base, type, id } : undefined;
}

/** The fullUrl of an entry, as far as it is a text. */
export function fullUrlOf(entry: unknown): string | undefined {
  const fullUrl = isObject(entry) ? own(entry, 'fullUrl') : undefined;
  return typeof fullUrl === 'string' ? fullUrl : undefined;
}

function byFullUrl(entries: readonly unknown[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  entries.forEach((entry, position) => {
    const fullUrl = fullUrlOf(entry);
    if (fullUrl === undefined) return;
    const before = positions.get(fullUrl);
    if (before === undefined) positions.set(fullUrl, [position]);
    else before.push(position);
  });
  return positions;
}

/** The types and ids that the entries hold, and whether the Bundle asks to create them. */
function byIdentity(entries: readonly unknown[]): Map<string, boolean> {
  const identities = new Map<string, boolean>();
  for (const entry of entries) {
    const { resourceType, id } = resourceOf(entry) ?? {};
    if (typeof resourceType === 'string' && typeof id === 'string') {
      identities.set(`${resourceType}/${id}`, hasMethod(entry, 'POST'));
    }
  }
  return identities;
}

/**
 * The entries of a version. In a transaction the versions of references are placeholders: "a client can use arbitrarily chosen
 * version references since they will all be re-assigned anyway" (https://hl7.org/fhir/R4/http.html#trules).
 */
function ofVersion(
  version: string,
  positions: readonly number[],
  entries: readonly unknown[],
  type: unknown,
): readonly number[] {
  const matches = positions.filter((position) => {
    const meta = own(resourceOf(entries[position]) ?? {}, 'meta');
    return isObject(meta) && own(meta, 'versionId') === version;
  });
  return matches.length === 0 && type === 'transaction' ? positions : matches;
}
