import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Definitions } from './definitions.js';
import { typeOfR4 } from './ofR4.js';

/** The most profiles that may be made of each other. */
const LONGEST = 50;

/** A definition and those that it is made of, the first of them first, as far as the packages have them. */
export function chainOf(definition: JsonObject, definitions: Definitions, fault: (says: string) => void): JsonObject[] {
  const chain = [definition];
  const seen = new Set([definition]);
  for (let at = definition; chain.length <= LONGEST; ) {
    const base = own(at, 'baseDefinition');
    if (typeof base !== 'string' || base === '') return chain;
    const [url = ''] = base.split('|');
    const found = definitions.find('StructureDefinition', base) ?? definitions.find('StructureDefinition', url);
    const isOfR4 = typeOfR4(url) !== undefined;
    if (found === undefined) {
      if (isOfR4) return chain;
      // Its snapshot has what its base says; without one nobody here knows that.
      if (elementsOf(at, 'snapshot').length > 0) chain[0] = { ...at, differential: {} };
      else fault(`It is made of ${base}, which no package has; only what it says itself is checked.`);
      return chain;
    }
    if (isOfR4 && own(found, 'derivation') !== 'constraint') return chain;
    if (seen.has(found)) {
      fault('It is made of itself.');
      return chain;
    }
    seen.add(found);
    chain.unshift(found);
    at = found;
  }
  fault('It is made of too many others.');
  return chain;
}

/** The elements of a definition, in one of its two forms. */
export function elementsOf(definition: JsonObject, form: 'differential' | 'snapshot'): JsonObject[] {
  const part = own(definition, form);
  const elements = isObject(part) ? own(part, 'element') : undefined;
  return Array.isArray(elements) ? elements.filter(isObject) : [];
}
