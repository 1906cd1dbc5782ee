import type { Resource } from 'fhir/r4.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { Scope } from '../lens/scope.js';
import { locate, locateInPayload } from './expression.js';

/**
 * Options of every conversion. All are optional. The laws hold under any fixed choice of them. A logical reference is asked for
 * as the search that a conditional one would be: `Practitioner?identifier=system|value`.
 */
export interface ConvertOptions {
  /**
   * The ClinikAPI id behind a reference (`Patient/123`, `urn:uuid:…`, `Practitioner?identifier=…|…`), or undefined where it is not
   * known. With it no other id is taken for one of ClinikAPI's. `idMap` makes it, and `resolveReference`, of a table.
   */
  resolveId?: (reference: string) => string | undefined;
  /**
   * The way back of `resolveId`: the literal reference behind a ClinikAPI id of a type, or undefined where it is not known. What
   * `resolveId` does not read as the same id again is not written. Alone it makes resources for the source only: without
   * `resolveId` nothing reads them back as the payload.
   */
  resolveReference?: (id: string, type: string) => string | undefined;
  /**
   * A reference that `resolveId` does not know, where a payload has a field for its id: left out, or refused; where the field is
   * required it is refused in any case. A put and an update
   * refuse a resource that has one, too, also where they would replace it. Default: `omit`.
   */
  unmapped?: 'omit' | 'refuse';
  /** The type behind an id that is written bare, for any of several types: one of `allowed`, or undefined where it is not known. */
  resolveType?: (id: string, allowed: readonly string[]) => string | undefined;
  /** The resource behind a reference, or undefined where it is not in reach. */
  resolve?: (reference: string) => Resource | undefined;
  /** The server whose absolute references count as home; without it any absolute reference is read, with a warning. */
  baseUrl?: string;
  /** Prose over ClinikAPI's limit is refused, or cut. Numbers, codes, ids and lists are never cut. Default: `refuse`. */
  overflow?: 'refuse' | 'truncate';
  /**
   * A section of a document without a text, which ClinikAPI wants: it is said in plain words that there is none, and where to look
   * ("See entries."), or the record is refused. Default: `say`.
   */
  missingText?: 'say' | 'refuse';
  /** A date without a time where ClinikAPI wants a date-time: left out, kept as it is, or refused. Default: `omit`. */
  partialDates?: 'omit' | 'keep' | 'refuse';
  /**
   * When a report was true of the patient where its resource has no `effective[x]`: nothing, or the time when it was issued, with a
   * warning. Default: `effective`.
   */
  labTime?: 'effective' | 'issued';
  /**
   * What stands where a resource has nothing that ClinikAPI can hold for a field that it requires, with a warning each time; never in
   * the place of something that it can hold, nor of somebody whom the id map does not know.
   */
  fill?: Fill;
  /** The edition of ICD-10 that a bare code is written as. Default: `icd-10-cm`. */
  edition?: 'icd-10-cm' | 'icd-10';
  /** Resources with a restricting or sensitive `meta.security` are refused where ClinikAPI has no field for it. Default: `refuse`. */
  securityLabels?: 'refuse' | 'accept';
  /** The present, as a FHIR dateTime; the library has no clock. */
  now?: string;
}

/** The fields that `fill` can fill in: nobody is harmed by what stands there, as by a patient, a status or a code that is not so. */
export const FILL_PATHS = [
  'documents.practitionerId',
  'documents.title',
  'documents.type',
  'encounters.class',
  'assessments.summary',
] as const;

/** A field that `fill` can fill in, as path of ClinikAPI and key of the payload. */
export type FillPath = (typeof FILL_PATHS)[number];

/**
 * Values of payload fields, as a payload would have them. For `documents.practitionerId` give an account that says what it is, such as
 * "Imported records", and never a clinician, who would seem to have written what others did.
 */
export type Fill = { readonly [P in FillPath]?: string };

/** Options as a reading has them. */
export interface ReadOptions extends ConvertOptions {
  /** True where `resolveId` is no map of the caller's: it only says which ids are those of home. */
  readonly isHomeOnly?: boolean;
  /** What a Bundle tells of the record. */
  readonly known?: KnownInBundle;
}

/** What a Bundle tells of a record: the id that it has there, and whether its subject was searched for by an identifier. */
interface KnownInBundle {
  readonly id: string | undefined;
  readonly isSubjectSearched: boolean;
  /** The server that relative references in the record are to. */
  readonly base?: string;
  /** True for a relative reference that stands for another one: it names its target in this Bundle, whatever server that is of. */
  readonly isRestored?: (reference: string) => boolean;
}

/** The scope of a conversion from or to FHIR. */
export interface FhirScope extends Scope<ReadOptions> {
  /** The resource that is being read, for its contained resources and its subject. */
  resource: JsonObject;
  /** The resource that is being written; another one in a put. */
  target: JsonObject;
  /** The id of the resource that is being read, where it has one. */
  self?: string | undefined;
}

/** A scope that reads from a resource of the given type. */
export function readScope(resourceType: string, options: ReadOptions): FhirScope {
  return newScope(options, (at) => locate(resourceType, at).expression);
}

/** A scope whose locations are those of a payload, which has fields of the names that `isKnown` tells. */
export function payloadScope(options: ConvertOptions, isKnown?: (name: string) => boolean): FhirScope {
  return newScope(options, (at) => locateInPayload(at, isKnown));
}

const NOTHING: JsonObject = {};

function newScope(options: ReadOptions, express: FhirScope['express']): FhirScope {
  return {
    options,
    at: [],
    issues: [],
    failed: false,
    express,
    resource: NOTHING,
    target: NOTHING,
    // All scopes have one shape.
    self: undefined,
    origins: undefined,
    reasons: undefined,
    offers: undefined,
    unread: undefined,
  };
}

/**
 * The contained resource with an id, where the resource that is being read has one, or, in a put, the one that is being written: what
 * a rule has just written is read again before the rest is.
 */
export function containedResource({ resource, target }: FhirScope, id: string): JsonObject | undefined {
  return containedIn(resource, id) ?? (target === resource ? undefined : containedIn(target, id));
}

function containedIn({ contained }: JsonObject, id: string): JsonObject | undefined {
  if (!Array.isArray(contained)) return undefined;
  return contained.find((one): one is JsonObject => isObject(one) && one.id === id);
}

/** The issues of a scope; a scope that was made for reporting has them. */
export function issuesOf(scope: FhirScope): Issue[] {
  return scope.issues ?? [];
}
