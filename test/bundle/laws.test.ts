import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bundleToPayloads, type ConvertOptions, type PayloadBundleType, payloadsToBundle } from '../../src/index.js';
import { type Sets, setsOf } from '../support/arbitraries/sets.js';
import { errorsOf, PATHS } from '../support/laws.js';

const NOW = '2026-02-03T04:05:06Z';
const numRuns = 100;

/** All paths have a list in what comes back. */
const whole = (sets: Sets): Sets => Object.fromEntries(PATHS.map((path) => [path, sets[path] ?? []]));

function holds(sets: Sets, type: PayloadBundleType, options: ConvertOptions = {}): void {
  const before = JSON.stringify(sets);
  const bundle = payloadsToBundle(sets as object, { ...options, type });
  assert.equal(JSON.stringify(sets), before, 'the payloads were changed');
  assert.deepEqual(errorsOf(bundle), []);
  const frozen = JSON.stringify(bundle);
  assert.equal(JSON.stringify(payloadsToBundle(JSON.parse(before), { ...options, type })), frozen, 'deterministic');
  const { payloads, issues, passedOver } = bundleToPayloads(bundle, options);
  assert.equal(JSON.stringify(bundle), frozen, 'the Bundle was changed');
  assert.deepEqual(payloads, JSON.parse(JSON.stringify(whole(sets))));
  assert.deepEqual(passedOver, []);
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  );
}

describe('bundleToPayloads ∘ payloadsToBundle is the identity', () => {
  for (const type of ['transaction', 'batch', 'collection', 'searchset'] as const) {
    it(`on sets in a ${type}`, () => {
      fc.assert(
        fc.property(setsOf(), (sets) => holds(sets, type)),
        { numRuns },
      );
    });
  }

  it('on a dated document and what goes with it', () => {
    fc.assert(
      fc.property(setsOf(1, 1), (sets) => {
        const documents = sets.documents?.map((made) => ({ date: '2025-01-01', ...made }));
        holds({ ...sets, documents }, 'document', { now: NOW });
      }),
      { numRuns },
    );
  });

  it('on a searchset at an address', () => {
    fc.assert(
      fc.property(setsOf(), (sets) => holds(sets, 'searchset', { baseUrl: 'https://ehr.example/fhir/' })),
      { numRuns },
    );
  });
});
