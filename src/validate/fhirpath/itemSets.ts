import { type Items, includes, keyOf } from './items.js';

/** Fewer items than this are looked through as quickly as they are found by their keys. */
const FEW = 16;

/**
 * Which items the lists of a record have, for the expressions that ask one list for many items: a list that is asked again is
 * looked through once. The lists must not change meanwhile, so that one of these serves for one walk.
 */
export class ItemSets {
  #keys: WeakMap<object, ReadonlySet<unknown> | 'asked'> | undefined;

  /** True where a collection has an item that is equal to this one. */
  includes(items: Items, item: unknown): boolean {
    if (!Array.isArray(items) || items.length < FEW) return includes(items, item);
    // Made when it is needed, which it is in few records: it is one more thing to keep for the collector of garbage.
    this.#keys ??= new WeakMap();
    const keys = this.#keys.get(items);
    if (keys === undefined) {
      this.#keys.set(items, 'asked');
      return includes(items, item);
    }
    if (keys !== 'asked') return keys.has(keyOf(item));
    const made = new Set(items.map(keyOf));
    this.#keys.set(items, made);
    return made.has(keyOf(item));
  }
}
