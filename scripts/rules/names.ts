import { structureOf } from '../../src/fhir/definitions.js';
import type { JsonObject } from '../../src/lens/json.js';
import { STATEMENTS } from './definitions.js';
import { type Entries, type Entry, on } from './entry.js';
import { placedInvariants } from './places.js';
import { PROFILE } from './structureDefinitions.js';

/** What some types have to have besides what R4 requires. */
const BASES: Readonly<Record<string, JsonObject>> = {
  ...STATEMENTS,
  EventDefinition: { trigger: [{ type: 'named-event', name: 'admission' }] },
  StructureDefinition: PROFILE,
};

const FIX =
  'Begin the name with a capital letter, and go on with letters, digits and underscores; it is for programs, and what people read belongs in a title or description.';

const NAMELESS = 'Nothing can be wrong: R4 has given this type no name, so that this is never reported.';

/** The invariants that ask for a name that programs can use: the same for every type that has one. */
export const names: Entries = Object.fromEntries(
  placedInvariants()
    .filter(({ invariant }) => invariant.key.endsWith('-0'))
    .map(({ invariant, where: [type = ''] }) => [invariant.key, entryOf(type)]),
);

function entryOf(type: string): Entry {
  if (structureOf(type)?.elements.has('name') !== true) return { fix: NAMELESS };
  const base = BASES[type] ?? {};
  return on(type, FIX, { ...base, name: 'VitalSigns' }, { ...base, name: 'vital signs' });
}
