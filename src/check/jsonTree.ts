import { type Node, parseTree } from 'jsonc-parser';
import { UNNAMED } from '../fhir/expression.js';
import { isChoiceOf, isPropertyName } from '../fhir/propertyNames.js';
import { isKnownName } from './knownNames.js';

/** A value where it stands in a JSON text, with its key where it has one. */
export interface Spot {
  readonly value: Node;
  readonly key?: Node;
}

/** A key of an object, or an index of an array. */
export type Key = string | number;

/** What was found of a way into a value: the spot that it leads to, or the last one on it that is there. */
export interface Found {
  readonly spot: Spot;
  readonly isWhole: boolean;
}

/** A JSON text in which FHIRPath locations can be found. */
export interface JsonTree {
  /**
   * The spot of an expression in the record to which `keys` lead. Of several properties whose names an expression does not say,
   * `children()`, the one of index `which`.
   */
  find(expression: string, keys: readonly Key[], which?: number): Found;
}

/** A larger text is not taken apart: the parts of a tree take eight times the memory of their text. */
const LARGEST = 64 * 1024 * 1024;

/** Takes a JSON text apart; undefined where it is too large or too deep for that, or no JSON. */
export function jsonTree(text: string): JsonTree | undefined {
  const root = text.length > LARGEST ? undefined : parsed(text);
  if (root === undefined) return undefined;
  /** By the way to them, so that a thousand issues of one record do not look for the same parents a thousand times. */
  const known = new Map<string, readonly Spot[]>();
  const members = new WeakMap<Node, Members>();
  const membersOf = (node: Node): Members => {
    let made = members.get(node);
    if (made === undefined) {
      made = makeMembers(node);
      members.set(node, made);
    }
    return made;
  };

  const follow = (start: Spot, prefix: string, steps: readonly Key[], isNamed: IsNamed, which: number): Found => {
    let spots: readonly Spot[] = [start];
    let way = prefix;
    for (const step of steps) {
      way += typeof step === 'number' ? `[${step}]` : `.${step}`;
      let next = known.get(way);
      if (next === undefined) {
        next = spots.flatMap((spot) => below(spot, step, membersOf, isNamed));
        known.set(way, next);
      }
      if (next.length === 0) return { spot: spots[0] ?? start, isWhole: false };
      spots = next;
    }
    return { spot: spots[steps.at(-1) === UNNAMED ? which : 0] ?? spots[0] ?? start, isWhole: true };
  };

  return {
    find(expression, keys, which = 0) {
      let record: Spot = { value: root };
      for (const key of keys) {
        const inside = typeof key === 'number' ? item(record.value, key) : membersOf(record.value).get(key);
        if (inside === undefined) return { spot: record, isWhole: false };
        record = inside;
      }
      const steps = stepsOf(expression);
      const names = membersOf(record.value);
      const isNamed = names.has('resourceType') ? isPropertyName : isKnownName;
      return follow(record, JSON.stringify(keys), isRootType(steps[0], names) ? steps.slice(1) : steps, isNamed, which);
    },
  };
}

/** The properties of an object by their names; of a name that stands there twice the last one, as in JSON.parse. */
type Members = ReadonlyMap<string, Spot>;

function makeMembers(node: Node): Members {
  const members = new Map<string, Spot>();
  if (node.type !== 'object') return members;
  for (const { children: [key, value] = [] } of node.children ?? []) {
    const name: unknown = key?.value;
    if (key !== undefined && value !== undefined && typeof name === 'string') members.set(name, { key, value });
  }
  return members;
}

function item(node: Node, index: number): Spot | undefined {
  const value = node.type === 'array' ? node.children?.[index] : undefined;
  return value === undefined ? undefined : { value };
}

function parsed(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch {
    // The parser is a recursion, which ends before the text does where that is nested thousands of levels deep.
    return undefined;
  }
}

const STEP = /[^.[\]]+|\[\d+\]/g;

function stepsOf(expression: string): Key[] {
  const steps: Key[] = [];
  for (const [step] of expression.matchAll(STEP)) {
    if (step.startsWith('[')) steps.push(Number(step.slice(1, -1)));
    else if (step !== '$this') steps.push(step);
  }
  return steps;
}

/** True for the type that a location in a resource begins with; one in a payload begins with a field. */
function isRootType(first: Key | undefined, members: Members): boolean {
  if (typeof first !== 'string' || !/^[A-Z]/.test(first)) return false;
  return members.has('resourceType') || !members.has(first);
}

/** True for a name that an expression says; what any other property is called in it is the same for all of them. */
type IsNamed = (name: string) => boolean;

/** What a step of FHIRPath may mean in JSON, the likeliest first: a later step may be there in one of them only. */
function below(spot: Spot, step: Key, membersOf: (node: Node) => Members, isNamed: IsNamed): readonly Spot[] {
  const { value } = spot;
  if (typeof step === 'string') return value.type === 'object' ? named(membersOf(value), step, isNamed) : [];
  const one = item(value, step);
  if (one !== undefined) return [one];
  return value.type !== 'array' && step === 0 ? [spot] : [];
}

function named(members: Members, name: string, isNamed: IsNamed): readonly Spot[] {
  const exact = members.get(name);
  const sibling = members.get(`_${name}`);
  const spots = [exact, sibling].filter((spot) => spot !== undefined);
  if (exact !== undefined) return spots;
  const values: Spot[] = [];
  const siblings: Spot[] = [];
  for (const [key, spot] of members) {
    if (name === UNNAMED ? !isNamed(key) : isChoiceOf(key, name)) values.push(spot);
    else if (isChoiceOf(key, `_${name}`)) siblings.push(spot);
  }
  return [...values, ...spots, ...siblings];
}
