import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Bundle, Encounter, FhirResource } from 'fhir/r4.js';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import {
  ClinikFhirError,
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
import { errorsOf, PATHS } from '../support/laws.js';

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
  return response.kind === 'list' ? response : assert.fail(response.kind);
}

const linksOf = (list: SearchsetInput, options?: ToSearchsetOptions): unknown =>
  toSearchset(list, options).link?.map(({ relation, url }) => `${relation} ${url}`);

/** The ids and places of the issues that a list is refused with. */
function refusalsOf(list: SearchsetInput, options?: ToSearchsetOptions): string[] {
  try {
    toSearchset(list, options);
  } catch (error) {
    assert.ok(error instanceof ClinikFhirError);
    return error.issues.map(({ id, expression }) => [id, ...expression].join(' '));
  }
  return [];
}

describe('toSearchset', () => {
  it('says by a link where a list with a cursor goes on', () => {
    const list = { records: [encounter()], paging: { total: 9, cursor: 'a/b+c=', hasMore: true } };
    assert.deepEqual(linksOf(list), [
      'self https://api.clinikapi.com/v1/encounters',
      'next https://api.clinikapi.com/v1/encounters?cursor=a%2Fb%2Bc%3D',
    ]);
    assert.deepEqual(linksOf(list, { baseUrl: 'https://ehr.example/fhir/' }), [
      'self https://ehr.example/fhir/Encounter',
      'next https://ehr.example/fhir/Encounter?cursor=a%2Fb%2Bc%3D',
    ]);
  });

  it('counts on where a list goes by page, up to the last one', () => {
    const at = (page: number): unknown => linksOf({ records: [encounter()], paging: { total: 5, page, pageSize: 3 } });
    const root = 'https://api.clinikapi.com/v1/encounters';
    assert.deepEqual(at(1), [`self ${root}?page=1&pageSize=3`, `next ${root}?page=2&pageSize=3`]);
    assert.deepEqual(at(2), [`self ${root}?page=2&pageSize=3`]);
  });

  it('asks the same again for the next page', () => {
    const search = { patientId: 'pt 1', date: ['ge2025', 'lt2026'] };
    const options = { search, path: 'encounters' } as const;
    const list = { records: [], paging: { total: 5, page: 1, pageSize: 3 } };
    const asked = 'https://api.clinikapi.com/v1/encounters?patientId=pt%201&date=ge2025&date=lt2026';
    assert.deepEqual(linksOf(list, options), [`self ${asked}&page=1&pageSize=3`, `next ${asked}&page=2&pageSize=3`]);
    const read = readList(toSearchset(list, options));
    assert.deepEqual([read.paging, read.next], [list.paging, `${asked}&page=2&pageSize=3`]);
    assert.deepEqual(toSearchset(read, options), toSearchset(list, options));
  });

  it('names what was found and what came along, by address where that is certain', () => {
    const list = { records: [encounter({ id: 'e1' }), encounter()], paging: LAST, included: [patient] };
    const shown = (options?: ToSearchsetOptions): string[] =>
      (toSearchset(list, options).entry ?? []).map(({ fullUrl, search }) => `${search?.mode} ${fullUrl}`);
    const [first, second, third] = shown();
    assert.equal(first, 'match https://api.clinikapi.com/v1/fhir/Encounter/e1');
    assert.match(second ?? '', /^match urn:uuid:[0-9a-f-]{36}$/);
    assert.equal(third, 'include https://api.clinikapi.com/v1/fhir/Patient/p1');
    assert.equal(shown({ baseUrl: 'https://ehr.example/fhir' })[0], 'match https://ehr.example/fhir/Encounter/e1');
  });

  it('leaves a record without an id without one, though its entry has a name', () => {
    const [record] = readList(toSearchset({ records: [encounter()], paging: LAST })).records;
    assert.ok(record?.ok);
    assert.equal(record.id, undefined);
  });

  it('stays a list with a single record or none', () => {
    assert.equal(readList(toSearchset({ records: [encounter()], paging: LAST })).records.length, 1);
    assert.deepEqual(readList(toSearchset({ records: [], paging: LAST })).paging, LAST);
  });

  it('is refused where nothing says whether the list goes on, or where', () => {
    const records = [encounter()];
    assert.deepEqual(refusalsOf({ records, paging: {} }), ['searchset-paging paging.hasMore']);
    assert.deepEqual(refusalsOf({ records, paging: { total: 9, page: 2 } }), ['searchset-paging paging.hasMore']);
    assert.deepEqual(refusalsOf({ records, paging: { hasMore: true } }), ['searchset-paging paging.cursor']);
    assert.deepEqual(refusalsOf({ records, paging: { total: 9 } }), ['searchset-paging paging.cursor']);
    assert.deepEqual(refusalsOf({ records: [], paging: { cursor: 'c' } }), ['searchset-paging paging']);
  });

  it('takes the total for an answer where all of it is there', () => {
    const paging = readList(toSearchset({ records: [encounter()], paging: { total: 1 } })).paging;
    assert.deepEqual(paging, { total: 1, hasMore: false });
  });

  it('is refused where the paging would not come back', () => {
    const records = [encounter()];
    const more = { cursor: 'c', hasMore: true };
    assert.deepEqual(refusalsOf({ records, paging: { cursor: '\ud800', hasMore: true } }), [
      'searchset-paging paging.cursor',
    ]);
    assert.deepEqual(refusalsOf({ records, paging: { ...more, page: -1, pageSize: 1.5 } }), [
      'searchset-paging paging.page',
      'searchset-paging paging.pageSize',
    ]);
    for (const name of ['cursor', 'page', 'pageSize'])
      assert.deepEqual(refusalsOf({ records, paging: more }, { search: { [name]: '3' } }), ['searchset-paging search']);
    assert.deepEqual(refusalsOf({ records, paging: more, next: 'https://x.example/?cursor=d' }), [
      'searchset-paging paging.cursor',
    ]);
  });

  it('keeps a record that could not be read, if nobody could take it for one that was', () => {
    const page = { data: { data: [encounter({ status: 'entered-in-error' }), patient], hasMore: false } };
    const list = readList(page);
    assert.ok(list.records.every((record) => !record.ok));
    const bundle = toSearchset(list);
    assert.deepEqual(errorsOf(bundle), []);
    assert.deepEqual(readList(bundle).records, list.records);
  });

  it('refuses a record that could not be read and would lose the reason', () => {
    const modified = [{ resource: encounter(), modifierExtension: [{ url: 'urn:x' }], search: { mode: 'match' } }];
    const bundle = { resourceType: 'Bundle', type: 'searchset', total: 1, entry: modified };
    const alone = ['searchset-unread records[0]'];
    assert.deepEqual(refusalsOf(readList(bundle)), alone);
    assert.deepEqual(refusalsOf(readList({ ...bundle, entry: [{ ...modified[0], resource: patient }] })), alone);
    const flat = { data: [{ id: 'enc_1', status: 'gone', class: 'AMB', patientId: 'p' }], meta: { total: 1 } };
    assert.deepEqual(refusalsOf(readList(flat, 'encounters')), alone);
    assert.deepEqual(refusalsOf(readList({ data: [7], meta: { total: 1 } })), alone);
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    assert.deepEqual(refusalsOf(readList({ data: [outcome], meta: { total: 1 } })), alone);
  });

  it('says of which record it is that a payload is not valid', () => {
    const payload = { status: 'finished', class: 'AMB', patientId: 'Group/1' } as const;
    const list = { records: [encounter(), { path: 'encounters', payload }] as const, paging: LAST };
    assert.match(refusalsOf(list).join(), /^[\w-]+ records\[1\]\.patientId/);
  });

  it('is refused where it would not be valid R4', () => {
    const twice = { records: [encounter({ id: 'e1' }), encounter({ id: 'e1' })], paging: LAST };
    assert.match(refusalsOf(twice).join(), /^bdl-7 /);
    assert.notDeepEqual(
      refusalsOf({ records: [], paging: LAST, included: [{ ...patient, gender: 'x' as 'male' }] }),
      [],
    );
    assert.notDeepEqual(refusalsOf({ records: [], paging: { total: -1, hasMore: false } }), []);
  });

  for (const folder of ['list-cursor-flat', 'list-cursor-fhir', 'list-page-flat', 'list-page-fhir']) {
    for (const file of readdirSync(join('fixtures', 'responses', folder))) {
      it(`makes a page a searchset, and that a page again: ${folder}/${file}`, () => {
        const json: unknown = JSON.parse(readFileSync(join('fixtures', 'responses', folder, file), 'utf8'));
        const path = PATHS.find((name) => file.startsWith(name));
        const list = readList(json, path);
        const bundle = toSearchset(list);
        assert.deepEqual(errorsOf(bundle), []);
        const read = readList(bundle);
        const said = ({ records, paging, included, next }: ListResponse): unknown => [
          records.map((record) => (record.ok ? [record.path, record.id, record.payload] : assert.fail())),
          { paging, included, next },
        ];
        assert.deepEqual(said(read), said(list));
        const page = toListResponse(
          read.records.flatMap((record) => (record.ok ? [record] : [])),
          read.paging,
          list.meta,
        );
        assert.deepEqual(said(readList(page)), said(list));
        assert.equal('hasMore' in page.data, folder.startsWith('list-cursor'));
        if (folder.startsWith('list-cursor')) assert.equal(Object.hasOwn(page.data, 'cursor'), file.includes('first'));
      });
    }
  }
});

