import type { FhirResource } from 'fhir/r4.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { Row, Schema } from '../lens/codec.js';
import type { Loss, Operation } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';

/** Options of `toFhir`. */
export interface ToFhirOptions<R> extends ConvertOptions {
  /**
   * The resource that the payload is put over; what a payload cannot say stays as it is. Its decimals are doubles: where the text said
   * `1.00`, `JSON.parse` has made 1 of it before.
   */
  onto?: R;
  /** The ClinikAPI id of the record; a payload of the flat shape may carry it itself. */
  id?: string;
}

/** Options of `fromFhir`. */
export interface FromFhirOptions extends ConvertOptions {
  /**
   * Also give the patch that leads from the payload back to the resource. It holds values; its numbers are those of the resource given,
   * in which `JSON.parse` has lost the digits that no double has: of `1.00` the zeros, of twenty digits the last. The command line
   * keeps them.
   */
  residue?: boolean;
}

/** What `fromFhir` gives. */
export interface FromFhirResult<P> {
  /**
   * The record's id: ClinikAPI's where an identifier has it, else what `resolveId` has for the resource, else the resource's own,
   * unless `resolveReference` says that ClinikAPI gave that to another.
   */
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

export type SafeDiffResult<P> = { ok: true; update: Partial<P>; issues: Issue[] } | { ok: false; issues: Issue[] };

/** A row of a mapping table. */
export interface FieldRow extends Row {
  /** True where ClinikAPI's PATCH takes it, by its SDK or by its pages. */
  readonly updatable: boolean;
}

/**
 * The lens between a ClinikAPI payload and a FHIR R4 resource. Every call is a pure function: no clock, no I/O, and its
 * input is never changed.
 */
export interface ResourceLens<Input, Payload, R extends FhirResource> {
  readonly resourceType: R['resourceType'];
  readonly path: string;
  /** The mapping table as data. */
  readonly fields: readonly FieldRow[];
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
  /**
   * The resource after a PATCH of ClinikAPI's: a list takes the place of the stored one (`[]` clears it), a nested object is
   * merged into it, what is absent or `undefined` stays, and one of several choices displaces the others. Built on the put of
   * `toFhir`, so that what a payload cannot say stays, and `{}` changes nothing. `safeUpdate` gives the warnings, too: of
   * a stored subfield that would be lost if ClinikAPI replaced nested objects, and of a field that no update can set but that
   * says what is stored. Decimals of the resource are doubles: the digits of `1.00` that `JSON.parse` has lost do not come back.
   * @throws ClinikFhirError for `null`, for a change of a field that is not `updatable`, where ClinikAPI cannot hold the
   * resource, and where the result would not be valid.
   */
  update(resource: R, partial: Partial<Input>, options?: ConvertOptions): R;
  /**
   * The smallest partial payload that makes `after` of `before`; `{}` where both have the same normal form. It is right
   * whether ClinikAPI merges nested objects or replaces them: one that changed is sent whole. A list that went is sent as `[]`.
   * @throws ClinikFhirError when a payload is not valid, and for what no PATCH can express: a field that went (unless another
   * choice displaces it), a change of a field that is not `updatable`, and a change beside a stored subfield that cannot be sent.
   */
  diff(before: Input, after: Input, options?: ConvertOptions): Partial<Payload>;
  /** `toFhir` for untrusted input: throws only what a function among the options throws, and gives the issues of success too. */
  safeToFhir(payload: unknown, options?: ToFhirOptions<R>): SafeToFhirResult<R>;
  /** `fromFhir` for untrusted input: throws only what a function among the options throws. */
  safeFromFhir(resource: unknown, options?: FromFhirOptions): SafeFromFhirResult<Payload>;
  /** `update` for untrusted input: throws only what a function among the options throws, and gives the issues of success too. */
  safeUpdate(resource: unknown, partial: unknown, options?: ConvertOptions): SafeToFhirResult<R>;
  /** `diff` for untrusted input: throws only what a function among the options throws. */
  safeDiff(before: unknown, after: unknown, options?: ConvertOptions): SafeDiffResult<Payload>;
  /** What is to be said of a payload; nothing where it is valid and in normal form. The flat shape may carry an `id`. */
  validatePayload(payload: unknown, options?: ConvertOptions & { shape?: 'create' | 'flat' }): Issue[];
  /**
   * The payload without `""`, blank texts, `[]` and `{}`, with bare ids where the field tells the type, and each once in a list.
   * @throws ClinikFhirError when the payload is not valid.
   */
  normalize(payload: Input, options?: ConvertOptions): Payload;
}
