import { type CodeSystem, codeSystemOf, withoutDisplays } from './codeSystem.js';
import { countryTest, subdivisionTest } from './country.js';
import { languageTest } from './languageTag.js';
import { tableNamed, textNamed } from './provided.js';
import type { Table, TableName } from './table.js';
import { unitTest } from './unit.js';

/** Stands for what a table would say, where it cannot be loaded. */
export const NOT_LOADED = 'not loaded';

type Has = (code: string) => boolean;

/** The systems of others whose codes are known, by the table that they are made of (https://hl7.org/fhir/R4/terminologies-systems.html). */
const STANDARDS: ReadonlyMap<string, readonly [table: TableName, make: (table: Table) => Has]> = new Map([
  ['urn:ietf:bcp:47', ['languages', languageTest]],
  ['http://unitsofmeasure.org', ['units', unitTest]],
  ['urn:iso:std:iso:3166', ['countries', countryTest]],
  ['urn:iso:std:iso:3166:-2', ['countries', subdivisionTest]],
]);

/** What is known of the systems that were asked for, which are few; `null` stands for nothing. */
const made = new Map<string, CodeSystem | null>();
const MOST = 2000;

/**
 * What is known of the codes of a system: of those of HL7's that R4 publishes completely, of language tags, of UCUM and of
 * countries. Undefined for any other.
 */
export function codeSystemNamed(url: string): CodeSystem | typeof NOT_LOADED | undefined {
  const before = made.get(url);
  if (before !== undefined) return before ?? undefined;
  const system = STANDARDS.has(url) ? standard(url) : isHl7(url) ? ofHl7(url) : undefined;
  if (system !== NOT_LOADED && made.size < MOST) made.set(url, system ?? null);
  return system;
}

function standard(url: string): CodeSystem | typeof NOT_LOADED | undefined {
  const [name, make] = STANDARDS.get(url) ?? [];
  if (name === undefined || make === undefined) return undefined;
  const table = tableNamed(name);
  return table === undefined ? NOT_LOADED : withoutDisplays(make(table));
}

const isHl7 = (url: string): boolean =>
  url.startsWith('http://terminology.hl7.org/') || url.startsWith('http://hl7.org/fhir/');

function ofHl7(url: string): CodeSystem | typeof NOT_LOADED | undefined {
  const text = textNamed('codeSystems', url);
  if (text === undefined) return NOT_LOADED;
  return text === null ? undefined : codeSystemOf(text);
}
