import type { ConvertOptions } from '../fhir/scope.js';
import { type ClinikIds, clinikIds } from './clinikIds.js';
import type { OpenBundle, Position } from './entries.js';
import { atHomeOnly } from './homeMap.js';
import { inEntry, type Readable } from './inEntry.js';
import { inMappedEntry } from './inMappedEntry.js';
import { withPlacedUrls } from './placedUrls.js';
import { type BundleEntry, idOfRecord } from './references.js';
import { type Survey, survey } from './survey.js';

/** What is known of all records of a Bundle, and of the Bundles in it, before the first is read. */
export interface Surveyed {
  readonly survey: Survey;
  /** The options under which the records are read. */
  readonly options: ConvertOptions;
  /** Under an id map, what it says of the records. */
  readonly ids: ClinikIds | undefined;
}

/** Surveys a Bundle whose records are read with their ids. */
export function surveyed(open: OpenBundle, given: ConvertOptions): Surveyed {
  const found = survey(open);
  const options = atHomeOnly(given, found);
  const ids = options.resolveId === undefined ? undefined : clinikIds(found.entries, options);
  return { survey: found, options, ids };
}

/** A resource of a Bundle as a lens reads it: its references give the ids that the records of the Bundle have. */
export function readable(
  position: Pick<Position, 'resolve'>,
  entry: BundleEntry,
  { survey, options, ids }: Surveyed,
): Readable {
  const { resolveId } = options;
  const read =
    resolveId === undefined || ids === undefined
      ? inEntry(position, entry, survey, options)
      : inMappedEntry(position, entry, survey, ids.of, { ...options, resolveId });
  return withPlacedUrls(read, entry);
}

/**
 * The id of a record, of which the lens `told` what it says itself; the lens knows nothing of its fullUrl, and that its own may be
 * another's at ClinikAPI.
 */
export function idOfEntry(
  told: string | undefined,
  { resolve }: Pick<Position, 'resolve'>,
  entry: BundleEntry,
  { survey: { referred }, ids }: Surveyed,
): string | undefined {
  const { fullUrl, resource } = entry;
  const target = fullUrl?.startsWith('urn:') === true ? resolve(fullUrl) : undefined;
  // A urn is a name for this one exchange.
  const isNameless = typeof resource.id !== 'string' && fullUrl?.startsWith('urn:') === true;
  const isReferred = target !== undefined && referred.has(target);
  if (ids !== undefined) return isNameless && !isReferred ? ids.certain(entry) : ids.of(entry);
  return idOfRecord(told, entry, () => isReferred);
}
