import { type Binding, valueSetNamed } from '../fhir/definitions.js';
import { tableNamed } from '../fhir/terminology/provided.js';

type Codes = Pick<Binding, 'codes' | 'name'>;

const made = new Map<string, Codes>();

/** A value set of R4 whose codes, or whole systems, are known, by its canonical without a version. */
export function valueSetOfR4(url: string): Codes | undefined {
  return valueSetNamed(url) ?? made.get(url) ?? make(url);
}

function make(url: string): Codes | undefined {
  if (!url.startsWith('http://hl7.org/fhir/ValueSet/')) return undefined;
  const table = tableNamed('moreValueSets');
  const text = table !== undefined && Object.hasOwn(table, url) ? table[url] : undefined;
  if (text === undefined) return undefined;
  const [codes, name]: [Readonly<Record<string, string | null>>, string] = JSON.parse(text);
  const found: Codes = {
    name,
    codes: new Map(
      Object.entries(codes).map(([system, all]) => [system, all === null ? undefined : new Set(all.split('|'))]),
    ),
  };
  made.set(url, found);
  return found;
}
