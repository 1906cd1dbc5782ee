import type { FhirResource } from 'fhir/r4.js';
import type { Loss } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';
import { isObject, own } from '../lens/json.js';
import type { Step } from '../lens/scope.js';
import { isResource, readBundle } from './bundleResponse.js';
import { type ClinikError, readError } from './clinikError.js';
import { envelopeOf } from './envelopeOf.js';
import { readOutcome } from './errorOutcome.js';
import { type PatientRead, patientRead } from './patientRead.js';
import { unreadField } from './readFields.js';
import { type FromResponseOptions, type ResponseRecord, readRecord } from './readRecord.js';
import { type Paging, type ResponseMeta, readAround } from './responseMeta.js';

/** What every result of `fromResponse` has. */
interface Answer {
  /** What ClinikAPI says of the request; `{}` where the response does not tell. */
  readonly meta: ResponseMeta;
  /** What is to be said of the response itself; what is to be said of a record stands with the record. */
  readonly issues: Issue[];
}

/** The answer to a read, a create or an update. */
export interface RecordResponse extends Answer {
  readonly kind: 'record';
  readonly record: ResponseRecord;
  /** What `include` brought along, as it came. */
  readonly included: FhirResource[];
}

/** A list, or a page of one. */
export interface ListResponse extends Answer {
  readonly kind: 'list';
  readonly records: ResponseRecord[];
  readonly paging: Paging;
  /** The address of the next page, where a searchset has one that says more than `paging`. ClinikAPI's own lists have none. */
  readonly next?: string;
  readonly included: FhirResource[];
}

/** The answer to a request that failed. */
export interface ErrorResponse extends Answer {
  readonly kind: 'error';
  readonly error: ClinikError;
  /** Where the error came as an OperationOutcome: what of it the error has no place for. Never a value. */
  readonly losses: Loss[];
}

/** No body, as with 204, or no data in it. */
export interface EmptyResponse extends Answer {
  readonly kind: 'empty';
}

/** Any response of ClinikAPI, told apart by `kind`. */
export type ClinikResponse = RecordResponse | ListResponse | ErrorResponse | EmptyResponse;

/**
 * The one form of whatever ClinikAPI answers: a single record or a list in any of the shapes that it comes in, flat or as FHIR
 * R4, a Bundle of a read with `include`, what the SDK makes of that (`{ patient, encounters, labs, … }`: a list of the records that
 * have payloads, with the patient and all else in `included`), an error or an OperationOutcome, or nothing (`undefined`, `null`, `''`).
 *
 * A record that cannot be read has `ok: false` and the issues that say why, and stands in its place in the list; so does a value
 * that is no response at all. A flat record needs `path`, unless its fields belong to one resource alone. A Bundle of a
 * single match is a record, unless it has a `total` or a `link`, or `expect` says so
 * (https://hl7.org/fhir/R4/http.html#search). Throws only what a function among the options throws.
 */
export function fromResponse(json: unknown, options: FromResponseOptions = {}): ClinikResponse {
  if (!isObject(json)) return answer(json, {}, {}, [], options);
  const issues: Issue[] = [];
  const envelope = envelopeOf(json);
  if (envelope?.kind === 'error')
    return { kind: 'error', error: readError(json, issues), losses: [], meta: {}, issues };
  if (envelope === undefined) return answer(json, {}, {}, issues, options);
  const { meta, paging } = readAround(envelope.around, issues);
  return answer(envelope.data, meta, paging, issues, options);
}

function answer(
  data: unknown,
  meta: ResponseMeta,
  paging: Paging,
  issues: Issue[],
  options: FromResponseOptions,
): ClinikResponse {
  if (data === undefined || data === null || data === '') return { kind: 'empty', meta, issues };
  if (Array.isArray(data)) {
    const records = data.map((item: unknown) => readRecord(item, options));
    return { kind: 'list', records, paging, included: [], meta, issues };
  }
  const type = isObject(data) ? own(data, 'resourceType') : undefined;
  if (type === 'OperationOutcome') return { kind: 'error', ...readOutcome(data), meta, issues };
  const read = isObject(data) ? patientRead(data) : undefined;
  if (read !== undefined) return { kind: 'list', ...readIncluded(read, issues, options), paging, meta, issues };
  if (!isObject(data) || type !== 'Bundle')
    return { kind: 'record', record: readRecord(data, options), included: [], meta, issues };
  const bundle = readBundle(data, options);
  const all = [...issues, ...bundle.issues];
  const [first] = bundle.records;
  if (!bundle.isList && first !== undefined)
    return { kind: 'record', record: first, included: bundle.included, meta, issues: all };
  const { records, included, next } = bundle;
  const list: ListResponse = {
    kind: 'list',
    records,
    paging: { ...bundle.paging, ...paging },
    included,
    meta,
    issues: all,
  };
  return next === undefined ? list : { ...list, next };
}

/** The records that were included with a patient; the patient and what else has no payloads is what goes along. */
function readIncluded(
  { patient, lists }: PatientRead,
  issues: Issue[],
  options: FromResponseOptions,
): Pick<ListResponse, 'records' | 'included'> {
  const records: ResponseRecord[] = [];
  const included: FhirResource[] = [];
  const add = (value: unknown, ...at: Step[]): void => {
    if (isResource(value)) included.push(value);
    else issues.push(unreadField(at));
  };
  add(patient, 'patient');
  for (const { key, path, items } of lists) {
    for (const [index, item] of items.entries()) {
      if (path === undefined) add(item, key, index);
      else records.push(readRecord(item, { ...options, path }));
    }
  }
  return { records, included };
}
