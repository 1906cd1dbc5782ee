import type { FhirResource } from 'fhir/r4.js';
import { certainId, type MapOptions } from '../bundle/clinikIds.js';
import { entryUrls } from '../bundle/entryUrls.js';
import { hasMap } from '../bundle/placing.js';
import { deepResource } from '../bundle/refusals.js';
import { CLINIK_API } from '../fhir/references/identity.js';
import { isTooDeep } from '../fhir/safety.js';
import { ClinikFhirError } from '../lens/issue.js';
import { fingerprint, type JsonObject } from '../lens/json.js';

/**
 * The entries of a searchset: what was found, and what is included with it (https://hl7.org/fhir/R4/search.html#include), each with
 * a fullUrl. What has an id of FHIR's is below `baseUrl`; without one, below the raw FHIR route, but under an id map, where the id is
 * one of the source, nowhere. Where the map has another record at an address, that is not given.
 * @throws ClinikFhirError when a resource is nested too deep.
 */
export function searchEntries(
  matches: readonly FhirResource[],
  included: readonly FhirResource[],
  options: MapOptions = {},
): { fullUrl: string; resource: FhirResource; search: { mode: 'match' | 'include' } }[] {
  const resources = [...matches, ...included];
  const contents = resources.map(contentOf);
  const urls = entryUrls(contents, options.baseUrl ?? (hasMap(options) ? undefined : `${CLINIK_API}/fhir`));
  const names = options.resolveId === undefined ? urls : entryUrls(contents, undefined);
  return resources.map((resource, index) => {
    const url = urls[index] ?? '';
    return {
      fullUrl: isOfAnother(url, resource, options) ? (names[index] ?? '') : url,
      resource,
      search: { mode: index < matches.length ? 'match' : 'include' },
    };
  });
}

function isOfAnother(url: string, resource: FhirResource, options: MapOptions): boolean {
  const known = options.resolveId?.(url);
  return typeof known === 'string' && known !== certainId({ resource: { ...resource }, fullUrl: undefined }, options);
}

function contentOf(given: FhirResource): { resource: JsonObject; content: string } {
  if (isTooDeep(given)) throw new ClinikFhirError([deepResource]);
  const resource: JsonObject = { ...given };
  return { resource, content: fingerprint(resource) };
}
