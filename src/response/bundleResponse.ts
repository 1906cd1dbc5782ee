import type { FhirResource } from 'fhir/r4.js';
import { type OpenBundle, openBundle } from '../bundle/entries.js';
import { idOfEntry, readable, type Surveyed, surveyed } from '../bundle/readable.js';
import type { BundleEntry, Resolve } from '../bundle/references.js';
import { bundleRefusals } from '../bundle/refusals.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { findLens } from '../resources/registry.js';
import { type Page, readPage } from './pageLinks.js';
import { type FromResponseOptions, type ResponseRecord, readRecord } from './readRecord.js';

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
  /** What references in it lead to. */
  readonly resolve: Resolve;
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
  const open = openBundle(bundle);
  const entries = entriesOf(open, issues);
  const isMatch = matchesAmong(entries, options);
  const known = surveyed(open, options);
  const records = entries.filter(isMatch).map((entry) => readEntry(entry, known, options));
  const others: readonly unknown[] = entries.filter((entry) => !isMatch(entry)).map((entry) => entry.resource);
  const included = others.filter(isResource);
  if (included.length < others.length) issues.push(emptyEntry('Bundle.entry'));
  return { isList: isPage(bundle, records.length, options), records, included, ...readPage(bundle), issues };
}

function entriesOf({ bundle, items }: OpenBundle, issues: Issue[]): Entry[] {
  if (items === undefined) {
    issues.push({ ...bundleRefusals.noEntries, expression: [...bundleRefusals.noEntries.expression] });
    return [];
  }
  const isRuled = own(bundle, 'implicitRules') !== undefined;
  return items.flatMap(({ value: item, index, entry, resolve }) => {
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
        resolve,
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

function readEntry(entry: Entry, known: Surveyed, options: FromResponseOptions): ResponseRecord {
  const { resource, forbidden } = entry;
  if (forbidden !== undefined) return { ok: false, path: undefined, issues: [forbidden], value: resource };
  // What is flat says its id, and has no References.
  if (typeof resource.resourceType !== 'string') return readRecord(resource, options);
  const read = readable(entry, entry, known);
  const record = readRecord(read.resource, { ...options, ...read.options });
  return record.ok ? { ...record, id: idOfEntry(record.id, entry, entry, known) } : { ...record, value: resource };
}

/** A Bundle of one match answers a read, unless it says what only a search does: how many there are, or how to go on. */
function isPage(bundle: JsonObject, records: number, { expect }: FromResponseOptions): boolean {
  if (records !== 1) return true;
  if (expect !== undefined) return expect === 'list';
  return own(bundle, 'total') !== undefined || own(bundle, 'link') !== undefined;
}

/** True for a resource of a type of R4. */
export function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof value.resourceType === 'string' && RESOURCE_TYPES.has(value.resourceType);
}
