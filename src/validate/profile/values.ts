import { compareDateTimes } from '../../fhir/datatypes/dateTime.js';
import { isObject, own } from '../../lens/json.js';

/** True where two JSON values are the same; the order of keys does not matter. */
export function isSame(value: unknown, other: unknown): boolean {
  if (Array.isArray(value))
    return (
      Array.isArray(other) && value.length === other.length && value.every((one, index) => isSame(one, other[index]))
    );
  if (!isObject(value)) return value === other;
  if (!isObject(other)) return false;
  const keys = Object.keys(value);
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(own(value, key), own(other, key)));
}

/** True where a value has all that a pattern has (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_). */
export function fitsPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((one) => value.some((candidate) => fitsPattern(candidate, one)));
  if (!isObject(pattern)) return value === pattern;
  return isObject(value) && Object.keys(pattern).every((key) => fitsPattern(own(value, key), own(pattern, key)));
}

/** A value of a guide in a message, where it is short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text === undefined || text.length > 300 ? 'the value in its definition' : text;
}

/** Negative, 0 or positive for two numbers, two quantities of one unit, two dates or two times; undefined where nobody can tell. */
export function compare(value: unknown, other: unknown): number | undefined {
  if (isObject(value) && isObject(other))
    return ['system', 'code'].every((name) => isSame(own(value, name), own(other, name)))
      ? compare(own(value, 'value'), own(other, 'value'))
      : undefined;
  if (typeof value === 'number' && typeof other === 'number') return value - other;
  if (typeof value !== 'string' || typeof other !== 'string') return undefined;
  if (!TIME.test(value) || !TIME.test(other)) return compareDateTimes(value, other);
  // Digits after the seconds compare as texts do, once there are as many.
  const width = Math.max(value.length, other.length, 9);
  const [one, two] = [value, other].map((time) => time.padEnd(9, '.').padEnd(width, '0'));
  return one === two ? 0 : String(one) < String(two) ? -1 : 1;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/;
