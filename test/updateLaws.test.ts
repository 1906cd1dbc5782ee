import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConvertOptions, lensFor } from '../src/index.js';
import { anyOptions, payloads, poor, resources } from './support/arbitraries/index.js';
import { isObject, type Json, random } from './support/arbitraries/object.js';
import { ensure, fail } from './support/ensure.js';
import { PATHS, payloadOf } from './support/laws.js';
import { runs } from './support/runs.js';
import { elementOf, expressible, patched, UPDATABLE, updatablePart, updated } from './support/updates.js';

/** Runs of each property. */
const numRuns = runs(200);

const read = (resource: object, options: ConvertOptions = {}): Json | undefined => {
  const payload = payloadOf(resource as { resourceType: string }, options);
  return isObject(payload) ? payload : undefined;
};

/** A choice among field names, the same for the same seed: one in `odds` is taken. */
function chooser(seed: number, odds: number): (key: string) => boolean {
  return (key) => {
    const below = random([...key].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed));
    below(2);
    return below(odds) === 0;
  };
}

for (const path of PATHS) {
  const lens = lensFor(path);
  const resource: fc.Arbitrary<object> = resources[lens.resourceType];
  const payload: fc.Arbitrary<Json> = payloads[path];

  describe(`updates of ${path}`, () => {
    it('change nothing where they say nothing, or what is stored', () => {
      fc.assert(
        fc.property(poor(resource), anyOptions, (one, optionsFor) => {
          const options = optionsFor(one);
          const own = read(one, options);
          fc.pre(own !== undefined);
          for (const partial of [{}, updatablePart(path, own), own])
            expect(JSON.stringify(updated(path, one, partial, options))).toBe(JSON.stringify(one));
        }),
        { numRuns },
      );
    });

    it('read as a PATCH of the payload: merged, and what is absent left alone', () => {
      let done = 0;
      fc.assert(
        fc.property(poor(resource), payload, fc.nat(), anyOptions, (one, other, seed, optionsFor) => {
          const options = optionsFor(one);
          const own = read(one, options);
          fc.pre(own !== undefined);
          const partial = updatablePart(path, other, chooser(seed, 2));
          const after = updated(path, one, partial, options);
          if (after === undefined) return;
          done += 1;
          expect(read(after, options)).toStrictEqual(patched(own, partial, 'merged'));
        }),
        { numRuns },
      );
      ensure(done > numRuns / 2, `only ${done} of ${numRuns} updates were not refused`);
    });

    it('commute where they share no element', () => {
      let done = 0;
      fc.assert(
        fc.property(resource, payload, payload, fc.nat(), (one, other, third, seed) => {
          fc.pre(read(one) !== undefined);
          const first = chooser(seed, 2);
          const p = updatablePart(path, other, (key) => first(elementOf(key)));
          const q = updatablePart(path, third, (key) => !first(elementOf(key)));
          const [afterP, afterQ] = [updated(path, one, p), updated(path, one, q)];
          if (afterP === undefined || afterQ === undefined) return;
          const [pq, qp] = [updated(path, afterP, q), updated(path, afterQ, p)];
          expect(pq).toStrictEqual(qp);
          if (pq !== undefined) done += 1;
        }),
        { numRuns },
      );
      ensure(done > numRuns / 2, `only ${done} of ${numRuns} pairs of updates were not refused`);
    });

    it('follow the difference of two payloads, which is right under both readings and the smallest', () => {
      let done = 0;
      fc.assert(
        fc.property(resource, payload, fc.nat(), (one, other, seed) => {
          const a = read(one);
          fc.pre(a !== undefined);
          const b = expressible(path, a, other, chooser(seed, 2));
          fc.pre(lens.validatePayload(b).length === 0);
          const result = lens.safeDiff(a, b);
          if (!result.ok) fail(JSON.stringify(result.issues));
          const update: Json = { ...result.update };
          expect(Object.keys(update).every((key) => UPDATABLE[path].includes(key))).toBe(true);
          expect(patched(a, update, 'merged')).toStrictEqual(b);
          expect(patched(a, update, 'replaced')).toStrictEqual(b);
          for (const key of Object.keys(update)) {
            const { [key]: _, ...less } = update;
            expect(patched(a, less, 'merged')).not.toStrictEqual(b);
          }
          const after = updated(path, one, update);
          if (after === undefined) return;
          done += 1;
          expect(read(after)).toStrictEqual(b);
        }),
        { numRuns },
      );
      ensure(done > numRuns / 2, `only ${done} of ${numRuns} differences were not refused`);
    });

    it('take no field that ClinikAPI does not let them change', () => {
      fc.assert(
        fc.property(payload, payload, (one, other) => {
          for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
            if (UPDATABLE[path].includes(key) || other[key] === undefined) continue;
            if (JSON.stringify(one[key]) === JSON.stringify(other[key])) continue;
            const created = lens.safeToFhir(one);
            ensure(created.ok);
            const result = lens.safeUpdate(created.resource, { [key]: other[key] });
            const ids = result.issues.map(({ id, expression }) => `${id} ${expression.join()}`);
            if (!result.ok) {
              // A restriction that is merged can have a period that ends before it starts.
              const other = result.issues.some(({ id }) => /^period-/.test(id));
              ensure(other || ids.join() === `update-field ${key}`, ids.join());
            } else expect([ids, result.resource]).toStrictEqual([[`update-field-ignored ${key}`], created.resource]);
          }
        }),
        { numRuns: runs(30) },
      );
    });
  });
}
