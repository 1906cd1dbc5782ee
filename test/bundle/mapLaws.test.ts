import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idMapBuilder } from '../../src/bundle/idMap.js';
import {
  bundleToPayloads,
  type ConvertOptions,
  type PayloadBundleType,
  type PayloadSets,
  payloadsToBundle,
} from '../../src/index.js';
import { asDocument, type Sets, setsOf } from '../support/arbitraries/sets.js';
import { ensure } from '../support/ensure.js';
import { errorsOf, PATHS } from '../support/laws.js';
import { HOME, mapOf, namesIn, pooled } from '../support/maps.js';
import { runs } from '../support/runs.js';

const NOW = '2026-02-03T04:05:06Z';
const numRuns = runs(150);

function holds(sets: Sets, type: PayloadBundleType, options: ConvertOptions): void {
  const bundle = payloadsToBundle(sets as PayloadSets, { ...options, type });
  expect(errorsOf(bundle)).toStrictEqual([]);
  const frozen = JSON.stringify(bundle);
  const { payloads, issues, skipped } = bundleToPayloads(bundle, options);
  expect(['the Bundle was changed', JSON.stringify(bundle)]).toStrictEqual(['the Bundle was changed', frozen]);
  const whole = Object.fromEntries(PATHS.map((path) => [path, sets[path] ?? []]));
  expect(payloads).toStrictEqual(JSON.parse(JSON.stringify(whole)));
  expect(skipped).toStrictEqual([]);
  expect(issues.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
}

const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });
const mode = fc.constantFrom('apart', 'pooled', 'permuted');

for (const type of ['transaction', 'batch', 'collection', 'searchset', 'document'] as const) {
  describe(`a ${type} under an id map`, () => {
    const sets = type === 'document' ? setsOf(1, 1) : setsOf();
    const now = type === 'document' ? { now: NOW } : {};

    it('reads as the set that it was made of', () => {
      let mapped = 0;
      fc.assert(
        fc.property(sets, choices, mode, fc.boolean(), (made, chosen, how, isHome) => {
          const named = how === 'apart' ? made : pooled(made);
          const drawn = type === 'document' ? asDocument(named) : named;
          const map = mapOf(namesIn(drawn), chosen, how === 'permuted');
          const bundle = payloadsToBundle(drawn as PayloadSets, { ...map, ...now, type });
          if (JSON.stringify(bundle) !== JSON.stringify(payloadsToBundle(drawn as PayloadSets, { ...now, type })))
            mapped += 1;
          holds(drawn, type, { ...map, ...now, ...(isHome ? { baseUrl: HOME } : {}) });
        }),
        { numRuns },
      );
      ensure(mapped > numRuns / 4, `the map mattered ${mapped} times`);
    });
  });
}

/** A patient of a source, and who knows what of them. */
interface Known {
  readonly isInBundle: boolean;
  readonly isIdentified: boolean;
  readonly row: 'none' | 'relative' | 'absolute' | 'search';
  readonly form: 'relative' | 'absolute' | 'urn' | 'search';
}

const known: fc.Arbitrary<Known> = fc.record({
  isInBundle: fc.boolean(),
  isIdentified: fc.boolean(),
  row: fc.constantFrom('none', 'relative', 'absolute', 'search'),
  form: fc.constantFrom('relative', 'absolute', 'urn', 'search'),
});

