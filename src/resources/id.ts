import { isClinikId, isFhirId, systemOf } from '../fhir/identity.js';
import type { FhirScope } from '../fhir/scope.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { report } from '../lens/scope.js';

/** A record's id: the value of ClinikAPI's identifier, else the resource's own id. */
export function readId(resource: JsonObject, resourceType: string): string | undefined {
  const system = systemOf(resourceType);
  const { identifier } = resource;
  const identifiers: readonly unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  for (const one of identifiers) {
    if (isObject(one) && one.system === system && isClinikId(one.value)) return one.value;
  }
  return isClinikId(resource.id) ? resource.id : undefined;
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
  if (typeof id !== 'string' || readId(resource, resourceType) === id) return;
  const system = systemOf(resourceType);
  if (isFhirId(id) && resource.id === undefined && !hasOwnIdentifier(resource, system)) {
    resource.id = id;
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

function hasOwnIdentifier({ identifier }: JsonObject, system: string): boolean {
  const identifiers: readonly unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  return identifiers.some((one) => isObject(one) && one.system === system);
}
