import { codeSystemNamed, NOT_LOADED } from '../fhir/terminology/codeSystemNamed.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { type CodeTest, codeSystemTest, filterTest, isIn, isInactive, type Verdict } from './codeSystems.js';
import type { Definitions } from './definitions.js';
import { valueSetOfR4 } from './valueSetOfR4.js';
import { isWhole } from './wholeExpansion.js';

/** The codes of a value set (https://hl7.org/fhir/R4/valueset.html#compositions). */
export interface Codes {
  readonly name: string;
  /** What was asked for in a version that is not there, so that another one is taken. */
  readonly others: readonly string[];
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
function remembering({ name, others, test, hasSystem }: Codes): Codes {
  const verdicts = new Map<string, Verdict>();
  const systems = new Map<string, boolean>();
  return {
    name,
    others,
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
  const [url = '', asked] = canonical.split('|');
  const exact = definitions.find('ValueSet', canonical);
  const definition = exact ?? definitions.find('ValueSet', url);
  if (definition === undefined) return ofR4(url, asked === undefined || asked.startsWith('4.0') ? [] : [canonical]);
  const others = exact === undefined ? [canonical] : [];
  const name = text(own(definition, 'title')) ?? text(own(definition, 'name')) ?? url;
  const expansion = own(definition, 'expansion');
  const compose = own(definition, 'compose');
  if (isObject(compose)) return remembering(composed(name, compose, { definitions, other }, others));
  return isObject(expansion) ? expanded(name, expansion, others) : undefined;
}

function ofR4(url: string, others: readonly string[]): Codes | undefined {
  const found = valueSetOfR4(url);
  if (found === undefined || found.codes.size === 0) return undefined;
  const { codes, name } = found;
  const inSystem = (system: string, code: string, isNamed: boolean): Verdict => {
    const listed = codes.get(system);
    return listed === undefined ? wholeSystem(system)(code, isNamed) : isIn(listed.has(code));
  };
  return {
    name,
    others,
    hasSystem: (system) => codes.has(system),
    test(system, code) {
      if (system !== undefined) return codes.has(system) ? inSystem(system, code, true) : 'outside';
      return anyOf([...codes.keys()].map((one) => inSystem(one, code, false)));
    },
  };
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('inside')) return 'inside';
  return verdicts.includes('unknown') ? 'unknown' : 'outside';
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('outside')) return 'outside';
  return verdicts.includes('unknown') ? 'unknown' : 'inside';
}

function expanded(name: string, expansion: JsonObject, others: readonly string[]): Codes {
  const systems = new Map<string, Set<string>>();
  let listed = 0;
  const take = (items: unknown, depth: number): void => {
    for (const item of objects(items)) {
      listed += 1;
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
  const elsewhere = isWhole(expansion, listed) ? 'outside' : 'unknown';
  return {
    name,
    others,
    hasSystem: (system) => systems.has(system),
    test(system, code) {
      const all = system === undefined ? [...systems.values()] : [systems.get(system)];
      return all.some((codes) => codes?.has(code) === true) ? 'inside' : elsewhere;
    },
  };
}

/** What one `include` or `exclude` says. */
interface Part {
  readonly system: string | undefined;
  readonly sets: readonly (Codes | undefined)[];
  /** The code system, where it is asked for in a version that is not there. */
  readonly others: readonly string[];
  test(system: string | undefined, code: string): Verdict;
}

function composed(name: string, compose: JsonObject, sources: Sources, asked: readonly string[]): Codes {
  const isActive = own(compose, 'inactive') === false;
  const include = objects(own(compose, 'include')).map((one) => partOf(one, sources, isActive));
  const exclude = objects(own(compose, 'exclude')).map((one) => partOf(one, sources, false));
  const parts = [...include, ...exclude].flatMap((part) => [
    ...part.others,
    ...part.sets.flatMap((set) => set?.others ?? []),
  ]);
  return {
    name,
    others: [...new Set([...asked, ...parts])],
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

function partOf(part: JsonObject, { definitions, other }: Sources, isActive: boolean): Part {
  const system = text(own(part, 'system'));
  const urls = own(part, 'valueSet');
  const others = (Array.isArray(urls) ? urls : []).flatMap((url) => {
    const canonical = text(url);
    return canonical === undefined ? [] : [other(canonical)];
  });
  const { test, isOther } = systemTest(system, part, definitions);
  /** Where inactive codes are left out, those that a package says are. */
  const isLeftOut = (of: string | undefined, code: string): boolean => {
    const definition = isActive && of !== undefined ? definitions.find('CodeSystem', of) : undefined;
    return definition !== undefined && isInactive(definition, code);
  };
  return {
    system,
    sets: others,
    others: isOther ? [`${system}|${own(part, 'version')}`] : [],
    test(given, code) {
      if (test !== undefined && given !== undefined && given !== system) return 'outside';
      if (isLeftOut(given ?? system, code)) return 'outside';
      const verdicts = others.map((other): Verdict => other?.test(given, code) ?? 'unknown');
      if (test !== undefined) verdicts.push(test(code, given !== undefined));
      return verdicts.length === 0 ? 'unknown' : allOf(verdicts);
    },
  };
}

/** Whether a code is one of those of a system that a part names; `isOther` where a version is asked for that is not there. */
function systemTest(
  system: string | undefined,
  part: JsonObject,
  definitions: Definitions,
): { readonly test: CodeTest | undefined; readonly isOther: boolean } {
  if (system === undefined) return { test: undefined, isOther: false };
  const concepts = objects(own(part, 'concept'));
  if (concepts.length > 0) {
    const codes = new Set(concepts.map((concept) => own(concept, 'code')));
    return { test: (code) => isIn(codes.has(code)), isOther: false };
  }
  const version = text(own(part, 'version'));
  const exact = definitions.find('CodeSystem', version === undefined ? system : `${system}|${version}`);
  const definition = exact ?? definitions.find('CodeSystem', system);
  const isOther = exact === undefined && definition !== undefined;
  const isComplete = definition !== undefined && own(definition, 'content') === 'complete';
  const filters = objects(own(part, 'filter'));
  if (filters.length === 0) return { test: isComplete ? codeSystemTest(definition) : wholeSystem(system), isOther };
  const tests = isComplete ? filters.map((filter) => filterTest(filter, definition)) : [];
  return { test: (code) => (tests.length === 0 ? 'unknown' : allOf(tests.map((test) => test(code, true)))), isOther };
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
