import { parseDateTime, secondsOf } from '../fhir/datatypes/dateTime.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { idAsIdentifier } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import { isTooDeep } from '../fhir/safety.js';
import { fingerprint, isObject, type JsonObject, own } from '../lens/json.js';
import { type BundleEntry, bundleEntry, idInBundle } from './references.js';

/** A version of a record where it stands: by itself, or in an entry of a Bundle. */
export interface Version extends BundleEntry {
  /** True where the entry says that the record was deleted; `resource` has no more than its type, id and meta then. */
  readonly isDeleted?: boolean;
  /** Its place in a history, which has the newest version first (https://hl7.org/fhir/R4/http.html#history). */
  readonly history?: Place;
  /** When a server says that it made it: `response.lastModified`. */
  readonly lastModified?: unknown;
  /** True where something around it could change its meaning, so that it is no copy of what says the same. */
  readonly isDoubtful?: boolean;
}

/** A position in one of the Bundles that are compared; `bundle` is what this one is called among them. */
interface Place {
  readonly bundle: string | number;
  readonly index: number;
}

/** What a version says of its age, and what tells it from others of its record. */
export interface Age {
  /** When it was made, in seconds since 1970, and the nanoseconds after that; undefined where it does not say. */
  readonly seconds: number | undefined;
  readonly nanoseconds: number;
  /** When a server said that it was the newest one, in seconds since 1970, where it said that of all that it gave out together. */
  readonly asOf?: number;
  readonly history: Place | undefined;
  /** The same for exact copies; `NaN` for what can be no copy. */
  readonly content: string | number;
  /** Where somebody chose among the versions the highest counts, and no other does. Default: 0. */
  readonly precedence?: number;
}

/**
 * What a version is among those of its record: the one that counts, an older one, a copy of another that is to be left out, or one of
 * several that differ and do not tell which is the newest.
 */
export type Fate = 'newest' | 'older' | 'copy' | 'unclear';

/** The version that an entry of a Bundle is, or its deletion; undefined where it is neither. `bundle` is given for a history. */
export function versionIn(item: JsonObject, index: number, bundle?: string | number): Version | undefined {
  const response = own(item, 'response');
  const entry = bundleEntry(item);
  const deleted = deletedBy(item, entry);
  const told = deleted ?? entry;
  if (told === undefined) return undefined;
  return {
    ...told,
    isDeleted: deleted !== undefined,
    ...(bundle === undefined ? {} : { history: { bundle, index } }),
    ...(isObject(response) ? { lastModified: own(response, 'lastModified') } : {}),
  };
}

