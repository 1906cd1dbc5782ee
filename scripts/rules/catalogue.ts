import type { RuleMeaning, RulePage } from '../../src/pipeline/rules.js';
import { FORMAT_WORDS } from '../../src/validate/primitive.js';
import { RULES, type Rule } from '../../src/validate/rules.js';
import { NATIVE, REPAIRS } from '../r4/repairs.js';
import { bundles } from './bundles.js';
import { type Entries, type Entry, entriesOf } from './entry.js';
import { formats } from './formats.js';
import { ownRules } from './ownRules.js';
import { files, type PayloadEntry, payloads } from './payloads.js';
import { type PlacedInvariant, placedInvariants } from './places.js';
import { codesAndReferences, reading, structure } from './structure.js';

interface Family {
  readonly group: string;
  readonly entries: Entries;
  /** Where its rules are asked, if neither the tables nor an entry say. */
  readonly where?: string;
}

const FAMILIES: readonly Family[] = [
  { group: 'The input', entries: reading },
  { group: 'Structure and JSON', entries: structure, where: 'every element' },
  { group: 'Formats of primitive values', entries: formats, where: 'every element of the type' },
  { group: 'Codes and references', entries: codesAndReferences, where: 'every element that R4 says it of' },
  { group: 'Bundles', entries: bundles, where: 'Bundle' },
  { group: 'Payloads of ClinikAPI', entries: payloads },
  { group: 'Files and records', entries: files },
  { group: 'The run, and rules of your own', entries: ownRules },
];

/**
 * Every rule that `clinik-fhir validate` can report: what the tables say of it, and what is written by hand.
 * @throws Error for an entry of no rule.
 */
export function catalogue(): readonly RulePage[] {
  const invariants = invariantsByKey();
  return FAMILIES.flatMap(({ group, entries, where = '' }) =>
    Object.keys(entries).map((id) => {
      const meanings = meaningsOf(id, entriesOf(id, entries), invariants.get(id) ?? [], where);
      return { id, group, meanings };
    }),
  );
}

function invariantsByKey(): ReadonlyMap<string, readonly PlacedInvariant[]> {
  const byKey = new Map<string, PlacedInvariant[]>();
  for (const placed of placedInvariants()) {
    const { key } = placed.invariant;
    byKey.set(key, [...(byKey.get(key) ?? []), placed]);
  }
  return byKey;
}

/** The meanings of a rule: one for each invariant of its key, else one for each of its entries. */
function meaningsOf(
  id: string,
  entries: readonly Entry[],
  invariants: readonly PlacedInvariant[],
  where: string,
): readonly RuleMeaning[] {
  if (invariants.length > 1 && invariants.length !== entries.length) throw new Error(`${id} has several meanings`);
  return entries.map((entry, index) => {
    const placed = invariants[index];
    return placed === undefined ? ownMeaning(id, entry, where) : invariantMeaning(placed, entry);
  });
}

function invariantMeaning({ invariant, where }: PlacedInvariant, { mend, example }: Entry): RuleMeaning {
  const { key, severity, human, expression } = invariant;
  const repaired = invariant.repaired ? reasonOf(key) : undefined;
  return {
    severity,
    where,
    says: human,
    expression,
    ...(repaired === undefined ? {} : { repaired }),
    ...(NATIVE[key] === undefined ? {} : { native: NATIVE[key] }),
    mend,
    ...(example === undefined ? {} : { example }),
  };
}

function reasonOf(key: string): string {
  const repair = REPAIRS.find((one) => one.key.split('@')[0] === key);
  if (repair === undefined) throw new Error(`nobody says why ${key} is repaired`);
  return repair.reason;
}

function ownMeaning(id: string, entry: Entry, where: string): RuleMeaning {
  const { expression, mend, example } = entry;
  return {
    ...whatItSays(id, entry),
    where: [entry.where ?? where],
    ...(expression === undefined ? {} : { expression }),
    ...(expression === undefined || NATIVE[id] === undefined ? {} : { native: NATIVE[id] }),
    mend,
    ...(example === undefined ? {} : { example }),
  };
}

function whatItSays(id: string, entry: Entry): Pick<RuleMeaning, 'severity' | 'says'> {
  if (isPayloadEntry(entry)) return { severity: entry.severity, says: entry.says };
  const words = id.startsWith('format-') ? FORMAT_WORDS[id.slice('format-'.length)] : undefined;
  if (words !== undefined) return { severity: 'error', says: `The value should be ${words}.` };
  const rules: Readonly<Record<string, Rule>> = RULES;
  const rule = rules[id];
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return { severity: rule.severity, says: rule.says };
}

const isPayloadEntry = (entry: Entry): entry is PayloadEntry => 'says' in entry;
