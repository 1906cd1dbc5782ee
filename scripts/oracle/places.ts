import {
  type ElementDefinition,
  isPrimitiveType,
  type PropertyDefinition,
  type StructureDefinition,
  structureOf,
} from '../../src/fhir/definitions.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';

/** An object of a resource, and what R4 says of it. */
export interface Node {
  readonly object: JsonObject;
  readonly structure: StructureDefinition;
  /** True for the resource itself and for those in it. */
  readonly isResource: boolean;
}

/** Where a value stands: in a property, or in the list that the property is. */
export interface Spot {
  readonly node: Node;
  readonly name: string;
  readonly type: string;
  readonly element: ElementDefinition;
  readonly index: number | undefined;
  readonly value: unknown;
}

/** Every object of a resource that R4 knows, the outermost first. */
export function nodesOf(resource: JsonObject): Node[] {
  const found: Node[] = [];
  visitResource(resource, found);
  return found;
}

function visitResource(value: unknown, found: Node[]): void {
  if (!isObject(value) || typeof value.resourceType !== 'string') return;
  const structure = structureOf(value.resourceType);
  if (structure?.kind === 'resource') visit(value, structure, true, found);
}

function visit(object: JsonObject, structure: StructureDefinition, isResource: boolean, found: Node[]): void {
  found.push({ object, structure, isResource });
  for (const [name, { element, type }] of structure.properties) {
    if (isPrimitiveType(type)) continue;
    const value = object[name];
    for (const one of Array.isArray(value) ? value : [value]) {
      if (type === 'Resource') visitResource(one, found);
      else if (isObject(one)) {
        const below = element.content?.() ?? structureOf(type);
        if (below !== undefined) visit(one, below, false, found);
      }
    }
  }
}

/** Every value of these objects that R4 knows. */
export function spotsOf(nodes: readonly Node[]): Spot[] {
  const found: Spot[] = [];
  for (const node of nodes) {
    for (const [name, { element, type }] of node.structure.properties) {
      const value = node.object[name];
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) found.push({ node, name, type, element, index, value: item });
      } else if (value !== undefined) found.push({ node, name, type, element, index: undefined, value });
    }
  }
  return found;
}

/** Puts a value where another one stands. */
export function replace({ node, name, index }: Spot, value: unknown): void {
  const list = node.object[name];
  if (index !== undefined && Array.isArray(list)) list[index] = value;
  else node.object[name] = value;
}

/** Gives an object a property, in place of another type of the same choice, as a list where it is one. */
export function put({ object, structure }: Node, name: string, { element }: PropertyDefinition, value: unknown): void {
  for (const [other, property] of structure.properties) if (property.element === element) delete object[other];
  object[name] = element.isList ? [value] : value;
}