/** The record that an entry says was deleted: by its request, whether the entry still holds a resource or not. */
function deletedBy(item: JsonObject, entry: BundleEntry | undefined): BundleEntry | undefined {
  const request = own(item, 'request');
  if (!isObject(request) || own(request, 'method') !== 'DELETE') return undefined;
  const url = own(request, 'url');
  const named = own(item, 'fullUrl');
  const fullUrl = typeof named === 'string' && named !== '' ? named : undefined;
  const literal =
    (typeof url === 'string' ? readLiteral(url.replace(/^\//, '')) : undefined) ??
    (fullUrl === undefined ? undefined : readLiteral(fullUrl));
  const type = literal?.type ?? own(entry?.resource ?? {}, 'resourceType');
  if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) return undefined;
  const id = literal?.id ?? own(entry?.resource ?? {}, 'id');
  const meta = own(entry?.resource ?? {}, 'meta');
  return {
    fullUrl: fullUrl ?? (literal?.kind === 'absolute' ? literal.reference : undefined),
    resource: {
      resourceType: type,
      ...(typeof id === 'string' ? { id } : {}),
      ...(isObject(meta) ? { meta } : {}),
    },
  };
}

/**
 * What the versions of one record have in common: its server, type and id. The server is that of the fullUrl; what has none, or is at
 * `baseUrl`, is of home. Without an id of its own, a record has that of its fullUrl, of a `urn:` in its own history only, or
 * ClinikAPI's. Undefined for what has none.
 */
export function recordName({ fullUrl, resource, history }: Version, baseUrl: string | undefined): string | undefined {
  const type = own(resource, 'resourceType');
  if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) return undefined;
  const itsOwn = own(resource, 'id');
  const isUrn = fullUrl?.startsWith('urn:') === true;
  if (typeof itsOwn === 'string' && itsOwn !== '')
    return `${isUrn ? '' : serverOf(fullUrl, baseUrl)} ${type}/${itsOwn}`;
  const id = idInBundle({ fullUrl, resource });
  if (id !== undefined && !isUrn) return `${serverOf(fullUrl, baseUrl)} ${type}/${id}`;
  const told = idAsIdentifier(resource, type);
  if (told !== undefined) return `@ ${type}/${told}`;
  return isUrn && history !== undefined ? `${history.bundle} ${type} ${fullUrl?.toLowerCase()}` : undefined;
}

/** The server of a fullUrl; nothing for home. */
function serverOf(fullUrl: string | undefined, baseUrl: string | undefined): string {
  if (fullUrl === undefined) return '';
  const base = readLiteral(fullUrl)?.base;
  // An address that is made in no way of R4's says no more than that it is another one.
  return base !== undefined && base === baseUrl?.replace(/\/$/, '') ? '' : (base ?? fullUrl);
}

/** What there is to know of a version beside others of its record. `digest` makes its content smaller. */
export function ageOf(version: Version, digest: (content: string) => string | number = (content) => content): Age {
  const { resource, isDeleted, history, lastModified, isDoubtful } = version;
  const meta = own(resource, 'meta');
  const updated = parseDateTime(isObject(meta) ? own(meta, 'lastUpdated') : undefined);
  const made = updated?.time === undefined ? parseDateTime(lastModified) : updated;
  const isTold = made?.time !== undefined;
  return {
    seconds: isTold ? secondsOf(made) : undefined,
    nanoseconds: isTold ? Number(made.time?.fraction.slice(0, 9).padEnd(9, '0')) : 0,
    history,
    content: isDoubtful === true ? Number.NaN : contentKey(),
  };
  function contentKey(): string | number {
    if (isDeleted === true) return 'deleted';
    return isTooDeep(resource) ? Number.NaN : digest(fingerprint(contentOf(resource)));
  }
}

/** All of a version but when it was made and from what. */
function contentOf({ meta, ...rest }: JsonObject): JsonObject {
  if (!isObject(meta)) return meta === undefined ? rest : { meta, ...rest };
  const { lastUpdated: _, versionId: __, source: ___, ...more } = meta;
  return Object.keys(more).length === 0 ? rest : { ...rest, meta: more };
}

/** Positive where a version is newer than another, 0 where it is a copy, and undefined where nobody can tell. */
function compare(one: Age, other: Age): number | undefined {
  if (one.seconds !== undefined && other.seconds !== undefined) {
    const order = one.seconds - other.seconds || one.nanoseconds - other.nanoseconds;
    if (order !== 0) return order;
  }
  if (one.history !== undefined && one.history.bundle === other.history?.bundle)
    return other.history.index - one.history.index;
  return toldApart(one, other) ?? (one.content === other.content ? 0 : undefined);
}

/** The order of two versions of which one does not say when it was made, by when each was the newest. */
function toldApart(one: Age, other: Age): number | undefined {
  if (one.seconds !== undefined && other.seconds !== undefined) return undefined;
  const [at, before] = [one, other].map(({ asOf, seconds, nanoseconds }) =>
    seconds === undefined ? asOf : (asOf ?? seconds + nanoseconds / 1e9),
  );
  return at === undefined || before === undefined || at === before ? undefined : at - before;
}

/**
 * What becomes of the versions of one record, in the order of the input. The newest is the one of the latest `meta.lastUpdated`, else
 * the first one of a history, else the one that was the newest last; copies of it are left out. Where nothing tells which of several is the newest, none is.
 */
export function fatesOf(versions: readonly Age[]): Fate[] {
  const first = versions.reduce((most, { precedence = 0 }) => Math.max(most, precedence), 0);
  const chosen = versions.filter(({ precedence = 0 }) => precedence === first);
  if (chosen.length === versions.length) return fatesAmong(versions);
  const fates = fatesAmong(chosen).values();
  return versions.map(({ precedence = 0 }) => (precedence === first ? (fates.next().value ?? 'older') : 'older'));
}

/** The same of versions among which nobody chose. */
function fatesAmong(versions: readonly Age[]): Fate[] {
  let newest = 0;
  versions.forEach((version, index) => {
    const best = versions[newest];
    if (best === undefined || index === newest) return;
    const order = compare(version, best);
    // Of two copies the one that says how old it is can be compared with others.
    const isTelling = order === 0 && best.seconds === undefined && version.seconds !== undefined;
    if (isTelling || (order ?? 0) > 0) newest = index;
  });
  const chosen = versions[newest];
  const orders = versions.map((version, index) =>
    chosen === undefined || index === newest ? 0 : compare(chosen, version),
  );
  if (orders.every((order) => order !== undefined && order >= 0))
    return orders.map((order, index) => (index === newest ? 'newest' : order === 0 ? 'copy' : 'older'));
  const seen = new Set<string | number>();
  return versions.map(({ content }) => {
    const isCopy = seen.has(content) && !Number.isNaN(content);
    seen.add(content);
    return isCopy ? 'copy' : 'unclear';
  });
}

/** A version with the name of its record, where it has one. */
interface Named {
  readonly name: string | undefined;
  readonly version: Version | undefined;
}

/** The fates of versions of any records, by name; what has no name is the newest of its own. */
export function fatesByName(named: readonly Named[]): Fate[] {
  const fates = named.map((): Fate => 'newest');
  const groups = new Map<string, number[]>();
  for (const [index, { name }] of named.entries()) {
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [index]);
    else group.push(index);
  }
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const ages = group.flatMap((index) => {
      const version = named[index]?.version;
      return version === undefined ? [] : [ageOf(version)];
    });
    fatesOf(ages).forEach((fate, at) => {
      fates[group[at] ?? 0] = fate;
    });
  }
  return fates;
}
