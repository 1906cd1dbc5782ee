import { idAsIdentifier, isClinikId, isFhirId, systemOf } from '../fhir/references/identity.js';
import { parseLiteral } from '../fhir/references/literal.js';
import type { ConvertOptions, FhirScope } from '../fhir/scope.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';

/** What the caller's map says of ids. */
type IdMap = Pick<ConvertOptions, 'resolveId' | 'resolveReference'>;

/**
 * A record's id: the value of ClinikAPI's identifier, else what the caller's map has for the resource, else the resource's own
 * id, unless the map says that ClinikAPI gave it to another record.
 */
export function readId(resource: JsonObject, resourceType: string, map: IdMap = {}): string | undefined {
  const told = idAsIdentifier(resource, resourceType);
  if (told !== undefined) return told;
  const { id } = resource;
  const mapped = map.resolveId !== undefined && isClinikId(id) ? map.resolveId(`${resourceType}/${id}`) : undefined;
  if (isClinikId(mapped)) return mapped;
  return isClinikId(id) && !isOfAnother(id, resourceType, map) ? id : undefined;
}

/** True where the caller's map has an id of ClinikAPI's, so that a record which it does not know can only look as if it had it. */
export function isOfAnother(id: string, resourceType: string, { resolveId, resolveReference }: IdMap): boolean {
  return resolveId !== undefined && typeof resolveReference?.(id, resourceType) === 'string';
}

/**
 * Writes a record's id: as the resource's id where FHIR allows it and none stands there, else as an identifier of
 * ClinikAPI's. A resource that already has it stays as it is; an id of somebody else's is never overwritten.
 */
export function writeId(
  resource: JsonObject,
  id: unknown,
  { resourceType, singleIdentifier = false }: { resourceType: string; singleIdentifier?: boolean },
  scope: FhirScope,
): void {
  if (typeof id !== 'string' || readId(resource, resourceType, scope.options) === id) return;
  const system = systemOf(resourceType);
  const own = ownId(id, resourceType, scope.options);
  if (own !== undefined && resource.id === undefined && !hasOwnIdentifier(resource, system)) {
    resource.id = own;
    return;
  }
  const identifier = { system, value: id };
  if (!singleIdentifier) {
    const others = Array.isArray(resource.identifier) ? resource.identifier : [];
    resource.identifier = [...others.filter((one) => !isObject(one) || one.system !== system), identifier];
  } else if (resource.identifier === undefined || hasOwnIdentifier(resource, system)) resource.identifier = identifier;
  else {
    const diagnostics = 'The resource has room for one identifier, and it is taken; the ClinikAPI id was not written.';
    report(scope, { severity: 'warning', code: 'incomplete', id: 'put-id-not-written', diagnostics }, 'identifier');
  }
}

/** The resource's own id for one of ClinikAPI's: under the caller's map the one that it came from, without a map the same. */
function ownId(id: string, resourceType: string, { resolveId, resolveReference }: IdMap): string | undefined {
  if (resolveId === undefined && resolveReference === undefined) return isFhirId(id) ? id : undefined;
  const source = parseLiteral(resolveReference?.(id, resourceType) ?? '');
  if (source?.kind !== 'relative' || source.type !== resourceType) return undefined;
  return resolveId === undefined || resolveId(source.reference) === id ? source.id : undefined;
}

function hasOwnIdentifier({ identifier }: JsonObject, system: string): boolean {
  const identifiers: readonly unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  return identifiers.some((one) => isObject(one) && one.system === system);
}
