import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { type Fields, type FieldTypes, readFields, reportOthers, unreadField } from './readFields.js';

const META = {
  requestId: ['string'],
  timestamp: ['string'],
  status: ['number'],
  rateLimitTotal: ['number'],
  rateLimitRemaining: ['number'],
  rateLimitReset: ['number', 'string'],
} as const satisfies FieldTypes;

const PAGING = {
  total: ['number'],
  cursor: ['string'],
  hasMore: ['boolean'],
  page: ['number'],
  pageSize: ['number'],
} as const satisfies FieldTypes;

/** What ClinikAPI says of a request beside its answer. */
export type ResponseMeta = Fields<typeof META>;

/** Where a list stands among all the records that were asked for: by cursor, or by page. */
export type Paging = Fields<typeof PAGING>;

/** The meta and the paging of a response, from wherever one of its two list shapes has them. */
export function readAround(around: readonly JsonObject[], issues: Issue[]): { meta: ResponseMeta; paging: Paging } {
  const meta: ResponseMeta = {};
  const paging: Paging = {};
  around.forEach((object, depth) => {
    const at = depth === 0 ? [] : ['data'];
    Object.assign(paging, readFields(object, PAGING, at, issues));
    const given = own(object, 'meta');
    if (isObject(given)) {
      const inMeta = [...at, 'meta'];
      Object.assign(meta, readFields(given, META, inMeta, issues));
      Object.assign(paging, readFields(given, PAGING, inMeta, issues));
      reportOthers(given, [...Object.keys(META), ...Object.keys(PAGING)], inMeta, issues);
    } else if (given !== undefined && given !== null) issues.push(unreadField([...at, 'meta']));
  });
  return { meta, paging };
}
