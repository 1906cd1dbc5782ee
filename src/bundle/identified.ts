import { structureOf } from '../fhir/definitions.js';
import { systemOf } from '../fhir/references/identity.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { searchOf } from './links.js';

/**
 * A resource that is to be created, with an identifier instead of the id, which a server would ignore
 * (https://hl7.org/fhir/R4/http.html#create): ClinikAPI's where the record has an id, else `name`. `search` is the condition that
 * a second attempt meets, so that it creates nothing.
 */
export function identified(
  { id: _, ...resource }: JsonObject,
  resourceType: string,
  id: string | undefined,
  name: { readonly system: string; readonly value: string },
): { resource: JsonObject; search: string } {
  const own = id === undefined ? name : { system: systemOf(resourceType), value: id };
  const isList = structureOf(resourceType)?.properties.get('identifier')?.element.isList === true;
  const before: unknown[] = Array.isArray(resource.identifier) ? resource.identifier : [];
  const others = before.filter((one) => !isObject(one) || one.system !== own.system);
  resource.identifier = isList ? [...others, own] : own;
  return { resource, search: searchOf(own.system, own.value) };
}
