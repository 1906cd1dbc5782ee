import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isObject } from '../../lens/json.js';
import {
  combine,
  count,
  distinct,
  filter,
  gather,
  type Items,
  intersect,
  isResourceOf,
  itemsOf,
  meet,
  single,
  singleText,
  some,
} from './items.js';
import { children, descendants, member } from './navigate.js';
import {
  commonType,
  constantNode,
  itemsNode,
  type Node,
  NUMBER,
  Outside,
  type Scope,
  TEXT,
  truthNode,
  UNKNOWN,
} from './node.js';
import { requirePlain } from './operators.js';
import { compilePattern } from './pattern.js';

/** A call of a function: what it is called on, and its arguments. */
export interface Call {
  readonly input: Node;
  /** An argument that stands in the focus of the whole call. */
  argument(index: number): Node;
  /** An argument that has each item of the input as its focus, or the input as a whole. */
  criterion(index: number): Node;
  /** An argument that names a type. */
  typeName(index: number): string;
  readonly size: number;
  /** Makes a constant pattern ready. */
  readonly patternTest: PatternTest;
}

/** The test whether a text has what fits a pattern; undefined for a pattern of which nobody can tell. */
export type PatternTest = (pattern: string) => ((text: string) => boolean) | undefined;

/** The test by the engine's own regular expressions, for patterns that are known to come to an end. */
export const ownTest: PatternTest = (pattern) => {
  const compiled = compilePattern(pattern, 's');
  return compiled === undefined ? undefined : (text) => compiled.test(text);
};

