import { readLiteral, targetOf } from '../fhir/references/literal.js';
import { parseSearch } from '../fhir/references/search.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { JsonObject } from '../lens/json.js';
import { conditional, linked, logical, type Named, namedBy, nameOf } from './links.js';

/** The types of Bundle that records can be put into. */
export type PayloadBundleType = 'transaction' | 'batch' | 'collection' | 'document' | 'searchset';

/** A resource that becomes an entry. */
export interface Member {
  readonly resource: JsonObject;
  readonly resourceType: string;
  /** Its ClinikAPI id. */
  readonly id: string | undefined;
  readonly fullUrl: string;
  /** False for a resource that goes along. */
  readonly isRecord: boolean;
}

/** Gives a Reference of a member as it is in the Bundle: what it names may be an entry, or somewhere else. */
export type Place = (reference: JsonObject, member: Member) => JsonObject;

/** True where literal references are those of the caller's map. */
export const hasMap = ({ resolveId, resolveReference }: ConvertOptions): boolean =>
  resolveId !== undefined || resolveReference !== undefined;

/** Places the references of a Bundle; undefined where two members have one name. */
export function placing(
  members: readonly Member[],
  type: PayloadBundleType,
  options: ConvertOptions,
): Place | undefined {
  const byId = uniquely(members, ({ id }) => id);
  if (!hasMap(options)) return byId && ((reference, member) => placed(reference, member, type, byId));
  const atSource = uniquely(members, ({ resource: { id } }) => (typeof id === 'string' ? id : undefined));
  if (byId === undefined || atSource === undefined) return undefined;
  return (reference, member) =>
    typeof reference.reference === 'string'
      ? placedLiteral(reference, reference.reference, member, { type, options, byId, atSource })
      : placed(reference, member, type, byId);
}

type Names = ReadonlyMap<string, string>;

/** The fullUrls by `Type/id`; undefined where two have the same. */
function uniquely(members: readonly Member[], idOf: (member: Member) => string | undefined): Names | undefined {
  const fullUrls = new Map<string, string>();
  for (const member of members) {
    const id = idOf(member);
    if (id === undefined) continue;
    const name = nameOf({ type: member.resourceType, id });
    if (fullUrls.has(name)) return undefined;
    fullUrls.set(name, member.fullUrl);
  }
  return fullUrls;
}

/** A Reference that names its target by the ClinikAPI id. */
function placed(reference: JsonObject, { isRecord }: Member, type: PayloadBundleType, byId: Names): JsonObject {
  const target = namedBy(reference);
  if (target === undefined || type === 'searchset') return reference;
  const fullUrl = type === 'batch' ? undefined : byId.get(nameOf(target));
  if (fullUrl !== undefined) return linked(reference, fullUrl);
  // What goes along was made by others: an id in it need not be ClinikAPI's.
  if (!isRecord) return reference;
  return type === 'transaction' ? conditional(reference, target) : logical(reference, target);
}

/** What a Bundle made under a map has. */
interface Mapped {
  readonly type: PayloadBundleType;
  readonly options: ConvertOptions;
  /** The fullUrls by the type and the ClinikAPI id. */
  readonly byId: Names;
  /** The same by the id that the server of the map gave. */
  readonly atSource: Names;
}

/** A literal Reference under a map: it names its target as the server does that the map is of. */
function placedLiteral(
  reference: JsonObject,
  text: string,
  { isRecord }: Member,
  { type, options, byId, atSource }: Mapped,
): JsonObject {
  const target = targetUnderMap(text, options);
  const there = atSource.get(text);
  const isStatic = type === 'searchset' || type === 'batch';
  if (target === undefined) return there === undefined || isStatic ? reference : linked(reference, there);
  const fullUrl = byId.get(nameOf(target));
  if (fullUrl === undefined) {
    if (!isRecord) return reference;
    // An entry that has this name at the source, and another ClinikAPI id, would be taken for the target.
    // A document holds what it refers to, or names it; a urn names what is in the Bundle.
    if (there !== undefined || type === 'document' || text.startsWith('urn:')) return logical(reference, target);
    return type === 'transaction' ? reference : searchless(reference, text);
  }
  if (type === 'searchset') return isRecord ? searchless(reference, text) : reference;
  return type === 'batch' ? logical(reference, target) : linked(reference, fullUrl);
}

function targetUnderMap(text: string, options: ConvertOptions): Named | undefined {
  const literal = options.resolveId === undefined ? undefined : readLiteral(text);
  const target = literal === undefined ? undefined : targetOf(literal, { options });
  return target?.type === undefined ? undefined : { type: target.type, id: target.id };
}

/** Only a transaction has references that are searches; elsewhere the identifier that is searched for is the reference. */
function searchless(reference: JsonObject, text: string): JsonObject {
  const search = parseSearch(text);
  if (search === undefined) return reference;
  const { reference: _, ...rest } = reference;
  const { type, system, value } = search;
  return { ...rest, type, identifier: { system, value } };
}
