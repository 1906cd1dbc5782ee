import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { type ConvertOptions, lensFor } from '../src/index.js';
import { anyOptions, payloads, poor, resources, targetOf } from './support/arbitraries/index.js';
import { ensure } from './support/ensure.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet, PATHS, payloadOf } from './support/laws.js';
import { runs } from './support/runs.js';

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
        fc.property(payloads[path], poor(resources[resourceType]), anyOptions, (payload, onto, optionsFor) => {
          const options = optionsFor(onto);
          holdsCreateGet(path, payload, options);
          if (holdsOnResource(onto, options)) holdsPutGet(path, payload, onto, options);
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

    it('PutGet: the payload of one resource arrives in full on another one, under any options', () => {
      fc.assert(
        fc.property(
          poor(resources[resourceType]),
          poor(resources[resourceType]),
          anyOptions,
          (one, onto, optionsFor) => {
            const options = optionsFor(onto);
            const payload = payloadOf(one, options);
            fc.pre(payload !== undefined && payloadOf(onto, options) !== undefined);
            holdsPutGet(path, payload, onto, options);
          },
        ),
        { numRuns },
      );
    });
  });
}
