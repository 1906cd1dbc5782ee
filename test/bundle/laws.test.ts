import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundleToPayloads, type ConvertOptions, type PayloadBundleType, payloadsToBundle } from '../../src/index.js';
import { asDocument, type Sets, setsOf } from '../support/arbitraries/sets.js';
import { errorsOf, PATHS } from '../support/laws.js';
import { runs } from '../support/runs.js';

const NOW = '2026-02-03T04:05:06Z';
const numRuns = runs(100);

/** All paths have a list in what comes back. */
const whole = (sets: Sets): Sets => Object.fromEntries(PATHS.map((path) => [path, sets[path] ?? []]));

function holds(sets: Sets, type: PayloadBundleType, options: ConvertOptions = {}): void {
  const before = JSON.stringify(sets);
  const bundle = payloadsToBundle(sets as object, { ...options, type });
  expect(['the payloads were changed', JSON.stringify(sets)]).toStrictEqual(['the payloads were changed', before]);
  expect(errorsOf(bundle)).toStrictEqual([]);
  const frozen = JSON.stringify(bundle);
  expect(['deterministic', JSON.stringify(payloadsToBundle(JSON.parse(before), { ...options, type }))]).toStrictEqual([
    'deterministic',
    frozen,
  ]);
  const { payloads, issues, skipped } = bundleToPayloads(bundle, options);
  expect(['the Bundle was changed', JSON.stringify(bundle)]).toStrictEqual(['the Bundle was changed', frozen]);
  expect(payloads).toStrictEqual(JSON.parse(JSON.stringify(whole(sets))));
  expect(skipped).toStrictEqual([]);
  expect(issues.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
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
      fc.property(setsOf(1, 1), (sets) => holds(asDocument(sets), 'document', { now: NOW })),
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
