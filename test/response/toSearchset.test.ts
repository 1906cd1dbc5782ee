import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bundle, Encounter, FhirResource } from 'fhir/r4.js';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import {
  ClinikFhirError,
  type EncounterPayload,
  fromResponse,
  idMap,
  type ListResponse,
  type Paging,
  payloadsToBundle,
  type SearchsetInput,
  type ToSearchsetOptions,
  toListResponse,
  toResponse,
  toSearchset,
} from '../../src/index.js';
import { ensure, fail } from '../support/ensure.js';
import { errorsOf, PATHS } from '../support/laws.js';
import { runs } from '../support/runs.js';

const encounter = (more: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  ...more,
});
const patient: FhirResource = { resourceType: 'Patient', id: 'p1' };
const LAST: Paging = { hasMore: false };

function readList(json: unknown, path?: (typeof PATHS)[number]): ListResponse {
  const response = fromResponse(json, path === undefined ? {} : { path });
  return response.kind === 'list' ? response : fail(response.kind);
}

const linksOf = (list: SearchsetInput, options?: ToSearchsetOptions): unknown =>
  toSearchset(list, options).link?.map(({ relation, url }) => `${relation} ${url}`);

/** The ids and places of the issues that a list is refused with. */
function refusalsOf(list: SearchsetInput, options?: ToSearchsetOptions): string[] {
  try {
    toSearchset(list, options);
  } catch (error) {
    ensure(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression }) => [id, ...expression].join(' '));
  }
  return [];
}