describe('a Bundle of a source whose ids are ClinikAPI’s of other records', () => {
  const SOURCE = ['1', '2', '3', '4'];
  const urnOf = (n: number): string => `urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b0${n}`;
  const nameOf = (form: Known['row'] | Known['form'], type: string, n: number): string =>
    ({
      none: '',
      relative: `${type}/${SOURCE[n]}`,
      absolute: `${HOME}/${type}/${SOURCE[n]}`,
      urn: urnOf(n),
      search: `${type}?identifier=https://mrn.example|${SOURCE[n]}`,
    })[form];

  for (const [type, path] of [
    ['Patient', 'patients'],
    ['Encounter', 'encounters'],
  ] as const) {
    it(`never gives the id of another ${type}, and gives all that it can know`, () => {
      const worlds = fc.tuple(
        fc.array(known, { minLength: SOURCE.length, maxLength: SOURCE.length }),
        fc.shuffledSubarray(SOURCE, { minLength: SOURCE.length }),
        fc.boolean(),
      );
      fc.assert(
        fc.property(worlds, ([facts, truth, isHome]) => {
          const map = idMapBuilder();
          facts.forEach(({ row }, n) => {
            if (row !== 'none') map.add({ reference: nameOf(row, type, n), id: truth[n] ?? '' }, n);
          });
          const records = facts.flatMap(({ isInBundle, isIdentified, form }, n) => {
            const identifier = [
              { system: 'https://mrn.example', value: SOURCE[n] },
              ...(isIdentified ? [{ system: `https://api.clinikapi.com/v1/${path}`, value: truth[n] }] : []),
            ];
            const fullUrl = form === 'urn' ? urnOf(n) : nameOf('absolute', type, n);
            const status = type === 'Encounter' ? { status: 'finished', class: { code: 'AMB' } } : {};
            const subject = type === 'Encounter' ? { subject: { reference: 'Patient/known' } } : {};
            const resource = { resourceType: type, id: SOURCE[n], identifier, ...status, ...subject };
            return isInBundle ? [{ fullUrl, resource }] : [];
          });
          const tasks = facts.map(({ form }, n) => {
            const reference = { reference: nameOf(form, type, n) };
            const to = type === 'Patient' ? { for: reference } : { encounter: reference };
            const resource = { resourceType: 'Task', id: `t${n}`, status: 'requested', intent: 'order', ...to };
            return { fullUrl: `${HOME}/Task/t${n}`, resource };
          });
          map.add({ reference: 'Patient/known', id: 'known' }, 99);
          const { resolveId, resolveReference } = map;
          const bundle = { resourceType: 'Bundle', type: 'collection', entry: [...records, ...tasks] };
          const options = { resolveId, resolveReference, ...(isHome ? { baseUrl: HOME } : {}) };
          const { payloads } = bundleToPayloads(bundle as never, options);

          const told = payloads.tasks.map((made) => (type === 'Patient' ? made.patientId : made.encounterId));
          const certain = facts.map((fact, n) => (isCertain(fact) ? truth[n] : undefined));
          const taken = new Set(certain.filter((_, n) => facts[n]?.isInBundle === true));
          facts.forEach(({ isInBundle }, n) => {
            const isNew = certain[n] === undefined && isInBundle && type === 'Encounter' && !taken.has(SOURCE[n]);
            const isElses = truth.some((id, other) => id === SOURCE[n] && facts[other]?.row !== 'none');
            expect(told[n]).toBe(certain[n] ?? (isNew && !isElses ? SOURCE[n] : undefined));
          });
          if (type === 'Patient') return;
          const ids = payloads.encounters.map(({ id }) => id);
          const expected = facts.flatMap(({ isInBundle }, n) => (isInBundle ? [told[n]] : []));
          expect(['a record has the id that others know it by', ids]).toStrictEqual([
            'a record has the id that others know it by',
            expected,
          ]);
          const given = ids.filter((id) => id !== undefined);
          expect(['two records have one id', new Set(given).size]).toStrictEqual([
            'two records have one id',
            given.length,
          ]);
        }),
        { numRuns: runs(1000) },
      );

      /** True where the Bundle or the map says what the record is called at ClinikAPI. */
      function isCertain({ isInBundle, isIdentified, row, form }: Known): boolean {
        if (!isInBundle) return row !== 'none' && (row === form || (row === 'relative' && form === 'absolute'));
        if (isIdentified || row === 'relative' || row === 'search') return true;
        return row === 'absolute' && form !== 'urn';
      }
    });
  }
});
