import type { Resource } from 'fhir/r4.js';
import { readLiteral } from '../fhir/references/literal.js';
import { type JsonObject, own } from '../lens/json.js';
import type { OpenBundle } from './entries.js';
import { noteReferred, referencesWithin } from './links.js';
import { type BundleEntry, idInBundle, type Resolve } from './references.js';

/** What there is to know of all entries before the first is read. */
export interface Survey {
  /** The resources that references of the Bundle lead to. */
  readonly referred: Set<Resource>;
  /** What references in a resource lead to. */
  readonly resolvers: Map<Resource, Resolve>;
  /** The entries of the resources that references find. */
  readonly entries: Map<Resource, BundleEntry>;
  /** The servers that entries say they are of. */
  readonly bases: Set<string>;
  /** The References of the resources that entries hold. */
  readonly references: Map<JsonObject, readonly JsonObject[]>;
}

/** What is known of no Bundle. */
export const nothingSurveyed = (): Survey => ({
  referred: new Set(),
  resolvers: new Map(),
  entries: new Map(),
  bases: new Set(),
  references: new Map(),
});

/** Surveys a Bundle and the Bundles in it. */
export function survey({ items = [] }: OpenBundle, found: Survey = nothingSurveyed()): Survey {
  for (const { entry, resolve, nested, isCurrent } of items) {
    if (nested?.bundle !== undefined) survey(nested.bundle, found);
    if (nested !== undefined || entry === undefined || !isCurrent()) continue;
    const base = entry.fullUrl === undefined ? undefined : readLiteral(entry.fullUrl)?.base;
    if (base !== undefined) found.bases.add(base);
    const name = entry.fullUrl ?? nameIn(entry);
    const itself = name === undefined ? undefined : resolve(name);
    if (itself !== undefined && !found.entries.has(itself)) {
      found.resolvers.set(itself, resolve);
      found.entries.set(itself, entry);
    }
    const references = referencesWithin(entry.resource);
    found.references.set(entry.resource, references);
    noteReferred(references, resolve, found.referred);
  }
  return found;
}

function nameIn(entry: BundleEntry): string | undefined {
  const id = idInBundle(entry);
  return id === undefined ? undefined : `${own(entry.resource, 'resourceType')}/${id}`;
}
