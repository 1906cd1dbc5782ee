import type { Resource } from 'fhir/r4.js';
import { nonEmpty } from '../../fhir/datatypes/text.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isClinikId, isClinikSystem, typeOfPrefix, typeOfSystem } from '../../fhir/references/identity.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { searchText } from '../../fhir/references/search.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';

/** Where the records that references mean are looked for. */
export interface Surroundings {
  /** The resource behind a literal reference, or undefined where it is not in reach. */
  readonly resolve?: ((reference: string) => Resource | undefined) | undefined;
  /** The server whose absolute references count; without it those of any server do. */
  readonly baseUrl?: string | undefined;
  /** The id map, where there is one: what the source calls `Type/5` is then not what ClinikAPI has under 5. */
  readonly resolveId?: ((reference: string) => string | undefined) | undefined;
  /** A reference as that map has it; without it as it stands. */
  readonly placed?: ((reference: string) => string) | undefined;
}

/** The name of what has an id at ClinikAPI. Under an id map no record of the source is called so: no id of its has an `@`. */
export function nameAtClinik(type: string | undefined, id: string, { resolveId }: Surroundings): string | undefined {
  const name = nameOf(type, id);
  return name === undefined || resolveId === undefined ? name : name.replace('/', '/@');
}

/** True for such a name. */
export const isAtClinik = (name: string): boolean => name.includes('/@');

/**
 * The name (`Type/id`, under an id map `Type/@id` for an id of ClinikAPI's) of what a Reference points at: what `resolve` finds, else
 * what the reference itself tells. Undefined where that is no id: of a contained resource, a search, a `urn:`, somebody else's
 * identifier. `type` is that of the targets of the reference where they have only one.
 */
export function nameOfTarget(
  reference: JsonObject,
  type: string | undefined,
  surroundings: Surroundings,
): string | undefined {
  const literal = own(reference, 'reference');
  if (typeof literal === 'string' && literal !== '') return nameOfLiteral(literal, surroundings);
  const identifier = own(reference, 'identifier');
  if (!isObject(identifier)) return undefined;
  const told = own(reference, 'type');
  return nameOfIdentifier(identifier, typeof told === 'string' ? told : type, surroundings);
}

function nameOfLiteral(text: string, { resolve, baseUrl }: Surroundings): string | undefined {
  const literal = readLiteral(text);
  if (literal?.kind === 'contained') return undefined;
  const found = nameOfResource(resolve?.(literal?.reference ?? text));
  if (found !== undefined || literal === undefined) return found;
  const { kind, type, id, base } = literal;
  const isHome = kind === 'relative' || baseUrl === undefined || baseUrl.replace(/\/$/, '') === base;
  // Only what is relative or absolute has an id.
  return isHome ? nameOf(type, id) : undefined;
}

function nameOfIdentifier(
  identifier: JsonObject,
  type: string | undefined,
  surroundings: Surroundings,
): string | undefined {
  const system = own(identifier, 'system');
  const value = own(identifier, 'value');
  if (nonEmpty(system) === undefined || typeof system !== 'string' || typeof value !== 'string') return undefined;
  if (!isClinikSystem(system)) {
    const isSearch = type !== undefined && RESOURCE_TYPES.has(type);
    return isSearch ? nameOfResource(surroundings.resolve?.(searchText({ type, system, value }))) : undefined;
  }
  const slash = value.indexOf('/');
  return slash < 0
    ? nameAtClinik(typeOfSystem(system) ?? type ?? typeOfPrefix(value), value, surroundings)
    : nameAtClinik(value.slice(0, slash), value.slice(slash + 1), surroundings);
}

const nameOfResource = (resource: Resource | undefined): string | undefined =>
  nameOf(resource?.resourceType, resource?.id);

function nameOf(type: string | undefined, id: string | undefined): string | undefined {
  return type !== undefined && RESOURCE_TYPES.has(type) && isClinikId(id) ? `${type}/${id}` : undefined;
}
