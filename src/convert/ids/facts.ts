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
  // Few rows are of records in the set: of the others nothing is held.
  const collected = new Map<number, Collection>();
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
      if (isOf(rows[index]?.server, base, options.baseUrl)) {
        const its = collected.get(index) ?? collection();
        collected.set(index, its);
        its.add(record);
      }
  };
  const files = found.files.filter(
    ({ path, size }) => size > 0 && [...(versions.kindsIn(path) ?? [])].some((kind) => types.has(kind)),
  );
  const { recordLimit, signal } = options;
  await skimFiles(
    files,
    { recordLimit, signal, ...versions.toRead },
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
  return rows.map(({ reference }, index) => {
    const told = collected.get(index)?.facts() ?? NOTHING;
    const { system, value } = parseSearch(reference) ?? {};
    if (system === undefined || value === undefined) return told;
    const own = { system, value };
    const others = told.identifiers.filter((one) => keyOf(one) !== keyOf(own));
    return { ...told, identifiers: [own, ...others] };
  });
}

const NOTHING: Facts = { identifiers: [], names: [], birthDates: [], isFound: false };

function nameIn(reference: string): string | undefined {
  const { type, id } = readLiteral(reference) ?? {};
  return type === undefined || id === undefined ? undefined : `${type}/${id}`;
}

/** True where a record of a server may be the one that a row is for: one that tells no server is home's. */
function isOf(server: string | undefined, base: string | undefined, home: string | undefined): boolean {
  if (base === undefined) return server === undefined;
  return server === undefined ? home === undefined || home.replace(/\/$/, '') === base : server === base;
}

interface Collection {
  add(record: RawRecord): void;
  facts(): Facts;
}

function collection(): Collection {
  const identifiers = new Map<string, Identifier>();
  const names = new Set<string>();
  const birthDates = new Set<string>();
  return {
    add(record) {
      if (!('value' in record)) return;
      for (const one of identifiersOf(record.value)) identifiers.set(keyOf(one), one);
      for (const name of namesOf(record.value)) names.add(name);
      const birthDate = birthDateOf(record.value);
      if (birthDate !== undefined) birthDates.add(birthDate);
    },
    facts: () => ({
      identifiers: [...identifiers.values()],
      names: [...names],
      birthDates: [...birthDates],
      isFound: true,
    }),
  };
}
