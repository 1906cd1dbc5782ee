import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { idMapBuilder } from '../src/bundle/idMap.js';
import { mapReferences } from '../src/bundle/links.js';
import { parseLiteral } from '../src/fhir/references/literal.js';
import { searchText } from '../src/fhir/references/search.js';
import { type ConvertOptions, lensFor } from '../src/index.js';
import { isObject } from '../src/lens/json.js';
import { anyFill, payloads, poor, resources } from './support/arbitraries/index.js';
import { ensure } from './support/ensure.js';
import { holdsCreateGet, holdsOnResource, holdsPutGet, PATHS } from './support/laws.js';
import { runs } from './support/runs.js';

/** All that a resource calls other records by. */
function referencesIn(resource: unknown): string[] {
  const found = new Set<string>();
  mapReferences(resource, (reference) => {
    if (typeof reference.reference === 'string') found.add(reference.reference);
    const { identifier, type } = reference;
    if (isObject(identifier) && typeof identifier.value === 'string' && typeof type === 'string')
      found.add(searchText({ type, system: String(identifier.system ?? ''), value: identifier.value }));
    return reference;
  });
  return [...found];
}

/** What a row maps a reference to: an id with or without an underscore, a short one, or another reference's own id. */
const NEW_ID = [(n: number) => `new_${n}`, (n: number) => `new-${n}`, (n: number) => `x${n % 3}`];

/** A two-way map of some of what records name, made of arbitrary numbers. Rows that contradict others are not in it. */
function mapOf(records: readonly unknown[], choices: readonly number[]): ConvertOptions {
  const references = records.flatMap(referencesIn);
  const ids = references.flatMap((reference) => parseLiteral(reference)?.id ?? []);
  const map = idMapBuilder();
  references.forEach((reference, index) => {
    const choice = choices[index % choices.length] ?? 0;
    const made = NEW_ID[choice % 5]?.(index);
    const id = made ?? (choice % 5 === 3 ? ids[choice % Math.max(ids.length, 1)] : undefined);
    if (id !== undefined) map.add({ reference, id }, index);
  });
  const { resolveId, resolveReference } = map;
  return { resolveId, resolveReference };
}

const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });

/** Functions that know nothing of each other. */
const unruly: fc.Arbitrary<ConvertOptions> = fc.record(
  {
    fill: anyFill,
    resolveId: fc.func(fc.option(fc.constantFrom('a', 'b_1', 'no id', 'x'), { nil: undefined })),
    resolveReference: fc.func(
      fc.option(fc.constantFrom('Patient/1', 'Encounter/e', 'urn:uuid:1', 'Practitioner?identifier=a|b', 'no'), {
        nil: undefined,
      }),
    ),
    unmapped: fc.constantFrom('omit', 'refuse'),
  },
  { requiredKeys: ['resolveId'] },
);

const numRuns = runs(200);

for (const path of PATHS) {
  const { resourceType } = lensFor(path);
  describe(`${path} under an id map`, () => {
    it('CreateGet, PutGet, GetPut and Residue hold under one two-way map', () => {
      let mapped = 0;
      fc.assert(
        fc.property(payloads[path], poor(resources[resourceType]), choices, anyFill, (payload, onto, chosen, fill) => {
          const created = lensFor(path).safeToFhir(payload);
          ensure(created.ok);
          const options = { ...mapOf([created.resource, onto], chosen), fill };
          holdsCreateGet(path, payload, options);
          if (!holdsOnResource(onto, options)) return;
          mapped += 1;
          holdsPutGet(path, payload, onto, options);
        }),
        { numRuns },
      );
      ensure(mapped > 0, 'no generated resource was readable under its map');
    });

    it('they hold under any two functions, for what these contradict is not written', () => {
      fc.assert(
        fc.property(payloads[path], resources[resourceType], unruly, (payload, resource, options) => {
          holdsCreateGet(path, payload, options);
          const onto = resource as { resourceType: string };
          if (holdsOnResource(onto, options)) holdsPutGet(path, payload, onto, options);
        }),
        { numRuns },
      );
    });
  });
}
