import type { FhirResource } from 'fhir/r4.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { Row, Schema } from '../lens/codec.js';
import type { Loss, Operation } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';

/** Options of `toFhir`. */
export interface ToFhirOptions<R> extends ConvertOptions {
  /** The resource that the payload is put over; what a payload cannot say stays as it is. */
  onto?: R;
  /** The ClinikAPI id of the record; a payload of the flat shape may carry it itself. */
  id?: string;
}

/** Options of `fromFhir`. */
export interface FromFhirOptions extends ConvertOptions {
  /** Also give the patch that leads from the payload back to the resource. It holds values. */
  residue?: boolean;
}

/** What `fromFhir` gives. */
export interface FromFhirResult<P> {
  /** The record's id: ClinikAPI's where an identifier has it, else the resource's own. */
  id: string | undefined;
  payload: P;
  /** Every place where the resource says something that the payload does not. Never a value. */
  losses: Loss[];
  issues: Issue[];
  /** RFC 6902 operations that lead from `toFhir(payload)` to the resource; only on request, for it holds values. */
  residue?: Operation[];
}

export type SafeToFhirResult<R> = { ok: true; resource: R; issues: Issue[] } | { ok: false; issues: Issue[] };
export type SafeFromFhirResult<P> = ({ ok: true } & FromFhirResult<P>) | { ok: false; issues: Issue[] };

/**
 * The lens between a ClinikAPI payload and a FHIR R4 resource. Every call is a pure function: no clock, no I/O, and its
 * input is never changed.
 */
export interface ResourceLens<Input, Payload, R extends FhirResource> {
  readonly resourceType: R['resourceType'];
  readonly path: string;
  /** The mapping table as data. */
  readonly fields: readonly Row[];
  /** The JSON Schema (draft-07) of the create payload. */
  readonly schema: Schema;
  /**
   * The resource of a payload: a new one, or `onto` with the payload put over it.
   * @throws ClinikFhirError when the payload, or what would come of the put, is not valid.
   */
  toFhir(payload: Input, options?: ToFhirOptions<R>): R;
  /**
   * The payload of a resource, with all that it could not say.
   * @throws ClinikFhirError when ClinikAPI cannot hold the resource.
   */
  fromFhir(resource: R, options?: FromFhirOptions): FromFhirResult<Payload>;
  /** `toFhir` for untrusted input: throws only what a function among the options throws, and gives the issues of success too. */
  safeToFhir(payload: unknown, options?: ToFhirOptions<R>): SafeToFhirResult<R>;
  /** `fromFhir` for untrusted input: throws only what a function among the options throws. */
  safeFromFhir(resource: unknown, options?: FromFhirOptions): SafeFromFhirResult<Payload>;
  /** What is to be said of a payload; nothing where it is valid and in normal form. The flat shape may carry an `id`. */
  validatePayload(payload: unknown, options?: ConvertOptions & { shape?: 'create' | 'flat' }): Issue[];
  /**
   * The payload without `""`, `[]` and `{}`, with bare ids where the field tells the type.
   * @throws ClinikFhirError when the payload is not valid.
   */
  normalize(payload: Input, options?: ConvertOptions): Payload;
}