describe('toSearchset', () => {
  it('says by a link where a list with a cursor goes on', () => {
    const list = { records: [encounter()], paging: { total: 9, cursor: 'a/b+c=', hasMore: true } };
    expect(linksOf(list)).toStrictEqual([
      'self https://api.clinikapi.com/v1/encounters',
      'next https://api.clinikapi.com/v1/encounters?cursor=a%2Fb%2Bc%3D',
    ]);
    expect(linksOf(list, { baseUrl: 'https://ehr.example/fhir/' })).toStrictEqual([
      'self https://ehr.example/fhir/Encounter',
      'next https://ehr.example/fhir/Encounter?cursor=a%2Fb%2Bc%3D',
    ]);
  });

  it('counts on where a list goes by page, up to the last one', () => {
    const at = (page: number): unknown => linksOf({ records: [encounter()], paging: { total: 5, page, pageSize: 3 } });
    const root = 'https://api.clinikapi.com/v1/encounters';
    expect(at(1)).toStrictEqual([`self ${root}?page=1&pageSize=3`, `next ${root}?page=2&pageSize=3`]);
    expect(at(2)).toStrictEqual([`self ${root}?page=2&pageSize=3`]);
  });

  it('asks the same again for the next page', () => {
    const search = { patientId: 'pt 1', date: ['ge2025', 'lt2026'] };
    const options = { search, path: 'encounters' } as const;
    const list = { records: [], paging: { total: 5, page: 1, pageSize: 3 } };
    const asked = 'https://api.clinikapi.com/v1/encounters?patientId=pt%201&date=ge2025&date=lt2026';
    expect(linksOf(list, options)).toStrictEqual([
      `self ${asked}&page=1&pageSize=3`,
      `next ${asked}&page=2&pageSize=3`,
    ]);
    const read = readList(toSearchset(list, options));
    expect([read.paging, read.next]).toStrictEqual([list.paging, `${asked}&page=2&pageSize=3`]);
    expect(toSearchset(read, options)).toStrictEqual(toSearchset(list, options));
  });

  it('names what was found and what came along, by address where that is certain', () => {
    const list = { records: [encounter({ id: 'e1' }), encounter()], paging: LAST, included: [patient] };
    const shown = (options?: ToSearchsetOptions): string[] =>
      (toSearchset(list, options).entry ?? []).map(({ fullUrl, search }) => `${search?.mode} ${fullUrl}`);
    const [first, second, third] = shown();
    expect(first).toBe('match https://api.clinikapi.com/v1/fhir/Encounter/e1');
    expect(second ?? '').toMatch(/^match urn:uuid:[0-9a-f-]{36}$/);
    expect(third).toBe('include https://api.clinikapi.com/v1/fhir/Patient/p1');
    expect(shown({ baseUrl: 'https://ehr.example/fhir' })[0]).toBe('match https://ehr.example/fhir/Encounter/e1');
  });

  it('leaves a record without an id without one, though its entry has a name', () => {
    const [record] = readList(toSearchset({ records: [encounter()], paging: LAST })).records;
    ensure(record?.ok);
    expect(record.id).toBeUndefined();
  });

  it('stays a list with a single record or none', () => {
    expect(readList(toSearchset({ records: [encounter()], paging: LAST })).records).toHaveLength(1);
    expect(readList(toSearchset({ records: [], paging: LAST })).paging).toStrictEqual(LAST);
  });

  it('is refused where nothing says whether the list goes on, or where', () => {
    const records = [encounter()];
    expect(refusalsOf({ records, paging: {} })).toStrictEqual(['searchset-paging paging.hasMore']);
    expect(refusalsOf({ records, paging: { total: 9, page: 2 } })).toStrictEqual(['searchset-paging paging.hasMore']);
    expect(refusalsOf({ records, paging: { hasMore: true } })).toStrictEqual(['searchset-paging paging.cursor']);
    expect(refusalsOf({ records, paging: { total: 9 } })).toStrictEqual(['searchset-paging paging.cursor']);
    expect(refusalsOf({ records: [], paging: { cursor: 'c' } })).toStrictEqual(['searchset-paging paging']);
  });

  it('takes the total for an answer where all of it is there', () => {
    const paging = readList(toSearchset({ records: [encounter()], paging: { total: 1 } })).paging;
    expect(paging).toStrictEqual({ total: 1, hasMore: false });
  });

  it('is refused where the paging would not come back', () => {
    const records = [encounter()];
    const more = { cursor: 'c', hasMore: true };
    expect(refusalsOf({ records, paging: { cursor: '\ud800', hasMore: true } })).toStrictEqual([
      'searchset-paging paging.cursor',
    ]);
    expect(refusalsOf({ records, paging: { ...more, page: -1, pageSize: 1.5 } })).toStrictEqual([
      'searchset-paging paging.page',
      'searchset-paging paging.pageSize',
    ]);
    for (const name of ['cursor', 'page', 'pageSize'])
      expect(refusalsOf({ records, paging: more }, { search: { [name]: '3' } })).toStrictEqual([
        'searchset-paging search',
      ]);
    expect(refusalsOf({ records, paging: more, next: 'https://x.example/?cursor=d' })).toStrictEqual([
      'searchset-paging paging.cursor',
    ]);
  });

  it('is refused with what refuses it, and not with what is only worth knowing', () => {
    const payload = {
      status: 'finished',
      class: 'AMB',
      patientId: 'p1',
      reasonCode: [],
      location: 'a\u0000',
    } satisfies EncounterPayload;
    expect(refusalsOf({ records: [{ path: 'encounters', payload }], paging: LAST })).toStrictEqual([
      'text-invalid-character records[0].location',
    ]);
  });

  it('is refused with a record that was not read for a reason which the searchset does not show', () => {
    const [record] = readList({ data: { data: [encounter({ status: 'entered-in-error' })], hasMore: false } }).records;
    ensure(record?.ok === false);
    const [reason] = record.issues;
    ensure(reason !== undefined);
    const issues = [reason, { ...reason, id: 'modifier-extension' }];
    expect(refusalsOf({ records: [record], paging: LAST })).toStrictEqual([]);
    expect(refusalsOf({ records: [{ ...record, issues }], paging: LAST })).toStrictEqual([
      'searchset-unread records[0]',
    ]);
  });

  it('keeps a record that could not be read, if nobody could take it for one that was', () => {
    const page = { data: { data: [encounter({ status: 'entered-in-error' }), patient], hasMore: false } };
    const list = readList(page);
    expect(list.records.every((record) => !record.ok)).toBe(true);
    const bundle = toSearchset(list);
    expect(errorsOf(bundle)).toStrictEqual([]);
    expect(readList(bundle).records).toStrictEqual(list.records);
  });

  it('refuses a record that could not be read and would lose the reason', () => {
    const modified = [{ resource: encounter(), modifierExtension: [{ url: 'urn:x' }], search: { mode: 'match' } }];
    const bundle = { resourceType: 'Bundle', type: 'searchset', total: 1, entry: modified };
    const alone = ['searchset-unread records[0]'];
    expect(refusalsOf(readList(bundle))).toStrictEqual(alone);
    expect(refusalsOf(readList({ ...bundle, entry: [{ ...modified[0], resource: patient }] }))).toStrictEqual(alone);
    const flat = { data: [{ id: 'enc_1', status: 'gone', class: 'AMB', patientId: 'p' }], meta: { total: 1 } };
    expect(refusalsOf(readList(flat, 'encounters'))).toStrictEqual(alone);
    expect(refusalsOf(readList({ data: [7], meta: { total: 1 } }))).toStrictEqual(alone);
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    expect(refusalsOf(readList({ data: [outcome], meta: { total: 1 } }))).toStrictEqual(alone);
  });

  it('says of which record it is that a payload is not valid', () => {
    const payload = { status: 'finished', class: 'AMB', patientId: 'Group/1' } as const;
    const list = { records: [encounter(), { path: 'encounters', payload }] as const, paging: LAST };
    expect(refusalsOf(list).join()).toMatch(/^[\w-]+ records\[1\]\.patientId/);
  });

  it('is refused where it would not be valid R4', () => {
    const twice = { records: [encounter({ id: 'e1' }), encounter({ id: 'e1' })], paging: LAST };
    expect(refusalsOf(twice).join()).toMatch(/^bdl-7 /);
    expect(
      refusalsOf({ records: [], paging: LAST, included: [{ ...patient, gender: 'x' as 'male' }] }),
    ).not.toStrictEqual([]);
    expect(refusalsOf({ records: [], paging: { total: -1, hasMore: false } })).not.toStrictEqual([]);
  });

  for (const folder of ['list-cursor-flat', 'list-cursor-fhir', 'list-page-flat', 'list-page-fhir']) {
    for (const file of readdirSync(join('fixtures', 'responses', folder))) {
      it(`makes a page a searchset, and that a page again: ${folder}/${file}`, () => {
        const json: unknown = JSON.parse(readFileSync(join('fixtures', 'responses', folder, file), 'utf8'));
        const path = PATHS.find((name) => file.startsWith(name));
        const list = readList(json, path);
        const bundle = toSearchset(list);
        expect(errorsOf(bundle)).toStrictEqual([]);
        const read = readList(bundle);
        const said = ({ records, paging, included, next }: ListResponse): unknown => [
          records.map((record) => (record.ok ? [record.path, record.id, record.payload] : fail())),
          { paging, included, next },
        ];
        expect(said(read)).toStrictEqual(said(list));
        const page = toListResponse(
          read.records.flatMap((record) => (record.ok ? [record] : [])),
          read.paging,
          list.meta,
        );
        expect(said(readList(page))).toStrictEqual(said(list));
        expect('hasMore' in page.data).toBe(folder.startsWith('list-cursor'));
        if (folder.startsWith('list-cursor')) expect(Object.hasOwn(page.data, 'cursor')).toBe(file.includes('first'));
      });
    }
  }
});

