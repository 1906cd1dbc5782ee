import { isReference } from '../../bundle/links.js';
import { type PropertyDefinition, type StructureDefinition, structureOf } from '../../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Keys } from './splice.js';

/** A Reference of a resource. */
export interface PlacedReference {
  readonly value: JsonObject;
  readonly keys: Keys;
  /** The FHIR path below the type, without indexes; of what R4 has no name for, the one around it. */
  readonly element: string;
  /** The type that it may point at, where there is a single one. */
  readonly target: string | undefined;
}

/** What an object is, as far as R4 tells. */
interface Place {
  readonly structure: StructureDefinition | undefined;
  readonly keys: Keys;
  readonly element: string;
  /** True where what is below is called as this, since it may go on for ever. */
  readonly isNamed: boolean;
}

/**
 * All References of a resource, at any depth, in contained resources, extensions and other References, too: what R4 says is one, and
 * what has the shape of one where R4 has nothing. Not those in a Bundle, which are its own. Recurses as deep as the resource is.
 */
export function referencesOf(resource: JsonObject): PlacedReference[] {
  const found: PlacedReference[] = [];
  inResource(resource, [], '', found);
  return found;
}

/** The element of what stands in no place that R4 has a name for. */
const UNNAMED = 'children()';

function inResource(resource: JsonObject, keys: Keys, around: string, found: PlacedReference[]): void {
  const type = own(resource, 'resourceType');
  if (type === 'Bundle') return;
  const structure = typeof type === 'string' ? structureOf(type) : undefined;
  inObject(resource, { structure, keys, element: around, isNamed: around !== '' }, found);
}

function inObject(value: JsonObject, place: Place, found: PlacedReference[]): void {
  for (const key of Object.keys(value)) {
    const child = own(value, key);
    if (typeof child !== 'object' || child === null) continue;
    const property = place.structure?.properties.get(key);
    visit(child, [...place.keys, key], property, below(place, key, property), found);
  }
}

/** What is at a property of an object. */
function below(place: Place, key: string, property: PropertyDefinition | undefined): Omit<Place, 'keys'> {
  const isPrimitive = key.startsWith('_') && place.structure?.properties.has(key.slice(1)) === true;
  const inside = property?.element.content?.() ?? structureOf(property?.type ?? '');
  const structure = isPrimitive ? structureOf('Element') : inside;
  if (place.isNamed) return { structure, element: place.element, isNamed: true };
  // Extensions and what is contained may hold anything, to any depth.
  if (isPrimitive || property?.type === 'Extension') return { structure, element: 'extension', isNamed: true };
  if (property === undefined) return { structure, element: place.element || UNNAMED, isNamed: true };
  const isNamed = property.type === 'Resource' || property.type === 'Reference';
  return { structure, element: nameOf(place.element, key, inside), isNamed };
}

/** What a resource defines in place may hold itself, and has one name wherever it stands. */
function nameOf(around: string, key: string, structure: StructureDefinition | undefined): string {
  const [root = '', ...steps] = structure?.path.split('.') ?? [];
  if (steps.length > 0 && structureOf(root)?.kind === 'resource') return steps.join('.');
  return around === '' ? key : `${around}.${key}`;
}

function visit(
  value: unknown,
  keys: Keys,
  property: PropertyDefinition | undefined,
  place: Omit<Place, 'keys'>,
  found: PlacedReference[],
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      if (typeof item === 'object' && item !== null) visit(item, [...keys, index], property, place, found);
    return;
  }
  if (!isObject(value)) return;
  if (property?.type === 'Resource' || (property === undefined && own(value, 'resourceType') !== undefined)) {
    inResource(value, keys, place.element, found);
    return;
  }
  const { structure, element } = place;
  const isOne =
    property?.type === 'Reference' || (structure?.properties.has('reference') !== true && isLike(value, structure));
  if (isOne) found.push({ value, keys, element, target: onlyTarget(property) });
  const inside = isOne ? structureOf('Reference') : structure;
  inObject(value, { ...place, structure: inside, keys, isNamed: isOne || place.isNamed }, found);
}

/** True for what is used as a Reference where R4 has none. */
function isLike(value: JsonObject, structure: StructureDefinition | undefined): boolean {
  return typeof own(value, 'reference') === 'string' && (structure === undefined || isReference(value));
}

function onlyTarget(property: PropertyDefinition | undefined): string | undefined {
  const [target, ...more] = property?.type === 'Reference' ? (property.element.targets ?? []) : [];
  return more.length > 0 || target === 'Resource' ? undefined : target;
}
