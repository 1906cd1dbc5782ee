import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { type ConvertOptions, lensFor } from '../src/index.js';
import { payloads, resources, targetOf } from './support/arbitraries/index.js';
import { ensure } from './support/ensure.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet, PATHS, payloadOf } from './support/laws.js';
import { runs } from './support/runs.js';

/** Any fixed choice of options. `resolve` finds a Condition and a Practitioner, whatever it is asked for. */
const options: fc.Arbitrary<ConvertOptions> = fc.record(
  {
    edition: fc.constantFrom('icd-10-cm', 'icd-10'),
    overflow: fc.constantFrom('refuse', 'truncate'),
    missingText: fc.constantFrom('say', 'refuse'),
    partialDates: fc.constantFrom('omit', 'keep', 'refuse'),
    labTime: fc.constantFrom('effective', 'issued'),
    securityLabels: fc.constantFrom('refuse', 'accept'),
    baseUrl: fc.constantFrom('https://ehr.example/fhir', 'https://ehr.example/fhir/', 'https://elsewhere.example'),
    resolve: fc.constant((reference: string): Resource | undefined => {
      if (reference.startsWith('urn:')) return { resourceType: 'Practitioner', id: 'found' };
      const code = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10' }] };
      return reference.includes('Condition/') ? ({ resourceType: 'Condition', id: 'c', code } as Resource) : undefined;
    }),
    resolveType: fc.constant((_id: string, allowed: readonly string[]) => allowed[0] ?? 'Device'),
  },
  { requiredKeys: [] },
);

/** Finds what a record refers to: of the same patient or not, certain, doubtful or denied. */
const finds = (resource: object, variant: number): ConvertOptions => ({
  resolve: (reference) => targetOf({ ...resource }, reference, variant) as Resource | undefined,
});

/** Runs of each property; a long run of many more is `npm run test:long`. */
const numRuns = runs(300);

for (const path of PATHS) {
  const { resourceType } = lensFor(path);
  describe(`${path} ⇄ ${resourceType}`, () => {
    it('CreateGet: a payload survives the trip', () => {
      fc.assert(
        fc.property(payloads[path], (payload) => holdsCreateGet(path, payload)),
        { numRuns },
      );
    });

    it('GetPut and Residue: a resource survives, with the residue or put over', () => {
      let readable = 0;
      fc.assert(
        fc.property(resources[resourceType], (resource) => {
          if (holdsOnResource(resource as { resourceType: string })) readable += 1;
        }),
        { numRuns },
      );
      // About six of ten are; of a few, by chance, less.
      ensure(readable > numRuns / 3, `only ${readable} of ${numRuns} generated resources were readable`);
    });

    it('PutGet: any payload arrives in full on any readable resource', () => {
      let put = 0;
      fc.assert(
        fc.property(payloads[path], resources[resourceType], (payload, resource) => {
          const onto = resource as { resourceType: string };
          fc.pre(payloadOf(onto) !== undefined);
          if (holdsPutGet(path, payload, onto)) put += 1;
        }),
        { numRuns },
      );
      ensure(put > numRuns / 2, `only ${put} of ${numRuns} puts were not refused`);
    });

    it('all of them hold under any fixed choice of options', () => {
      fc.assert(
        fc.property(payloads[path], resources[resourceType], options, (payload, resource, chosen) => {
          holdsCreateGet(path, payload, chosen);
          const onto = resource as { resourceType: string };
          if (holdsOnResource(onto, chosen)) holdsPutGet(path, payload, onto, chosen);
        }),
        { numRuns },
      );
    });

    it('all of them hold where what a record refers to is found, whatever that says of itself', () => {
      fc.assert(
        fc.property(payloads[path], resources[resourceType], fc.nat(), (payload, resource, variant) => {
          const chosen = finds(resource, variant);
          holdsCreateGet(path, payload, chosen);
          const onto = resource as { resourceType: string };
          if (holdsOnResource(onto, chosen)) holdsPutGet(path, payload, onto, chosen);
        }),
        { numRuns },
      );
    });

    it('PutGet: a payload arrives in full on the resource of another payload', () => {
      fc.assert(
        fc.property(payloads[path], payloads[path], (payload, other) => {
          const onto = lensFor(path).safeToFhir(other);
          ensure(onto.ok);
          expect(holdsPutGet(path, payload, onto.resource)).toBe(true);
        }),
        { numRuns },
      );
    });

    it('PutGet: the payload of one resource arrives in full on another one', () => {
      fc.assert(
        fc.property(resources[resourceType], resources[resourceType], (one, other) => {
          const payload = payloadOf(one as { resourceType: string });
          const onto = other as { resourceType: string };
          fc.pre(payload !== undefined && payloadOf(onto) !== undefined);
          holdsPutGet(path, payload, onto);
        }),
        { numRuns },
      );
    });
  });
}
