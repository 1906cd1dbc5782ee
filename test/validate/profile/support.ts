import { loadGuide, validate } from '../../../src/index.js';
import type { JsonObject } from '../../../src/lens/json.js';

export const BASE = 'http://example.org/fhir/';

/** A profile `P` of a type, by its differential. */
export function profile(type: string, element: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    resourceType: 'StructureDefinition',
    url: `${BASE}p`,
    name: 'P',
    kind: 'resource',
    type,
    derivation: 'constraint',
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    differential: { element: [...element] },
    ...more,
  };
}

/** An element of a profile, by its id. */
export function of(id: string, rules: JsonObject = {}): JsonObject {
  const path = id.replace(/:[^.]*/g, '');
  const slice = /:([^.:]*)$/.exec(id)?.[1];
  return { id, path, ...(slice === undefined ? {} : { sliceName: slice }), ...rules };
}

/** What is said of a resource that is held to `P`: severity, rule and place, and what is named after `says`. */
export function found(definitions: readonly unknown[], resource: unknown, claimed: readonly string[] = [`${BASE}p`]) {
  const { issue } = validate(resource, { profiles: loadGuide(definitions), profile: claimed });
  return issue
    .filter(({ diagnostics = '' }) => diagnostics.includes(BASE) || diagnostics.startsWith('No package'))
    .map(({ details, expression }) => `${details?.coding?.[0]?.code} ${expression?.join()}`);
}

/** The same, with the words. */
export function words(definitions: readonly unknown[], resource: unknown, claimed: readonly string[] = [`${BASE}p`]) {
  const { issue } = validate(resource, { profiles: loadGuide(definitions), profile: claimed });
  return issue.flatMap(({ diagnostics = '' }) => (diagnostics.includes(BASE) ? [diagnostics] : []));
}

export const patient = (more: JsonObject): JsonObject => ({ resourceType: 'Patient', ...more });
export const observation = (more: JsonObject): JsonObject => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'a' },
  ...more,
});
