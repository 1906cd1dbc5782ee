import { saysEnteredInError } from '../../fhir/datatypes/code.js';
import { structureOf } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';

/** The elements that say it with a concept, besides a status. */
const CONCEPTS: readonly string[] = ['status', 'verificationStatus', 'legalState'];

/**
 * The element of a resource that says that it was entered in error: a status of any name (`status`, `lifecycleStatus`, `docStatus`),
 * or a verification status, in any spelling, of any system, and also of a kind that R4 does not have there; undefined where none does.
 */
export function enteredInErrorAt(resource: JsonObject, resourceType: string): string | undefined {
  const properties = structureOf(resourceType)?.properties;
  return Object.keys(resource).find(
    (key) => (CONCEPTS.includes(key) || properties?.get(key)?.type === 'code') && saysSo(own(resource, key)),
  );
}

/** True for a code, a Coding or a concept that says so, by its code or in words, or a list with one. Recurses a few levels. */
function saysSo(value: unknown, levels = 4): boolean {
  if (saysEnteredInError(value)) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.some((item) => saysSo(item, levels - 1));
  if (!isObject(value)) return false;
  return ['code', 'display', 'text', 'coding'].some((key) => saysSo(own(value, key), levels - 1));
}
