import { locateInPayload } from '../fhir/expression.js';
import { isPropertyName } from '../fhir/propertyNames.js';
import type { Issue } from '../lens/issue.js';
import { type JsonObject, own } from '../lens/json.js';
import type { Step } from '../lens/scope.js';

type Kind = 'string' | 'number' | 'boolean';
type Value<K extends Kind> = { string: string; number: number; boolean: boolean }[K];

/** The fields of an object by the JSON types that they may have. */
export type FieldTypes = { readonly [name: string]: readonly Kind[] };

/** The fields that were read, each with its type; those that are missing are left out. */
export type Fields<T extends FieldTypes> = { [Name in keyof T]?: Value<T[Name][number]> };

/**
 * The fields of an object that have the type that ClinikAPI documents. Each of another type is reported; `null` is how JSON
 * says that there is none.
 */
export function readFields<T extends FieldTypes>(
  from: JsonObject,
  types: T,
  at: readonly Step[],
  issues: Issue[],
): Fields<T>;
export function readFields(from: JsonObject, types: FieldTypes, at: readonly Step[], issues: Issue[]): JsonObject {
  const read: JsonObject = {};
  for (const [name, kinds] of Object.entries(types)) {
    const value = own(from, name);
    if (value === undefined || value === null) continue;
    if (kinds.some((kind) => typeof value === kind)) read[name] = value;
    else issues.push(unreadField([...at, name]));
  }
  return read;
}

/** Reports the keys of an object that are none of those known. */
export function reportOthers(from: JsonObject, known: readonly string[], at: readonly Step[], issues: Issue[]): void {
  for (const key of Object.keys(from)) if (!known.includes(key)) issues.push(unreadField(at, key));
}

/** A field that ClinikAPI does not document, or not like this; `unknown` is the last part of its name, where a record chose it. */
export function unreadField(at: readonly Step[], unknown?: string): Issue {
  const steps = unknown === undefined ? at : [...at, unknown];
  return {
    severity: 'warning',
    code: 'structure',
    id: 'response-field',
    expression: [locateInPayload(steps, (name) => name !== unknown || isPropertyName(name))],
    diagnostics: 'ClinikAPI documents no such field here, or one of another type; it was not read.',
  };
}
