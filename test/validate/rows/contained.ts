import type { JsonObject } from '../../../src/lens/json.js';
import { composition, encounter, impression, observation, patient, report, task } from '../../support/validation.js';
import type { InvariantRows } from './invariants.js';

/** The types that can contain resources, of those that the tables are held to. */
const CONTAINERS: readonly JsonObject[] = [patient, observation, report, task, impression, encounter, composition];

const inside = (container: JsonObject, more: JsonObject): JsonObject => ({
  contained: [{ resourceType: 'Patient', id: 'p', ...more }],
  extension: [{ url: 'http://example.org/a', valueReference: { reference: '#p' } }],
  ...(container === patient ? { active: true } : {}),
});

const each = (title: string, key: string, more: JsonObject): InvariantRows[string] =>
  CONTAINERS.map((container) => [
    `${title} in a ${container.resourceType}`,
    container,
    inside(container, more),
    `error ${key} ${container.resourceType}`,
  ]);

/** What R4 forbids of contained resources. */
export const containedRows: InvariantRows = {
  'dom-2': [
    ...each('a resource in a contained one', 'dom-2', { contained: [{ resourceType: 'Patient', id: 'q' }] }),
    ['a contained resource', patient, inside(patient, {})],
  ],
  'dom-4': [
    ...each('the version of a contained resource', 'dom-4', { meta: { versionId: '1' } }),
    ...each('the time of a contained resource', 'dom-4', { meta: { lastUpdated: '2024-05-01T10:00:00Z' } }),
    ['a contained resource with its source', patient, inside(patient, { meta: { source: 'http://example.org' } })],
  ],
  'dom-5': [
    ...each('a security label of a contained resource', 'dom-5', { meta: { security: [{ display: 'a' }] } }),
    ['a contained resource with a tag', patient, inside(patient, { meta: { tag: [{ display: 'a' }] } })],
  ],
};
