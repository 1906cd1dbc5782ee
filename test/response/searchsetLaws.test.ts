import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import {
  fromResponse,
  type ListResponse,
  lensFor,
  type Paging,
  type Path,
  type RecordInput,
  type ToSearchsetOptions,
  toListResponse,
  toSearchset,
} from '../../src/index.js';
import { payloads, resources } from '../support/arbitraries/index.js';
import { fail } from '../support/ensure.js';
import { errorsOf, PATHS } from '../support/laws.js';
import { runs } from '../support/runs.js';

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const count = fc.nat({ max: 2 ** 31 - 1 });
const cursor = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('a+b c', '100%', '?page=2&x=y#z', '%2B', 'é', '/'),
);

/** Every way in which a list can say whether it goes on, each field as seldom or often as ClinikAPI's two shapes have it. */
const paging: fc.Arbitrary<Paging> = fc
  .oneof(
    fc.record({ total: count, cursor, hasMore: fc.constant(true) }),
    fc.record({ cursor, hasMore: fc.constant(true), page: count, pageSize: count }),
    fc.record({ total: count, hasMore: fc.constant(false) }),
    fc.record({ hasMore: fc.constant(false), pageSize: count }),
    fc.record({ total: count, page: count, pageSize: count }),
    fc.record({ total: count, hasMore: fc.boolean(), page: count }),
  )
  .map((made) => ({ ...made }));

const included = fc.subarray<FhirResource>([
  { resourceType: 'Patient', id: 'p1' },
  { resourceType: 'Patient', gender: 'unknown' },
  { resourceType: 'Patient', gender: 'unknown' },
  {
    resourceType: 'Practitioner',
    identifier: [{ system: 'https://api.clinikapi.com/v1/practitioners', value: 'a_1' }],
  },
]);

const options = fc.constantFrom<ToSearchsetOptions>({}, { baseUrl: 'https://ehr.example/fhir/' });

/** Records of payloads, with the ids of both kinds and without. */
function records(path: Path): fc.Arbitrary<RecordInput[]> {
  const id = (index: number): fc.Arbitrary<string | undefined> =>
    fc.constantFrom(undefined, undefined, `3f2a-${index}`, `rec_${index}`);
  return fc
    .array(payloads[path], { maxLength: 4 })
    .chain((made) =>
      fc.tuple(...made.map((payload, index) => id(index).map((drawn) => ({ path, id: drawn, payload }) as never))),
    );
}

function listOf(json: unknown, given: ToSearchsetOptions): ListResponse {
  const response = fromResponse(overTheWire(json), given);
  return response.kind === 'list' ? response : fail(response.kind);
}

/** What a Bundle can say of a list. */
const sayable = ({ meta: _, ...list }: ListResponse): object => list;

for (const path of PATHS) {
  describe(`fromResponse ∘ toSearchset on ${path}`, () => {
    it('is the identity', () => {
      fc.assert(
        fc.property(records(path), paging, included, options, (made, pages, others, given) => {
          const page = listOf(toListResponse(made, pages, { requestId: 'r' }), { ...given, path });
          const list = { ...page, included: others };
          const before = JSON.stringify(list);
          const bundle = toSearchset(list, { ...given, path });
          expect(['the list was changed', JSON.stringify(list)]).toStrictEqual(['the list was changed', before]);
          expect(errorsOf(bundle)).toStrictEqual([]);
          expect(overTheWire(sayable(listOf(bundle, given)))).toStrictEqual(overTheWire(sayable(list)));
          expect(toSearchset(listOf(bundle, given), { ...given, path })).toStrictEqual(bundle);
        }),
        { numRuns: runs(100) },
      );
    });

    it('keeps each payload, and what cannot be read as it came', () => {
      const { resourceType } = lensFor(path);
      const resource: fc.Arbitrary<FhirResource[]> = fc.array(
        fc.oneof({ weight: 4, arbitrary: resources[resourceType] }, fc.constant({ resourceType: 'Patient' })),
        { maxLength: 4 },
      ) as never;
      fc.assert(
        fc.property(resource, paging, (drawn, pages) => {
          const given = drawn.map((one, index) => ({ ...one, id: `r${index}` }));
          const list = listOf(toListResponse(given, pages, {}), {});
          const ids = list.records.flatMap((record) => (record.ok && record.id !== undefined ? [record.id] : []));
          // Two records of one id are refused, and what can neither be read nor is valid R4.
          fc.pre(new Set(ids).size === ids.length);
          fc.pre(list.records.every((record) => record.ok || errorsOf(record.value).length === 0));
          const bundle = toSearchset(list, { path });
          expect(errorsOf(bundle)).toStrictEqual([]);
          const again = listOf(bundle, {});
          expect(again.paging).toStrictEqual(list.paging);
          expect(again.records).toHaveLength(list.records.length);
          list.records.forEach((record, index) => {
            const same = again.records[index] ?? fail();
            if (!record.ok) expect(same).toStrictEqual(record);
            else expect(same.ok && [same.id, same.payload]).toStrictEqual([record.id, record.payload]);
          });
        }),
        { numRuns: runs(60) },
      );
    });
  });
}
