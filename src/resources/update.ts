import { isBlank } from '../fhir/datatypes/text.js';
import { checkDepth } from '../fhir/safety.js';
import type { FhirScope } from '../fhir/scope.js';
import { assign, equal, isObject, type JsonObject, own } from '../lens/json.js';
import { below, report } from '../lens/scope.js';

/** True for a path of a payload (`period`, `hospitalization.origin`) that ClinikAPI's PATCH takes. */
export type IsUpdatable = (path: string) => boolean;

/** What a PATCH takes, from the keys that it takes whole and the paths below them that it does not. */
export function updatablePaths(keys: readonly string[], except: readonly string[] = []): IsUpdatable {
  const isAt = (path: string, parent: string): boolean => path === parent || /^[.[]/.test(path.slice(parent.length));
  const among = (path: string, parents: readonly string[]): boolean =>
    parents.some((parent) => path.startsWith(parent) && isAt(path, parent));
  return (path) => among(path, keys) && !among(path, except);
}

/** The partial payload, where it is an object without `null`; reports what is wrong with it. */
export function openPartial(partial: unknown, scope: FhirScope): JsonObject | undefined {
  if (!isObject(partial)) {
    report(scope, { severity: 'error', code: 'structure', id: 'payload-type', diagnostics: 'A payload is an object.' });
    return undefined;
  }
  if (!checkDepth(partial, scope)) return undefined;
  refuseNulls(partial, scope);
  return scope.failed ? undefined : partial;
}

function refuseNulls(value: unknown, scope: FhirScope): void {
  if (value === null) {
    const diagnostics = 'ClinikAPI has no way to clear a field; null is no value.';
    report(scope, { severity: 'error', code: 'value', id: 'update-null', diagnostics });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) below(scope, [index], () => refuseNulls(item, scope));
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) below(scope, [key], () => refuseNulls(own(value, key), scope));
  }
}

/** What is stored after a PATCH: lists replaced, objects merged, what is absent left alone, one choice for another. */
export function mergeUpdate(
  stored: JsonObject,
  partial: JsonObject,
  exclusive: readonly (readonly string[])[],
): JsonObject {
  const merged = mergeObject(stored, partial);
  for (const keys of exclusive) {
    if (keys.every((key) => saysNothing(partial[key]))) continue;
    for (const key of keys) if (partial[key] === undefined) delete merged[key];
  }
  return merged;
}

function mergeObject(stored: JsonObject, partial: JsonObject): JsonObject {
  const merged = { ...stored };
  for (const key of Object.keys(partial)) {
    const value = own(partial, key);
    const before = own(stored, key);
    if (value === undefined) continue;
    assign(merged, key, isObject(value) && isObject(before) ? mergeObject(before, value) : value);
  }
  return merged;
}

/** True for what a normal form leaves out. */
function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(saysNothing);
  return value === undefined || (typeof value === 'string' && isBlank(value));
}

/**
 * Reports what of a partial payload ClinikAPI's PATCH does not take, and which stored subfields it would drop if it
 * replaced nested objects instead of merging them. `stored` and `after` are in normal form.
 */
export function checkUpdate(
  partial: JsonObject,
  stored: JsonObject,
  after: JsonObject,
  isUpdatable: IsUpdatable,
  scope: FhirScope,
): void {
  const check = (said: JsonObject, before: JsonObject, now: JsonObject, path: string): void => {
    for (const key of Object.keys(said)) {
      const value = own(said, key);
      const place = `${path}${key}`;
      const [was, is] = [own(before, key), own(now, key)];
      if (value === undefined) continue;
      if (!isUpdatable(place)) reportFixed(equal(was, is), key, scope);
      else if (isObject(value)) {
        below(scope, [key], () => {
          warnOfReplacement(value, objectOrEmpty(was), scope);
          check(value, objectOrEmpty(was), objectOrEmpty(is), `${place}.`);
        });
      }
    }
  };
  check(partial, stored, after, '');
}

function reportFixed(unchanged: boolean, key: string, scope: FhirScope): void {
  if (!unchanged) {
    reportNotUpdatable(key, scope);
    return;
  }
  const diagnostics = 'An update cannot set this field. Here it says what is stored, and was ignored.';
  report(scope, { severity: 'warning', code: 'not-supported', id: 'update-field-ignored', diagnostics }, key);
}

/** Reports a change of a field that ClinikAPI's PATCH does not take. */
export function reportNotUpdatable(key: string, scope: FhirScope): void {
  const diagnostics = 'ClinikAPI does not let an update change this field.';
  report(scope, { severity: 'error', code: 'not-supported', id: 'update-field', diagnostics }, key);
}

function warnOfReplacement(said: JsonObject, stored: JsonObject, scope: FhirScope): void {
  for (const key of Object.keys(stored)) {
    if (own(said, key) !== undefined) continue;
    const diagnostics =
      'What is stored here stays, since nested objects merge; if ClinikAPI replaced them it would be lost.';
    report(scope, { severity: 'warning', code: 'incomplete', id: 'update-subfield-at-risk', diagnostics }, key);
  }
}

/** The value where it is an object, else an empty one. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