describe('a Bundle of what nobody could read', () => {
  it('is refused with an issue, however deep that is', () => {
    let deep: object = {};
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    const hostile = { resourceType: 'Patient', id: 'p1', deep } as FhirResource;
    const fails = expect.objectContaining({ name: 'ClinikFhirError', message: expect.stringMatching(/^too-deep/) });
    expect(() => toSearchset({ records: [hostile], paging: LAST })).toThrow(fails);
    expect(() => toSearchset({ records: [encounter()], paging: LAST, included: [hostile] })).toThrow(fails);
    expect(() => toResponse(encounter(), {}, { included: [hostile] })).toThrow(fails);
    expect(() => payloadsToBundle({}, { type: 'collection', include: [hostile] })).toThrow(fails);
  });
});

describe('a searchset under an id map', () => {
  const map = idMap([
    { reference: 'Patient/1', id: '2' },
    { reference: 'Encounter/1', id: '77' },
    { reference: 'https://ehr.example/fhir/Encounter/1', id: '88' },
  ]);
  const record = {
    path: 'encounters',
    id: '77',
    payload: { status: 'finished', class: 'AMB', patientId: '2' },
  } as const;
  const list: SearchsetInput = { records: [record], paging: LAST, included: [{ resourceType: 'Patient', id: '1' }] };
  const urls = (made: unknown): unknown[] =>
    (made as Bundle).entry?.map(({ fullUrl }) => fullUrl?.replace(/[0-9a-f-]{36}$/, '…')) ?? [];

  it('gives no record of the source an address at ClinikAPI, where that id is somebody else’s', () => {
    expect(urls(toSearchset(list, map))).toStrictEqual(['urn:uuid:…', 'urn:uuid:…']);
    const { data } = toResponse(record, {}, { ...map, included: [{ resourceType: 'Patient', id: '1' }] });
    expect(urls(data)).toStrictEqual(['urn:uuid:…', 'urn:uuid:…']);
    expect(urls(toSearchset(list))).toStrictEqual([
      'https://api.clinikapi.com/v1/fhir/Encounter/77',
      'https://api.clinikapi.com/v1/fhir/Patient/1',
    ]);
  });

  it('gives no address at which the map has another record', () => {
    const options = { ...map, baseUrl: 'https://ehr.example/fhir' };
    expect(urls(toSearchset(list, options))).toStrictEqual(['urn:uuid:…', 'https://ehr.example/fhir/Patient/1']);
    const response = fromResponse(toSearchset(list, options), options);
    ensure(response.kind === 'list');
    const [read] = response.records;
    ensure(read?.ok === true);
    expect([read.id, read.payload]).toStrictEqual(['77', record.payload]);
  });

  it('reads as the list that it was made of, wherever home is', () => {
    const ids = ['1', '2', '3', 'e_4'];
    const row = fc.record({
      reference: fc
        .tuple(
          fc.constantFrom('', 'https://ehr.example/fhir/', 'https://b.example/'),
          fc.constantFrom('Patient', 'Encounter'),
        )
        .chain(([base, type]) => fc.constantFrom(...['1', '2', '3']).map((id) => `${base}${type}/${id}`)),
      id: fc.constantFrom(...ids),
    });
    const visits = fc.uniqueArray(
      fc.record({ id: fc.constantFrom(...ids), patientId: fc.constantFrom(...ids), partOfId: fc.constantFrom(...ids) }),
      { selector: ({ id }) => id, maxLength: 4 },
    );
    const home = fc.constantFrom(undefined, 'https://ehr.example/fhir', 'https://b.example/');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), visits, home, (rows, made, baseUrl) => {
        const { resolveId, resolveReference, add } = idMapBuilder();
        rows.forEach(add);
        const options = { resolveId, resolveReference, ...(baseUrl === undefined ? {} : { baseUrl }) };
        const records = made.map(({ id, ...more }) => {
          const payload = { status: 'finished', class: 'AMB', ...more } as const;
          return { path: 'encounters', id, payload } as const;
        });
        const response = fromResponse(toSearchset({ records, paging: LAST }, options), { ...options, expect: 'list' });
        ensure(response.kind === 'list');
        const read = response.records.map((one) =>
          one.ok ? { path: one.path, id: one.id, payload: one.payload } : one,
        );
        expect(read).toStrictEqual(records);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('the paging of a searchset', () => {
  const paged = (...link: unknown[]): Pick<ListResponse, 'paging' | 'next'> => {
    const { paging, next } = readList({ resourceType: 'Bundle', type: 'searchset', total: 5, link, entry: [] });
    return next === undefined ? { paging } : { paging, next };
  };

  it('keeps the address of a next page that says more than a cursor or a page', () => {
    for (const url of [
      'https://x.example/fhir?_getpages=1&_getpagesoffset=20',
      'https://x.example/fhir/Encounter?patient=p1&cursor=c',
      'https://x.example/fhir/Encounter?cursor=%E0%A4%A',
      'https://x.example/fhir/Encounter?page=7',
      'https://x.example/fhir/Encounter?cursor=c&page=7',
      'https://x.example/fhir/Encounter?cursor=c&pageSize=7',
      'https://x.example/next',
    ]) {
      const read = paged({ relation: 'next', url });
      expect([read.next, read.paging.hasMore]).toStrictEqual([url, true]);
      const list = { records: [encounter()], ...read };
      expect(toSearchset(list).link?.[1]).toStrictEqual({ relation: 'next', url });
    }
  });

  it('reads the cursor of a relative link, too', () => {
    expect(paged({ relation: 'next', url: 'encounters?cursor=a+b%2B#x' })).toStrictEqual({
      paging: { total: 5, cursor: 'a b+', hasMore: true },
    });
  });

  it('does not take a cursor that stands there twice, or a page that is no number', () => {
    const self = { relation: 'self', url: 'https://x.example?page=one&pageSize=03' };
    const next = { relation: 'next', url: 'https://x.example?cursor=a&cursor=b' };
    expect(paged(self, next)).toStrictEqual({ paging: { total: 5, hasMore: true }, next: next.url });
  });

  it('survives links that are none', () => {
    expect(paged(7, { relation: 'next' }, { relation: 'self', url: {} })).toStrictEqual({
      paging: { total: 5, hasMore: true },
    });
  });
});
