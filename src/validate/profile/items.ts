import {
  type ElementDefinition,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
  typeNamed,
} from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';

/** One value of an element, where it stands. */
export interface Item {
  /** The element's name, as locations have it. */
  readonly name: string;
  /** Its position in a list, or -1. */
  readonly index: number;
  /** The type that it has. */
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
export function itemsOf(owner: JsonObject, structure: StructureDefinition, name: string): Item[] {
  const element = structure.elements.get(name);
  if (element !== undefined) {
    if (!element.isChoice) return at(owner, name, name, element.types[0] ?? 'Element', element);
    return keysOf(element, structure).flatMap(([key, type]) => at(owner, key, name, type, element));
  }
  const property = structure.properties.get(name);
  return property === undefined ? [] : at(owner, name, property.element.name, property.type, property.element);
}

function keysOf(element: ElementDefinition, { properties }: StructureDefinition): [key: string, type: string][] {
  const keys: [string, string][] = [];
  for (const [key, property] of properties) if (property.element === element) keys.push([key, property.type]);
  return keys;
}

function at(owner: JsonObject, key: string, name: string, type: string, element: ElementDefinition): Item[] {
  const value = own(owner, key);
  const sibling = isPrimitiveType(type) ? own(owner, `_${key}`) : undefined;
  if (value === undefined && sibling === undefined) return [];
  if (!element.isList) return [itemOf(name, -1, type, value, sibling, element)];
  const [values, siblings] = [value, sibling].map((one): readonly unknown[] => (Array.isArray(one) ? one : []));
  const length = Math.max(values?.length ?? 0, siblings?.length ?? 0);
  return Array.from({ length }, (_, index) =>
    itemOf(name, index, type, values?.[index], siblings?.[index], element),
  ).filter(isThere);
}

const isThere = ({ value, sibling }: Item): boolean =>
  (value !== undefined && value !== null) || (sibling !== undefined && sibling !== null);

function itemOf(
  name: string,
  index: number,
  type: string,
  value: unknown,
  sibling: unknown,
  element: ElementDefinition,
): Item {
  const resource = type === 'Resource' && isObject(value) ? own(value, 'resourceType') : undefined;
  const its = typeof resource === 'string' ? resource : type;
  return { name, index, type: its, value, sibling, structure: structureFor(its, element) };
}

function structureFor(type: string, element: ElementDefinition): StructureDefinition | undefined {
  if (isPrimitiveType(type)) return typeNamed('Element');
  return element.content?.() ?? structureOf(type);
}
