import { clone, isObject, type JsonObject } from '../../../src/lens/json.js';
import { random } from '../../../test/support/mutate.js';
import { diceOf } from '../dice.js';
import type { Mutant } from '../makeMutants.js';
import type { Profiles } from './definitions.js';
import { FAULTS } from './faults.js';
import { spotsIn } from './spots.js';

const ATTEMPTS = 300;

/** So many mutants of the examples of a guide, as many of each kind of fault and evenly over the types; the same for the same seed. */
export function profileMutants(
  examples: readonly JsonObject[],
  profiles: Profiles,
  count: number,
  seed: number,
): Mutant[] {
  const byType = new Map<unknown, JsonObject[]>();
  for (const one of examples) byType.set(one.resourceType, [...(byType.get(one.resourceType) ?? []), one]);
  // A type that has many examples has many profiles, most often.
  const types = [...byType].flatMap(([type, all]) =>
    Array.from({ length: Math.ceil(Math.sqrt(all.length)) }, () => type),
  );
  const dice = diceOf(random(seed));
  const made: Mutant[] = [];
  const seen = new Set(examples.map((one) => JSON.stringify(one)));
  const faults = [...FAULTS];
  for (let turn = 0; made.length < count && turn < count * 3; turn += 1) {
    const [fault, change] = faults[turn % faults.length] ?? ['', () => false];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const example = dice.pick(byType.get(dice.pick(types)) ?? []);
      if (example === undefined) continue;
      const resource = clone(example);
      if (!change({ resource, told: profiles.told(claimsOf(resource)), profiles, dice, others: examples })) continue;
      const text = JSON.stringify(resource);
      if (seen.has(text)) continue;
      seen.add(text);
      made.push({ fault, text });
      break;
    }
  }
  return made;
}

/** The profiles that a resource and those in it claim. */
function claimsOf(resource: JsonObject): readonly string[] {
  return [resource, ...spotsIn(resource).map(({ value }) => value)].flatMap((one) => {
    const meta = isObject(one) && typeof one.resourceType === 'string' ? one.meta : undefined;
    const claimed = isObject(meta) ? meta.profile : undefined;
    return Array.isArray(claimed) ? claimed.filter((url) => typeof url === 'string') : [];
  });
}
