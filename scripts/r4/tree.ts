import fhirpath from 'fhirpath';
import type { Tree } from '../../src/fhir/definitions.js';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/**
 * The syntax tree of a FHIRPath expression, as fhirpath's own parser sees it, in the short form that `Tree` describes
 * (http://hl7.org/fhirpath/N1/#grammar).
 */
export function tree(expression: string): Tree {
  return shorten(fhirpath.parse(expression) as Node);
}

/** Nodes that only wrap another one. */
const WRAPPERS = new Set(['EntireExpression', 'TermExpression', 'ParenthesizedTerm', 'InvocationTerm', 'LiteralTerm']);

const OPERATORS = new Set([
  'OrExpression',
  'AndExpression',
  'ImpliesExpression',
  'EqualityExpression',
  'InequalityExpression',
  'MembershipExpression',
  'AdditiveExpression',
  'MultiplicativeExpression',
  'UnionExpression',
]);

function shorten(node: Node): Tree {
  const { type, text = '', children = [] } = node;
  const [first, second] = children;
  if (WRAPPERS.has(type) && first !== undefined && second === undefined) return shorten(first);
  if (OPERATORS.has(type) && first !== undefined && second !== undefined)
    return [text, shorten(first), shorten(second)];
  if (type === 'InvocationExpression' && first !== undefined && second !== undefined) {
    return ['.', shorten(first), shorten(second)];
  }
  if (type === 'TypeExpression' && first !== undefined && second !== undefined) {
    return [text, shorten(first), second.text ?? ''];
  }
  if (type === 'IndexerExpression' && first !== undefined && second !== undefined) {
    return ['[]', shorten(first), shorten(second)];
  }
  switch (type) {
    case 'MemberInvocation':
      return text.replace(/^`(.*)`$/, '$1');
    case 'ThisInvocation':
      return '$this';
    case 'FunctionInvocation':
      return call(first);
    case 'ExternalConstantTerm':
      return `%${identifierOf(node)}`;
    case 'StringLiteral':
      return ['s', unquote(text)];
    case 'NumberLiteral':
      return Number(text);
    case 'BooleanLiteral':
      return text === 'true';
    case 'NullLiteral':
      return ['{}'];
    default:
      throw new Error(`no short form for ${type} in an expression of R4`);
  }
}

function call(node: Node | undefined): Tree {
  const [name, parameters] = node?.children ?? [];
  return [`${name?.text ?? ''}()`, ...(parameters?.children ?? []).map(shorten)];
}

function identifierOf(node: Node): string {
  if (node.type === 'Identifier' && node.text !== undefined) return node.text.replace(/^[`'](.*)[`']$/, '$1');
  for (const child of node.children ?? []) {
    const found = identifierOf(child);
    if (found !== '') return found;
  }
  return '';
}

const ESCAPES: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', f: '\f' };

/** The text of a string literal: its quotes and escapes resolved (http://hl7.org/fhirpath/N1/#string). */
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(u([0-9a-fA-F]{4})|(.))/g, (_, __, hex: string | undefined, letter: string) =>
      hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
