import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { parseLiteral } from '../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { hasMethod, isAbsolute, resourceOf, restfulAddress } from './bundleIndex.js';
import type { RuleId } from './rules.js';
import { report, type Walk } from './walk.js';

/**
 * Checks the entries of the Bundle in focus for what its invariants do not say: addresses
 * (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl), and what updates and creates ask a server for
 * (https://hl7.org/fhir/R4/http.html#update).
 */
export function checkEntries(bundle: JsonObject, walk: Walk): void {
  const entries = own(bundle, 'entry');
  if (!Array.isArray(entries)) return;
  const type = own(bundle, 'type');
  entries.forEach((entry: unknown, index) => {
    if (!isObject(entry)) return;
    const rule = fullUrlFault(entry, type);
    if (rule !== undefined) reportAt(walk, rule, index, ['fullUrl']);
    if ((type === 'transaction' || type === 'batch') && (isUpdateOfAnother(entry) || isCreateOfAnother(entry))) {
      reportAt(walk, 'request-url-mismatch', index, ['request', 'url']);
    }
  });
}

function fullUrlFault(entry: JsonObject, type: unknown): RuleId | undefined {
  const fullUrl = own(entry, 'fullUrl');
  const resource = resourceOf(entry);
  if (fullUrl === undefined) return resource !== undefined && needsFullUrl(type, entry) ? 'fullurl-missing' : undefined;
  // The format of the element is looked at where the element is.
  if (typeof fullUrl !== 'string' || fullUrl === '') return undefined;
  if (!isAbsolute(fullUrl)) return 'fullurl-not-absolute';
  const address = restfulAddress(fullUrl);
  if (address === undefined || resource === undefined) return undefined;
  return isOther(resource, address) ? 'fullurl-id' : undefined;
}

/**
 * "Except for transactions and batches, each entry in a Bundle must have a fullUrl" (https://hl7.org/fhir/R4/bundle.html#bundle-unique).
 * The definition lets out what is POSTed and "results from operations [that] might involve resources that are not identified".
 */
function needsFullUrl(type: unknown, entry: JsonObject): boolean {
  switch (type) {
    case 'document':
    case 'message':
    case 'collection':
      return true;
    case 'searchset':
      return isIdentified(entry);
    case 'history':
      return isIdentified(entry) && !hasMethod(entry, 'POST');
    default:
      return false;
  }
}

/** A server has no place for OperationOutcomes: the id of one in its answer is no identity. */
function isIdentified(entry: JsonObject): boolean {
  const { resourceType, id } = resourceOf(entry) ?? {};
  return typeof id === 'string' && resourceType !== 'OperationOutcome';
}

/** True where a resource says that it is another one than its address; a resource that has no id yet says nothing. */
function isOther({ resourceType, id }: JsonObject, address: { type?: string; id?: string }): boolean {
  if (typeof id === 'string' && id !== address.id) return true;
  return typeof resourceType === 'string' && RESOURCE_TYPES.has(resourceType) && resourceType !== address.type;
}

/** "The request body SHALL be a Resource with an id element that has an identical value to the [id] in the URL." */
function isUpdateOfAnother(entry: JsonObject): boolean {
  const request = own(entry, 'request');
  const resource = resourceOf(entry);
  if (!isObject(request) || resource === undefined || !hasMethod(entry, 'PUT')) return false;
  const url = own(request, 'url');
  const address = typeof url === 'string' ? parseLiteral(url) : undefined;
  if (address?.id === undefined) return false;
  return own(resource, 'id') === undefined || isOther(resource, address);
}

/** A create is a POST to `[base]/[type]` with a resource of the type (https://hl7.org/fhir/R4/http.html#create). */
function isCreateOfAnother(entry: JsonObject): boolean {
  const request = own(entry, 'request');
  const type = own(resourceOf(entry) ?? {}, 'resourceType');
  if (!isObject(request) || typeof type !== 'string' || !RESOURCE_TYPES.has(type) || !hasMethod(entry, 'POST'))
    return false;
  const url = own(request, 'url');
  return typeof url === 'string' && RESOURCE_TYPES.has(url) && url !== type;
}

/** Reports at an element of an entry of the Bundle in focus. */
function reportAt(walk: Walk, rule: RuleId, index: number, path: readonly [string] | readonly [string, string]): void {
  const { depth } = walk;
  const [first, second] = path;
  focus(walk, 'entry', index);
  if (second !== undefined) focus(walk, first, -1);
  report(walk, rule, undefined, second ?? first);
  walk.depth = depth;
}

function focus(walk: Walk, name: string, index: number): void {
  walk.depth += 1;
  walk.names[walk.depth] = name;
  walk.indexes[walk.depth] = index;
}
