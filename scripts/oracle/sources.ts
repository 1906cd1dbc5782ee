import { RESOURCE_TYPES } from '../../src/fhir/generated/resourceTypes.js';
import type { JsonObject } from '../../src/lens/json.js';
import { smallExamples } from '../../test/support/examples.js';
import { minimal } from '../rules/minimal.js';
import { javaFindings } from './javaValidator.js';
import { isValid } from './verdict.js';

const PER_TYPE = 8;
/** Larger examples take the Java validator long; a type that has no others keeps the smallest of them. */
const MOST_CHARACTERS = 8000;

/** What the invariants of a type want beyond its required elements. */
const MORE: Readonly<Record<string, JsonObject>> = {
  EventDefinition: { trigger: [{ type: 'named-event', name: 'example' }] },
  StructureDefinition: {
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient', path: 'Patient' }] },
  },
  TerminologyCapabilities: { implementation: { description: 'An example' } },
};

const sizeOf = (one: JsonObject): number => JSON.stringify(one).length;

/**
 * What mutants are made of: HL7's smaller examples, and the smallest resource of each type, for those of which HL7 has none; those
 * that the Java validator finds no error in, since a fault in what is invalid already would show nothing.
 */
export function validSources(): readonly JsonObject[] {
  const all = smallExamples(PER_TYPE);
  const smallest = new Map<unknown, JsonObject>();
  for (const one of all) {
    const before = smallest.get(one.resourceType);
    if (before === undefined || sizeOf(one) < sizeOf(before)) smallest.set(one.resourceType, one);
  }
  const examples = all.filter((one) => sizeOf(one) <= MOST_CHARACTERS || smallest.get(one.resourceType) === one);
  const types = [...RESOURCE_TYPES];
  const minimals = types.map((type): JsonObject => ({ ...minimal(type), id: 'minimal', ...MORE[type] }));
  const candidates = [...examples, ...minimals];
  const found = javaFindings(candidates.map((one) => JSON.stringify(one)));
  const sources = candidates.filter((_, index) => isValid(found[index] ?? []));
  const covered = new Set(sources.map(({ resourceType }) => resourceType)).size;
  console.log(
    `${sources.length} of ${candidates.length} resources are valid for the Java validator, of ${covered} of ${types.length} types`,
  );
  return sources;
}
