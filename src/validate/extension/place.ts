import { isPrimitiveType, type StructureDefinition, typeNamed } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Walk } from '../walk.js';

/** What the element in focus stands on. */
export interface Place {
  readonly owner: JsonObject;
  readonly structure: StructureDefinition;
  /** All that it can be called: its types, and its paths from the resource and from the types on the way. */
  readonly names: readonly string[];
}

/** Longer than any path that a definition names as a context: what is longer need not be kept. */
const LONGEST = 64;

/** What the element in focus stands on; undefined where the resource is too broken to say. */
export function placeOf(walk: Walk): Place | undefined {
  const { resource } = walk.environment;
  let structure = typeNamed(String(resource.resourceType));
  let owner = resource;
  let names: readonly string[] = [structure.path, 'DomainResource', 'Resource'];
  for (let level = walk.resourceDepth + 1; level < walk.depth; level += 1) {
    const name = walk.names[level] ?? '';
    const type = typeOf(name, owner, structure);
    const element = structure.elements.get(name);
    if (type === undefined || element === undefined) return undefined;
    const content = element.content?.();
    const below = names.map((path) => `${path}.${name}`).filter((path) => path.length <= LONGEST);
    names = [...below, ...(content === undefined ? [] : [content.path]), ...typesOf(type)];
    const value = heldBy(name, type, element.isChoice, owner, walk.indexes[level] ?? -1);
    if (!isObject(value)) return undefined;
    owner = value;
    structure = content ?? typeNamed(isPrimitiveType(type) ? 'Element' : type);
  }
  return { owner, structure, names };
}

/** The type of an element of an object; undefined for a choice of which there are several, or none. */
function typeOf(name: string, owner: JsonObject, structure: StructureDefinition): string | undefined {
  const element = structure.elements.get(name);
  if (element?.isChoice !== true) return element?.types[0];
  const types = element.types.filter((type) => keysOf(name, type).some((key) => own(owner, key) !== undefined));
  return types.length === 1 ? types[0] : undefined;
}

/** The JSON properties of a type of a choice: `valueString` and `_valueString`. */
function keysOf(name: string, type: string): readonly [string, string] {
  const suffix = type === 'SimpleQuantity' ? 'Quantity' : type;
  const key = `${name}${suffix.charAt(0).toUpperCase()}${suffix.slice(1)}`;
  return [key, `_${key}`];
}

/** What an element has extensions in: the object itself, or the one beside a primitive. */
function heldBy(name: string, type: string, isChoice: boolean, owner: JsonObject, index: number): unknown {
  const key = isChoice ? keysOf(name, type)[0] : name;
  const held = own(owner, isPrimitiveType(type) ? `_${key}` : key);
  return index >= 0 && Array.isArray(held) ? held[index] : held;
}

/** The types that others are made of (https://hl7.org/fhir/R4/datatypes.html). */
const PARENTS: Readonly<Record<string, string>> = {
  code: 'string',
  id: 'string',
  markdown: 'string',
  canonical: 'uri',
  oid: 'uri',
  url: 'uri',
  uuid: 'uri',
  positiveInt: 'integer',
  unsignedInt: 'integer',
  Age: 'Quantity',
  Count: 'Quantity',
  Distance: 'Quantity',
  Duration: 'Quantity',
  MoneyQuantity: 'Quantity',
  SimpleQuantity: 'Quantity',
};

function typesOf(type: string): readonly string[] {
  const parent = PARENTS[type];
  return parent === undefined ? [type] : [type, parent];
}
