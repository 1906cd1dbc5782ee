import {
  type ElementDefinition,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
  typeNamed,
} from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { keysOf, type PlanStep } from './plan.js';

/** One value of an element, where it stands. */
export interface Item {
  /** The element's name, as locations have it. */
  readonly name: string;
  /** Its position in a list, or -1. */
  readonly index: number;
  /** The type that it has; empty for the target of a reference that does not tell. */
  readonly type: string;
  readonly value: unknown;
  /** What stands beside a primitive: its id and extensions. */
  readonly sibling: unknown;
  /** What its own elements are; of a primitive those that stand beside it. */
  readonly structure: StructureDefinition | undefined;
}

/** The object that an item has its elements in. */
export function holderOf({ type, value, sibling }: Item): JsonObject | undefined {
  const holder = isPrimitiveType(type) ? sibling : value;
  return isObject(holder) ? holder : undefined;
}

/** The values of an element of an object, by its name or, of a choice, by that of one of its JSON properties. */
export function itemsOf(owner: JsonObject, structure: StructureDefinition, name: string): readonly Item[] {
  const element = structure.elements.get(name);
  if (element !== undefined) return itemsIn(owner, { element, keys: keysOf(element, structure) });
  const property = structure.properties.get(name);
  return property === undefined
    ? NOTHING
    : itemsIn(owner, { element: property.element, keys: [[name, property.type]] });
}

const NOTHING: readonly Item[] = [];

/** The values of an element of an object. */
export function itemsIn(owner: JsonObject, { element, keys }: Pick<PlanStep, 'element' | 'keys'>): readonly Item[] {
  let items: Item[] | undefined;
  for (const [key, type] of keys) {
    const value = own(owner, key);
    const sibling = isPrimitiveType(type) ? own(owner, `_${key}`) : undefined;
    if (!isSome(value) && !isSome(sibling)) continue;
    items ??= [];
    if (!element.isList) items.push(itemOf(-1, type, value, sibling, element));
    else addAll(items, type, value, sibling, element);
  }
  return items ?? NOTHING;
}

const isSome = (value: unknown): boolean => value !== undefined && value !== null;

function addAll(items: Item[], type: string, value: unknown, sibling: unknown, element: ElementDefinition): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const siblings: readonly unknown[] = Array.isArray(sibling) ? sibling : [];
  const length = Math.max(values.length, siblings.length);
  for (let index = 0; index < length; index += 1) {
    if (isSome(values[index]) || isSome(siblings[index]))
      items.push(itemOf(index, type, values[index], siblings[index], element));
  }
}

function itemOf(index: number, type: string, value: unknown, sibling: unknown, element: ElementDefinition): Item {
  const resource = type === 'Resource' && isObject(value) ? own(value, 'resourceType') : undefined;
  const its = typeof resource === 'string' ? resource : type;
  return { name: element.name, index, type: its, value, sibling, structure: structureFor(its, element) };
}

function structureFor(type: string, element: ElementDefinition): StructureDefinition | undefined {
  if (element.content !== undefined) return element.content();
  return isPrimitiveType(type) ? typeNamed('Element') : structureOf(type);
}

/** A resource in focus, or what a reference leads to. */
export function resourceItem(type: string, value: JsonObject | undefined): Item {
  return { name: '', index: -1, type, value, sibling: undefined, structure: structureOf(type) };
}
