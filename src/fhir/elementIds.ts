import { isObject, type JsonObject } from '../lens/json.js';

/**
 * A copy of a datatype without the ids of its elements, which are unique within a resource and mean nothing outside of it
 * (https://hl7.org/fhir/R4/element.html#id). What held nothing else goes with its id.
 */
export function withoutElementIds(value: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'id') continue;
    const rest = strip(item);
    if (rest !== undefined) copy[key] = rest;
  }
  return copy;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => strip(item) ?? null);
  if (!isObject(value)) return value;
  const copy = withoutElementIds(value);
  return Object.keys(copy).length === 0 ? undefined : copy;
}
