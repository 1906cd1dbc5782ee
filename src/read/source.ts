import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { type JsonObject, own } from '../lens/json.js';
import { readId } from '../resources/id.js';
import { findLens } from '../resources/registry.js';

/** Where a record comes from. Its `id` is the one value of a record that a report may hold. */
export interface Source {
  /** The input as it was given, with the path below it. */
  readonly file: string;
  /** The line, from 1; of a document of several lines the first one. */
  readonly line: number;
  /** The index in a Bundle or a list; `2.1` in a nested one. */
  readonly entry?: string;
  /** The FHIR type, for payloads too; undefined where it is not known or may not be shown. */
  readonly resourceType?: string;
  readonly id?: string;
}

/** Stands for the type of a record that has none, or none that may be shown. */
export const UNKNOWN_TYPE = '(unknown type)';

/** A record's type, if it is one of R4's; anything else could be a value that may not be shown. */
export function typeName(record: JsonObject): string | undefined {
  const type = own(record, 'resourceType');
  return typeof type === 'string' && RESOURCE_TYPES.has(type) ? type : undefined;
}

/** The source of a record; what is not known of it is left out. */
export function sourceOf(
  { file, line, entry }: Pick<Source, 'file' | 'line' | 'entry'>,
  resourceType?: string,
  id?: unknown,
): Source {
  return {
    file,
    line,
    ...(entry === undefined ? {} : { entry }),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(typeof id === 'string' ? { id } : {}),
  };
}

/** The source of a resource with its id: one that came from ClinikAPI may have it in an identifier only. */
export function withId(source: Source, value: JsonObject): Source {
  const { file, line, entry, resourceType, id } = source;
  if (id !== undefined || resourceType === undefined || findLens(resourceType) === undefined) return source;
  return sourceOf({ file, line, ...(entry === undefined ? {} : { entry }) }, resourceType, readId(value, resourceType));
}
