import type { FhirScope } from '../fhir/scope.js';
import type { Schema } from '../lens/codec.js';
import { equal, isObject, type JsonObject } from '../lens/json.js';
import { below, report } from '../lens/scope.js';
import { type IsUpdatable, objectOrEmpty, reportNotUpdatable } from './update.js';

/** What a diff needs to know of a resource's table. */
export interface UpdateTable {
  readonly schema: Schema;
  readonly exclusive: readonly (readonly string[])[];
  readonly isUpdatable: IsUpdatable;
}

/**
 * The smallest partial payload that makes `after` of `before`, both in normal form, whether ClinikAPI merges nested objects
 * or replaces them: a nested object that changed is sent whole. Reports each change that no PATCH can express.
 */
export function diffUpdate(
  before: JsonObject,
  after: JsonObject,
  { schema, exclusive, isUpdatable }: UpdateTable,
  scope: FhirScope,
): JsonObject {
  const update: JsonObject = {};
  for (const key of keysOf(before, after)) {
    const [was, is] = [before[key], after[key]];
    if (equal(was, is)) continue;
    const field = propertyOf(schema, key);
    if (!isUpdatable(key)) reportNotUpdatable(key, scope);
    else if (field.type === 'object' && !isDisplaced(key, after, exclusive)) {
      update[key] = below(scope, [key], () =>
        wholeObject(objectOrEmpty(was), objectOrEmpty(is), field, (name) => isUpdatable(`${key}.${name}`), scope),
      );
    } else if (is !== undefined) update[key] = is;
    else if (field.type === 'array') update[key] = [];
    else if (!isDisplaced(key, after, exclusive)) reportRemoval(key, scope);
  }
  return update;
}

/** A nested object with all that is in it, and an empty list for each list that went. */
function wholeObject(
  before: JsonObject,
  after: JsonObject,
  schema: Schema,
  isUpdatable: IsUpdatable,
  scope: FhirScope,
): JsonObject {
  const whole = { ...after };
  for (const key of keysOf(before, after)) {
    const [was, is] = [before[key], after[key]];
    if (!isUpdatable(key)) {
      if (equal(was, is)) reportUnsendable(key, scope);
      else reportNotUpdatable(key, scope);
    } else if (is === undefined) {
      if (propertyOf(schema, key).type === 'array') whole[key] = [];
      else reportRemoval(key, scope);
    }
  }
  return whole;
}

function keysOf(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])];
}

function propertyOf(schema: Schema, key: string): Schema {
  const property = objectOrEmpty(schema.properties)[key];
  return isObject(property) ? property : {};
}

/** True where another one of several keys takes the place of this one. */
function isDisplaced(key: string, after: JsonObject, exclusive: readonly (readonly string[])[]): boolean {
  return exclusive.some((keys) => keys.includes(key) && keys.some((one) => one !== key && after[one] !== undefined));
}

function reportRemoval(key: string, scope: FhirScope): void {
  const diagnostics = 'ClinikAPI has no way to clear this field: an update leaves alone what it does not name.';
  report(scope, { severity: 'error', code: 'not-supported', id: 'update-removal', diagnostics }, key);
}

function reportUnsendable(key: string, scope: FhirScope): void {
  const diagnostics =
    'The object around this field changed, and no update can send the field with it; if ClinikAPI replaced the object it would be lost.';
  report(scope, { severity: 'error', code: 'not-supported', id: 'update-subfield-unsupported', diagnostics }, key);
}
