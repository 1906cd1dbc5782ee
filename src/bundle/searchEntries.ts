import type { FhirResource } from 'fhir/r4.js';
import { CLINIK_API } from '../fhir/identity.js';
import { fingerprint, type JsonObject } from '../lens/json.js';
import { entryUrls } from './entryUrls.js';

/**
 * The entries of a searchset: what was found, and what is included with it (https://hl7.org/fhir/R4/search.html#include), each with
 * a fullUrl. What has an id of FHIR's is below `base`; without one, below the raw FHIR route.
 */
export function searchEntries(
  matches: readonly FhirResource[],
  included: readonly FhirResource[],
  base = `${CLINIK_API}/fhir`,
): { fullUrl: string; resource: FhirResource; search: { mode: 'match' | 'include' } }[] {
  const resources = [...matches, ...included];
  const urls = entryUrls(resources.map(contentOf), base);
  return resources.map((resource, index) => ({
    fullUrl: urls[index] ?? '',
    resource,
    search: { mode: index < matches.length ? 'match' : 'include' },
  }));
}

function contentOf(given: FhirResource): { resource: JsonObject; content: string } {
  const resource: JsonObject = { ...given };
  return { resource, content: fingerprint(resource) };
}
