import type { JsonObject } from '../../src/lens/json.js';
import type { RuleExample } from '../../src/report/rulePages.js';
import { minimal } from './minimal.js';

/** What is written by hand of a rule; the rest follows from the tables. */
export interface Entry {
  readonly fix: string;
  readonly example?: RuleExample;
  /** Where it is asked, in words, of a rule that the tables of R4 do not place. */
  readonly where?: string;
  /** The FHIRPath of an invariant that the tables of R4 do not have. */
  readonly expression?: string;
}

/** Entries by the identifiers of their rules; a list where one has several meanings. */
export type Entries = Readonly<Record<string, Entry | readonly Entry[]>>;

/**
 * The entry of a rule on a type: its examples are the smallest valid resource of the type with the properties of each put into it
 * (undefined takes one away); `at` is the place below the resource that the broken one is reported at.
 */
export function on(type: string, fix: string, fine: JsonObject, broken: JsonObject, at = ''): Entry {
  const example = {
    of: 'resource' as const,
    fine: changed(minimal(type), fine),
    broken: changed(minimal(type), broken),
    at: at === '' ? type : `${type}.${at}`,
  };
  return { fix, example };
}

/** The same entry, where what breaks its rule cannot but break others, too. */
export function withOthers(entry: Entry, ...also: string[]): Entry {
  return entry.example === undefined ? entry : { ...entry, example: { ...entry.example, also } };
}

/** A function that makes entries of one type, all of them with the same properties put in first. */
export function onEach(type: string, shared: JsonObject = {}) {
  return (fix: string, fine: JsonObject, broken: JsonObject, at?: string): Entry =>
    on(type, fix, { ...shared, ...fine }, { ...shared, ...broken }, at);
}

function changed(base: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined));
}

/** The entries of a rule, one for each of its meanings. */
export function entriesOf(id: string, entries: Entries): readonly Entry[] {
  const found = entries[id];
  if (found === undefined) return [];
  return 'fix' in found ? [found] : found;
}
