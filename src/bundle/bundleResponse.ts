import type { FhirResource, Resource } from 'fhir/r4.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { findLens } from '../resources/registry.js';
import { noteReferred } from './links.js';
import { type Page, readPage } from './pageLinks.js';
import { type FromResponseOptions, type ResponseRecord, readRecord } from './record.js';
import { type BundleEntry, bundleEntry, bundleReferences, idOfRecord, type Resolve } from './references.js';
import { bundleRefusals } from './refusals.js';

/** What a Bundle answers. */
export interface BundleAnswer extends Page {
  /** True where it is a page of a list, and not the answer to a read. */
  readonly isList: boolean;
  readonly records: ResponseRecord[];
  readonly included: FhirResource[];
  readonly issues: Issue[];
}

/** An entry with a resource, and why it may not be read, if so. */
interface Entry extends BundleEntry {
  readonly mode: unknown;
  readonly forbidden?: Issue;
}

/**
 * The records of a Bundle and what was included with them (https://hl7.org/fhir/R4/search.html#include). A record is what the
 * entry calls a match; where no entry calls itself one, what is of the type of `path` (of any type with a payload, without it)
 * and is not called included.
 */
export function readBundle(bundle: JsonObject, options: FromResponseOptions): BundleAnswer {
  const issues: Issue[] = [];
  const entries = entriesOf(bundle, issues);
  const open = reachable(entries);
  const isMatch = matchesAmong(entries, options);
  const records = entries.filter(isMatch).map((entry) => readEntry(entry, open, options));
  const others: readonly unknown[] = entries.filter((entry) => !isMatch(entry)).map((entry) => entry.resource);
  const included = others.filter(isResource);
  if (included.length < others.length) issues.push(emptyEntry('Bundle.entry'));
  return { isList: isPage(bundle, records.length, options), records, included, ...readPage(bundle), issues };
}

function entriesOf(bundle: JsonObject, issues: Issue[]): Entry[] {
  const items = own(bundle, 'entry') ?? [];
  if (!Array.isArray(items)) {
    issues.push({ ...bundleRefusals.noEntries, expression: [...bundleRefusals.noEntries.expression] });
    return [];
  }
  const isRuled = own(bundle, 'implicitRules') !== undefined;
  return items.flatMap((item: unknown, index) => {
    const entry = bundleEntry(item);
    if (!isObject(item) || entry === undefined) {
      issues.push(emptyEntry(`Bundle.entry[${index}]`));
      return [];
    }
    const search = own(item, 'search');
    const isModified = own(item, 'modifierExtension') !== undefined;
    const forbidden = isRuled ? bundleRefusals.implicitRules : isModified ? bundleRefusals.modifiedEntry : undefined;
    return [
      {
        ...entry,
        mode: isObject(search) ? search.mode : undefined,
        ...(forbidden === undefined ? {} : { forbidden: { ...forbidden, expression: [...forbidden.expression] } }),
      },
    ];
  });
}

function emptyEntry(expression: string): Issue {
  const diagnostics = 'An entry of the Bundle holds no resource of R4.';
  return { severity: 'warning', code: 'structure', id: 'response-entry', expression: [expression], diagnostics };
}

function matchesAmong(entries: readonly Entry[], { path }: FromResponseOptions): (entry: Entry) => boolean {
  if (entries.some(({ mode }) => mode === 'match')) return ({ mode }) => mode === 'match';
  return ({ mode, resource: { resourceType } }) => {
    if (mode === 'include' || mode === 'outcome' || typeof resourceType !== 'string') return false;
    const lens = findLens(resourceType);
    return lens?.resourceType === resourceType && (path === undefined || lens.path === path);
  };
}

/** What references in the entries lead to. */
interface Reachable {
  within(entry: Entry): Resolve;
  /** True where a reference in one of the entries leads to this one. */
  isReferredTo(entry: Entry, fullUrl: string): boolean;
}

function reachable(entries: readonly Entry[]): Reachable {
  const { within } = bundleReferences(entries);
  let referred: Set<Resource> | undefined;
  return {
    within,
    isReferredTo(entry, fullUrl) {
      if (referred === undefined) {
        referred = new Set();
        for (const other of entries) noteReferred(other.resource, within(other), referred);
      }
      const target = within(entry)(fullUrl);
      return target !== undefined && referred.has(target);
    },
  };
}

function readEntry(entry: Entry, open: Reachable, options: FromResponseOptions): ResponseRecord {
  const { resource, forbidden } = entry;
  if (forbidden !== undefined) return { ok: false, path: undefined, issues: [forbidden], value: resource };
  const within = open.within(entry);
  const record = readRecord(resource, {
    ...options,
    resolve: (reference) => within(reference) ?? options.resolve?.(reference),
  });
  if (!record.ok) return record;
  return { ...record, id: idOfRecord(record.id, entry, (fullUrl) => open.isReferredTo(entry, fullUrl)) };
}

/** A Bundle of one match answers a read, unless it says what only a search does: how many there are, or how to go on. */
function isPage(bundle: JsonObject, records: number, { expect }: FromResponseOptions): boolean {
  if (records !== 1) return true;
  if (expect !== undefined) return expect === 'list';
  return own(bundle, 'total') !== undefined || own(bundle, 'link') !== undefined;
}

function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof value.resourceType === 'string' && RESOURCE_TYPES.has(value.resourceType);
}
