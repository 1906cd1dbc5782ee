import type { FhirResource } from 'fhir/r4.js';
import { hasMap } from '../bundle/placing.js';
import { type RecordInput, resourceOf } from '../bundle/recordInput.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { ClinikFhirError } from '../lens/issue.js';
import type { Paging, ResponseMeta } from './responseMeta.js';
import { searchEntries } from './searchEntries.js';

/** Options of `toResponse`. */
export interface ToResponseOptions extends ConvertOptions {
  /** What a read with `include` brings along; the answer is then a Bundle. */
  included?: readonly FhirResource[];
}

/** The paging of ClinikAPI's lists by page. */
export interface PagePaging {
  total?: number;
  page: number;
  pageSize?: number;
  cursor?: undefined;
  hasMore?: undefined;
}

/** ClinikAPI's answer with one record. */
export interface SingleBody<M extends ResponseMeta> {
  data: FhirResource;
  meta: M;
}

/** ClinikAPI's list of its REST API. */
export interface ListBody<P extends Paging, M extends ResponseMeta> {
  data: { data: FhirResource[] } & P;
  meta: M;
}

/** ClinikAPI's list of the endpoints that count pages. */
export interface PageListBody<P extends PagePaging, M extends ResponseMeta> {
  data: FhirResource[];
  meta: M & P;
}

/**
 * ClinikAPI's answer to a read, a create or an update, in the FHIR shape, which is the one that the SDK's types know. With
 * `included` the data is a Bundle of type `searchset` (https://hl7.org/fhir/R4/search.html#include). `fromResponse` gives
 * the record back.
 * @throws ClinikFhirError when the payload is not valid.
 */
export function toResponse<M extends ResponseMeta>(
  record: FhirResource | RecordInput,
  meta: M,
  { included = [], ...options }: ToResponseOptions = {},
): SingleBody<M> {
  const resource = made(record, options);
  if (included.length === 0) return { data: resource, meta };
  // Without a map the resources are ClinikAPI's own, wherever the caller is at home.
  const entry = searchEntries([resource], included, hasMap(options) ? options : {});
  return { data: { resourceType: 'Bundle', type: 'searchset', entry }, meta };
}

/**
 * ClinikAPI's answer with a list, in the FHIR shape: that of the REST API, with a cursor, or where `paging` has a `page` and
 * neither `cursor` nor `hasMore`, the one by page. `fromResponse` gives the records back.
 * @throws ClinikFhirError when one of the payloads is not valid.
 */
export function toListResponse<P extends PagePaging, M extends ResponseMeta>(
  records: readonly (FhirResource | RecordInput)[],
  paging: P,
  meta: M,
  options?: ConvertOptions,
): PageListBody<P, M>;
export function toListResponse<P extends Paging, M extends ResponseMeta>(
  records: readonly (FhirResource | RecordInput)[],
  paging: P,
  meta: M,
  options?: ConvertOptions,
): ListBody<P, M>;
export function toListResponse(
  records: readonly (FhirResource | RecordInput)[],
  paging: Paging,
  meta: ResponseMeta,
  options: ConvertOptions = {},
): object {
  const data = records.map((record) => made(record, options));
  const { page, cursor, hasMore } = paging;
  const isByPage = page !== undefined && cursor === undefined && hasMore === undefined;
  return isByPage ? { data, meta: { ...meta, ...paging } } : { data: { data, ...paging }, meta };
}

function made(record: FhirResource | RecordInput, options: ConvertOptions): FhirResource {
  const result = resourceOf(record, options);
  if (!result.ok) throw new ClinikFhirError(result.issues);
  return result.resource;
}
