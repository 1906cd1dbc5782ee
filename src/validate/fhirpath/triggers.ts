import type { StructureDefinition, Tree } from '../../fhir/definitions.js';

/** Names of elements; undefined where there are none that would do. */
type Names = ReadonlySet<string> | undefined;

/**
 * The elements without any of which an invariant holds, so that it need not be run: nearly all invariants are about elements that
 * nearly all records lack. An element is there where a property has it, with `_` or without. Undefined for an invariant that may
 * fail on an element that has nothing.
 */
export function triggersOf(
  tree: Tree,
  { path, elements }: Pick<StructureDefinition, 'path' | 'elements'>,
): ReadonlySet<string> | undefined {
  /** Without these, the expression is empty. */
  const emptyWithout = (part: Tree): Names => {
    if (typeof part === 'string') return elements.has(part) ? new Set([part]) : undefined;
    if (typeof part !== 'object' || part[0] !== '.') return undefined;
    const [, first = '', next = ''] = part;
    if (first === path && !elements.has(path)) return emptyWithout(next);
    return typeof next === 'string' || GIVES_NOTHING.has(functionOf(next)) ? emptyWithout(first) : undefined;
  };

  /** Without these, the expression is true, or false. */
  const decidedWithout = (part: Tree, answer: boolean): Names => {
    if (typeof part !== 'object') return undefined;
    const [head, first = '', second = ''] = part;
    if (head === '.') {
      const name = functionOf(second);
      if (name === 'not()') return decidedWithout(first, !answer);
      return (answer ? TRUE_OF_NOTHING : FALSE_OF_NOTHING).has(name) ? emptyWithout(first) : undefined;
    }
    // One side is enough to make `or` true, and `and` false.
    if (head === (answer ? 'or' : 'and')) return fewer(decidedWithout(first, answer), decidedWithout(second, answer));
    if (head === (answer ? 'and' : 'or')) return both(decidedWithout(first, answer), decidedWithout(second, answer));
    if (head === 'implies' && answer) return fewer(decidedWithout(first, false), decidedWithout(second, true));
    return undefined;
  };

  return decidedWithout(tree, true);
}

const TRUE_OF_NOTHING: ReadonlySet<string> = new Set(['empty()', 'all()', 'isDistinct()']);
const FALSE_OF_NOTHING: ReadonlySet<string> = new Set(['exists()', 'hasValue()']);

/** The functions that give nothing where they are given nothing. */
const GIVES_NOTHING: ReadonlySet<string> = new Set([
  ...['where()', 'select()', 'first()', 'tail()', 'ofType()', 'as()', 'intersect()', 'trace()', 'resolve()'],
  ...['children()', 'descendants()', 'substring()', 'replaceMatches()', 'toInteger()', 'toString()'],
]);

const functionOf = (tree: Tree): string => (typeof tree === 'object' && typeof tree[0] === 'string' ? tree[0] : '');

function fewer(a: Names, b: Names): Names {
  if (a === undefined || b === undefined) return a ?? b;
  return b.size < a.size ? b : a;
}

const both = (a: Names, b: Names): Names => (a === undefined || b === undefined ? undefined : new Set([...a, ...b]));
