import type { Bundle, FhirResource } from 'fhir/r4.js';
import { withoutSlash } from '../bundle/entryUrls.js';
import { below, type RecordInput, resourceOf } from '../bundle/recordInput.js';
import { refusal } from '../bundle/refusals.js';
import { CLINIK_API } from '../fhir/references/identity.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { ClinikFhirError, type Issue, isFailure } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { findLens, lenses, type Path } from '../resources/registry.js';
import { faultsOf } from '../resources/stillValid.js';
import { goesOn, linksOf, PAGE_PARAMETERS, readPage } from './pageLinks.js';
import { readRecord, type UnreadRecord } from './readRecord.js';
import type { Paging } from './responseMeta.js';
import { searchEntries } from './searchEntries.js';

/** A list to make a searchset of: what `fromResponse` gives for one is one. */
export interface SearchsetInput {
  readonly records: readonly (FhirResource | RecordInput | UnreadRecord)[];
  readonly paging: Paging;
  readonly included?: readonly FhirResource[];
  /** The address of the next page, where neither a cursor nor a page says it. */
  readonly next?: string;
}

/** Options of `toSearchset`. */
export interface ToSearchsetOptions extends ConvertOptions {
  /** The path that was asked. Default: the one that all records are of. */
  path?: Path;
  /** The parameters that were asked, so that the links ask the same again: `{ patientId: 'pt_1' }`. Default: none. */
  search?: { readonly [name: string]: string | readonly string[] };
}

/**
 * A page of a list as an R4 searchset (https://hl7.org/fhir/R4/search.html#paging). Its links are below `baseUrl`
 * (`[base]/Encounter?cursor=…`), else ClinikAPI's own (`https://api.clinikapi.com/v1/encounters?cursor=…`): `self` has the page and
 * its size, `next` the cursor or the next page. A resource with an id of FHIR's has its address as fullUrl, any other a `urn:uuid:`;
 * so has any under an id map without `baseUrl`, for the server of its id is not known.
 * A record that could not be read goes as it came, where it is valid R4 and reading it again gives the same issues.
 *
 * `fromResponse` gives the same list back, but for what a Bundle has no place for: `meta` and `issues`, what the `losses` of a
 * record name, and a cursor or `next` beside `hasMore: false`. `hasMore` comes back where a page, its size and the total do not say it.
 * @throws ClinikFhirError when a payload or a record is not valid, when there is no telling whether and where the list goes on,
 * when `paging` would not come back as it is, or when the Bundle would not be valid R4.
 */
export function toSearchset(list: SearchsetInput, options: ToSearchsetOptions = {}): Bundle {
  const { path: asked, search = {}, ...conversion } = options;
  const { records, paging, included = [] } = list;
  const issues: Issue[] = Object.keys(search).some((name) => PAGE_PARAMETERS.has(name))
    ? [fault('What `paging` says is not among the parameters that were asked.', 'search')]
    : [];
  const matches = records.flatMap((record, index) => matchOf(record, `records[${index}]`, conversion, issues));
  refuse(issues);
  const path = asked ?? pathOf(records);
  const following = followingOf(list, path);
  const links = linksOf(addressOf(path, options.baseUrl), search, paging, following);
  const entry = searchEntries(matches, included, options);
  const bundle: JsonObject = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(paging.total === undefined ? {} : { total: paging.total }),
    link: links,
    ...(entry.length === 0 ? {} : { entry }),
  };
  refuse(unsaid(paging, readPage(bundle).paging, following !== undefined));
  refuse(faultsOf(bundle));
  return bundle as object as Bundle;
}

function refuse(issues: readonly Issue[]): void {
  if (issues.some(isFailure)) throw new ClinikFhirError(issues.filter(isFailure));
}

type Conversion = Omit<ToSearchsetOptions, 'path' | 'search'>;

