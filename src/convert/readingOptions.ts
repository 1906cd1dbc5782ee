import { certainId } from '../bundle/clinikIds.js';
import { atHomeOnly } from '../bundle/homeMap.js';
import { inEntry, type Readable } from '../bundle/inEntry.js';
import { inMappedEntry } from '../bundle/inMappedEntry.js';
import { withPlacedUrls } from '../bundle/placedUrls.js';
import type { BundleEntry, Resolve } from '../bundle/references.js';
import { readLiteral } from '../fhir/references/literal.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { JsonObject } from '../lens/json.js';
import type { Within } from '../read/recordsOfValue.js';

/** A record as a lens reads it. */
export interface Reading extends Readable {
  /** What a reference leads to, as it stands in the record. */
  readonly resolve: Resolve | undefined;
}

/** What is said of a record in a Bundle, as far as its references need it. */
export type Inside = Pick<Within, 'entry' | 'resolve' | 'survey'>;

/** References as they are outside of a Bundle: what is relative in it is so to the server of the entry. */
export function placedBy({ fullUrl }: Pick<BundleEntry, 'fullUrl'>): (reference: string) => string {
  const base = fullUrl === undefined ? undefined : readLiteral(fullUrl)?.base;
  return (reference) =>
    base !== undefined && readLiteral(reference)?.kind === 'relative' ? `${base}/${reference}` : reference;
}

/**
 * A record as a lens reads it: references lead to what is inside of its Bundle, as in `bundleToPayloads`, else to what is outside.
 * A payload of its own has no id here, so that under an id map nobody is told one that only the source knows.
 */
export function readingOf(
  resource: JsonObject,
  inside: Inside | undefined,
  options: ConvertOptions,
  outside: ConvertOptions,
): Reading {
  const { resolve, resolveId } = outside;
  // A record by itself is what most are: its options are those of the run, and no new ones are made.
  if (inside === undefined)
    return { resource, options: outside, resolve, ...(resolveId === undefined ? {} : { idOf: resolveId }) };
  const { entry, survey } = inside;
  const placed = placedBy(entry);
  const around: Resolve = (reference) => resolve?.(placed(reference));
  const given = atHomeOnly({ ...options, resolve: around }, survey());
  const found: Resolve = (reference) => inside.resolve(reference) ?? around(reference);
  if (given.resolveId === undefined)
    return { ...withPlacedUrls(inEntry(inside, entry, survey(), given), entry), resolve: found };
  const map = { ...given, resolveId: given.resolveId };
  const idOf = (other: BundleEntry): string | undefined => certainId(other, map);
  if (resolveId === undefined) {
    // No map of the caller's says what is known at ClinikAPI.
    const read = withPlacedUrls(inMappedEntry(inside, entry, survey(), idOf, map), entry);
    return { resource: read.resource, options: read.options, resolve: found };
  }
  // What is in the Bundle is looked for outside only where the map does not know it.
  const mapped = (reference: string): string | undefined =>
    (inside.resolve(reference) && map.resolveId(reference)) ?? resolveId(reference);
  const read = inMappedEntry(inside, entry, survey(), idOf, { ...map, resolveId: mapped });
  return { ...withPlacedUrls(read, entry), resolve: found };
}
