// JSON objects and arrays out of other arbitraries: optional properties, items that are never empty, keys in any order.
import fc from 'fast-check';

export type Json = Record<string, unknown>;
export type Model = Record<string, fc.Arbitrary<unknown>>;

const ABSENT = Symbol('absent');

/** `arb` or `ABSENT`, half and half at every depth (fast-check's own `option` makes five in six present). */
const maybe = (arb: fc.Arbitrary<unknown>) => fc.option(arb, { nil: ABSENT, freq: 2, depthSize: 'max' });

/** A choice whose odds do not change with depth. */
export const pick = <T>(...choices: fc.WeightedArbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ depthSize: 'max' }, ...choices);

export const choice = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({
  weight,
  arbitrary,
});

/** An object with all of `required` and about half of `optional`. */
export function object(required: Model, optional: Model = {}): fc.Arbitrary<Json> {
  const keys = [...Object.keys(required), ...Object.keys(optional)];
  const values = [...Object.values(required), ...Object.values(optional).map(maybe)];
  return fc.tuple(...values).map((drawn) => {
    const made: Json = {};
    for (const [index, key] of keys.entries()) if (drawn[index] !== ABSENT) made[key] = drawn[index];
    return made;
  });
}

/** An object of optional properties that has at least one. */
export function nonEmpty(optional: Model): fc.Arbitrary<Json> {
  return pick(
    ...Object.entries(optional).map(([key, arb]) => {
      const { [key]: _, ...others } = optional;
      return choice(1, object({ [key]: arb }, others));
    }),
  );
}

/** One object with the properties of all: for properties that depend on each other. */
export const merge = (...parts: fc.Arbitrary<Json>[]): fc.Arbitrary<Json> =>
  fc.tuple(...parts).map((drawn) => Object.assign({}, ...drawn));

/** A non-empty array: nearly always one to three items, and now and then exactly `limit`. */
export function list<T>(item: fc.Arbitrary<T>, limit?: number): fc.Arbitrary<T[]> {
  const short = fc.array(item, { minLength: 1, maxLength: Math.min(3, limit ?? 3) });
  if (limit === undefined || limit <= 3) return short;
  return pick(choice(99, short), choice(1, fc.array(item, { minLength: limit, maxLength: limit })));
}

/** The same of ids: each once. */
export const distinct = (item: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(item, { minLength: 1, maxLength: 3 });

/** A list that now and then says its first item again, at its end. */
export const repeating = <T>(items: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.tuple(items, fc.nat(5)).map(([made, drawn]) => (drawn === 0 ? [...made, ...made.slice(0, 1)] : made));

/** A small deterministic generator, for choices that are too many to draw one by one. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0;
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
  };
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function reordered(value: unknown, below: (n: number) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, below));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  for (let last = entries.length - 1; last > 0; last--) {
    const other = below(last + 1);
    const [a, b] = [entries[last], entries[other]];
    if (a && b) [entries[last], entries[other]] = [b, a];
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, reordered(item, below)]));
}

/** The same value, its keys at every depth in another order one time in three. */
export function anyKeyOrder(arb: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const seed = pick(choice(2, fc.constant(0)), choice(1, fc.nat()));
  return fc.tuple(arb, seed).map(([made, drawn]) => {
    const other = drawn === 0 ? made : reordered(made, random(drawn));
    return isObject(other) ? other : made;
  });
}
