import type { BundleLink } from 'fhir/r4.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Paging } from './responseMeta.js';
import { readQuery, withQuery } from './urlQuery.js';

/** Where the searchset of a page stands among all that was found. */
export interface Page {
  readonly paging: Paging;
  /** The address of the next page, where it says more than `paging` does. */
  readonly next?: string;
}

/** The parameters by which ClinikAPI's lists go on. */
export const PAGE_PARAMETERS: ReadonlySet<string> = new Set(['cursor', 'page', 'pageSize']);

/**
 * What a searchset says of its page (https://hl7.org/fhir/R4/search.html#paging): the cursor is in its link `next`, the page and
 * its size are in the link `self`. `hasMore` tells whether there is a next one, and is left out where a list by page has the
 * numbers that say the same.
 */
export function readPage(bundle: JsonObject): Page {
  const total = own(bundle, 'total');
  const links = own(bundle, 'link');
  const counted: Paging = typeof total === 'number' ? { total } : {};
  if (!Array.isArray(links)) return { paging: counted };
  const self = readQuery(urlOf('self', links) ?? '');
  const url = urlOf('next', links);
  const next = url === undefined ? undefined : readQuery(url);
  const page = numberOf(self?.get('page'));
  const pageSize = numberOf(self?.get('pageSize'));
  const cursor = single(next?.get('cursor'));
  const hasMore = links.some((link) => isObject(link) && own(link, 'relation') === 'next');
  const isTold = cursor === undefined && goesOn({ ...counted, page, pageSize }) === hasMore;
  const paging: Paging = {
    ...counted,
    ...(cursor === undefined ? {} : { cursor }),
    ...(isTold ? {} : { hasMore }),
    ...(page === undefined ? {} : { page }),
    ...(pageSize === undefined ? {} : { pageSize }),
  };
  const says = (name: string, value: number | undefined): boolean =>
    value === undefined ? next?.has(name) !== true : numberOf(next?.get(name)) === value;
  const isSaid =
    next !== undefined &&
    [...next.keys()].every((name) => PAGE_PARAMETERS.has(name)) &&
    says('pageSize', pageSize) &&
    (next.has('page') ? page !== undefined && says('page', page + 1) : cursor !== undefined);
  return url === undefined || isSaid ? { paging } : { paging, next: url };
}

/** Whether there is a page after this one, where the numbers of a list by page say so. */
export function goesOn({ total, page, pageSize }: Paging): boolean | undefined {
  if (total === undefined || page === undefined || pageSize === undefined) return undefined;
  return page * pageSize < total;
}

/** The links of a page; without a `next` it is the last one. */
export function linksOf(
  address: string,
  search: { readonly [name: string]: string | readonly string[] },
  { page, pageSize }: Paging,
  next: string | { readonly cursor?: string; readonly page?: number } | undefined,
): BundleLink[] {
  const self: BundleLink = { relation: 'self', url: withQuery(address, { ...search, page, pageSize }) };
  if (next === undefined) return [self];
  const url = typeof next === 'string' ? next : withQuery(address, { ...search, ...next, pageSize });
  return [self, { relation: 'next', url }];
}

function urlOf(relation: string, links: readonly unknown[]): string | undefined {
  const found = links.find((link) => isObject(link) && own(link, 'relation') === relation);
  const url = isObject(found) ? own(found, 'url') : undefined;
  return typeof url === 'string' ? url : undefined;
}

function single(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

function numberOf(values: readonly string[] | undefined): number | undefined {
  const text = single(values);
  return text !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}
