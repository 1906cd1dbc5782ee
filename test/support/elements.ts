import {
  type ElementDefinition,
  type Invariant,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
} from '../../src/fhir/definitions.js';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import type { Place } from '../../src/validate/fhirpath/compile.js';

/** An element of a resource, as an invariant sees it. */
export interface Visit {
  readonly place: Place;
  /** Where the element stands, for fhirpath: `Patient`, `Patient.contact`, `Period`. */
  readonly base: string;
  readonly value: unknown;
  readonly sibling: unknown;
  readonly resource: JsonObject;
  readonly rootResource: JsonObject;
  /** The rules of the element and of its type. */
  readonly invariants: readonly Invariant[];
}

/** Every element of a resource, with those of the resources in it. */
export function* elementsOf(resource: unknown, rootResource?: JsonObject): Generator<Visit> {
  if (!isObject(resource) || typeof resource.resourceType !== 'string') return;
  const structure = structureOf(resource.resourceType);
  if (structure?.kind !== 'resource') return;
  const resources = { resource, rootResource: rootResource ?? resource };
  const { path: base, invariants } = structure;
  yield { place: { structure }, base, value: resource, sibling: undefined, ...resources, invariants };
  yield* elementsIn(resource, structure, resources);
}

/** An element that is an object, with all that are below it. */
export function* elementsFrom(visit: Visit): Generator<Visit> {
  yield visit;
  if ('structure' in visit.place && isObject(visit.value)) {
    yield* elementsIn(visit.value, visit.place.structure, visit);
  }
}

type Resources = Pick<Visit, 'resource' | 'rootResource'>;

function* elementsIn(object: JsonObject, structure: StructureDefinition, within: Resources): Generator<Visit> {
  const { resource, rootResource } = within;
  const resources = { resource, rootResource };
  for (const [name, { element, type }] of structure.properties) {
    const [value, sibling] = [object[name], object[`_${name}`]];
    if (isPrimitiveType(type)) {
      const { invariants } = element;
      const shared = { place: { primitive: type }, base: type, ...resources, invariants };
      for (const [one, other] of pairs(value, sibling)) {
        yield { ...shared, value: one, sibling: other };
        if (isObject(other)) yield* elementsOfType(other, 'Element', resources);
      }
      continue;
    }
    for (const one of Array.isArray(value) ? value : [value]) {
      if (type === 'Resource')
        yield* elementsOf(one, element.name === 'contained' ? resources.rootResource : undefined);
      else if (isObject(one)) yield* complexElement(one, element, type, resources);
    }
  }
}

function* complexElement(
  value: JsonObject,
  element: ElementDefinition,
  type: string,
  resources: Resources,
): Generator<Visit> {
  const structure = element.content?.() ?? structureOf(type);
  if (structure === undefined) return;
  const base = type === 'SimpleQuantity' ? 'Quantity' : structure.path;
  const invariants = [...element.invariants, ...structure.invariants];
  yield { place: { structure }, base, value, sibling: undefined, ...resources, invariants };
  yield* elementsIn(value, structure, resources);
}

function* elementsOfType(value: JsonObject, type: string, resources: Resources): Generator<Visit> {
  const structure = structureOf(type);
  if (structure !== undefined) yield* elementsIn(value, structure, resources);
}

/** The primitives of a property, each with what stands beside it. */
function* pairs(value: unknown, sibling: unknown): Generator<[unknown, unknown]> {
  if (!Array.isArray(value) && !Array.isArray(sibling)) {
    if (value !== undefined || sibling !== undefined) yield [value, sibling];
    return;
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const siblings: readonly unknown[] = Array.isArray(sibling) ? sibling : [];
  for (let index = 0; index < Math.max(values.length, siblings.length); index += 1) {
    yield [values[index], siblings[index]];
  }
}
