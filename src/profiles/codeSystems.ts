import { isObject, type JsonObject, own } from '../lens/json.js';
import { patternTest } from './patterns.js';

/** Whether a code is in a set; `unknown` where nobody here can list what it depends on. */
export type Verdict = 'inside' | 'outside' | 'unknown';

/** `isOfSystem` tells whether the value names the system itself. */
export type CodeTest = (code: string, isOfSystem: boolean) => Verdict;

export const isIn = (holds: boolean): Verdict => (holds ? 'inside' : 'outside');

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

interface Concept {
  readonly concept: JsonObject;
  /** The codes right above it. */
  readonly parents: Set<string>;
}

const systems = new WeakMap<JsonObject, ReadonlyMap<string, Concept>>();

/** The concepts of a code system by their codes; above them are those that they stand in, and those that properties name. */
function conceptsOf(definition: JsonObject): ReadonlyMap<string, Concept> {
  const before = systems.get(definition);
  if (before !== undefined) return before;
  const concepts = new Map<string, Concept>();
  const take = (items: unknown, above: string | undefined, depth: number): void => {
    for (const concept of objects(items)) {
      const code = text(own(concept, 'code'));
      if (code === undefined) continue;
      const known = concepts.get(code);
      const parents = known?.parents ?? new Set(namedBy(concept, 'parent'));
      if (above !== undefined) parents.add(above);
      if (known !== undefined) continue;
      concepts.set(code, { concept, parents });
      if (depth < 100) take(own(concept, 'concept'), code, depth + 1);
    }
  };
  take(own(definition, 'concept'), undefined, 0);
  for (const [code, { concept }] of concepts)
    for (const child of namedBy(concept, 'child')) concepts.get(child)?.parents.add(code);
  systems.set(definition, concepts);
  return concepts;
}

const namedBy = (concept: JsonObject, name: string): string[] =>
  objects(own(concept, 'property')).flatMap((property) =>
    own(property, 'code') === name ? (text(own(property, 'valueCode')) ?? []) : [],
  );

/** Whether a code is one of a code system that has all of its codes. */
export function codeSystemTest(definition: JsonObject): CodeTest {
  const concepts = conceptsOf(definition);
  if (own(definition, 'caseSensitive') !== false) return (code) => isIn(concepts.has(code));
  const lower = new Set([...concepts.keys()].map((code) => code.toLowerCase()));
  return (code) => isIn(lower.has(code.toLowerCase()));
}

/** True where a code system says of a code that it is inactive (https://hl7.org/fhir/R4/codesystem-concept-properties.html). */
export function isInactive(definition: JsonObject, code: string): boolean {
  const concept = conceptsOf(definition).get(code)?.concept ?? {};
  return objects(own(concept, 'property')).some(
    (one) => own(one, 'code') === 'inactive' && own(one, 'valueBoolean') === true,
  );
}

/** One filter (https://hl7.org/fhir/R4/valueset-filter-operator.html); `unknown` for those that are not understood. */
export function filterTest(filter: JsonObject, definition: JsonObject): CodeTest {
  const concepts = conceptsOf(definition);
  const [property, op, value] = [text(own(filter, 'property')), own(filter, 'op'), text(own(filter, 'value'))];
  if (property === undefined || value === undefined) return () => 'unknown';
  if (property === 'concept' || property === 'code') return codeFilter(op, value, concepts);
  if (property === 'parent' || property === 'child') return placeFilter(property, op, value, concepts);
  if (op === 'exists') {
    return (code) => {
      const properties = objects(own(concepts.get(code)?.concept ?? {}, 'property'));
      return isIn(concepts.has(code) && properties.some((one) => own(one, 'code') === property) === (value === 'true'));
    };
  }
  if (op !== '=') return () => 'unknown';
  return (code) => {
    const concept = concepts.get(code)?.concept;
    if (concept === undefined) return 'outside';
    return isIn(
      objects(own(concept, 'property')).some(
        (one) =>
          own(one, 'code') === property &&
          Object.keys(one).some((key) => key.startsWith('value') && String(own(one, key)) === value),
      ),
    );
  };
}

function codeFilter(op: unknown, value: string, concepts: ReadonlyMap<string, Concept>): CodeTest {
  if (op === 'is-a') return (code) => isIn(concepts.has(code) && (code === value || isBelow(code, value, concepts)));
  if (op === 'descendent-of') return (code) => isIn(concepts.has(code) && isBelow(code, value, concepts));
  if (op === 'is-not-a') return (code) => isIn(concepts.has(code) && code !== value && !isBelow(code, value, concepts));
  if (op === '=') return (code) => isIn(concepts.has(code) && code === value);
  if (op === 'in') return (code) => isIn(concepts.has(code) && value.split(',').includes(code));
  if (op === 'not-in') return (code) => isIn(concepts.has(code) && !value.split(',').includes(code));
  const fits = op === 'regex' ? patternTest(`^(?:${value})$`) : undefined;
  return (code) => (fits === undefined ? 'unknown' : isIn(concepts.has(code) && fits(code)));
}

/** What is right above or below a code, however the code system says it; one that says it of no code does not tell. */
function placeFilter(
  property: 'parent' | 'child',
  op: unknown,
  value: string,
  concepts: ReadonlyMap<string, Concept>,
): CodeTest {
  const above = new Set<string>();
  for (const { parents } of concepts.values()) for (const parent of parents) above.add(parent);
  if (above.size === 0 || (op !== '=' && op !== 'exists')) return () => 'unknown';
  const holds = (code: string, parents: ReadonlySet<string>): boolean => {
    if (op === '=') return property === 'parent' ? parents.has(value) : concepts.get(value)?.parents.has(code) === true;
    return (property === 'parent' ? parents.size > 0 : above.has(code)) === (value === 'true');
  };
  return (code) => {
    const concept = concepts.get(code);
    return isIn(concept !== undefined && holds(code, concept.parents));
  };
}

function isBelow(code: string, ancestor: string, concepts: ReadonlyMap<string, Concept>): boolean {
  const seen = new Set<string>();
  const open = [code];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const one of concepts.get(at)?.parents ?? []) {
      if (one === ancestor) return true;
      open.push(one);
    }
  }
  return false;
}
