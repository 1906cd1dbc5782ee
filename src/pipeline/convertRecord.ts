import { basename } from 'node:path';
import type { ConvertOptions } from '../fhir/scope.js';
import type { Loss } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';
import { type JsonObject, own } from '../lens/json.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import type { RawRecord } from './records.js';
import { type Source, sourceOf } from './source.js';

/** What became of a record. */
export type Conversion = { readonly source: Source } & (
  | {
      readonly kind: 'converted';
      /** The path of a payload, the type of a resource: the name of what it became. */
      readonly name: string;
      readonly output: object;
      readonly losses: readonly Loss[];
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'rejected'; readonly issues: readonly Issue[] }
  /** A FHIR resource that ClinikAPI has no payload for here, or an entry of a Bundle without a resource. */
  | { readonly kind: 'passedOver' }
);

/**
 * Converts a record: a FHIR resource into a payload, a payload into a FHIR resource. That a record is a payload, and of
 * which resource, its file's name says: ClinikAPI's path, alone or in front (`labs.ndjson`, `labs-2024.ndjson`).
 */
export function convertRecord(record: RawRecord, options: ConvertOptions): Conversion {
  const { source } = record;
  if ('unreadable' in record) return { kind: 'rejected', source, issues: [record.unreadable] };
  if ('empty' in record) return { kind: 'passedOver', source };
  const { value, resolve } = record;
  const type = own(value, 'resourceType');
  const scoped = resolve === undefined ? options : { ...options, resolve };
  if (type === undefined) return fromPayload(value, source, scoped);
  if (typeof type !== 'string') return { kind: 'rejected', source, issues: [NO_TYPE] };
  const lens = findLens(type);
  if (lens?.resourceType !== type) return { kind: 'passedOver', source };
  return guarded(source, () => {
    const result = lens.safeFromFhir(value, scoped);
    if (!result.ok) return { kind: 'rejected', source, issues: result.issues };
    const { payload, losses, issues } = result;
    return { kind: 'converted', source, name: lens.path, output: payload, losses, issues };
  });
}

function fromPayload(payload: JsonObject, from: Source, options: ConvertOptions): Conversion {
  const lens = payloadLens(from.file);
  if (lens === undefined) return { kind: 'rejected', source: from, issues: [UNKNOWN] };
  const source = sourceOf(from, lens.resourceType, from.id);
  return guarded(source, () => {
    const result = lens.safeToFhir(payload, options);
    if (!result.ok) return { kind: 'rejected', source, issues: result.issues };
    const { resource, issues } = result;
    return { kind: 'converted', source, name: lens.resourceType, output: resource, losses: [], issues };
  });
}

const PAYLOAD_FILE = new RegExp(`^(${Object.keys(lenses).join('|')})(?![A-Za-z])`);

/** The lens that a file of payloads is named for. */
function payloadLens(file: string): Lenses[Path] | undefined {
  const path = PAYLOAD_FILE.exec(basename(file))?.[1];
  return path === undefined ? undefined : findLens(path);
}

/** A defect of ours refuses one record, not the run; what was thrown is not shown, for it may hold values. */
function guarded(source: Source, convert: () => Conversion): Conversion {
  try {
    return convert();
  } catch {
    return { kind: 'rejected', source, issues: [DEFECT] };
  }
}

const NO_TYPE: Issue = {
  severity: 'error',
  code: 'structure',
  id: 'record-unknown',
  expression: ['resourceType'],
  diagnostics: 'The type of a resource is a string.',
};

const UNKNOWN: Issue = {
  severity: 'error',
  code: 'not-supported',
  id: 'record-unknown',
  expression: [],
  diagnostics: `This is no FHIR resource, and its file is not named for payloads of ClinikAPI (${Object.keys(lenses).join(', ')}).`,
};

const DEFECT: Issue = {
  severity: 'fatal',
  code: 'processing',
  id: 'internal-error',
  expression: [],
  diagnostics: 'clinik-fhir failed on this record; please report it.',
};
