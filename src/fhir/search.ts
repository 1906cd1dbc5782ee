/** A search for a record by its identifier, as a conditional reference has it (https://hl7.org/fhir/R4/http.html#trules). */
export interface IdentifierSearch {
  readonly type: string;
  /** Empty where the identifier has none. */
  readonly system: string;
  readonly value: string;
}

const SEARCH = /^([A-Za-z]+)\?identifier=([^&]*)$/;

/** An escaped separator of a token (https://hl7.org/fhir/R4/search.html#escaping). */
const ESCAPED = /\\([$,|\\])/g;

/** Its text: `Practitioner?identifier=system|value`, as people write it, without escapes. */
export function searchText({ type, system, value }: IdentifierSearch): string {
  return `${type}?identifier=${system}|${value}`;
}

/**
 * The identifier that a conditional reference asks for, percent-encoded or not; undefined where it asks for anything else: for
 * several, for more than the identifier, or for one of any system.
 */
export function parseSearch(reference: string): IdentifierSearch | undefined {
  const [, type, query] = SEARCH.exec(reference) ?? [];
  const token = query === undefined ? undefined : decoded(query);
  if (type === undefined || token === undefined) return undefined;
  const [system, value, ...more] = token.replace(/\\[\s\S]/g, '--').split('|');
  if (system === undefined || value === undefined || value === '' || more.length > 0) return undefined;
  if (system.includes(',') || value.includes(',')) return undefined;
  return { type, system: unescaped(token.slice(0, system.length)), value: unescaped(token.slice(system.length + 1)) };
}

const unescaped = (text: string): string => text.replace(ESCAPED, '$1');

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
