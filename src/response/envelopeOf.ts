import { isObject, type JsonObject, own } from '../lens/json.js';

/** Where in a response of ClinikAPI its records are. */
export type Envelope =
  /**
   * `keys` lead to one record, to a list of records, or to a Bundle of them. `around` has the objects that they lead through,
   * the outermost first: those hold the paging and `meta`.
   */
  | {
      readonly kind: 'data';
      readonly keys: readonly string[];
      readonly data: unknown;
      readonly around: readonly JsonObject[];
    }
  /** The answer to a request that failed. It holds no record. */
  | { readonly kind: 'error' };

const AROUND = new Set(['data', 'meta', 'total', 'cursor', 'hasMore', 'page', 'pageSize']);
const ERROR = new Set(['error', 'message', 'code', 'requestId', 'issues']);

/**
 * Tells the responses of ClinikAPI by their shape: `data` with nothing but what goes with it, at the root or, in a list of
 * the REST API, one level deeper; or an error.
 * @returns undefined for anything else, so that a record with a stray `data` stays a record.
 */
export function envelopeOf(value: JsonObject): Envelope | undefined {
  if (isError(value)) return { kind: 'error' };
  if (!isAround(value)) return undefined;
  const data = own(value, 'data');
  if (isObject(data) && isAround(data) && Array.isArray(own(data, 'data')))
    return { kind: 'data', keys: ['data', 'data'], data: own(data, 'data'), around: [value, data] };
  return { kind: 'data', keys: ['data'], data, around: [value] };
}

function isAround(value: JsonObject): boolean {
  return Object.hasOwn(value, 'data') && Object.keys(value).every((key) => AROUND.has(key));
}

function isError(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, 'error') &&
    (Object.hasOwn(value, 'requestId') || Object.hasOwn(value, 'code')) &&
    Object.keys(value).every((key) => ERROR.has(key))
  );
}
