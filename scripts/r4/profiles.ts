import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../src/lens/json.js';

const FOLDER = join('node_modules', 'hl7.fhir.r4.examples');

/** What of a definition, and of an element in it, says how a resource is held to it. */
const KEPT = [
  'resourceType',
  'url',
  'version',
  'name',
  'title',
  'kind',
  'abstract',
  'type',
  'baseDefinition',
  'derivation',
];
const KEPT_OF_ELEMENT =
  /^(?:id|path|sliceName|slicing|min|max|type|binding|constraint|maxLength|contentReference|mustSupport|(?:fixed|pattern|minValue|maxValue)[A-Z]\w*)$/;
const KEPT_OF_CONSTRAINT = ['key', 'severity', 'human', 'expression'];

/** R4's own profiles of resources and types, without what nobody is held to, by their canonicals. */
export function coreProfiles(): Readonly<Record<string, string>> {
  const definitions = readdirSync(FOLDER)
    .filter((file) => /^StructureDefinition-.*\.json$/.test(file))
    .map((file): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))
    .filter(isObject)
    .filter(
      ({ derivation, type, fhirVersion }) =>
        derivation === 'constraint' && type !== 'Extension' && fhirVersion === '4.0.1',
    )
    .sort((a, b) => (String(a.url) < String(b.url) ? -1 : 1));
  return Object.fromEntries(definitions.map((one) => [String(one.url), JSON.stringify(shortened(one))]));
}

function shortened({ differential, ...definition }: JsonObject): JsonObject {
  const elements = isObject(differential) && Array.isArray(differential.element) ? differential.element : [];
  return {
    ...picked(definition, (key) => KEPT.includes(key)),
    differential: { element: elements.filter(isObject).map(shortenedElement).map(repaired) },
  };
}

function shortenedElement(element: JsonObject): JsonObject {
  const kept = picked(element, (key) => KEPT_OF_ELEMENT.test(key));
  const { constraint, binding } = kept;
  if (Array.isArray(constraint))
    kept.constraint = constraint.filter(isObject).map((one) => picked(one, (key) => KEPT_OF_CONSTRAINT.includes(key)));
  if (isObject(binding)) kept.binding = picked(binding, (key) => key === 'strength' || key === 'valueSet');
  return kept;
}

/** R4 requires a unit of its table of a component of a vital sign, which no flow of oxygen could have; HL7's validator and R5 do not. */
function repaired(element: JsonObject): JsonObject {
  const { binding } = element;
  if (element.id !== 'Observation.component.value[x]' || !isObject(binding)) return element;
  return String(binding.valueSet).includes('/ucum-vitals-common')
    ? { ...element, binding: { ...binding, strength: 'extensible' } }
    : element;
}

const picked = (value: JsonObject, wanted: (key: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => wanted(key)));
