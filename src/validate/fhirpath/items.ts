import { equal, fingerprint, isObject } from '../../lens/json.js';

/**
 * A collection of FHIRPath, as JSON holds it: `undefined` is empty, an array is its items, anything else is the only item. Thus
 * nothing is made to read an element, and an array of a record is a collection as it stands.
 */
export type Items = unknown;

/**
 * A primitive with what stands beside it in JSON, an id or extensions (https://hl7.org/fhir/R4/json.html#primitive). One that
 * has nothing beside it is its own value.
 */
export class Primitive {
  readonly value: unknown;
  readonly beside: unknown;

  constructor(value: unknown, beside: unknown) {
    this.value = value;
    this.beside = beside;
  }
}

/** True where a property holds something: not null, and not an empty array. */
export function isSome(property: unknown): boolean {
  if (typeof property !== 'object') return property !== undefined;
  return property !== null && !(Array.isArray(property) && property.length === 0);
}

/** The collection that a property holds. */
export const itemsOf = (property: unknown): Items => (isSome(property) ? property : undefined);

/** The collection that a property of primitives and the one with `_` hold together. */
export function joined(property: unknown, beside: unknown): Items {
  if (!isSome(beside)) return itemsOf(property);
  if (Array.isArray(property)) {
    const others: readonly unknown[] = Array.isArray(beside) ? beside : [];
    const list: unknown[] = property.map((value, index) => withBeside(value, others[index]));
    for (let index = list.length; index < others.length; index += 1) list.push(withBeside(null, others[index]));
    return itemsOf(list);
  }
  if (!isSome(property) && Array.isArray(beside)) return beside.map((one) => withBeside(null, one));
  return new Primitive(property, beside);
}

const withBeside = (value: unknown, beside: unknown): unknown =>
  beside === undefined || beside === null ? value : new Primitive(value, beside);

/** How many items there are. */
export function count(items: Items): number {
  if (items === undefined) return 0;
  return Array.isArray(items) ? items.length : 1;
}

/** The value of the only item; undefined where there is none, or several. */
export function single(items: Items): unknown {
  const item: unknown = Array.isArray(items) ? (items.length === 1 ? items[0] : undefined) : items;
  return (item instanceof Primitive ? item.value : item) ?? undefined;
}

/** The text that is the only item. */
export function singleText(items: Items): string | undefined {
  if (typeof items === 'string') return items;
  const value = single(items);
  return typeof value === 'string' ? value : undefined;
}

/** What a collection says where a boolean is wanted: a single item that is none says that it exists. */
export function truthOf(items: Items): boolean | undefined {
  if (items === undefined || typeof items === 'boolean') return items;
  const value = single(items);
  return value === undefined || typeof value === 'boolean' ? value : true;
}

/** All that the items of a collection give, in one collection. */
export function gather(items: Items, of: (item: unknown) => Items): Items {
  if (!Array.isArray(items)) return items === undefined ? undefined : of(items);
  let found: Items;
  let list: unknown[] | undefined;
  for (const item of items) {
    const part = of(item);
    if (part === undefined) continue;
    if (found === undefined) found = part;
    else {
      list ??= Array.isArray(found) ? [...found] : [found];
      if (Array.isArray(part)) for (const one of part) list.push(one);
      else list.push(part);
    }
  }
  return list ?? found;
}

/** True where an item passes. */
export function some(items: Items, test: (item: unknown) => boolean): boolean {
  if (!Array.isArray(items)) return items !== undefined && test(items);
  for (const item of items) if (test(item)) return true;
  return false;
}

/** The items that pass. */
export function filter(items: Items, test: (item: unknown) => boolean): Items {
  if (!Array.isArray(items)) return items !== undefined && test(items) ? items : undefined;
  return itemsOf(items.filter(test));
}

/** The items of both collections, one after the other. */
export function combine(left: Items, right: Items): Items {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return [...listOf(left), ...listOf(right)];
}

const listOf = (items: Items): readonly unknown[] => {
  if (Array.isArray(items)) return items;
  return items === undefined ? [] : [items];
};

/** Equality of two items: of their values, and of what stands beside them where both are elements of the record. */
export function equalItems(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!(a instanceof Primitive) && !(b instanceof Primitive)) return equal(a, b);
  const [left, right] = [asPrimitive(a), asPrimitive(b)];
  return equal(left.value ?? null, right.value ?? null) && equal(left.beside ?? null, right.beside ?? null);
}

const asPrimitive = (item: unknown): Primitive => (item instanceof Primitive ? item : new Primitive(item, null));

/** Equality of two collections (http://hl7.org/fhirpath/N1/#equals); neither is empty. */
export function equalCollections(a: Items, b: Items): boolean {
  if (typeof a !== 'object' && typeof b !== 'object') return a === b;
  const [left, right] = [listOf(a), listOf(b)];
  return left.length === right.length && left.every((item, index) => equalItems(item, right[index]));
}

/** The values of a collection, without what stands beside them. */
export function bare(items: Items): Items {
  if (items instanceof Primitive) return items.value ?? null;
  return Array.isArray(items) ? items.map((item) => bare(item)) : items;
}

/** True where the collection has an item equal to this one. */
export function includes(items: Items, item: unknown): boolean {
  return some(items, (one) => equalItems(one, item));
}

/** What is the same for equal items, and for no others. */
export function keyOf(item: unknown): unknown {
  // Texts are set apart from the keys of objects, which are texts, too.
  if (typeof item === 'string') return `'${item}`;
  if (typeof item !== 'object' || item === null) return item;
  if (item instanceof Primitive) return `_${fingerprint([item.value ?? null, item.beside])}`;
  return fingerprint(item);
}

/** Its items without those equal to one before (http://hl7.org/fhirpath/N1/#distinct-collection). */
export function distinct(items: Items): Items {
  if (!Array.isArray(items)) return items;
  const seen = new Map<unknown, unknown>();
  for (const item of items) {
    const key = keyOf(item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return seen.size === items.length ? items : [...seen.values()];
}

/** The items of the one that the other has, too, each once (http://hl7.org/fhirpath/N1/#intersectother-collection-collection). */
export function intersect(left: Items, right: Items, has: Has = includes): Items {
  if (left === undefined || right === undefined) return undefined;
  return filter(distinct(left), (item) => has(right, item));
}

/** How a collection is asked for an item. */
type Has = (items: Items, item: unknown) => boolean;

/** True where both collections have an item that is equal. */
export function meet(left: Items, right: Items, has: Has = includes): boolean {
  return right !== undefined && some(left, (item) => has(right, item));
}

/** The type of a resource, by its own word. */
export function isResourceOf(item: unknown, type: string): boolean {
  return isObject(item) && item.resourceType === type;
}
