import type fhirpath from 'fhirpath';
import { isObject } from './lens/json.js';
import type { Engine, Evaluation, Fault } from './validate/fhirpath/engine.js';

type FhirPath = typeof fhirpath;

/** The engine that fhirpath is, with a model of R4's types. */
export function makeEngine(fhirpath: FhirPath, model: Parameters<FhirPath['compile']>[1]): Engine {
  const evaluation = (expression: string, base: string): Evaluation => {
    // Without internal types, fhirpath would hang properties of its own on the objects that it was given.
    const run = quietly(() =>
      fhirpath.compile({ base, expression }, model, { traceFn: () => {}, resolveInternalTypes: false }),
    );
    return (focus, { resource, rootResource, resolve }) => {
      const userInvocationTable = { resolve: resolution(fhirpath, resolve) };
      const results: readonly unknown[] = quietly(() =>
        run(focus, { resource, rootResource }, { userInvocationTable }),
      );
      return results.map((result): unknown => fhirpath.util.valData(result));
    };
  };
  const failureOf = (expression: string): string | undefined => {
    try {
      const userInvocationTable = { resolve: resolution(fhirpath, () => undefined) };
      quietly(() => fhirpath.evaluate({}, expression, KNOWN_VARIABLES, model, { userInvocationTable }));
      return undefined;
    } catch (error) {
      return isObject(error) && typeof error.message === 'string' ? error.message : String(error);
    }
  };
  const faultIn = (expression: string): Fault | undefined => {
    let tree: SyntaxNode;
    try {
      tree = quietly(() => fhirpath.parse(expression));
    } catch (error) {
      return faultOf(error) ?? faultByTrial(expression, (text) => quietly(() => fhirpath.parse(text)));
    }
    return faultBelow(tree, failureOf);
  };
  return { faultIn, evaluation };
}

/** A `resolve()` that finds what the environment has; that of fhirpath would ask a server. */
function resolution({ util }: FhirPath, resolve: (reference: string) => unknown) {
  function fn(this: unknown, collection: readonly unknown[]): readonly unknown[] {
    return collection.flatMap((item) => {
      const value = util.valData(item);
      const resource = resolve(String(value?.reference ?? value));
      return util.makeChildResNodes(this, { path: null, data: { resource } }, 'resource');
    });
  }
  return { fn, arity: { 0: [] }, internalStructures: true };
}

/** What of the console prints. */
const PRINTING = ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'dirxml', 'table', 'assert'] as const;

/** fhirpath and the library of units that it brings print values of the record, `console.log` and all; nothing else runs meanwhile. */
function quietly<T>(run: () => T): T {
  const { log, info, debug, warn, error, trace, dir, dirxml, table, assert } = console;
  for (const name of PRINTING) console[name] = () => {};
  try {
    return run();
  } finally {
    Object.assign(console, { log, info, debug, warn, error, trace, dir, dirxml, table, assert });
  }
}

/** A node of fhirpath's syntax tree, in the parts that matter here. */
interface SyntaxNode {
  readonly type: string;
  readonly text?: string;
  readonly delimitedText?: string;
  readonly start?: { readonly line: number; readonly column: number };
  readonly children?: readonly SyntaxNode[];
}

const KNOWN_VARIABLES = { resource: {}, rootResource: {} };

/** The functions that take a type, without which they cannot be tried. */
const TYPE_FUNCTIONS: ReadonlySet<string> = new Set(['is', 'as', 'ofType']);

/**
 * The first name below a node that does not exist. fhirpath finds these only when an element leads it there; each is tried alone,
 * on nothing.
 */
function faultBelow(node: SyntaxNode, failureOf: (expression: string) => string | undefined): Fault | undefined {
  const trial = trialOf(node);
  const message = trial === undefined ? undefined : failureOf(trial);
  if (message !== undefined) return { ...startOf(node), message };
  for (const child of node.children ?? []) {
    const fault = faultBelow(child, failureOf);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** An expression that fails on nothing only if the name in the node does not exist. */
function trialOf({ type, text = '', delimitedText, children = [] }: SyntaxNode): string | undefined {
  if (type === 'ExternalConstantTerm') return `%${delimitedText === undefined ? text : `\`${delimitedText}\``}`;
  if (type === 'TypeSpecifier') return `{} is ${text}`;
  if (type !== 'FunctionInvocation') return undefined;
  const [, parameters] = children[0]?.children ?? [];
  if (TYPE_FUNCTIONS.has(text)) return `{}.${text}(${textOf(parameters?.children?.[0])})`;
  // It would ask a terminology server, and says so only where it is called as it should be.
  if (text === 'memberOf') return "{}.memberOf('')";
  // With an argument, those that take none would fail for that; without one, none fails that exists.
  return `{}.${text}()`;
}

const textOf = (node: SyntaxNode | undefined): string =>
  node?.text ?? (node === undefined ? '' : textOf(node.children?.[0]));

function startOf(node: SyntaxNode): { line: number; column: number } {
  if (node.start !== undefined) return { line: node.start.line, column: node.start.column };
  const [first] = node.children ?? [];
  return first === undefined ? { line: 1, column: 1 } : startOf(first);
}

/** Where fhirpath's parser stopped, and why; its columns start at 0. Undefined where it lost its way and does not say. */
function faultOf(error: unknown): Fault | undefined {
  const errors: unknown = isObject(error) ? error.errors : undefined;
  const [first]: readonly unknown[] = Array.isArray(errors) ? errors : [];
  if (!Array.isArray(first)) return undefined;
  const [, , line = 1, column = 0, message = 'no expression']: readonly unknown[] = first;
  return { line: Number(line), column: Number(column) + 1, message: String(message).replace(LISTED, '') };
}

/** The tokens that the parser would have taken: dozens, which help nobody. */
const LISTED = / expecting \{.*$/s;

/** The end of the shortest beginning that could not be completed: one that could fails at its end alone. */
function faultByTrial(expression: string, parse: (text: string) => unknown): Fault {
  for (let end = 1; end <= expression.length; end += 1) {
    const lines = expression.slice(0, end).split('\n');
    const place = { line: lines.length, column: lines.at(-1)?.length ?? 0 };
    try {
      parse(expression.slice(0, end));
    } catch (error) {
      const fault = faultOf(error);
      const isAtEnd = fault?.line === place.line && fault.column > place.column;
      if (!isAtEnd) return { ...place, message: 'nothing that begins like this is an expression' };
    }
  }
  return { line: 1, column: 1, message: 'no expression' };
}
