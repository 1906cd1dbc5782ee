import { nonEmpty } from '../../fhir/datatypes/text.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';

/** An identifier (https://hl7.org/fhir/R4/datatypes.html#Identifier) that has a value. */
export interface Identifier {
  readonly system?: string;
  readonly value: string;
}

/** The identifiers of a resource, each once. */
export function identifiersOf(resource: JsonObject): Identifier[] {
  const found = new Map<string, Identifier>();
  for (const one of items(own(resource, 'identifier'))) {
    const [system, value] = [nonEmpty(own(one, 'system')), nonEmpty(own(one, 'value'))];
    if (value === undefined) continue;
    const identifier = system === undefined ? { value } : { system, value };
    found.set(keyOf(identifier), identifier);
  }
  return [...found.values()];
}

/** Identifiers that are alike have the same key. */
export const keyOf = ({ system = '', value }: Identifier): string => JSON.stringify([system, value]);

/**
 * The names of a person as they are compared, each once: all given names and the family name, without case, accents of Latin, Greek and
 * Cyrillic letters, and more than one space. A name without both has none. Nothing else is taken for alike: a wrong match is worse
 * than a missing one.
 */
export function namesOf(resource: JsonObject): string[] {
  const found = new Set<string>();
  const add = (given: readonly string[], family: string | undefined): void => {
    const [first, last] = [plain(given.join(' ')), plain(family ?? '')];
    if (first !== '' && last !== '') found.add(JSON.stringify([first, last]));
  };
  for (const name of items(own(resource, 'name'))) {
    const given = own(name, 'given');
    add(Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [], nonEmpty(own(name, 'family')));
  }
  // A payload of ClinikAPI's.
  const first = nonEmpty(own(resource, 'firstName'));
  if (first !== undefined) add([first], nonEmpty(own(resource, 'lastName')));
  return [...found];
}

/** The date of birth, where it is a whole one. */
export function birthDateOf(resource: JsonObject): string | undefined {
  const date = own(resource, 'birthDate');
  return typeof date === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(date)?.[0] : undefined;
}

/** Marks of other scripts are vowels: without them another name is left. */
const ACCENTS = /[\u0300-\u036f]+/g;

function plain(text: string): string {
  return text.normalize('NFD').replace(ACCENTS, '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function items(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}
