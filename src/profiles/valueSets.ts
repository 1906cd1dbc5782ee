import { codeSystemNamed, NOT_LOADED } from '../fhir/terminology/codeSystemNamed.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Definitions } from './definitions.js';
import { patternTest } from './patterns.js';
import { valueSetOfR4 } from './valueSetOfR4.js';

/** Whether a code is in a set; `unknown` where nobody here can list what it depends on. */
export type Verdict = 'inside' | 'outside' | 'unknown';

/** The codes of a value set (https://hl7.org/fhir/R4/valueset.html#compositions). */
export interface Codes {
  readonly name: string;
  /** Whether a code is in it; one without a system is looked for in all of them. */
  test(system: string | undefined, code: string): Verdict;
  /** True for a system that some of its codes are of. */
  hasSystem(system: string): boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The most value sets that may be made of each other. */
const DEEPEST = 20;

/** Where a value set finds what it is made of. */
export interface Sources {
  readonly definitions: Definitions;
  /** The codes of another value set, undefined also for one that is made of this one. */
  other(canonical: string): Codes | undefined;
}

/** The most answers that are kept of one value set. */
const MOST_KEPT = 10_000;

/** Sets that are made of each other many times over are asked once for each code. */
function remembering({ name, test, hasSystem }: Codes): Codes {
  const verdicts = new Map<string, Verdict>();
  const systems = new Map<string, boolean>();
  return {
    name,
    hasSystem(system) {
      const answer = systems.get(system) ?? hasSystem(system);
      if (systems.size < MOST_KEPT) systems.set(system, answer);
      return answer;
    },
    test(system, code) {
      const key = `${system ?? ''} ${code}`;
      const answer = verdicts.get(key) ?? test(system, code);
      if (verdicts.size >= MOST_KEPT) verdicts.clear();
      verdicts.set(key, answer);
      return answer;
    },
  };
}

/** The codes of a value set of a guide, or of R4; undefined where neither has it. */
export function codesOf(canonical: string, { definitions, other }: Sources): Codes | undefined {
  const [url = ''] = canonical.split('|');
  const definition = definitions.find('ValueSet', canonical) ?? definitions.find('ValueSet', url);
  if (definition === undefined) return ofR4(url);
  const name = text(own(definition, 'title')) ?? text(own(definition, 'name')) ?? url;
  const expansion = own(definition, 'expansion');
  const compose = own(definition, 'compose');
  if (isObject(compose)) return remembering(composed(name, compose, { definitions, other }));
  return isObject(expansion) ? expanded(name, expansion) : undefined;
}

function ofR4(url: string): Codes | undefined {
  const found = valueSetOfR4(url);
  if (found === undefined || found.codes.size === 0) return undefined;
  const { codes, name } = found;
  const inSystem = (system: string, code: string, isNamed: boolean): Verdict => {
    const listed = codes.get(system);
    return listed === undefined ? wholeSystem(system)(code, isNamed) : isIn(listed.has(code));
  };
  return {
    name,
    hasSystem: (system) => codes.has(system),
    test(system, code) {
      if (system !== undefined) return codes.has(system) ? inSystem(system, code, true) : 'outside';
      return anyOf([...codes.keys()].map((one) => inSystem(one, code, false)));
    },
  };
}

const isIn = (holds: boolean): Verdict => (holds ? 'inside' : 'outside');

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('inside')) return 'inside';
  return verdicts.includes('unknown') ? 'unknown' : 'outside';
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('outside')) return 'outside';
  return verdicts.includes('unknown') ? 'unknown' : 'inside';
}

function expanded(name: string, expansion: JsonObject): Codes {
  const systems = new Map<string, Set<string>>();
  const take = (items: unknown, depth: number): void => {
    for (const item of objects(items)) {
      const [system, code] = [text(own(item, 'system')), text(own(item, 'code'))];
      if (system !== undefined && code !== undefined && own(item, 'abstract') !== true) {
        const codes = systems.get(system);
        if (codes === undefined) systems.set(system, new Set([code]));
        else codes.add(code);
      }
      if (depth < DEEPEST) take(own(item, 'contains'), depth + 1);
    }
  };
  take(own(expansion, 'contains'), 0);
  return {
    name,
    hasSystem: (system) => systems.has(system),
    test: (system, code) =>
      isIn(
        system === undefined
          ? [...systems.values()].some((codes) => codes.has(code))
          : systems.get(system)?.has(code) === true,
      ),
  };
}

/** What one `include` or `exclude` says. */
interface Part {
  readonly system: string | undefined;
  readonly sets: readonly (Codes | undefined)[];
  test(system: string | undefined, code: string): Verdict;
}

function composed(name: string, compose: JsonObject, sources: Sources): Codes {
  const include = objects(own(compose, 'include')).map((one) => partOf(one, sources));
  const exclude = objects(own(compose, 'exclude')).map((one) => partOf(one, sources));
  return {
    name,
    hasSystem: (system) =>
      include.some((part) => part.system === system || part.sets.some((set) => set?.hasSystem(system) === true)),
    test(system, code) {
      const inside = anyOf(include.map((part) => part.test(system, code)));
      if (inside === 'outside') return inside;
      const left = anyOf(exclude.map((part) => part.test(system, code)));
      if (left === 'inside') return 'outside';
      return left === 'unknown' ? left : inside;
    },
  };
}

