import type { StructureDefinition, Tree } from '../../fhir/definitions.js';
import { type Call, FUNCTIONS, asType as narrow, ownTest, type PatternTest, isType as test } from './functions.js';
import { joined } from './items.js';
import { member } from './navigate.js';
import {
  BOOLEAN,
  constantNode,
  type Environment,
  focusNode,
  itemsNode,
  type Node,
  NUMBER,
  Outside,
  TEXT,
  type Type,
  UNKNOWN,
} from './node.js';
import { OPERATORS } from './operators.js';

export type { Environment } from './node.js';

/**
 * An invariant on an element: true where it holds; false where it fails, an empty result included. The focus is the JSON value of the element, the sibling what stands beside a primitive, under its name with `_`.
 */
export type Check = (focus: unknown, sibling: unknown, environment: Environment) => boolean;

/** Where an expression stands: on an element of a structure, or on a primitive. */
export type Place = { readonly structure: StructureDefinition } | { readonly primitive: string };

/**
 * The closure of a FHIRPath expression (http://hl7.org/fhirpath/N1/); undefined where the expression has what is outside the
 * part of FHIRPath that R4's invariants need. It never throws, whatever the JSON; a collection where one item is wanted is empty.
 */
export function compile(tree: Tree, at: Place, patternTest: PatternTest = ownTest): Check | undefined {
  const focus: Type =
    'structure' in at ? { kind: 'structure', structure: at.structure } : { kind: 'primitive', name: at.primitive };
  try {
    const { truth } = build(tree, focus, patternTest);
    const asksForContext = mentions(tree, '%context');
    return (value, sibling, environment) => {
      const item = sibling === undefined ? value : joined(value, sibling);
      return truth(item, asksForContext ? withContext(environment, item) : environment) === true;
    };
  } catch (error) {
    if (error instanceof Outside) return undefined;
    throw error;
  }
}

const withContext = (environment: Environment, context: unknown) => ({
  resource: environment.resource,
  rootResource: environment.rootResource,
  resolve: (reference: string) => environment.resolve(reference),
  sets: environment.sets,
  context,
});

const mentions = (tree: Tree, name: string): boolean =>
  tree === name || (typeof tree === 'object' && tree.some((part) => mentions(part, name)));

/** An expression whose `$this` is of the given type. */
function build(tree: Tree, focus: Type, patternTest: PatternTest): Node {
  if (typeof tree === 'number') return constantNode(NUMBER, tree);
  if (typeof tree === 'boolean') return constantNode(BOOLEAN, tree);
  if (typeof tree === 'string')
    return variableOf(tree, focus) ?? step(focusNode(focus), tree, focus, true, patternTest);
  const [head, first, second] = tree;
  if (typeof head !== 'string') throw new Outside();
  if (head === 's' && typeof first === 'string') return constantNode(TEXT, first);
  if (head === '{}') return constantNode(UNKNOWN, undefined);
  if (head.endsWith('()')) return step(focusNode(focus), tree, focus, true, patternTest);
  if (first === undefined || second === undefined) throw new Outside();
  if (head === '.') return step(build(first, focus, patternTest), second, focus, false, patternTest);
  if (head === 'is' || head === 'as') {
    if (typeof second !== 'string') throw new Outside();
    return (head === 'is' ? test : narrow)(build(first, focus, patternTest), second);
  }
  const operator = Object.hasOwn(OPERATORS, head) ? OPERATORS[head] : undefined;
  if (operator === undefined) throw new Outside();
  return operator(build(first, focus, patternTest), build(second, focus, patternTest));
}

/** One step of a path from an expression on: a name, or a function; `isFirst` where it starts at the focus itself. */
function step(input: Node, tree: Tree, focus: Type, isFirst: boolean, patternTest: PatternTest): Node {
  if (typeof tree === 'string') {
    if (isFirst && isNameOf(focus, tree)) return input;
    return member(input, tree, isFirst);
  }
  if (typeof tree !== 'object') throw new Outside();
  const [name, ...parameters] = tree;
  const make = typeof name === 'string' && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (make === undefined) throw new Outside();
  const parameter = (index: number): Tree => {
    const found = parameters[index];
    if (found === undefined) throw new Outside();
    return found;
  };
  const call: Call = {
    input,
    size: parameters.length,
    patternTest,
    argument: (index) => build(parameter(index), focus, patternTest),
    criterion: (index) => build(parameter(index), input.type, patternTest),
    typeName: (index) => {
      const type = parameter(index);
      if (typeof type !== 'string') throw new Outside();
      return type;
    },
  };
  return make(call);
}

/** A path may start with the name of the type that it stands on: `Appointment.cancelationReason`. */
const isNameOf = (focus: Type, name: string): boolean =>
  focus.kind === 'structure' && focus.structure.path === name && !focus.structure.elements.has(name);

/** What starts with `$` or `%` (https://hl7.org/fhir/R4/fhirpath.html#variables). */
function variableOf(name: string, focus: Type): Node | undefined {
  switch (name) {
    case '$this':
      return focusNode(focus);
    case '%resource':
      return itemsNode(UNKNOWN, (_, { resource }) => resource);
    case '%rootResource':
      return itemsNode(UNKNOWN, (_, { rootResource }) => rootResource);
    case '%context':
      return itemsNode(UNKNOWN, (_, { context }) => context);
    case '%ucum':
      return constantNode(TEXT, 'http://unitsofmeasure.org');
    default:
      if (name.startsWith('%') || name.startsWith('$')) throw new Outside();
      return undefined;
  }
}
