import { describe, expect, it } from '@jest/globals';
// The long run: npm run test:long, by default 21,000 runs (or CLINIK_FHIR_RUNS) of each property for each of the five resources.
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { lensFor } from '../src/index.js';
import { anyOptions, payloads, poor, resources, targetOf } from './support/arbitraries/index.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet, PATHS, payloadOf } from './support/laws.js';

const numRuns = Number(process.env.CLINIK_FHIR_RUNS ?? 21_000);

for (const path of PATHS) {
  const { resourceType } = lensFor(path);
  describe(`${path} ⇄ ${resourceType}, ${numRuns} runs`, () => {
    it('CreateGet', () => {
      fc.assert(
        fc.property(payloads[path], (payload) => holdsCreateGet(path, payload)),
        { numRuns },
      );
    });

    it('GetPut and Residue', () => {
      fc.assert(
        fc.property(resources[resourceType], (resource) => {
          holdsOnResource(resource as { resourceType: string });
        }),
        { numRuns },
      );
    });

    it('PutGet', () => {
      let held = 0;
      fc.assert(
        fc.property(payloads[path], resources[resourceType], (payload, resource) => {
          const onto = resource as { resourceType: string };
          fc.pre(payloadOf(onto) !== undefined);
          if (holdsPutGet(path, payload, onto)) held += 1;
        }),
        { numRuns },
      );
      console.log(`${path}: PutGet held for ${held} pairs, ${numRuns - held} were refused for an invariant`);
      expect(held).toBeGreaterThan(0);
    });

    it('all of them where what a record refers to is found', () => {
      fc.assert(
        fc.property(payloads[path], resources[resourceType], fc.nat(), (payload, resource, variant) => {
          const resolve = (reference: string) => targetOf(resource, reference, variant) as Resource | undefined;
          holdsCreateGet(path, payload, { resolve });
          const onto = resource as { resourceType: string };
          if (holdsOnResource(onto, { resolve })) holdsPutGet(path, payload, onto, { resolve });
        }),
        { numRuns },
      );
    });

    it('all of them under any options, on resources that lack what `fill` fills in, with periods of any precision', () => {
      let [held, filled, open] = [0, 0, 0];
      fc.assert(
        fc.property(payloads[path], poor(resources[resourceType]), anyOptions, (payload, onto, optionsFor) => {
          const options = optionsFor(onto);
          holdsCreateGet(path, payload, options);
          if (!holdsOnResource(onto, options)) return;
          const { issues } = lensFor(path).safeFromFhir(onto, options);
          if (issues.some(({ id }) => id === 'fill-used')) filled += 1;
          if (issues.some(({ id }) => id === 'period-precision-differs')) open += 1;
          if (holdsPutGet(path, payload, onto, options)) held += 1;
        }),
        { numRuns },
      );
      console.log(
        `${path}: ${held} puts held; ${filled} readings were filled in, ${open} have a period whose order is open`,
      );
      expect(held).toBeGreaterThan(0);
    });

    it('PutGet of the payload of one resource on another, under any options', () => {
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
