import type { Bundle, FhirResource, Identifier } from 'fhir/r4.js';
import { isTooDeep } from '../fhir/safety.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { ClinikFhirError, type Issue, isFailure } from '../lens/issue.js';
import { clone, fingerprint, isObject, type JsonObject, own } from '../lens/json.js';
import { readId } from '../resources/id.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import { faultsOf } from '../resources/stillValid.js';
import { certainId } from './clinikIds.js';
import { entryUrls, urn } from './entryUrls.js';
import { identified } from './identified.js';
import { mapReferences } from './links.js';
import { hasMap, type Member, type PayloadBundleType, type Place, placing } from './placing.js';
import { below } from './recordInput.js';
import { deepResource, refusal } from './refusals.js';
import { uuidOf } from './uuid.js';

/** A set of payloads, one list a path; each may carry its ClinikAPI id as `id`. */
export type PayloadSets = { readonly [P in Path]?: readonly (Parameters<Lenses[P]['toFhir']>[0] & { id?: string })[] };

/** Options of `payloadsToBundle`. */
export interface PayloadsToBundleOptions extends ConvertOptions {
  type: PayloadBundleType;
  /** The identifier of the Bundle. Default: none, but in a document one that is made of its content and `now`. */
  identifier?: Identifier;
  /** Resources that go along: what a document or a collection refers to, what a searchset includes. */
  include?: readonly FhirResource[];
}

const TYPES: ReadonlySet<unknown> = new Set(['transaction', 'batch', 'collection', 'document', 'searchset']);
const REQUESTS: ReadonlySet<string> = new Set(['transaction', 'batch']);

/** The system of identifiers that are URIs (https://hl7.org/fhir/R4/identifier-registry.html). */
const URI = 'urn:ietf:rfc:3986';

/**
 * The R4 Bundle of a set of payloads (https://hl7.org/fhir/R4/bundle.html), by path and then in their order; a document begins
 * with its Composition. A fullUrl is a `urn:uuid:` made of the payload's content, so that equal sets make equal Bundles; in a
 * searchset with `baseUrl` it is the record's address there.
 *
 * What the payloads say of each other leads to these entries in a transaction, a collection and a document. All else stays what
 * it is for ClinikAPI: a conditional reference to the id in a transaction, the id as an identifier elsewhere, and in a searchset
 * the reference as it is. A transaction and a batch create each record unless one with its identifier exists.
 *
 * Under an id map (`resolveReference`) a literal reference is one of the server that the map is of. It stays as it is, unless
 * its target, by ClinikAPI id, is in the set, or the Bundle may not have it: outside a transaction a search is the identifier that
 * it asks for, and in a document what is not in it is named by the ClinikAPI id. An id that the map does not know is ClinikAPI's, as
 * above. What goes along is known by an identifier of ClinikAPI's or by the map. A map changes no `urn:uuid:`.
 * @throws ClinikFhirError when a payload is not valid, the set does not fit the type, or the Bundle would not be valid R4.
 */
export function payloadsToBundle(payloads: PayloadSets, options: PayloadsToBundleOptions): Bundle {
  const { type, now, include = [] } = options;
  const issues: Issue[] = [];
  checkSet(payloads, options, issues);
  refuse(issues);
  const records = Object.keys(lenses).flatMap((path) => resourcesOf(path, own({ ...payloads }, path), options, issues));
  refuse(issues);
  if (type === 'document') records.sort((a, b) => rank(a.resource) - rank(b.resource));
  const goingAlong = include.map((resource) => included(resource, options));
  const members = named([...records, ...goingAlong], type, options);
  const place = placing(members, type, options);
  if (place === undefined) throw new ClinikFhirError([repeated]);
  const identifier =
    options.identifier ??
    (type === 'document' ? identifierOf([now, ...members.map((member) => member.fullUrl)]) : undefined);
  const bundle: JsonObject = {
    resourceType: 'Bundle',
    ...(identifier === undefined ? {} : { identifier: clone(identifier) }),
    type,
    ...(now === undefined ? {} : { timestamp: now }),
    ...(type === 'searchset' ? { total: records.length } : {}),
    ...(members.length === 0 ? {} : { entry: members.map((member) => entryOf(member, type, place)) }),
  };
  refuse(faultsOf(bundle));
  return bundle as object as Bundle;
}

const repeated = refusal('business-rule', 'bundle-id-repeated', 'Two records of a type have the same id.');

function refuse(issues: readonly Issue[]): void {
  if (issues.some(isFailure)) throw new ClinikFhirError(issues.filter(isFailure));
}

