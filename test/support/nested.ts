import type { JsonObject } from '../../src/lens/json.js';
import { patient } from './validation.js';

/** A value that stands in others of one form, `depth` times. */
export function nested(depth: number, around: (inner: unknown) => unknown, innermost: unknown): unknown {
  let value = innermost;
  for (let level = 0; level < depth; level += 1) value = around(value);
  return value;
}

/** A list of one value again and again: the same object, where it is one. */
export function repeat(count: number, value: unknown): unknown[] {
  return new Array(count).fill(value);
}

/** A Patient with extensions that share theirs: ten to the power of `levels` places from few objects. */
export function laughs(levels: number, innermost: JsonObject): JsonObject {
  return {
    ...patient,
    extension: [nested(levels, (inner) => ({ url: 'a', extension: repeat(10, inner) }), innermost)],
  };
}
