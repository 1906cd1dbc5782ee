import { tableNamed } from '../fhir/terminology/provided.js';
import { isObject, type JsonObject } from '../lens/json.js';
import { type Definitions, fits, nameOf } from './definitions.js';

const known = new Map<string, JsonObject | undefined>();

/** R4's own profile with a canonical (https://hl7.org/fhir/R4/profilelist.html); undefined where it has none, or its table is not loaded. */
function profileOfR4(canonical: string): JsonObject | undefined {
  const [url = '', version] = canonical.split('|');
  if (!url.startsWith('http://hl7.org/fhir/StructureDefinition/')) return undefined;
  const table = tableNamed('profiles');
  if (table === undefined || !Object.hasOwn(table, url)) return undefined;
  if (!known.has(url)) {
    const definition: unknown = JSON.parse(table[url] ?? 'null');
    known.set(url, isObject(definition) ? definition : undefined);
  }
  const definition = known.get(url);
  return definition !== undefined && fits(nameOf(definition)?.version, version) ? definition : undefined;
}

/** The same definitions, and R4's own profiles where they have none of the name. */
export function withR4(definitions: Definitions): Definitions {
  return {
    find: (type, canonical) =>
      definitions.find(type, canonical) ?? (type === 'StructureDefinition' ? profileOfR4(canonical) : undefined),
  };
}
