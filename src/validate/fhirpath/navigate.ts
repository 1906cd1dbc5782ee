import { type ElementDefinition, isPrimitiveType, structureOf } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { gather, type Items, isSome, itemsOf, joined, Primitive, some } from './items.js';
import { itemsNode, type Node, type Type, UNKNOWN } from './node.js';

/** How a collection is asked for what its items hold under a name. */
interface Reading {
  readonly items: (from: Items) => Items;
  readonly exists: (from: Items) => boolean;
}

/** The elements of a name below those of an expression (http://hl7.org/fhirpath/N1/#path-selection). */
export function member(input: Node, name: string, isFocus: boolean): Node {
  const { type } = input;
  const element = type.kind === 'structure' ? type.structure.elements.get(name) : undefined;
  // Invariants ask for what a type does not have, too: a SimpleQuantity for its comparator, a decimal for its low.
  if (element === undefined) return reach(input, UNKNOWN, readAny(name), isFocus);
  if (!element.isChoice) return reach(input, typeOf(element), readingOf(element, name), isFocus);
  const ofType = (wanted: string): Node | undefined => {
    const property = jsonNames(type, name).find(([, one]) => one === wanted);
    return property === undefined ? undefined : reach(input, typeNamed(wanted), readTyped(...property), isFocus);
  };
  return { ...reach(input, UNKNOWN, readChoice(jsonNames(type, name)), isFocus), ofType };
}

function reach(input: Node, type: Type, { items, exists }: Reading, isFocus: boolean): Node {
  if (isFocus) return itemsNode(type, items, exists);
  const above = input.items;
  return itemsNode(
    type,
    (focus, scope) => items(above(focus, scope)),
    (focus, scope) => exists(above(focus, scope)),
  );
}

function typeOf(element: ElementDefinition): Type {
  if (element.content !== undefined) return { kind: 'structure', structure: element.content() };
  const [only = ''] = element.types;
  return typeNamed(only);
}

/** A type by its name; a resource may be of any, and is not known before it is seen. */
function typeNamed(name: string): Type {
  if (isPrimitiveType(name)) return { kind: 'primitive', name };
  const structure = name === 'Resource' ? undefined : structureOf(name);
  return structure === undefined ? UNKNOWN : { kind: 'structure', structure };
}

/** The JSON names of a choice, each with the type that it says. */
function jsonNames(type: Type, name: string): [name: string, type: string][] {
  if (type.kind !== 'structure') return [];
  return [...type.structure.properties]
    .filter(([, { element }]) => element.name === name)
    .map(([property, one]) => [property, one.type]);
}

function readingOf(element: ElementDefinition, name: string): Reading {
  return element.types.some(isPrimitiveType) && element.content === undefined ? readPrimitive(name) : readComplex(name);
}

const readTyped = (name: string, type: string): Reading =>
  isPrimitiveType(type) ? readPrimitive(name) : readComplex(name);

/** A reading, from how it looks at one object. */
function reading(items: (object: JsonObject) => Items, exists: (object: JsonObject) => boolean): Reading {
  const itemsIn = (item: unknown): Items => (isObject(item) ? items(item) : undefined);
  const existsIn = (item: unknown): boolean => isObject(item) && exists(item);
  return {
    items: (from) => (Array.isArray(from) ? gather(from, itemsIn) : itemsIn(from)),
    exists: (from) => (Array.isArray(from) ? some(from, existsIn) : existsIn(from)),
  };
}

const readComplex = (name: string): Reading =>
  reading(
    (object) => itemsOf(object[name]),
    (object) => isSome(object[name]),
  );

function readPrimitive(name: string): Reading {
  const beside = `_${name}`;
  return reading(
    (object) => {
      const sibling = object[beside];
      return sibling === undefined ? itemsOf(object[name]) : joined(object[name], sibling);
    },
    (object) => isSome(object[name]) || isSome(object[beside]),
  );
}

/** Reads what may be a primitive or not, below what may be a primitive, too. */
function readAny(name: string): Reading {
  const beside = `_${name}`;
  return reading(
    (object) => {
      const holder = holderIn(object);
      return holder === undefined ? undefined : joined(holder[name], holder[beside]);
    },
    (object) => {
      const holder = holderIn(object);
      return holder !== undefined && (isSome(holder[name]) || isSome(holder[beside]));
    },
  );
}

/** What holds the elements below an item: the item, or what stands beside a primitive. */
function holderIn(item: unknown): JsonObject | undefined {
  const holder = item instanceof Primitive ? item.beside : item;
  return isObject(holder) ? holder : undefined;
}

/** A choice may have fifty names, and an object has few keys: these are looked through, not those. */
function readChoice(names: readonly (readonly [name: string, type: string])[]): Reading {
  const properties = new Map<string, string>();
  for (const [name, type] of names) {
    properties.set(name, name);
    if (isPrimitiveType(type)) properties.set(`_${name}`, name);
  }
  return reading(
    (object) => {
      for (const key in object) {
        const property = properties.get(key);
        if (property !== undefined && isSome(object[key])) return joined(object[property], object[`_${property}`]);
      }
      return undefined;
    },
    (object) => {
      for (const key in object) if (properties.has(key) && isSome(object[key])) return true;
      return false;
    },
  );
}

/** All that an item holds, one level down (http://hl7.org/fhirpath/N1/#children-collection). */
export function children(item: unknown): Items {
  const holder = holderIn(item);
  if (holder === undefined) return undefined;
  return gather(childNames(holder), (name) =>
    typeof name === 'string' ? joined(own(holder, name), own(holder, `_${name}`)) : undefined,
  );
}

/** The names of the elements in an object; one that is only there with `_` counts, too. */
function childNames(holder: JsonObject): string[] {
  return Object.keys(holder).flatMap((key) => {
    if (key === 'resourceType') return [];
    if (!key.startsWith('_')) return [key];
    const name = key.slice(1);
    return Object.hasOwn(holder, name) ? [] : [name];
  });
}

/** All that an item holds, on every level (http://hl7.org/fhirpath/N1/#descendants-collection). */
export function descendants(item: unknown): Items {
  const found: unknown[] = [];
  const level = [item];
  for (let next = level.pop(); next !== undefined; next = level.pop()) {
    const below = children(next);
    for (const one of Array.isArray(below) ? below : [below]) {
      if (one === undefined) continue;
      found.push(one);
      if (typeof one === 'object' && one !== null) level.push(one);
    }
  }
  return itemsOf(found);
}