function partOf(part: JsonObject, { definitions, other }: Sources): Part {
  const system = text(own(part, 'system'));
  const urls = own(part, 'valueSet');
  const others = (Array.isArray(urls) ? urls : []).flatMap((url) => {
    const canonical = text(url);
    return canonical === undefined ? [] : [other(canonical)];
  });
  const test = system === undefined ? undefined : systemTest(system, part, definitions);
  return {
    system,
    sets: others,
    test(given, code) {
      if (test !== undefined && given !== undefined && given !== system) return 'outside';
      const verdicts = others.map((other): Verdict => other?.test(given, code) ?? 'unknown');
      if (test !== undefined) verdicts.push(test(code, given !== undefined));
      return verdicts.length === 0 ? 'unknown' : allOf(verdicts);
    },
  };
}

/** `isOfSystem` tells whether the value names the system itself. */
type CodeTest = (code: string, isOfSystem: boolean) => Verdict;

function systemTest(system: string, part: JsonObject, definitions: Definitions): CodeTest {
  const concepts = objects(own(part, 'concept'));
  if (concepts.length > 0) {
    const codes = new Set(concepts.map((concept) => own(concept, 'code')));
    return (code) => isIn(codes.has(code));
  }
  const definition = definitions.find('CodeSystem', system);
  const isComplete = definition !== undefined && own(definition, 'content') === 'complete';
  const filters = objects(own(part, 'filter'));
  if (filters.length === 0) return isComplete ? codeSystemTest(definition) : wholeSystem(system);
  const tests = isComplete ? filters.map((filter) => filterTest(filter, definition)) : [];
  return (code) => (tests.length === 0 ? 'unknown' : allOf(tests.map((test) => test(code, true))));
}

/** Any code of a system that nobody here can list is in it; of a code without a system nobody can say so. */
function wholeSystem(system: string): CodeTest {
  const known = codeSystemNamed(system);
  if (known === NOT_LOADED) return () => 'unknown';
  if (known === undefined) return (_, isOfSystem) => (isOfSystem ? 'inside' : 'unknown');
  return (code) => isIn(known.has(code));
}

/** Whether the code systems that are complete have a code; undefined of any other. */
export function codeTests(definitions: Definitions): (system: string, code: string) => boolean | undefined {
  const tests = new Map<string, CodeTest | undefined>();
  return (system, code) => {
    if (!tests.has(system)) {
      const definition = definitions.find('CodeSystem', system);
      const isComplete = definition !== undefined && own(definition, 'content') === 'complete';
      tests.set(system, isComplete ? codeSystemTest(definition) : undefined);
    }
    const verdict = tests.get(system)?.(code, true);
    return verdict === undefined ? undefined : verdict === 'inside';
  };
}

interface Concept {
  readonly concept: JsonObject;
  /** The codes above it. */
  readonly above: ReadonlySet<string>;
}

const systems = new WeakMap<JsonObject, ReadonlyMap<string, Concept>>();

/** The concepts of a code system by their codes, those inside of others and those that name them as their parents. */
function conceptsOf(definition: JsonObject): ReadonlyMap<string, Concept> {
  const before = systems.get(definition);
  if (before !== undefined) return before;
  const concepts = new Map<string, Concept>();
  const take = (items: unknown, above: ReadonlySet<string>, depth: number): void => {
    for (const concept of objects(items)) {
      const code = text(own(concept, 'code'));
      if (code === undefined || concepts.has(code)) continue;
      const parents = objects(own(concept, 'property')).flatMap((property) =>
        own(property, 'code') === 'parent' ? (text(own(property, 'valueCode')) ?? []) : [],
      );
      const all = new Set([...above, ...parents]);
      concepts.set(code, { concept, above: all });
      if (depth < 100) take(own(concept, 'concept'), new Set([...all, code]), depth + 1);
    }
  };
  take(own(definition, 'concept'), new Set(), 0);
  systems.set(definition, concepts);
  return concepts;
}

function codeSystemTest(definition: JsonObject): CodeTest {
  const concepts = conceptsOf(definition);
  if (own(definition, 'caseSensitive') !== false) return (code) => isIn(concepts.has(code));
  const lower = new Set([...concepts.keys()].map((code) => code.toLowerCase()));
  return (code) => isIn(lower.has(code.toLowerCase()));
}

/** One filter (https://hl7.org/fhir/R4/valueset-filter-operator.html); `unknown` for those that are not understood. */
function filterTest(filter: JsonObject, definition: JsonObject): CodeTest {
  const concepts = conceptsOf(definition);
  const [property, op, value] = [text(own(filter, 'property')), own(filter, 'op'), text(own(filter, 'value'))];
  if (property === undefined || value === undefined) return () => 'unknown';
  if (property === 'concept' || property === 'code') {
    if (op === 'is-a') return (code) => isIn(concepts.has(code) && (code === value || isBelow(code, value, concepts)));
    if (op === 'descendent-of') return (code) => isIn(concepts.has(code) && isBelow(code, value, concepts));
    if (op === 'is-not-a')
      return (code) => isIn(concepts.has(code) && code !== value && !isBelow(code, value, concepts));
    if (op === '=') return (code) => isIn(concepts.has(code) && code === value);
    if (op === 'in') return (code) => isIn(concepts.has(code) && value.split(',').includes(code));
    if (op === 'not-in') return (code) => isIn(concepts.has(code) && !value.split(',').includes(code));
    const fits = op === 'regex' ? patternTest(`^(?:${value})$`) : undefined;
    return (code) => (fits === undefined ? 'unknown' : isIn(concepts.has(code) && fits(code)));
  }
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

function isBelow(code: string, ancestor: string, concepts: ReadonlyMap<string, Concept>): boolean {
  const seen = new Set<string>();
  const open = [code];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const above = concepts.get(at)?.above ?? [];
    for (const one of above) {
      if (one === ancestor) return true;
      open.push(one);
    }
  }
  return false;
}
