import {
  type Binding,
  type ElementDefinition,
  isPrimitiveType,
  type StructureDefinition,
  structureOf,
} from '../../src/fhir/definitions.js';
import type { JsonObject } from '../../src/lens/json.js';

/** What a required primitive has where nothing else says what. */
const PRIMITIVES: Readonly<Record<string, unknown>> = {
  base64Binary: 'SGVsbG8=',
  boolean: true,
  canonical: 'http://example.org/fhir/thing',
  code: 'example',
  date: '2024-05-01',
  dateTime: '2024-05-01',
  decimal: 1,
  id: 'example',
  instant: '2024-05-01T10:00:00Z',
  integer: 1,
  markdown: 'An example.',
  positiveInt: 1,
  string: 'An example',
  time: '10:00:00',
  unsignedInt: 1,
  uri: 'http://example.org/fhir/thing',
  url: 'http://example.org/fhir',
};

/** The smallest resource of a type that has all that R4 requires: what the examples of the rules begin with. */
export function minimal(type: string): JsonObject {
  const structure = structureOf(type);
  if (structure === undefined) throw new Error(`R4 has no ${type}`);
  return { resourceType: type, ...requiredOf(structure) };
}

function requiredOf(structure: StructureDefinition): JsonObject {
  const made: Record<string, unknown> = {};
  for (const element of structure.elements.values()) {
    if (!element.isRequired) continue;
    const [type = ''] = element.types;
    const name = element.isChoice ? `${element.name}${type.charAt(0).toUpperCase()}${type.slice(1)}` : element.name;
    const value = exampleOf(element, type);
    made[name] = element.isList ? [value] : value;
  }
  return made;
}

function exampleOf({ name, binding, targets, content }: ElementDefinition, type: string): unknown {
  if (content !== undefined) return requiredOf(content());
  // What most definitions want of a name: that programs can use it.
  if (name === 'name' && type === 'string') return 'Example';
  if (isPrimitiveType(type)) return firstCode(binding)?.code ?? PRIMITIVES[type];
  if (type === 'Reference') return { reference: `${targets?.[0] ?? 'Patient'}/example` };
  if (type === 'Coding') return firstCode(binding) ?? { code: 'example' };
  if (type === 'CodeableConcept') {
    const coding = binding?.strength === 'required' ? firstCode(binding) : undefined;
    return coding === undefined ? { text: 'An example' } : { coding: [coding] };
  }
  const structure = structureOf(type);
  return structure === undefined ? {} : requiredOf(structure);
}

function firstCode(binding: Binding | undefined): { system: string; code: string } | undefined {
  for (const [system, codes] of binding?.codes ?? []) for (const code of codes ?? []) return { system, code };
  return undefined;
}
