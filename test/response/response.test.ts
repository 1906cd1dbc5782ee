import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ClinikResponse,
  type FromResponseOptions,
  fromResponse,
  lensFor,
  type ResponseMeta,
  type ResponseRecord,
  toListResponse,
  toResponse,
} from '../../src/index.js';
import { findLens } from '../../src/resources/registry.js';
import { payloads, resources } from '../support/arbitraries/index.js';
import { ensure, fail } from '../support/ensure.js';
import { PATHS } from '../support/laws.js';
import { runs } from '../support/runs.js';

const numRuns = runs(200);

const meta: fc.Arbitrary<ResponseMeta> = fc.record(
  {
    requestId: fc.string(),
    timestamp: fc.constant('2026-08-01T09:00:00.000Z'),
    status: fc.constantFrom(200, 201),
    rateLimitTotal: fc.nat(),
    rateLimitRemaining: fc.nat(),
    rateLimitReset: fc.oneof(fc.nat(), fc.string()),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const paging = fc.oneof(
  fc.record({ total: fc.nat(), cursor: fc.string(), hasMore: fc.boolean() }, { noNullPrototype: true }),
  fc.record({ total: fc.nat(), page: fc.nat(), pageSize: fc.nat() }, { noNullPrototype: true }),
  fc.record({ total: fc.nat(), hasMore: fc.boolean(), page: fc.nat() }, { noNullPrototype: true }),
  fc.constant({}),
);

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function recordOf(json: unknown, options?: FromResponseOptions): ResponseRecord {
  const response = fromResponse(json, options);
  if (response.kind !== 'record') fail(response.kind);
  return response.record;
}

function idsOf({ issues }: { readonly issues: readonly { readonly id: string }[] }): string[] {
  return issues.map(({ id }) => id);
}

const listOf = (response: ClinikResponse) => (response.kind === 'list' ? response : fail(response.kind));

for (const path of PATHS) {
  const { resourceType } = lensFor(path);
  describe(`a response with ${path}`, () => {
    it('gives back the payload that it was made of, in either shape', () => {
      fc.assert(
        fc.property(payloads[path], meta, fc.constantFrom('3f2a', 'rec_1'), (payload, given, id) => {
          const made = toResponse({ path, id, payload } as never, given);
          for (const data of [made.data, { id, ...payload }]) {
            const response = fromResponse(overTheWire({ data, meta: given }), { path });
            ensure(response.kind === 'record' && response.record.ok);
            const { record } = response;
            expect([record.path, record.id, record.payload]).toStrictEqual([path, id, overTheWire(payload)]);
            expect(record.losses.filter((loss) => loss.class === 'content')).toStrictEqual([]);
            expect([response.meta, response.issues]).toStrictEqual([overTheWire(given), []]);
          }
        }),
        { numRuns },
      );
    });

    it('reads a list as it reads each record, with the paging that it was made with', () => {
      fc.assert(
        fc.property(fc.array(resources[resourceType], { maxLength: 4 }), paging, meta, (records, pages, given) => {
          const made = toListResponse(records as never[], pages, given);
          const list = listOf(fromResponse(overTheWire(made)));
          expect([list.paging, list.meta, list.issues]).toStrictEqual([pages, overTheWire(given), []]);
          const expected = records.map((record) => findLens(path)?.safeFromFhir(record));
          expect(list.records).toHaveLength(records.length);
          list.records.forEach((record, index) => {
            const read = expected[index];
            expect(record.ok).toBe(read?.ok);
            expect(record.issues).toStrictEqual(read?.issues);
            if (record.ok && read?.ok)
              expect([record.payload, record.losses]).toStrictEqual([read.payload, read.losses]);
          });
        }),
        { numRuns: runs(60) },
      );
    });

    it('tells the type of a flat record without `path` right, or not at all', () => {
      fc.assert(
        fc.property(payloads[path], (payload) => {
          const record = recordOf(payload);
          if (record.ok) expect(record.path).toBe(path);
          else expect([record.path, idsOf(record)]).toStrictEqual([undefined, ['response-type-unknown']]);
        }),
        { numRuns },
      );
    });
  });
}
