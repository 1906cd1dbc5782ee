import { readLiteral } from '../../fhir/references/literal.js';
import { parseSearch } from '../../fhir/references/search.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import type { OpenSet } from '../set/openSet.js';
import { skimFiles } from '../set/skimFiles.js';
import type { IdRow } from './idRows.js';
import { birthDateOf, type Identifier, identifiersOf, keyOf, namesOf } from './people.js';

/** What a set says of a record that is pointed at, in all versions of it. */
export interface Facts {
  readonly identifiers: readonly Identifier[];
  /** As `namesOf` gives them. */
  readonly names: readonly string[];
  readonly birthDates: readonly string[];
  /** True where the files have the record. */
  readonly isFound: boolean;
}

/**
 * What the files of a set say of the records in some rows, in their order. Reads the files that have records of these types once more,
 * and parses no record but those; what comes through a pipe cannot be read again.
 * @throws the signal's reason.
 */
export async function factsOf(rows: readonly IdRow[], { found, versions, options }: OpenSet): Promise<Facts[]> {
  const collected = rows.map(collection);
  const byName = new Map<string, number[]>();
  const types = new Set<string>();
  for (const [index, { name: told, type, inInput, reference, server }] of rows.entries()) {
    // One of another server has no name among those of home.
    const name = server === undefined ? told : nameIn(reference);
    if (name === undefined || (server === undefined && inInput === 'no')) continue;
    byName.set(name, [...(byName.get(name) ?? []), index]);
    types.add(type);
  }
  const add = (record: RawRecord | undefined, name: string): void => {
    if (record === undefined || !('value' in record)) return;
    const fullUrl = record.within?.entry.fullUrl;
    const base = fullUrl === undefined ? undefined : readLiteral(fullUrl)?.base;
    for (const index of byName.get(name) ?? [])
      if (isOf(rows[index]?.server, base, options.baseUrl)) collected[index]?.add(record);
  };
  const files = found.files.filter(
    ({ path, size }) => size > 0 && [...(versions.kindsIn(path) ?? [])].some((kind) => types.has(kind)),
  );
  const { recordLimit, signal } = options;
  await skimFiles(
    files,
    { recordLimit, signal, isChecked: versions.isChecked },
    {
      isAskedFor: (type) => types.has(type),
      skimmed(_, { type, id }, parse) {
        const name = `${type}/${id}`;
        if (byName.has(name)) add(parse(), name);
      },
      read(record) {
        const { resourceType, id } = record.source;
        add(record, `${resourceType}/${id}`);
      },
    },
  );
  return collected.map(({ facts }) => facts());
}

function nameIn(reference: string): string | undefined {
  const { type, id } = readLiteral(reference) ?? {};
  return type === undefined || id === undefined ? undefined : `${type}/${id}`;
}

/** True where a record of a server may be the one that a row is for: one that tells no server is home's. */
function isOf(server: string | undefined, base: string | undefined, home: string | undefined): boolean {
  if (base === undefined) return server === undefined;
  return server === undefined ? home === undefined || home.replace(/\/$/, '') === base : server === base;
}

function collection({ reference }: IdRow): { add(record: RawRecord): void; facts(): Facts } {
  const identifiers = new Map<string, Identifier>();
  const names = new Set<string>();
  const birthDates = new Set<string>();
  let isFound = false;
  const { system, value } = parseSearch(reference) ?? {};
  if (value !== undefined && system !== undefined) identifiers.set(keyOf({ system, value }), { system, value });
  return {
    add(record) {
      if (!('value' in record)) return;
      isFound = true;
      for (const one of identifiersOf(record.value)) identifiers.set(keyOf(one), one);
      for (const name of namesOf(record.value)) names.add(name);
      const birthDate = birthDateOf(record.value);
      if (birthDate !== undefined) birthDates.add(birthDate);
    },
    facts: () => ({ identifiers: [...identifiers.values()], names: [...names], birthDates: [...birthDates], isFound }),
  };
}
