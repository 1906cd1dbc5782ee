import { type ElementDefinition, isPrimitiveType, type StructureDefinition, structureOf } from '../fhir/definitions.js';
import type { R4Element } from './definition.js';

const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/** The type of R4 that a canonical names, with or without a version. */
export function typeOfR4(canonical: string): string | undefined {
  const [url = ''] = canonical.split('|');
  const type = url.startsWith(CORE) ? url.slice(CORE.length) : '';
  return structureOf(type) !== undefined || isPrimitiveType(type) ? type : undefined;
}

/** What R4 says of the element with an id in a profile of a type; `unknown` where it has none. */
export function elementOfR4(type: string, id: string): R4Element | 'root' | 'unknown' {
  const [, ...segments] = id.split('.');
  let structures: readonly StructureDefinition[] = [structureOf(type)].flatMap((one) => one ?? []);
  let found: ElementDefinition | undefined;
  for (const segment of segments) {
    const name = (segment.split(':')[0] ?? '').replace(/\[x\]$/, '');
    found = undefined;
    for (const { elements, properties } of structures) found ??= elements.get(name) ?? properties.get(name)?.element;
    if (found === undefined) return isOpen(structures) ? 'root' : 'unknown';
    structures = belowOf(found);
  }
  return found === undefined ? 'root' : ruleOf(found);
}

/**
 * The name of a choice and the type that a path ends with in its place: `value` and `Quantity` of `Observation.valueQuantity`. Such a path
 * says that the choice has no other type (https://hl7.org/fhir/R4/profiling.html#resources).
 */
export function shortcutOfR4(type: string, path: string): readonly [name: string, type: string] | undefined {
  const [, ...segments] = path.split('.');
  let structures: readonly StructureDefinition[] = [structureOf(type)].flatMap((one) => one ?? []);
  for (const [index, segment] of segments.entries()) {
    const name = segment.replace(/\[x\]$/, '');
    for (const { elements, properties } of structures) {
      const property = elements.has(name) ? undefined : properties.get(name);
      if (property?.element.isChoice === true && index === segments.length - 1)
        return [property.element.name, property.type];
    }
    const below = structures.flatMap(
      ({ elements, properties }) => elements.get(name) ?? properties.get(name)?.element ?? [],
    );
    structures = below.flatMap(belowOf);
  }
  return undefined;
}

/** True where any resource may stand, of which nobody knows the elements. */
const isOpen = (structures: readonly StructureDefinition[]): boolean =>
  structures.some(({ path }) => path === 'Resource' || path === 'DomainResource');

function belowOf({ content, types }: ElementDefinition): readonly StructureDefinition[] {
  if (content !== undefined) return [content()];
  return types.flatMap((type) => structureOf(isPrimitiveType(type) ? 'Element' : type) ?? []);
}

function ruleOf({ isRequired, isList, types, targets, binding }: ElementDefinition): R4Element {
  return {
    min: isRequired ? 1 : 0,
    max: isList ? Number.POSITIVE_INFINITY : 1,
    types,
    targets: targets ?? [],
    binding: binding === undefined ? undefined : { strength: binding.strength, valueSet: binding.valueSet },
  };
}
