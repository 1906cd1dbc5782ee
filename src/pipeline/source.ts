import { type JsonObject, own } from '../lens/json.js';

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

const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** A record's type, if it is a name that may be shown. */
export function typeName(record: JsonObject): string | undefined {
  const type = own(record, 'resourceType');
  return typeof type === 'string' && NAME.test(type) ? type : undefined;
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
