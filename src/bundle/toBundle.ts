import type { Bundle, FhirResource, Identifier } from 'fhir/r4.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { ClinikFhirError, type Issue, isFailure } from '../lens/issue.js';
import { clone, fingerprint, isObject, type JsonObject, own } from '../lens/json.js';
import { readId } from '../resources/id.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import { validationIssues } from '../validate/validate.js';
import { entryUrls, urn } from './entryUrls.js';
import { identified } from './identified.js';
import { conditional, linked, logical, mapReferences, namedBy, nameOf } from './links.js';
import { below } from './recordInput.js';
import { refusal } from './refusals.js';
import { uuidOf } from './uuid.js';

/** The types of Bundle that records can be put into. */
export type PayloadBundleType = 'transaction' | 'batch' | 'collection' | 'document' | 'searchset';

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

/** A resource that becomes an entry. */
interface Member {
  readonly resource: JsonObject;
  readonly resourceType: string;
  readonly id: string | undefined;
  readonly fullUrl: string;
  /** False for a resource that goes along. */
  readonly isRecord: boolean;
}

/**
 * The R4 Bundle of a set of payloads (https://hl7.org/fhir/R4/bundle.html), by path and then in their order; a document begins
 * with its Composition. A fullUrl is a `urn:uuid:` made of the payload's content, so that equal sets make equal Bundles; in a
 * searchset with `baseUrl` it is the record's address there.
 *
 * What the payloads say of each other leads to these entries in a transaction, a collection and a document. All else stays what
 * it is for ClinikAPI: a conditional reference to the id in a transaction, the id as an identifier elsewhere, and in a searchset
 * the reference as it is. A transaction and a batch create each record unless one with its identifier exists.
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
  const members = named([...records, ...include.map(included)], type === 'searchset' ? options.baseUrl : undefined);
  const fullUrls = fullUrlsOf(members);
  refuse(fullUrls === undefined ? [repeated] : []);
  const identifier =
    options.identifier ??
    (type === 'document' ? identifierOf([now, ...members.map((member) => member.fullUrl)]) : undefined);
  const bundle: JsonObject = {
    resourceType: 'Bundle',
    ...(identifier === undefined ? {} : { identifier: clone(identifier) }),
    type,
    ...(now === undefined ? {} : { timestamp: now }),
    ...(type === 'searchset' ? { total: records.length } : {}),
    ...(members.length === 0 ? {} : { entry: members.map((member) => entryOf(member, type, fullUrls ?? new Map())) }),
  };
  refuse(validationIssues(bundle));
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
    // A record has the same name whenever it is sent.
    const timeless =
      conversion.now === undefined ? result : lens.safeToFhir(payload, { ...conversion, now: undefined });
    const content = fingerprint(timeless.ok ? timeless.resource : resource);
    return [{ resource, resourceType, id: readId(resource, resourceType), isRecord: true, content }];
  });
}

function included(given: FhirResource): Made {
  const resource: JsonObject = { ...clone(given) };
  const resourceType = typeof resource.resourceType === 'string' ? resource.resourceType : '';
  return {
    resource,
    resourceType,
    id: readId(resource, resourceType),
    isRecord: false,
    content: fingerprint(resource),
  };
}

/** Gives each its fullUrl. */
function named(made: readonly Made[], home: string | undefined): Member[] {
  const urls = entryUrls(made, home);
  return made.map(({ content: _, ...member }, index) => ({ ...member, fullUrl: urls[index] ?? '' }));
}

const rank = ({ resourceType }: JsonObject): number => (resourceType === 'Composition' ? 0 : 1);

function identifierOf(content: readonly unknown[]): Identifier {
  return { system: URI, value: urn(uuidOf(fingerprint(content))) };
}

/** The fullUrls by `Type/id`; undefined where two have the same. */
function fullUrlsOf(members: readonly Member[]): Map<string, string> | undefined {
  const fullUrls = new Map<string, string>();
  for (const { resourceType, id, fullUrl } of members) {
    if (id === undefined) continue;
    const name = nameOf({ type: resourceType, id });
    if (fullUrls.has(name)) return undefined;
    fullUrls.set(name, fullUrl);
  }
  return fullUrls;
}

function entryOf(member: Member, type: PayloadBundleType, fullUrls: ReadonlyMap<string, string>): JsonObject {
  const { fullUrl, resourceType, id, isRecord } = member;
  const resource = mapReferences(member.resource, (reference) => placed(reference, member, type, fullUrls));
  if (type === 'searchset') return { fullUrl, resource, search: { mode: isRecord ? 'match' : 'include' } };
  if (!REQUESTS.has(type)) return { fullUrl, resource };
  const made = identified(resource, resourceType, id, { system: URI, value: fullUrl });
  return { fullUrl, resource: made.resource, request: { method: 'POST', url: resourceType, ifNoneExist: made.search } };
}

/** A Reference in the Bundle: what it names may be an entry, or somewhere else. */
function placed(
  reference: JsonObject,
  { isRecord }: Member,
  type: PayloadBundleType,
  fullUrls: ReadonlyMap<string, string>,
): JsonObject {
  const target = namedBy(reference);
  if (target === undefined || type === 'searchset') return reference;
  const fullUrl = type === 'batch' ? undefined : fullUrls.get(nameOf(target));
  if (fullUrl !== undefined) return linked(reference, fullUrl);
  // What goes along was made by others: an id in it need not be ClinikAPI's.
  if (!isRecord) return reference;
  return type === 'transaction' ? conditional(reference, target) : logical(reference, target);
}