function checkSet(payloads: PayloadSets, { type, now, include = [] }: PayloadsToBundleOptions, issues: Issue[]): void {
  const fault = (code: Issue['code'], id: string, diagnostics: string, ...at: string[]): void => {
    issues.push(refusal(code, id, diagnostics, ...at));
  };
  if (!isObject(payloads))
    fault('structure', 'payload-type', 'A set of payloads is an object with a list for each path.');
  if (!TYPES.has(type))
    fault('value', 'bundle-type', 'The type is transaction, batch, collection, document or searchset.');
  for (const [path, list] of Object.entries({ ...payloads })) {
    if (!Object.hasOwn(lenses, path)) fault('not-supported', 'bundle-path', 'There are no payloads of this path.');
    else if (list !== undefined && !Array.isArray(list))
      fault('structure', 'payload-type', 'The payloads of a path are a list.', path);
  }
  if (REQUESTS.has(type) && include.length > 0)
    fault('business-rule', 'bundle-include', 'A transaction and a batch hold nothing but what they create.');
  if (type !== 'document') return;
  const documents = own({ ...payloads }, 'documents');
  if (!Array.isArray(documents) || documents.length !== 1)
    fault('business-rule', 'bundle-document', 'A document holds one Composition.', 'documents');
  if (now === undefined)
    fault('required', 'bundle-document-now', 'A document has the time when it was put together: give `now`.');
}

type Made = Omit<Member, 'fullUrl'> & { readonly content: string };

function resourcesOf(path: string, payloads: unknown, options: PayloadsToBundleOptions, issues: Issue[]): Made[] {
  const lens = findLens(path);
  if (lens === undefined || !Array.isArray(payloads)) return [];
  const { type: _, identifier: __, include: ___, ...conversion } = options;
  return payloads.flatMap((payload: unknown, index) => {
    const result = lens.safeToFhir(payload, conversion);
    if (!result.ok) {
      issues.push(...result.issues.map((issue) => below(`${path}[${index}]`, issue)));
      return [];
    }
    const { resourceType } = lens;
    const resource: JsonObject = { ...result.resource };
    // A record has the same name whenever it is sent, and whatever is known of others by then.
    const timeless = { ...conversion, now: undefined, resolveId: undefined, resolveReference: undefined };
    const isTimeless = conversion.now === undefined && !hasMap(conversion);
    const known = isTimeless ? result : lens.safeToFhir(payload, timeless);
    const content = fingerprint(known.ok ? known.resource : resource);
    const told: unknown = isObject(payload) ? own(payload, 'id') : undefined;
    return [{ resource, resourceType, id: typeof told === 'string' ? told : undefined, isRecord: true, content }];
  });
}

function included(given: FhirResource, options: PayloadsToBundleOptions): Made {
  if (isTooDeep(given)) throw new ClinikFhirError([{ ...deepResource, expression: ['include'] }]);
  const resource: JsonObject = { ...clone(given) };
  const resourceType = typeof resource.resourceType === 'string' ? resource.resourceType : '';
  const id = hasMap(options) ? certainId({ resource, fullUrl: undefined }, options) : readId(resource, resourceType);
  return { resource, resourceType, id, isRecord: false, content: fingerprint(resource) };
}

/** Gives each its fullUrl. */
function named(made: readonly Made[], type: PayloadBundleType, { baseUrl, resolveId }: ConvertOptions): Member[] {
  const addresses = entryUrls(made, type === 'searchset' ? baseUrl : undefined);
  const names = entryUrls(made, undefined);
  return made.map(({ content: _, ...member }, index) => {
    const address = addresses[index] ?? '';
    const known = address === names[index] ? undefined : resolveId?.(address);
    // Where the map has another record there, the address would name that one.
    const fullUrl = known === undefined || known === member.id ? address : (names[index] ?? '');
    return { ...member, fullUrl };
  });
}

const rank = ({ resourceType }: JsonObject): number => (resourceType === 'Composition' ? 0 : 1);

function identifierOf(content: readonly unknown[]): Identifier {
  return { system: URI, value: urn(uuidOf(fingerprint(content))) };
}

function entryOf(member: Member, type: PayloadBundleType, place: Place): JsonObject {
  const { fullUrl, resourceType, id, isRecord } = member;
  const resource = mapReferences(member.resource, (reference) => place(reference, member));
  if (type === 'searchset') return { fullUrl, resource, search: { mode: isRecord ? 'match' : 'include' } };
  if (!REQUESTS.has(type)) return { fullUrl, resource };
  const made = identified(resource, resourceType, id, { system: URI, value: fullUrl });
  return { fullUrl, resource: made.resource, request: { method: 'POST', url: resourceType, ifNoneExist: made.search } };
}
