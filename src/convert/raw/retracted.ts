import { structureOf } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';

const ENTERED_IN_ERROR = 'entered-in-error';

/** The elements that say it with a concept. */
const CONCEPTS: readonly string[] = ['verificationStatus', 'legalState'];

/**
 * The element of a resource that says that it was entered in error: a status of any name (`status`, `lifecycleStatus`, `docStatus`),
 * or a verification status; undefined where none does.
 */
export function enteredInErrorAt(resource: JsonObject, resourceType: string): string | undefined {
  const properties = structureOf(resourceType)?.properties;
  return Object.keys(resource).find((key) => {
    const value = own(resource, key);
    if (CONCEPTS.includes(key)) return value === ENTERED_IN_ERROR || saysSo(value);
    return value === ENTERED_IN_ERROR && (key === 'status' || properties?.get(key)?.type === 'code');
  });
}

function saysSo(concept: unknown): boolean {
  const codings = isObject(concept) ? own(concept, 'coding') : undefined;
  return (
    Array.isArray(codings) && codings.some((coding) => isObject(coding) && own(coding, 'code') === ENTERED_IN_ERROR)
  );
}
