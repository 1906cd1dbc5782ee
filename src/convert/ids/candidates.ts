import { basename } from 'node:path';
import { isClinikId, systemOf, typeOfPrefix } from '../../fhir/references/identity.js';
import { isFailure } from '../../lens/issue.js';
import { own } from '../../lens/json.js';
import { findInputs } from '../../read/findInputs.js';
import { readBatches } from '../../read/inputBatches.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { UsageError } from '../../read/usageError.js';
import { asRead } from '../set/skimFiles.js';
import type { Facts } from './facts.js';
import type { IdRow } from './idRows.js';
import { birthDateOf, identifiersOf, keyOf, namesOf } from './people.js';

/** A record at ClinikAPI that may be the one of a row. Only a person can tell. */
export interface Candidate {
  readonly id: string;
  readonly why: Why;
}

/** What a candidate has in common with the record, the strongest first. */
export type Why = 'identifier' | 'identifier, but another birth date' | 'name and birth date' | 'name';

/** What is read of lists of candidates. */
export interface Candidates {
  /** Of each row, in their order: by an identifier first. */
  readonly ofRows: readonly (readonly Candidate[])[];
  /** How many patients and practitioners the lists have. */
  readonly people: number;
}

const TYPES = ['Patient', 'Practitioner'] as const;
type PersonType = (typeof TYPES)[number];

/** The identifier system of the field `npi`. */
const NPI = 'http://hl7.org/fhir/sid/us-npi';

/**
 * Looks through saved answers of ClinikAPI (JSON, NDJSON, Bundles, folders of them) for whom rows may be about: who has an identifier of
 * the record, else a patient of the same name and birth date, a practitioner of the same name. The lists are read once, and
 * nothing is kept of them but the ids that match.
 * @throws UsageError where a list cannot be read to its end, or holds what is no patient and no practitioner; the signal's reason.
 */
export async function candidatesFor(
  rows: readonly IdRow[],
  facts: readonly Facts[],
  lists: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Candidates> {
  const wanted = keysOf(rows, facts);
  const found = rows.map(() => new Map<string, Why>());
  let people = 0;
  const inputs = await findInputs(lists);
  for await (const { items } of readBatches(inputs, { signal }, asRead)) {
    for (const item of items) {
      const { file, line } = item.source;
      const at = line === undefined ? file : `${file}:${line}`;
      if (item.kind === 'unreadable') throw new UsageError(`${at}: ${item.issue.diagnostics}`);
      const person = personIn(item.record, at);
      if (person === undefined) continue;
      people += 1;
      const { id, type, keys, birthDate } = person;
      for (const key of keys.identifiers)
        for (const index of wanted.get(`${type} ${key}`) ?? [])
          found[index]?.set(id, isOther(facts[index], birthDate) ? WHY.otherDate : WHY.identifier);
      for (const key of keys.names) {
        const why = type === 'Patient' ? WHY.both : WHY.name;
        if (type === 'Patient' && birthDate === undefined) continue;
        for (const index of wanted.get(nameKey(type, key, birthDate)) ?? []) {
          const isNamesake = type === 'Practitioner' && isOther(facts[index], birthDate);
          if (found[index]?.has(id) === false && !isNamesake) found[index]?.set(id, why);
        }
      }
    }
  }
  return { ofRows: found.map(inOrder), people };
}

const WHY = {
  identifier: 'identifier',
  otherDate: 'identifier, but another birth date',
  both: 'name and birth date',
  name: 'name',
} as const satisfies { [key: string]: Why };

const RANKS: readonly Why[] = Object.values(WHY);

function inOrder(found: ReadonlyMap<string, Why>): Candidate[] {
  return [...found]
    .map(([id, why]) => ({ id, why }))
    .sort((a, b) => RANKS.indexOf(a.why) - RANKS.indexOf(b.why) || (a.id < b.id ? -1 : 1));
}

const nameKey = (type: string, name: string, birthDate: string | undefined): string =>
  type === 'Patient' ? `${type} ${name} ${birthDate}` : `${type} ${name}`;

/** True where both say a date, and not the same. */
function isOther(facts: Facts | undefined, birthDate: string | undefined): boolean {
  const known = facts?.birthDates ?? [];
  return birthDate !== undefined && known.length > 0 && !known.includes(birthDate);
}

/** The rows by all that a candidate for them may have. */
function keysOf(rows: readonly IdRow[], facts: readonly Facts[]): Map<string, number[]> {
  const keys = new Map<string, number[]>();
  for (const [index, { type }] of rows.entries()) {
    const { identifiers = [], names = [], birthDates = [] } = facts[index] ?? {};
    // A value without a system may be anybody's.
    const ids = identifiers.filter(({ system }) => system !== undefined).map((one) => `${type} ${keyOf(one)}`);
    const dates = type === 'Patient' ? birthDates : [undefined];
    const named = names.flatMap((name) => dates.map((date) => nameKey(type, name, date)));
    for (const key of new Set([...ids, ...named])) keys.set(key, [...(keys.get(key) ?? []), index]);
  }
  return keys;
}

interface Person {
  readonly id: string;
  readonly type: PersonType;
  readonly birthDate: string | undefined;
  readonly keys: { readonly identifiers: readonly string[]; readonly names: readonly string[] };
}

/** Whom a record of a list is about; undefined for what was included in an answer, or is not there. */
function personIn(record: RawRecord, at: string): Person | undefined {
  if ('empty' in record) return undefined;
  if ('unreadable' in record) throw new UsageError(`${at}: ${record.unreadable.diagnostics}`);
  const { value, source, forbidden } = record;
  if (forbidden !== undefined && isFailure(forbidden)) throw new UsageError(`${at}: ${forbidden.diagnostics}`);
  // What was read along with a patient stands in a list of its own.
  if (record.text.keys.some((key) => typeof key === 'string' && !AROUND.has(key))) return undefined;
  const { id } = value;
  const told =
    source.resourceType ?? typeOfList(source.file) ?? (typeof id === 'string' ? typeOfPrefix(id) : undefined);
  const type = TYPES.find((one) => one === told);
  if (type === undefined) {
    // What was included beside a patient says what it is.
    if (told !== undefined) return undefined;
    throw new UsageError(`${at}: ${UNKNOWN}`);
  }
  if (!isClinikId(id)) throw new UsageError(`${at}: a record of a list has an id of ClinikAPI's.`);
  const npi = own(value, 'npi');
  const identifiers = [
    ...identifiersOf(value).filter(({ system }) => system !== undefined),
    ...(typeof npi === 'string' && npi !== '' ? [{ system: NPI, value: npi }] : []),
    { system: systemOf(type), value: id },
  ];
  return {
    id,
    type,
    birthDate: birthDateOf(value),
    keys: { identifiers: identifiers.map(keyOf), names: namesOf(value) },
  };
}

/** The keys that lead to the records that were asked for. */
const AROUND = new Set(['data', 'patient', 'entry', 'resource']);

const UNKNOWN =
  'it does not say whether it is a patient or a practitioner; name the file patients.json or practitioners.json, with any ending of its own.';

function typeOfList(file: string): string | undefined {
  const [, name] = /^(patient|practitioner)s?(?![a-z])/i.exec(basename(file)) ?? [];
  return name === undefined ? undefined : `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}`;
}
