import { enteredInError } from '../fhir/datatypes/code.js';
import { MAX_DEPTH } from '../fhir/safety.js';
import type { Issue } from '../lens/issue.js';
import { assign, isObject, type JsonObject, own } from '../lens/json.js';

/** A flat record of a response without the fields that are `null`: an answer has no other way to say that there is nothing. */
export function withoutNulls(record: JsonObject): JsonObject {
  return objectWithout(record, 0);
}

function objectWithout(object: JsonObject, depth: number): JsonObject {
  const kept: JsonObject = {};
  for (const key of Object.keys(object)) {
    const value = own(object, key);
    if (value !== null) assign(kept, key, without(value, depth + 1));
  }
  return kept;
}

/** What is nested deeper than any record stays as it is, and is refused for that. */
function without(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => without(item, depth + 1));
  return isObject(value) ? objectWithout(value, depth) : value;
}

/** True for a flat record that says that it should not have been there. */
export function isRetraction(record: JsonObject): boolean {
  return own(record, 'status') === 'entered-in-error';
}

/** Why such a record is not read: what a resource that says the same is refused for. */
export const retraction = (): Issue => ({ ...enteredInError, expression: ['status'] });
