import type { StructureDefinition } from '../fhir/definitions.js';
import { type Issue, isFailure } from '../lens/issue.js';
import type { JsonObject } from '../lens/json.js';
import type { BundleIndex } from './bundle/bundleIndex.js';
import type { Environment } from './fhirpath/compile.js';
import type { Fragments } from './fragment.js';
import type { Fine } from './glance/fine.js';
import { RULES, type RuleId } from './rules.js';
import type { UserRules } from './userRules.js';

/** An issue, with what decides whether another one only follows from it. */
export interface Finding extends Issue {
  /** The names of the elements on the way, without indexes. */
  readonly names: readonly string[];
}

/** The state of one walk over one input: where it is, what it found, and what the rules may ask. */
export interface Walk {
  /** The names on the way to the element in focus; the first is the resource type. */
  readonly names: string[];
  /** Beside each name its index, or -1. */
  readonly indexes: number[];
  /** The position of the element in focus in `names`. */
  depth: number;
  /** How many objects may still be looked at. */
  budget: number;
  environment: Environment;
  /** The position of the resource in focus in `names`. */
  resourceDepth: number;
  readonly walkers: Walkers;
  /** What resources in focus and their containers say of each other; undefined outside a container. */
  fragments: Fragments | undefined;
  /** The ids of elements in the resource in focus, the ones that it contains and its narratives. */
  ids: Set<string> | undefined;
  /** The innermost Bundle around the resource in focus. */
  bundle: BundleIndex | undefined;
  readonly findings: Finding[];
  readonly bestPractice: boolean;
  rules: UserRules | undefined;
  readonly watch: RuleWatch | undefined;
  /** What holds resources and extensions to the profiles of a guide; undefined where none was given. */
  profiles: Holder | undefined;
  readonly maxIssues: number;
  /** True once there were more findings than are kept. */
  isCut: boolean;
  /** True during a glance, in which nothing is reported and nothing noted; what is in focus is the property that is glanced at. */
  isGlance: boolean;
  /** True once a glance found what a full look has to tell of. */
  isInDoubt: boolean;
  /** What the last glance found fine, until the full look after it has used it. */
  readonly fine: Fine;
}

/** What holds the resources and extensions of one walk to the profiles of a guide. */
export interface Holder {
  /** Holds a resource in focus to the profiles that it claims, and to those that every resource of its type is held to. */
  resource(value: JsonObject, type: string, claimed: readonly unknown[], walk: Walk): void;
  /** Holds an extension in focus to its definition. */
  extension(url: string, value: JsonObject, walk: Walk): void;
  /** Whether a code system of the guide has a code; undefined where it has no such system, or not all of it. */
  hasCode(system: string, code: string): boolean | undefined;
}

/** Is told when a rule of the caller's own is evaluated on an element, and when that is done: it may take for ever. */
export interface RuleWatch {
  begin(id: string): void;
  end(): void;
}

/**
 * Looks at an object of a type, which is in focus: its elements, and the rules of the type. False where the object says
 * nothing, so that there is nothing else to say of it.
 */
export type Walker = (node: JsonObject, walk: Walk) => boolean;

/**
 * The walkers of all types. What looks at an element finds the walker of its type here and nowhere else: types hold each other
 * in circles, and the files that look at them would have to import each other so, too.
 */
export interface Walkers {
  of(structure: StructureDefinition): Walker;
  /** Of what stands beside a primitive that has a value, where it may be an id alone. */
  readonly besideValue: Walker;
  /** Of what stands in the place of a primitive's value. */
  readonly insteadOfValue: Walker;
}

/** The entry in focus, or -1. */
export function entryInFocus({ names, indexes, depth }: Walk, bundle: BundleIndex): number {
  const level = bundle.depth + 1;
  return depth >= level && names[level] === 'entry' ? (indexes[level] ?? -1) : -1;
}

/** Ends a walk that has found as many errors as were asked for. */
export const STOP = Symbol('stop');

