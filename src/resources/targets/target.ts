import { nonEmpty } from '../../fhir/datatypes/text.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { searchText } from '../../fhir/references/search.js';
import { containedResource, type FhirScope } from '../../fhir/scope.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { firstOf } from '../../lens/rule.js';

/** The types that a rule looks into wherever something refers to them. */
export const READ: ReadonlySet<string> = new Set(['Condition', 'Procedure']);

/** Those that are only asked whether they may be named at all. There are many of them: nothing else looks for them. */
export const NAMED: ReadonlySet<string> = new Set(['Observation', 'Media', 'ImmunizationRecommendation']);

/** The resource behind a reference, and the server that its own relative references are of, where that is another one. */
export interface Found {
  readonly resource: JsonObject;
  readonly contained: boolean;
  readonly base?: string;
}

/** What a Reference leads to, by its text, else by its identifier; undefined where that is not in reach. */
export function find(reference: JsonObject, scope: FhirScope): Found | undefined {
  return firstOf(textsOf(reference), (text) => findText(text, scope));
}

/** The texts under which the target of a Reference can be looked for. A logical one without a type is to a Condition. */
export function textsOf({ reference, identifier, type = 'Condition' }: JsonObject): string[] {
  const texts: string[] = [];
  if (typeof reference === 'string') texts.push(reference);
  if (!isObject(identifier) || typeof type !== 'string' || !RESOURCE_TYPES.has(type)) return texts;
  const value = nonEmpty(identifier.value);
  const system = nonEmpty(identifier.system);
  if (value !== undefined && system !== undefined) texts.push(searchText({ type, system, value }));
  return texts;
}

function findText(text: string, scope: FhirScope): Found | undefined {
  if (text.startsWith('#')) {
    const resource = containedResource(scope, text.slice(1));
    return resource === undefined ? undefined : { resource, contained: true };
  }
  const literal = readLiteral(text);
  // What is of another type says nothing here; to look for it may cost a reading of the whole set.
  if (literal === undefined || (literal.type !== undefined && !READ.has(literal.type) && !NAMED.has(literal.type)))
    return undefined;
  const resource: unknown = scope.options.resolve?.(literal.reference);
  if (!isObject(resource)) return undefined;
  return { resource, contained: false, ...(literal.base === undefined ? {} : { base: literal.base }) };
}
