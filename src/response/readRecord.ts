import type { ConvertOptions } from '../fhir/scope.js';
import type { Loss } from '../lens/diff.js';
import type { Issue, IssueCode } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import { certainPath } from './certainPath.js';
import { isRetraction, retraction, withoutNulls } from './flatRecord.js';
import { splitFlat } from './splitFlat.js';

/** The payload of a path. */
export type PayloadOf<P extends Path> = ReturnType<Lenses[P]['fromFhir']>['payload'];

/** A record of a response that was read, whichever of ClinikAPI's two shapes it came in. */
export type ReadRecord<P extends Path = Path> = {
  [Name in P]: {
    readonly ok: true;
    readonly path: Name;
    /** ClinikAPI's id. */
    readonly id: string | undefined;
    readonly payload: PayloadOf<Name>;
    /** Every place where the record says something that the payload does not. Never a value. */
    readonly losses: Loss[];
    readonly issues: Issue[];
  };
}[P];

/** A record of a response that cannot be read; at least one of the issues says why. */
export interface UnreadRecord {
  readonly ok: false;
  /** Undefined where it is not known of what it is a record. */
  readonly path: Path | undefined;
  readonly issues: Issue[];
  /** The record as it came, for whoever can do more with it. It holds values. */
  readonly value: unknown;
}

/** One record of a response. */
export type ResponseRecord = ReadRecord | UnreadRecord;

/** Options of `fromResponse`. */
export interface FromResponseOptions extends ConvertOptions {
  /** The path that was asked (`encounters` of `/v1/encounters`): what flat records are. */
  path?: Path;
  /** Whether a Bundle of a single match answers a read or a search; its own look decides where this is left out. */
  expect?: 'record' | 'list';
}

/** Reads a record in either shape: one with a `resourceType` is FHIR's, any other is flat. Never throws for what JSON can hold. */
export function readRecord(value: unknown, options: FromResponseOptions): ResponseRecord;
export function readRecord(value: unknown, options: FromResponseOptions): BroadRecord {
  if (!isObject(value)) return unread(value, 'structure', 'record-unknown', 'A record is a JSON object.');
  if (own(value, 'resourceType') !== undefined) return readFhir(value, options);
  const record = withoutNulls(value);
  const path = options.path ?? certainPath(record, options);
  if (isPath(path)) return isRetraction(record) ? retracted(path, value) : readFlat(value, record, path, options);
  const diagnostics = 'Neither the record nor the option `path` says for certain of what it is a payload.';
  return unread(value, 'not-supported', 'response-type-unknown', diagnostics);
}

/** A record whose path and payload are not told to belong together. */
type BroadRecord = UnreadRecord | (Omit<ReadRecord, 'payload'> & { readonly payload: object });

function readFhir(value: JsonObject, options: FromResponseOptions): BroadRecord {
  const type = own(value, 'resourceType');
  const lens = typeof type === 'string' ? findLens(type) : undefined;
  if (lens?.resourceType !== type || !isPath(lens?.path)) {
    const diagnostics = 'There is no payload for a resource of this type.';
    return unread(value, 'not-supported', 'response-no-payload', diagnostics);
  }
  const read = lens.safeFromFhir(value, options);
  if (!read.ok) return { ok: false, path: lens.path, issues: read.issues, value };
  const { id, payload, losses, issues } = read;
  return { ok: true, path: lens.path, id, payload, losses, issues };
}

/** The normal form is what comes back of the resource that the payload makes. */
function readFlat(value: JsonObject, record: JsonObject, path: Path, options: FromResponseOptions): BroadRecord {
  const lens = lenses[path];
  const { known, losses } = splitFlat(record, lens);
  const { now: _, ...unclocked } = options;
  const made = lens.safeToFhir(known, unclocked);
  if (!made.ok) return { ok: false, path, issues: made.issues, value };
  const read = lens.safeFromFhir(made.resource, unclocked);
  if (!read.ok) return { ok: false, path, issues: [...made.issues, ...read.issues], value };
  return { ok: true, path, id: read.id, payload: read.payload, losses, issues: made.issues };
}

function retracted(path: Path, value: JsonObject): UnreadRecord {
  return { ok: false, path, issues: [retraction()], value };
}

function isPath(name: string | undefined): name is Path {
  return name !== undefined && Object.hasOwn(lenses, name);
}

/** A record that cannot be read for the one reason given. */
function unread(value: unknown, code: IssueCode, id: string, diagnostics: string): UnreadRecord {
  return { ok: false, path: undefined, issues: [{ severity: 'error', code, id, expression: [], diagnostics }], value };
}
