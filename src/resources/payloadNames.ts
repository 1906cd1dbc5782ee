import { isPropertyName } from '../fhir/propertyNames.js';
import type { Schema } from '../lens/codec.js';
import { isObject, own } from '../lens/json.js';

/** The names of the properties that a JSON Schema has anywhere. */
export function namesIn(schema: unknown): ReadonlySet<string> {
  return new Set(eachName(schema));
}

function* eachName(schema: unknown): Generator<string> {
  if (Array.isArray(schema)) for (const item of schema) yield* eachName(item);
  if (!isObject(schema)) return;
  const properties = own(schema, 'properties');
  if (isObject(properties)) yield* Object.keys(properties);
  for (const item of Object.values(schema)) yield* eachName(item);
}

/** Tells the names of a payload's fields, and of R4's, from any other, which could be a value of the record. */
export function payloadNames(schema: Schema): (name: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  return (name) => {
    names ??= namesIn(schema);
    return names.has(name) || isPropertyName(name);
  };
}
