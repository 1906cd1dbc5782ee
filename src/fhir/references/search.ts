import { isBlank } from '../datatypes/text.js';

/** A search for a record by its identifier, as a conditional reference has it (https://hl7.org/fhir/R4/http.html#trules). */
export interface IdentifierSearch {
  readonly type: string;
  readonly system: string;
  readonly value: string;
}

const SEARCH = /^([A-Za-z]+)\?identifier=([^&]*)$/;

/** An escaped separator of a token (https://hl7.org/fhir/R4/search.html#escaping). */
const ESCAPED = /\\([$,|\\])/g;

/**
 * Its text: `Practitioner?identifier=system|value`, as people write it. Only `%` and `\` are escaped, so that whoever reads the text
 * again does not take `100%41` for `100A`, which may be somebody else's.
 */
export function searchText({ type, system, value }: IdentifierSearch): string {
  return `${type}?identifier=${escaped(system)}|${escaped(value)}`;
}

/**
 * The identifier that a conditional reference asks for, percent-encoded or not; undefined where it asks for anything else: for
 * several, for more than the identifier, or for one of any system or of none, which could be anybody's.
 */
export function parseSearch(reference: string): IdentifierSearch | undefined {
  const [, type, query] = SEARCH.exec(reference) ?? [];
  if (type === undefined || query === undefined) return undefined;
  const token = decoded(query);
  const [system, value, ...more] = token.replace(/\\[\s\S]/g, '--').split('|');
  if (system === undefined || value === undefined || more.length > 0) return undefined;
  if (isBlank(system) || isBlank(value)) return undefined;
  if (system.includes(',') || value.includes(',')) return undefined;
  return { type, system: unescaped(token.slice(0, system.length)), value: unescaped(token.slice(system.length + 1)) };
}

/** True for a search for an identifier whose system is not told: anybody may have the value. */
export function isOfAnySystem(reference: string): boolean {
  const [, , query] = SEARCH.exec(reference) ?? [];
  if (query === undefined) return false;
  const [system = '', ...value] = decoded(query)
    .replace(/\\[\s\S]/g, '--')
    .split('|');
  return value.length === 0 || isBlank(system);
}

const escaped = (text: string): string => text.replace(/%/g, '%25').replace(/\\/g, '\\\\');

const unescaped = (text: string): string => text.replace(ESCAPED, '$1');

/** What is not percent-encoded stays as it is. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
