import { comparisonOf, isPlain } from './compare.js';
import { bare, count, distinct, equalCollections, type Items, includes, combine as join, single } from './items.js';
import { commonType, constantNode, itemsNode, type Node, NUMBER, Outside, TEXT, truthNode } from './node.js';

type Operator = (left: Node, right: Node) => Node;

/** The operators of FHIRPath that R4's invariants use (http://hl7.org/fhirpath/N1/#operations). */
export const OPERATORS: { readonly [name: string]: Operator } = {
  and: ({ truth: left }, { truth: right }) =>
    truthNode((focus, scope) => {
      const first = left(focus, scope);
      if (first === false) return false;
      const second = right(focus, scope);
      return first === true ? second : second === false ? false : undefined;
    }),
  or: ({ truth: left }, { truth: right }) =>
    truthNode((focus, scope) => {
      const first = left(focus, scope);
      if (first === true) return true;
      const second = right(focus, scope);
      return first === false ? second : second === true ? true : undefined;
    }),
  xor: ({ truth: left }, { truth: right }) =>
    truthNode((focus, scope) => {
      const first = left(focus, scope);
      const second = right(focus, scope);
      return first === undefined || second === undefined ? undefined : first !== second;
    }),
  implies: ({ truth: left }, { truth: right }) =>
    truthNode((focus, scope) => {
      const first = left(focus, scope);
      if (first === false) return true;
      const second = right(focus, scope);
      return first === true ? second : second === true ? true : undefined;
    }),
  '=': (left, right) => equality(left, right, (isEqual) => isEqual),
  '!=': (left, right) => equality(left, right, (isEqual) => !isEqual),
  '<': (left, right) => inequality(left, right, (order) => order < 0),
  '<=': (left, right) => inequality(left, right, (order) => order <= 0),
  '>': (left, right) => inequality(left, right, (order) => order > 0),
  '>=': (left, right) => inequality(left, right, (order) => order >= 0),
  '+': ({ items: left }, { items: right }) =>
    itemsNode(NUMBER, (focus, scope) => {
      const [a, b] = [single(left(focus, scope)), single(right(focus, scope))];
      return typeof a === 'number' && typeof b === 'number' ? a + b : undefined;
    }),
  '&': ({ items: left }, { items: right }) =>
    itemsNode(TEXT, (focus, scope) => `${single(left(focus, scope)) ?? ''}${single(right(focus, scope)) ?? ''}`),
  in: (left, right) => membership(left, right),
  contains: (left, right) => membership(right, left),
  '|': (left, right) => {
    requirePlain(left, right);
    const type = commonType(left.type, right.type);
    const unite = (a: Items, b: Items): Items => distinct(join(a, b));
    if (left.constant !== undefined && right.constant !== undefined) {
      return constantNode(type, unite(left.constant, right.constant));
    }
    return itemsNode(
      type,
      (focus, scope) => unite(left.items(focus, scope), right.items(focus, scope)),
      (focus, scope) => left.exists(focus, scope) || right.exists(focus, scope),
    );
  },
};

export function requirePlain(...nodes: readonly Node[]): void {
  if (!nodes.every(({ type }) => isPlain(type))) throw new Outside();
}

/** What is computed has nothing beside it; what it is compared with counts by its value alone. */
const isComputed = ({ type }: Node): boolean => type.kind === 'computed';

function equality(left: Node, right: Node, answer: (isEqual: boolean) => boolean): Node {
  requirePlain(left, right);
  const { items: leftItems } = left;
  const { items: rightItems } = right;
  const byValue = isComputed(left) || isComputed(right);
  return truthNode((focus, scope) => {
    const a = leftItems(focus, scope);
    if (a === undefined) return undefined;
    const b = rightItems(focus, scope);
    if (b === undefined) return undefined;
    if (typeof a !== 'object' && typeof b !== 'object') return answer(a === b);
    return answer(byValue ? equalCollections(bare(a), bare(b)) : equalCollections(a, b));
  });
}

function inequality(left: Node, right: Node, answer: (order: number) => boolean): Node {
  const compare = comparisonOf(left.type, right.type);
  const { items: leftItems } = left;
  const { items: rightItems } = right;
  return truthNode((focus, scope) => {
    const a = single(leftItems(focus, scope));
    if (a === undefined) return undefined;
    const b = single(rightItems(focus, scope));
    if (b === undefined) return undefined;
    const order = compare(a, b);
    return order === undefined ? undefined : answer(order);
  });
}

/** Whether an item is among others (http://hl7.org/fhirpath/N1/#collections-2). */
function membership(item: Node, list: Node): Node {
  requirePlain(item, list);
  const { items: itemItems } = item;
  const { items: listItems } = list;
  const byValue = isComputed(item) || isComputed(list);
  return truthNode((focus, scope) => {
    const wanted = itemItems(focus, scope);
    if (count(wanted) !== 1) return undefined;
    const one: unknown = Array.isArray(wanted) ? wanted[0] : wanted;
    const all = listItems(focus, scope);
    return byValue ? includes(bare(all), bare(one)) : includes(all, one);
  });
}
