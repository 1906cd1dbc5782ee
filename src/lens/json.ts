/** A JSON object whose values have not been looked at yet. */
export type JsonObject = { [key: string]: unknown };

/** True for an object that JSON would write with braces. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects among the items of a list; none where it is no list. It may be the list itself, and is not to be changed. */
export function objectsIn(list: unknown): readonly JsonObject[] {
  if (!Array.isArray(list)) return NONE;
  const items: readonly unknown[] = list;
  // Nearly every list has nothing else, and then there is nothing to copy.
  return areObjects(items) ? items : items.filter(isObject);
}

const NONE: readonly JsonObject[] = [];

function areObjects(items: readonly unknown[]): items is readonly JsonObject[] {
  for (const item of items) if (!isObject(item)) return false;
  return true;
}

/**
 * The value of a property that the record itself holds, `undefined` otherwise.
 * A record may have keys such as `constructor` or `__proto__`, and lacks them far more often.
 */
export function own(object: JsonObject, key: string): unknown {
  const value = object[key];
  if (typeof value === 'function' || key === '__proto__') return Object.hasOwn(object, key) ? value : undefined;
  return value;
}

/** Sets a property, also one named `__proto__`, as an own one. */
export function assign(object: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}

/** Deep equality of two JSON values; the order of an object's keys does not count. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (!equal(a[index], b[index])) return false;
    return true;
  }
  if (!isObject(a) || !isObject(b)) return false;
  let keys = 0;
  for (const key in a) {
    if (!equal(own(a, key), own(b, key))) return false;
    keys += 1;
  }
  for (const _ in b) keys -= 1;
  return keys === 0;
}

/** A deep copy that shares nothing with its source and keeps the order of keys. */
export function clone<T>(value: T): T;
export function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => clone(item));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) assign(copy, key, clone(value[key]));
  return copy;
}

/** The same text for equal values, whatever the order of their keys. */
export function fingerprint(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(fingerprint).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${fingerprint(value[key])}`).join(',')}}`;
}
