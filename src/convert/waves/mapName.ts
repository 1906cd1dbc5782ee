import { nonEmpty } from '../../fhir/datatypes/text.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isClinikSystem } from '../../fhir/references/identity.js';
import { type Literal, readLiteral } from '../../fhir/references/literal.js';
import { typeInText } from '../../fhir/references/point.js';
import { searchText } from '../../fhir/references/search.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { firstOf } from '../../lens/rule.js';
import type { Surroundings } from './referenceName.js';

/** Why no row of an id map can say what a reference points at. */
export type NoRow =
  /** Its text is none that a record can be known by. */
  | 'unreadable'
  /** It has an identifier without a system, which may be anybody's. */
  | 'no-system'
  /** It points at a contained resource that has no identifier. */
  | 'contained';

/** How an id map calls what a reference points at, or why it cannot. */
export type MapName =
  | {
      /** As the column `reference` of a map has it. */
      readonly reference: string;
      readonly type?: string;
      /** The search that a reference is, or stands for, which has no literal one. */
      readonly search?: string;
      /** The server of an absolute reference, where nobody says that it is home. */
      readonly server?: string;
      /** Other names by which a map may know it. */
      readonly also?: readonly string[];
    }
  | { readonly noRow: NoRow };

/** What an element takes. */
export interface Takes {
  /** The types that its fields take, `Resource` for any. */
  readonly targets: ReadonlySet<string>;
  /** Those that one of its fields takes alone, so that an identifier needs no type there. */
  readonly alone: ReadonlySet<string>;
}

/**
 * How an id map calls what a Reference points at; undefined where the element takes no such target, and where ClinikAPI's own id is
 * told. `name` is what the reference is called in the set, `resource` the one that it stands in.
 */
export function mapName(
  value: JsonObject,
  name: string | undefined,
  takes: Takes,
  surroundings: Surroundings,
  resource: JsonObject,
): MapName | undefined {
  const text = nonEmpty(own(value, 'reference'));
  const literal = text === undefined ? undefined : readLiteral(surroundings.placed?.(text) ?? text);
  if (literal?.kind === 'contained') return inside(literal.reference.slice(1), takes, surroundings, resource);
  if (literal !== undefined) return ofLiteral(literal, value, name, takes, surroundings);
  if (text !== undefined && !isTaken(typeInText(text), takes)) return undefined;
  const told = ofIdentifier(own(value, 'identifier'), nonEmpty(own(value, 'type')), name, takes);
  return text !== undefined && (told === undefined || 'noRow' in told) ? { noRow: 'unreadable' } : told;
}

/** True where an element takes a target of a type, or none is told. */
export const isTaken = (type: string | undefined, { targets }: Takes): boolean =>
  type === undefined || !RESOURCE_TYPES.has(type) || targets.has('Resource') || targets.has(type);

/** The type in `Type/id`. */
export const typeOfName = (name: string | undefined): string | undefined => name?.slice(0, name.indexOf('/'));

const typed = (type: string | undefined): { readonly type?: string } => (type === undefined ? {} : { type });

function ofLiteral(
  { kind, type: inText, reference, base }: Literal,
  value: JsonObject,
  name: string | undefined,
  takes: Takes,
  { baseUrl }: Surroundings,
): MapName | undefined {
  const [only] = takes.targets.size === 1 ? takes.alone : [];
  const type = inText ?? typeOfName(name) ?? nonEmpty(own(value, 'type')) ?? only;
  if (!isTaken(type, takes)) return undefined;
  const beside = ofIdentifier(own(value, 'identifier'), nonEmpty(own(value, 'type')) ?? type, undefined, takes);
  const search = beside === undefined || 'noRow' in beside ? [] : [beside.reference];
  const more = { ...typed(type), also: [reference, ...(name === undefined ? [] : [name]), ...search] };
  if (kind === 'absolute' && baseUrl?.replace(/\/$/, '') !== base)
    return { reference, ...more, ...(base === undefined ? {} : { server: base }) };
  return { reference: name ?? reference, ...more, ...(kind === 'conditional' ? { search: reference } : {}) };
}

/** A contained resource is known by its identifiers, if it has some. */
function inside(id: string, takes: Takes, { resolve }: Surroundings, resource: JsonObject): MapName | undefined {
  const contained = own(resource, 'contained');
  const found = Array.isArray(contained) ? contained.find((one) => isObject(one) && own(one, 'id') === id) : undefined;
  if (!isObject(found)) return undefined;
  const type = nonEmpty(own(found, 'resourceType'));
  if (type === undefined || !isTaken(type, takes)) return undefined;
  const identifier = own(found, 'identifier');
  const identifiers: readonly unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  const searches = identifiers.flatMap((one) => {
    const told = ofIdentifier(one, type, undefined, takes);
    return told === undefined || 'noRow' in told ? [] : [told.reference];
  });
  const [search] = searches;
  if (search === undefined) return { noRow: 'contained' };
  const known = firstOf(searches, (one) => resolve?.(one));
  const reference = known?.id === undefined ? search : `${known.resourceType}/${known.id}`;
  return { reference, type, search, also: searches };
}

/** What a logical reference looks for, if its type is certain. */
function ofIdentifier(
  identifier: unknown,
  told: string | undefined,
  name: string | undefined,
  takes: Takes,
): MapName | undefined {
  if (!isObject(identifier) || isClinikSystem(own(identifier, 'system'))) return undefined;
  const [system, value] = [nonEmpty(own(identifier, 'system')), nonEmpty(own(identifier, 'value'))];
  const [type = undefined] = told === undefined ? takes.alone : [told];
  if (type === undefined || value === undefined || !RESOURCE_TYPES.has(type) || !isTaken(type, takes)) return undefined;
  if (system === undefined) return { noRow: 'no-system' };
  const search = searchText({ type, system, value });
  // What cannot be read again is no name: a value may have what ends the search.
  if (readLiteral(search) === undefined) return { noRow: 'unreadable' };
  return { reference: name ?? search, type, search, also: [search] };
}
