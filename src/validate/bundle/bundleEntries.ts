import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { parseLiteral } from '../../fhir/references/literal.js';
import { isAbsoluteUri } from '../../fhir/references/uri.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { RuleId } from '../rules.js';
import { focusOn, report, type Walk } from '../walk.js';
import { hasMethod, resourceOf, restfulAddress } from './bundleIndex.js';
import { strayEntries } from './documentEntries.js';

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
    if (type === 'searchset' && isFalseOutcome(entry)) report(walk, 'search-outcome', undefined, 'entry', index);
  });
  if (type === 'transaction') {
    for (const index of repeatedChanges(entries)) report(walk, 'transaction-repeated', undefined, 'entry', index);
  }
  if (type === 'document') {
    for (const index of strayEntries(entries)) report(walk, 'document-entry-unreferenced', undefined, 'entry', index);
  }
}

/**
 * `outcome`: "An OperationOutcome that provides additional information about the processing of a search"
 * (https://hl7.org/fhir/R4/valueset-search-entry-mode.html).
 */
function isFalseOutcome(entry: JsonObject): boolean {
  const search = own(entry, 'search');
  if (!isObject(search) || own(search, 'mode') !== 'outcome') return false;
  const resource = resourceOf(entry);
  return resource !== undefined && hasKnownType(resource) && resource.resourceType !== 'OperationOutcome';
}

function fullUrlFault(entry: JsonObject, type: unknown): RuleId | undefined {
  const fullUrl = own(entry, 'fullUrl');
  const resource = resourceOf(entry);
  if (fullUrl === undefined) return resource !== undefined && needsFullUrl(type, entry) ? 'fullurl-missing' : undefined;
  // The format of the element is looked at where the element is.
  if (typeof fullUrl !== 'string' || fullUrl === '') return undefined;
  if (!isAbsoluteUri(fullUrl)) return 'fullurl-not-absolute';
  const address = restfulAddress(fullUrl);
  if (address === undefined || resource === undefined) return undefined;
  // What is to be created has an id once it is.
  const lacksId = own(resource, 'id') === undefined && !hasMethod(entry, 'POST');
  return (lacksId && hasKnownType(resource)) || isOther(resource, address) ? 'fullurl-id' : undefined;
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

const hasKnownType = ({ resourceType }: JsonObject): boolean =>
  typeof resourceType === 'string' && RESOURCE_TYPES.has(resourceType);

/** True where a resource says that it is another one than its address; a resource that has no id yet says nothing. */
function isOther({ resourceType, id }: JsonObject, address: { type?: string; id?: string }): boolean {
  if (typeof id === 'string' && id !== address.id) return true;
  return hasKnownType({ resourceType }) && resourceType !== address.type;
}

/** Where a request goes, below the server: without the slash that some begin with, and without what is asked of the server. */
function pathOf(entry: JsonObject): string | undefined {
  const request = own(entry, 'request');
  const url = isObject(request) ? own(request, 'url') : undefined;
  return typeof url === 'string' ? url.replace(/^\/+/, '').split('?', 1)[0] : undefined;
}

/**
 * "The request body SHALL be a Resource with an id element that has an identical value to the [id] in the URL"; a type alone is
 * no address to PUT to, but with a search.
 */
function isUpdateOfAnother(entry: JsonObject): boolean {
  const resource = resourceOf(entry);
  const path = pathOf(entry);
  if (resource === undefined || path === undefined || !hasMethod(entry, 'PUT')) return false;
  if (RESOURCE_TYPES.has(path)) return !hasSearch(entry);
  const address = parseLiteral(path);
  if (address?.id === undefined) return false;
  return own(resource, 'id') === undefined || isOther(resource, address);
}

function hasSearch(entry: JsonObject): boolean {
  const request = own(entry, 'request');
  const url = isObject(request) ? own(request, 'url') : undefined;
  return typeof url === 'string' && url.includes('?');
}

/** A create is a POST to `[base]/[type]` with a resource of the type (https://hl7.org/fhir/R4/http.html#create). */
function isCreateOfAnother(entry: JsonObject): boolean {
  const path = pathOf(entry);
  if (path === undefined || !hasMethod(entry, 'POST')) return false;
  if (parseLiteral(path)?.id !== undefined) return true;
  const type = own(resourceOf(entry) ?? {}, 'resourceType');
  const asked = path.slice(path.lastIndexOf('/') + 1);
  return typeof type === 'string' && RESOURCE_TYPES.has(type) && RESOURCE_TYPES.has(asked) && asked !== type;
}

const CHANGES = ['DELETE', 'PATCH', 'PUT'] as const;

/**
 * The entries that change what an entry before them changes: "A resource can only appear in a transaction once (by identity)"
 * (https://hl7.org/fhir/R4/http.html#trules).
 */
function repeatedChanges(entries: readonly unknown[]): readonly number[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    if (!isObject(entry) || !CHANGES.some((method) => hasMethod(entry, method))) return [];
    const { type, id } = parseLiteral(pathOf(entry) ?? '') ?? {};
    const { size } = seen;
    return id === undefined || seen.add(`${type}/${id}`).size > size ? [] : [index];
  });
}

/** Reports at an element of an entry of the Bundle in focus. */
function reportAt(walk: Walk, rule: RuleId, index: number, path: readonly [string] | readonly [string, string]): void {
  const { depth } = walk;
  const [first, second] = path;
  focusOn(walk, 'entry', index);
  if (second !== undefined) focusOn(walk, first, -1);
  report(walk, rule, undefined, second ?? first);
  walk.depth = depth;
}