/** Reports a rule at the element in focus, or at a child of it. */
export function report(walk: Walk, id: RuleId, diagnostics?: string, child?: string, index = -1): void {
  const { severity, code, says } = RULES[id];
  reportAs(walk, { severity, code, id, diagnostics: diagnostics ?? says }, child, index);
}

/** Looks at a child of the element in focus, which is in focus meanwhile. */
export function atChild(walk: Walk, name: string, index: number, look: () => void): void {
  walk.depth += 1;
  walk.names[walk.depth] = name;
  walk.indexes[walk.depth] = index;
  look();
  walk.depth -= 1;
}

/** Reports any finding at the element in focus, or at a child of it. */
export function reportAs(
  walk: Walk,
  { severity, code, id, diagnostics, canonical }: Omit<Issue, 'expression' | 'options'>,
  child?: string,
  index = -1,
): void {
  if (walk.isGlance) {
    walk.isInDoubt = true;
    return;
  }
  const names = walk.names.slice(0, walk.depth + 1);
  const indexes = walk.indexes.slice(0, walk.depth + 1);
  if (child !== undefined) {
    names.push(child);
    indexes.push(index);
  }
  const about = canonical === undefined ? {} : { canonical };
  keep(walk, { severity, code, id, expression: [expressionOf(names, indexes)], diagnostics, ...about, names });
}

/** A FHIRPath location with indexes (https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression). */
function expressionOf(names: readonly string[], indexes: readonly number[]): string {
  let expression = '';
  for (let level = 0; level < names.length; level += 1) {
    const index = indexes[level] ?? -1;
    expression += `${level === 0 ? '' : '.'}${names[level]}${index < 0 ? '' : `[${index}]`}`;
  }
  return expression;
}

/** Puts a child of the element in focus into focus; whoever does so puts the depth back. */
export function focusOn(walk: Walk, name: string, index: number): void {
  walk.depth += 1;
  walk.names[walk.depth] = name;
  walk.indexes[walk.depth] = index;
}

/** Keeps a finding; once there is no more room, an error takes the place of one that is none. */
function keep(walk: Walk, finding: Finding): void {
  if (walk.findings.length < walk.maxIssues) {
    walk.findings.push(finding);
    return;
  }
  walk.isCut = true;
  if (!isFailure(finding)) return;
  const lesser = walk.findings.findIndex((one) => !isFailure(one));
  if (lesser < 0) throw STOP;
  walk.findings.splice(lesser, 1);
  walk.findings.push(finding);
}

/** True where something is wrong below one of some elements of the one in focus, and was reported since. */
export function hasFaultIn(names: ReadonlySet<string>, since: number, { findings, depth }: Walk): boolean {
  for (let index = since; index < findings.length; index += 1) {
    const finding = findings[index];
    const name = finding?.names[depth + 1];
    if (finding !== undefined && isFailure(finding) && name !== undefined && names.has(name)) return true;
  }
  return false;
}

/** The resource in focus and the one that contains it, for the rules of what stands inside. */
export function within<T>(walk: Walk, environment: Environment, look: () => T): T {
  const { environment: before, resourceDepth } = walk;
  walk.environment = environment;
  walk.resourceDepth = walk.depth;
  const result = look();
  walk.environment = before;
  walk.resourceDepth = resourceDepth;
  return result;
}

/** Deeper than any real record: a recursion must end before the stack does. */
export const MAX_DEPTH = 250;

/**
 * Goes over a value that is not what R4 has there, and that nothing else will look at: it may still be deeper or larger than the
 * rules that look at all descendants could bear, or have no end at all.
 */
export function walkPast(value: unknown, walk: Walk, depth = walk.depth): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    report(walk, 'too-deep');
    throw STOP;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  spend(items.length + 1, walk);
  for (const item of items) walkPast(item, walk, depth + 1);
}

/** Takes from what may still be looked at. */
export function spend(objects: number, walk: Walk): void {
  walk.budget -= objects;
  if (walk.budget >= 0) return;
  report(walk, 'too-large');
  throw STOP;
}
