import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countFields, lookAlikes, payloadFields, payloads, stringsOf } from './support/arbitraries/index.js';
import { PATHS } from './support/laws.js';

const SAMPLES = 1500;

/** The property tests are worth what their generators reach: a floor under every field and every look-alike. */
describe('the generated payloads', () => {
  for (const path of PATHS) {
    const sample = fc.sample(payloads[path], { numRuns: SAMPLES, seed: 20260101 });

    it(`${path}: every field occurs in at least 3 of 100`, () => {
      const seen = new Map<string, number>();
      for (const payload of sample)
        for (const field of countFields(payload)) seen.set(field, (seen.get(field) ?? 0) + 1);
      const rare = payloadFields[path].filter((field) => (seen.get(field) ?? 0) < SAMPLES * 0.03);
      expect(rare).toStrictEqual([]);
    });

    it(`${path}: every look-alike occurs in at least 2 of 100`, () => {
      const rare = Object.entries(lookAlikes).filter(([, looks]) => {
        const hits = sample.filter((payload) => [...stringsOf(payload)].some(looks)).length;
        return hits < SAMPLES * 0.02;
      });
      expect(rare.map(([name]) => name)).toStrictEqual([]);
    });
  }
});
