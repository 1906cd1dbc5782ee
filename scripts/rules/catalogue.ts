import type { RuleMeaning, RulePage } from '../../src/report/rulePages.js';
import { FORMAT_WORDS } from '../../src/validate/primitive.js';
import { RULES, type Rule } from '../../src/validate/rules.js';
import { NATIVE, REPAIRS } from '../r4/repairs.js';
import { administrative } from './administrative.js';
import { bundleInvariants, bundles } from './bundles.js';
import { clinical } from './clinical.js';
import { codes, extensions } from './codesAndExtensions.js';
import { datatypes, everyResource } from './datatypes.js';
import { definitions } from './definitions.js';
import { type Entries, type Entry, entriesOf } from './entry.js';
import { formats } from './formats.js';
import { issuePages } from './issues.js';
import { reasonPages } from './losses.js';
import { names } from './names.js';
import { ownRules } from './ownRules.js';
import { files, type PayloadEntry, payloads } from './payloads.js';
import { type PlacedInvariant, placedInvariants } from './places.js';
import { profiles } from './profiles.js';
import { questionnaires } from './questionnaires.js';
import { codesAndReferences, reading, structure } from './structure.js';
import { elementDefinitions, structureDefinitions } from './structureDefinitions.js';
import { testScripts } from './testScripts.js';

interface Family {
  readonly group: string;
  readonly entries: Entries;
  /** Where its rules are asked, if neither the tables nor an entry say. */
  readonly where?: string;
}

const FAMILIES: readonly Family[] = [
  { group: 'The input', entries: reading },
  { group: 'Structure and JSON', entries: structure, where: 'every element' },
  { group: 'Formats of primitive values', entries: formats },
  {
    group: 'Codes and references',
    entries: { ...codesAndReferences, ...codes },
    where: 'every element that R4 says it of',
  },
  { group: 'Extensions of HL7’s', entries: extensions, where: 'every extension that R4 defines' },
  { group: 'Bundles', entries: { ...bundleInvariants, ...bundles }, where: 'Bundle' },
  { group: 'Every resource', entries: everyResource },
  { group: 'Datatypes', entries: datatypes },
  { group: 'Clinical resources', entries: clinical },
  { group: 'Administration, finance and workflow', entries: administrative },
  { group: 'Questionnaires', entries: questionnaires },
  { group: 'Definitions and terminology', entries: definitions },
  { group: 'StructureDefinition', entries: structureDefinitions },
  { group: 'ElementDefinition', entries: elementDefinitions },
  { group: 'TestScript', entries: testScripts },
  { group: 'Names of definitions', entries: names },
  { group: 'Profiles', entries: profiles, where: 'every element that a profile of an implementation guide says it of' },
  { group: 'Payloads of ClinikAPI', entries: payloads },
  { group: 'Files and records', entries: files },
  { group: 'The run, and rules of your own', entries: ownRules },
];

/**
 * Every rule that `clinik-fhir validate` can report: what the tables say of it, and what is written by hand.
 * @throws Error for an entry of no rule.
 */
export function ruleCatalogue(): readonly RulePage[] {
  const invariants = invariantsByKey();
  return FAMILIES.flatMap(({ group, entries, where = '' }) =>
    Object.keys(entries).map((id) => {
      const meanings = meaningsOf(id, entriesOf(id, entries), invariants.get(id) ?? [], where);
      return { id, group, meanings };
    }),
  );
}

/** Every id that a command prints: the rules, and what else docs/issues.md has, and the reasons of losses. */
export function catalogue(): readonly RulePage[] {
  const rules = ruleCatalogue();
  return [...rules, ...issuePages(new Set(rules.map(({ id }) => id))), ...reasonPages()];
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

function invariantMeaning({ invariant, where }: PlacedInvariant, { fix, example }: Entry): RuleMeaning {
  const { key, severity, human, expression } = invariant;
  const repaired = invariant.repaired ? reasonOf(key) : undefined;
  return {
    severity,
    where,
    says: human,
    expression,
    ...(repaired === undefined ? {} : { repaired }),
    ...(NATIVE[key] === undefined ? {} : { native: NATIVE[key] }),
    fix,
    ...(example === undefined ? {} : { example }),
  };
}

function reasonOf(key: string): string {
  const repair = REPAIRS.find((one) => one.key.split('@')[0] === key);
  if (repair === undefined) throw new Error(`nobody says why ${key} is repaired`);
  return repair.reason;
}

function ownMeaning(id: string, entry: Entry, where: string): RuleMeaning {
  const { expression, fix, example } = entry;
  const type = formatOf(id);
  return {
    ...whatItSays(id, entry),
    where: [type === undefined ? (entry.where ?? where) : `every ${type}`],
    ...(expression === undefined ? {} : { expression }),
    ...(expression === undefined || NATIVE[id] === undefined ? {} : { native: NATIVE[id] }),
    fix,
    ...(example === undefined ? {} : { example }),
  };
}

function whatItSays(id: string, entry: Entry): Pick<RuleMeaning, 'severity' | 'says'> {
  if (isPayloadEntry(entry)) return { severity: entry.severity, says: entry.says };
  const type = formatOf(id);
  if (type !== undefined) return { severity: 'error', says: `The value should be ${FORMAT_WORDS[type]}.` };
  const rules: Readonly<Record<string, Rule>> = RULES;
  const rule = rules[id];
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return { severity: rule.severity, says: rule.says };
}

/** The primitive type that a rule is the format of. */
function formatOf(id: string): string | undefined {
  const type = id.startsWith('format-') ? id.slice('format-'.length) : '';
  return FORMAT_WORDS[type] === undefined ? undefined : type;
}

const isPayloadEntry = (entry: Entry): entry is PayloadEntry => 'says' in entry;