function matchOf(
  record: FhirResource | RecordInput | UnreadRecord,
  place: string,
  options: Conversion,
  issues: Issue[],
): FhirResource[] {
  if (isUnread(record)) {
    if (isRefusedAgain(record, options)) return [record.value];
    issues.push({ ...unwritten, expression: [place] });
    return [];
  }
  const made = resourceOf(record, options);
  if (made.ok) return [made.resource];
  issues.push(...made.issues.map((issue) => below(place, issue)));
  return [];
}

function isUnread(record: FhirResource | RecordInput | UnreadRecord): record is UnreadRecord {
  return 'ok' in record && record.ok === false;
}

const unwritten = refusal(
  'not-supported',
  'searchset-unread',
  'A record that was not read is no resource, or would be read from the searchset, or for other reasons not be.',
);

/** True where nobody who reads the searchset could take the record for one that was read. */
function isRefusedAgain(record: UnreadRecord, options: Conversion): record is UnreadRecord & { value: FhirResource } {
  const { value } = record;
  const type = isObject(value) ? own(value, 'resourceType') : undefined;
  // An OperationOutcome in a searchset is about the search.
  if (typeof type !== 'string' || type === 'OperationOutcome') return false;
  const again = readRecord(value, options);
  if (again.ok) return false;
  // The Bundle that it came in may have had a modifier for it, which would be lost.
  const reasons = new Set(again.issues.map(reasonOf));
  return record.issues.every((issue) => reasons.has(reasonOf(issue)));
}

const reasonOf = ({ id, expression }: Issue): string => [id, ...expression].join(' ');

/** The path that all records are of, as far as they tell. */
function pathOf(records: SearchsetInput['records']): Path | undefined {
  const paths = new Set(
    records.flatMap((record) => ('resourceType' in record ? findLens(record.resourceType)?.path : record.path) ?? []),
  );
  return Object.keys(lenses).find((path): path is Path => paths.size === 1 && paths.has(path));
}

function addressOf(path: Path | undefined, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return path === undefined ? CLINIK_API : `${CLINIK_API}/${path}`;
  return path === undefined ? withoutSlash(baseUrl) : `${withoutSlash(baseUrl)}/${lenses[path].resourceType}`;
}

/** Where the list goes on; undefined where it does not. */
function followingOf({ records, paging, next }: SearchsetInput, path: Path | undefined): Parameters<typeof linksOf>[3] {
  const { total, cursor, hasMore, page } = paging;
  const isFirst = page === undefined || page === 1;
  const counted = isFirst && total !== undefined ? records.length < total : undefined;
  const isOpen = cursor !== undefined || next !== undefined ? true : (goesOn(paging) ?? counted);
  const goes = hasMore ?? isOpen;
  if (goes === undefined)
    refuse([
      fault('A searchset says whether it goes on: give `hasMore`, or page, pageSize and total.', 'paging.hasMore'),
    ]);
  if (goes !== true) return undefined;
  if (next !== undefined) return next;
  if (cursor === undefined && page === undefined)
    refuse([fault('The list goes on, and neither a cursor nor a page says where.', 'paging.cursor')]);
  if (path === undefined)
    refuse([fault('The list goes on, and neither its records nor the option `path` say which one it is.', 'paging')]);
  return cursor === undefined ? { page: (page ?? 0) + 1 } : { cursor };
}

const fault = (diagnostics: string, at: string): Issue => refusal('business-rule', 'searchset-paging', diagnostics, at);

/** What of the paging would be read as something else. */
function unsaid(given: Paging, read: Paging, hasNext: boolean): Issue[] {
  const fields = ['total', 'cursor', 'hasMore', 'page', 'pageSize'] as const;
  return fields
    .filter((name) => {
      // It says what the links say; a cursor without a next page leads nowhere.
      if (name === 'hasMore' || (name === 'cursor' && !hasNext)) return false;
      return given[name] !== read[name];
    })
    .map((name) => refusal('value', 'searchset-paging', 'The links of a searchset cannot say this.', `paging.${name}`));
}
