import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { clone, type JsonObject } from '../../src/lens/json.js';
import { random } from '../../test/support/mutate.js';
import { diceOf } from './dice.js';
import { written } from './fault.js';
import { FAULTS, RARE } from './faults.js';

/** A resource with one fault, or with something right that looks like one. */
export interface Mutant {
  readonly fault: string;
  /** One line of JSON. */
  readonly text: string;
}

const ATTEMPTS = 300;

/** So many mutants of these resources, as many of each kind of fault but for the rare ones, and evenly over the types; the same for the same seed. */
export function makeMutants(resources: readonly JsonObject[], count: number, seed: number): Mutant[] {
  const byType = new Map<unknown, JsonObject[]>();
  for (const one of resources) byType.set(one.resourceType, [...(byType.get(one.resourceType) ?? []), one]);
  const types = [...byType.keys()];
  const faults = [...Array.from({ length: 10 }, () => [...FAULTS]).flat(), ...RARE];
  const dice = diceOf(random(seed));
  const made: Mutant[] = [];
  for (let turn = 0; made.length < count; turn += 1) {
    const [fault, make] = faults[turn % faults.length] ?? ['', () => undefined];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const resource = dice.pick(byType.get(dice.pick(types)) ?? []);
      const mutant = resource && make({ resource: clone(resource), dice, others: resources });
      if (mutant === undefined) continue;
      made.push({ fault, text: written(mutant) });
      break;
    }
    if (turn > count * 2) throw new Error('some kinds of fault have no place in these resources');
  }
  return made;
}

/** The mutants of a file; they are made, and it is written, where there is none. */
export function keptMutants(file: string, make: () => readonly Mutant[]): Mutant[] {
  if (!existsSync(file))
    writeFileSync(
      file,
      make()
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    );
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { fault, text }: Record<string, unknown> = JSON.parse(line);
    return { fault: String(fault), text: String(text) };
  });
}