/** The functions of FHIRPath that R4's invariants use (http://hl7.org/fhirpath/N1/#functions). */
export const FUNCTIONS: { readonly [name: string]: (call: Call) => Node } = {
  'empty()': ({ input: { exists } }) => truthNode((focus, scope) => !exists(focus, scope)),
  'exists()': (call) => exists(call),
  'hasValue()': ({ input: { items } }) => truthNode((focus, scope) => hasValue(items(focus, scope))),
  'not()': ({ input: { truth } }) =>
    truthNode((focus, scope) => {
      const answer = truth(focus, scope);
      return answer === undefined ? undefined : !answer;
    }),
  'all()': ({ input: { items }, criterion }) => {
    const { truth } = criterion(0);
    return truthNode((focus, scope) => !some(items(focus, scope), (item) => truth(item, scope) !== true));
  },
  'where()': ({ input: { type, items }, criterion }) => {
    const { truth } = criterion(0);
    return itemsNode(
      type,
      (focus, scope) => filter(items(focus, scope), (item) => truth(item, scope) === true),
      (focus, scope) => some(items(focus, scope), (item) => truth(item, scope) === true),
    );
  },
  'select()': ({ input: { items }, criterion }) => {
    const projection = criterion(0);
    return itemsNode(
      projection.type,
      (focus, scope) => gather(items(focus, scope), (item) => projection.items(item, scope)),
      (focus, scope) => some(items(focus, scope), (item) => projection.exists(item, scope)),
    );
  },
  'iif()': (call) => iif(call),
  'count()': ({ input: { items } }) => itemsNode(NUMBER, (focus, scope) => count(items(focus, scope))),
  'first()': (call) => selection(call, (items) => (Array.isArray(items) ? (items[0] ?? undefined) : items)),
  'tail()': (call) => selection(call, (items) => (Array.isArray(items) ? itemsOf(items.slice(1)) : undefined)),
  'isDistinct()': ({ input }) => {
    requirePlain(input);
    return truthNode((focus, scope) => {
      const items = input.items(focus, scope);
      return count(distinct(items)) === count(items);
    });
  },
  'combine()': ({ input, argument }) => {
    const other = argument(0);
    const type = commonType(input.type, other.type);
    return itemsNode(type, (focus, scope) => combine(input.items(focus, scope), other.items(focus, scope)));
  },
  'intersect()': ({ input, argument }) => {
    const other = argument(0);
    requirePlain(input, other);
    return itemsNode(
      input.type,
      (focus, scope) => intersect(input.items(focus, scope), other.items(focus, scope), hasIn(scope)),
      (focus, scope) => meet(input.items(focus, scope), other.items(focus, scope), hasIn(scope)),
    );
  },
  'extension()': ({ input, argument }) => {
    const url = argument(0).constant;
    if (typeof url !== 'string') throw new Outside();
    const { type, items } = member(input, 'extension', false);
    return itemsNode(type, (focus, scope) =>
      filter(items(focus, scope), (extension) => isObject(extension) && extension.url === url),
    );
  },
  'length()': ({ input: { items } }) => itemsNode(NUMBER, (focus, scope) => singleText(items(focus, scope))?.length),
  'children()': ({ input: { items } }) => itemsNode(UNKNOWN, (focus, scope) => gather(items(focus, scope), children)),
  'descendants()': ({ input: { items } }) =>
    itemsNode(UNKNOWN, (focus, scope) => gather(items(focus, scope), descendants)),
  // What it would print could be of a patient.
  'trace()': ({ input }) => input,
  'resolve()': ({ input: { items } }) =>
    itemsNode(UNKNOWN, (focus, scope) => gather(items(focus, scope), (item) => scope.resolve(referenceOf(item)))),
  'is()': ({ input, typeName }) => isType(input, typeName(0)),
  'as()': ({ input, typeName }) => asType(input, typeName(0)),
  'ofType()': ({ input, typeName }) => asType(input, typeName(0)),
  'matches()': ({ input, argument, patternTest }) => {
    const { constant } = argument(0);
    const test = typeof constant === 'string' ? patternTest(constant) : undefined;
    if (test === undefined) throw new Outside();
    return textTest(input, test);
  },
  'startsWith()': ({ input, argument }) => textTestBy(input, argument(0), (text, start) => text.startsWith(start)),
  'contains()': ({ input, argument }) => textTestBy(input, argument(0), (text, part) => text.includes(part)),
  'substring()': ({ input: { items }, argument, size }) => {
    const start = argument(0).constant;
    if (typeof start !== 'number' || size !== 1) throw new Outside();
    return itemsNode(TEXT, (focus, scope) => {
      const text = singleText(items(focus, scope));
      return text === undefined || start >= text.length ? undefined : text.slice(start);
    });
  },
  'replaceMatches()': ({ input: { items }, argument }) => {
    const pattern = patternOf(argument(0));
    const by = argument(1).constant;
    if (typeof by !== 'string') throw new Outside();
    return itemsNode(TEXT, (focus, scope) => singleText(items(focus, scope))?.replace(pattern, by));
  },
  'toInteger()': ({ input: { items } }) => itemsNode(NUMBER, (focus, scope) => toInteger(single(items(focus, scope)))),
  'toString()': ({ input: { items } }) =>
    itemsNode(TEXT, (focus, scope) => {
      const value = single(items(focus, scope));
      return value === undefined ? undefined : String(value);
    }),
};

const hasIn = ({ sets }: Scope) =>
  sets === undefined ? undefined : (items: Items, item: unknown): boolean => sets.includes(items, item);

function exists({ input: { items, exists }, criterion, size }: Call): Node {
  if (size === 0) return truthNode(exists);
  const { truth } = criterion(0);
  return truthNode((focus, scope) => some(items(focus, scope), (item) => truth(item, scope) === true));
}

function hasValue(items: Items): boolean {
  const value = single(items);
  return value !== undefined && typeof value !== 'object';
}

function iif({ input: { items }, criterion, size }: Call): Node {
  const { truth } = criterion(0);
  const then = criterion(1);
  const otherwise = size > 2 ? criterion(2) : undefined;
  const type = otherwise === undefined ? then.type : commonType(then.type, otherwise.type);
  return itemsNode(type, (focus, scope) => {
    const all = items(focus, scope);
    return truth(all, scope) === true ? then.items(all, scope) : otherwise?.items(all, scope);
  });
}

