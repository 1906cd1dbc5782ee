import { checkModifiers } from '../../fhir/safety.js';
import { readScope } from '../../fhir/scope.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import { certaintyExtensions } from './certainty.js';
import { isOutcome } from './outcome.js';

/** What is read of a target, by its type, besides its labels. */
const ELEMENTS: { readonly [resourceType: string]: readonly string[] } = {
  Condition: ['code', 'subject', 'verificationStatus', '_verificationStatus'],
  Procedure: ['code', 'subject', 'status', 'notDone'],
  Observation: ['code', 'subject', 'focus', 'status'],
  Media: ['subject', 'status'],
  ImmunizationRecommendation: ['patient'],
  PractitionerRole: ['active', 'practitioner'],
};

/** As much of a target as is read of it, for whoever has to hold many: it reads like the whole. */
export function targetEssence(resource: JsonObject, resourceType: string): JsonObject {
  const elements = Object.hasOwn(ELEMENTS, resourceType) ? ELEMENTS[resourceType] : undefined;
  if (elements === undefined) return {};
  const probe = readScope(resourceType, {});
  const essence: JsonObject = checkModifiers(resource, probe) && !probe.failed ? {} : { modifierExtension: [] };
  for (const key of ['resourceType', 'id', ...elements]) {
    const value = own(resource, key);
    if (value !== undefined) essence[key] = value;
  }
  if (resourceType === 'Observation') Object.assign(essence, valuesOf(resource));
  const meta = own(resource, 'meta');
  if (isObject(meta) && meta.security !== undefined) essence.meta = { security: meta.security };
  const extension = resourceType === 'Condition' ? certaintyExtensions(resource) : [];
  if (extension.length > 0) essence.extension = extension;
  return essence;
}

/** What an Observation found. Of a component or of samples only that they are there is ever read. */
function valuesOf(resource: JsonObject): JsonObject {
  const keys = Object.keys(resource).filter((key) => isOutcome(key) && own(resource, key) !== undefined);
  return Object.fromEntries(
    keys.map((key) => [key, key === 'component' || key === 'valueSampledData' ? {} : own(resource, key)]),
  );
}
