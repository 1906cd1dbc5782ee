import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { assessments, encounters } from '../src/index.js';
import {
  countFields,
  lookAlikes,
  payloadFields,
  payloads,
  resources,
  stringsOf,
  targetOf,
} from './support/arbitraries/index.js';
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

/** What is said of the targets of diagnoses, reasons and findings. */
const JUDGEMENTS = [
  ...['refuted', 'entered-in-error', 'not-done', 'in-doubt', 'status-unknown', 'restricted', 'of-other-subject'],
  'without-words',
].map((judgement) => `diagnosis-${judgement}`);

describe('the generated resources', () => {
  it.each([
    ['Encounter, contained', 'Encounter', false],
    ['Encounter, found elsewhere', 'Encounter', true],
    ['ClinicalImpression, found elsewhere', 'ClinicalImpression', true],
  ] as const)('%s: each judgement of a target occurs', (_, type, isFound) => {
    const lens = type === 'Encounter' ? encounters : assessments;
    const seen = new Set<string>();
    for (const [variant, resource] of fc.sample(resources[type], { numRuns: SAMPLES / 2, seed: 20260102 }).entries()) {
      const resolve = (reference: string) => targetOf(resource, reference, variant) as Resource | undefined;
      for (const { id } of lens.safeFromFhir(resource, isFound ? { resolve } : {}).issues) seen.add(id);
    }
    // Of what a finding refers to nothing is done.
    const able = JUDGEMENTS.filter((id) => type === 'Encounter' || id !== 'diagnosis-not-done');
    expect(able.filter((id) => !seen.has(id))).toStrictEqual([]);
  });
});