const selection = ({ input: { type, items } }: Call, select: (items: Items) => Items): Node =>
  itemsNode(type, (focus, scope) => select(items(focus, scope)));

/** Where an item says it can be found: a Reference, or an address as it stands. */
function referenceOf(item: unknown): string {
  const address = isObject(item) ? item.reference : item;
  return typeof address === 'string' ? address : '';
}

/** A choice tells its type by its name, a resource by its `resourceType`; of nothing else do R4's invariants ask. */
export function isType(input: Node, type: string): Node {
  if (input.ofType !== undefined) {
    const chosen = input.ofType(type);
    if (chosen === undefined) throw new Outside();
    return truthNode((focus, scope) => (input.exists(focus, scope) ? chosen.exists(focus, scope) : undefined));
  }
  const isOfType = input.type.kind === 'primitive' ? isOfKnown(input, type) : undefined;
  if (isOfType !== undefined) {
    return truthNode((focus, scope) => (single(input.items(focus, scope)) === undefined ? undefined : isOfType));
  }
  requireResource(input, type);
  return truthNode((focus, scope) => {
    const item = single(input.items(focus, scope));
    return item === undefined ? undefined : isResourceOf(item, type);
  });
}

export function asType(input: Node, type: string): Node {
  if (input.ofType !== undefined) {
    const chosen = input.ofType(type);
    if (chosen === undefined) throw new Outside();
    return chosen;
  }
  const isOfType = isOfKnown(input, type);
  if (isOfType !== undefined) return isOfType ? input : constantNode(UNKNOWN, undefined);
  requireResource(input, type);
  return itemsNode(UNKNOWN, (focus, scope) => filter(input.items(focus, scope), (item) => isResourceOf(item, type)));
}

/** Whether what an expression gives is of a type, where that is known before it runs; of types with types above them it is not. */
function isOfKnown({ type: known }: Node, type: string): boolean | undefined {
  if (known.kind === 'primitive' && KNOWN.has(known.name) && !ABOVE.has(type)) return known.name === type;
  if (known.kind !== 'structure') return undefined;
  const { kind, path } = known.structure;
  if (path === type) return true;
  return kind === 'datatype' && !path.includes('.') && !ABOVE.has(type) && !path.endsWith('Quantity')
    ? false
    : undefined;
}

/** The primitives that are of no other type, and the types that others are of. */
const KNOWN: ReadonlySet<string> = new Set(['boolean', 'date', 'dateTime', 'instant', 'time', 'decimal']);
const ABOVE: ReadonlySet<string> = new Set(['Element', 'Quantity', 'Boolean', 'Date', 'DateTime', 'Time', 'Decimal']);

function requireResource({ type: { kind } }: Node, type: string): void {
  if (kind !== 'unknown' || !RESOURCE_TYPES.has(type)) throw new Outside();
}

function patternOf({ constant }: Node): RegExp {
  const pattern = typeof constant === 'string' ? compilePattern(constant, 'g') : undefined;
  if (pattern === undefined) throw new Outside();
  return pattern;
}

function textTest({ items }: Node, test: (text: string) => boolean): Node {
  return truthNode((focus, scope) => {
    const text = singleText(items(focus, scope));
    return text === undefined ? undefined : test(text);
  });
}

function textTestBy({ items }: Node, other: Node, test: (text: string, other: string) => boolean): Node {
  return truthNode((focus, scope) => {
    const text = singleText(items(focus, scope));
    if (text === undefined) return undefined;
    const by = singleText(other.items(focus, scope));
    return by === undefined ? undefined : test(text, by);
  });
}

const INTEGER = /^[+-]?\d+$/;

function toInteger(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return INTEGER.test(value) ? Number(value) : undefined;
  return Number.isInteger(value) ? Number(value) : undefined;
}
