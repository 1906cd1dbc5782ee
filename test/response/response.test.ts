import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
import { PATHS } from '../support/laws.js';

const numRuns = 200;

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
  if (response.kind !== 'record') assert.fail(response.kind);
  return response.record;
}

function idsOf({ issues }: { readonly issues: readonly { readonly id: string }[] }): string[] {
  return issues.map(({ id }) => id);
}

const listOf = (response: ClinikResponse) => (response.kind === 'list' ? response : assert.fail(response.kind));

for (const path of PATHS) {
  const { resourceType } = lensFor(path);
  describe(`a response with ${path}`, () => {
    it('gives back the payload that it was made of, in either shape', () => {
      fc.assert(
        fc.property(payloads[path], meta, fc.constantFrom('3f2a', 'rec_1'), (payload, given, id) => {
          const made = toResponse({ path, id, payload } as never, given);
          for (const data of [made.data, { id, ...payload }]) {
            const response = fromResponse(overTheWire({ data, meta: given }), { path });
            assert.ok(response.kind === 'record' && response.record.ok);
            const { record } = response;
            assert.deepEqual([record.path, record.id, record.payload], [path, id, overTheWire(payload)]);
            assert.deepEqual(
              record.losses.filter((loss) => loss.class === 'content'),
              [],
            );
            assert.deepEqual([response.meta, response.issues], [overTheWire(given), []]);
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
          assert.deepEqual([list.paging, list.meta, list.issues], [pages, overTheWire(given), []]);
          const expected = records.map((record) => findLens(path)?.safeFromFhir(record));
          assert.equal(list.records.length, records.length);
          list.records.forEach((record, index) => {
            const read = expected[index];
            assert.equal(record.ok, read?.ok);
            assert.deepEqual(record.issues, read?.issues);
            if (record.ok && read?.ok) assert.deepEqual([record.payload, record.losses], [read.payload, read.losses]);
          });
        }),
        { numRuns: 60 },
      );
    });

    it('tells the type of a flat record without `path` right, or not at all', () => {
      fc.assert(
        fc.property(payloads[path], (payload) => {
          const record = recordOf(payload);
          if (record.ok) assert.equal(record.path, path);
          else assert.deepEqual([record.path, idsOf(record)], [undefined, ['response-type-unknown']]);
        }),
        { numRuns },
      );
    });
  });
}