describe('a Bundle of what nobody could read', () => {
  it('is refused with an issue, however deep that is', () => {
    let deep: object = {};
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    const hostile = { resourceType: 'Patient', id: 'p1', deep } as FhirResource;
    const fails = { name: 'ClinikFhirError', message: /^too-deep/ };
    assert.throws(() => toSearchset({ records: [hostile], paging: LAST }), fails);
    assert.throws(() => toSearchset({ records: [encounter()], paging: LAST, included: [hostile] }), fails);
    assert.throws(() => toResponse(encounter(), {}, { included: [hostile] }), fails);
    assert.throws(() => payloadsToBundle({}, { type: 'collection', include: [hostile] }), fails);
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
    assert.deepEqual(urls(toSearchset(list, map)), ['urn:uuid:…', 'urn:uuid:…']);
    const { data } = toResponse(record, {}, { ...map, included: [{ resourceType: 'Patient', id: '1' }] });
    assert.deepEqual(urls(data), ['urn:uuid:…', 'urn:uuid:…']);
    assert.deepEqual(urls(toSearchset(list)), [
      'https://api.clinikapi.com/v1/fhir/Encounter/77',
      'https://api.clinikapi.com/v1/fhir/Patient/1',
    ]);
  });

  it('gives no address at which the map has another record', () => {
    const options = { ...map, baseUrl: 'https://ehr.example/fhir' };
    assert.deepEqual(urls(toSearchset(list, options)), ['urn:uuid:…', 'https://ehr.example/fhir/Patient/1']);
    const response = fromResponse(toSearchset(list, options), options);
    assert.ok(response.kind === 'list');
    const [read] = response.records;
    assert.ok(read?.ok === true);
    assert.deepEqual([read.id, read.payload], ['77', record.payload]);
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
        assert.ok(response.kind === 'list');
        const read = response.records.map((one) =>
          one.ok ? { path: one.path, id: one.id, payload: one.payload } : one,
        );
        assert.deepEqual(read, records);
      }),
      { numRuns: 500 },
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
      assert.deepEqual([read.next, read.paging.hasMore], [url, true]);
      const list = { records: [encounter()], ...read };
      assert.deepEqual(toSearchset(list).link?.[1], { relation: 'next', url });
    }
  });

  it('reads the cursor of a relative link, too', () => {
    assert.deepEqual(paged({ relation: 'next', url: 'encounters?cursor=a+b%2B#x' }), {
      paging: { total: 5, cursor: 'a b+', hasMore: true },
    });
  });

  it('does not take a cursor that stands there twice, or a page that is no number', () => {
    const self = { relation: 'self', url: 'https://x.example?page=one&pageSize=03' };
    const next = { relation: 'next', url: 'https://x.example?cursor=a&cursor=b' };
    assert.deepEqual(paged(self, next), { paging: { total: 5, hasMore: true }, next: next.url });
  });

  it('survives links that are none', () => {
    assert.deepEqual(paged(7, { relation: 'next' }, { relation: 'self', url: {} }), {
      paging: { total: 5, hasMore: true },
    });
  });
});
