import type { Tree } from '../fhir/definitions.js';

/** The longest expression, and the deepest, that is read. */
const LONGEST = 20_000;
const DEEPEST = 100;

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|@[0-9T][0-9T:.+Z-]*|[0-9]+(?:\.[0-9]+)?|[$%]?[A-Za-z_][A-Za-z0-9_]*|<=|>=|!=|!~|[\s\S]/g;

/** How strongly the operators bind, from the loosest on (http://hl7.org/fhirpath/N1/#operator-precedence). */
const LEVELS: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
];
const BINDING = new Map(LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)));
const TYPE_LEVEL = LEVELS.length - 3;
const UNARY = LEVELS.length;

const IDENTIFIER = /^[A-Za-z_]/;
/** These are no names of elements. */
const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'implies', 'div', 'mod', 'true', 'false']);
const UNIT = /^(?:'|(?:year|month|week|day|hour|minute|second|millisecond)s?$)/;
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t', f: '\f' };

/** Thrown where a text is no expression. */
class NoExpression extends Error {}

/**
 * The syntax tree of a FHIRPath expression (http://hl7.org/fhirpath/N1/#grammar), as the tables of R4's own rules have it; undefined
 * for what is none, and for one that is too long or too deep. Quantities and dates are lists that begin with `q` and `@`.
 */
export function parseExpression(text: string): Tree | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return new Parser(tokensOf(text)).all();
  } catch (error) {
    if (error instanceof NoExpression) return undefined;
    throw error;
  }
}

function tokensOf(text: string): string[] {
  return (text.match(TOKEN) ?? []).filter((token) => !/^(?:\s|\/\/|\/\*)/.test(token));
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  all(): Tree {
    const tree = this.#expression(0);
    if (this.#at < this.#tokens.length) throw new NoExpression();
    return tree;
  }

  get #next(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #take(): string {
    const token = this.#next;
    if (token === '') throw new NoExpression();
    this.#at += 1;
    return token;
  }

  #skip(token: string): boolean {
    if (this.#next !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (this.#take() !== token) throw new NoExpression();
  }

  #expression(level: number): Tree {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new NoExpression();
    let left = this.#unary();
    for (let binds = BINDING.get(this.#next); binds !== undefined && binds >= level; binds = BINDING.get(this.#next)) {
      const operator = this.#take();
      left = [operator, left, binds === TYPE_LEVEL ? this.#type() : this.#expression(binds + 1)];
    }
    this.#depth -= 1;
    return left;
  }

  #unary(): Tree {
    if (this.#next !== '+' && this.#next !== '-') return this.#path();
    const sign = this.#take();
    const operand = this.#expression(UNARY);
    return typeof operand === 'number' ? (sign === '-' ? -operand : operand) : ['sign', operand];
  }

  #type(): Tree {
    let type = this.#identifier();
    while (this.#next === '.') {
      this.#take();
      type += `.${this.#identifier()}`;
    }
    return type;
  }

  #path(): Tree {
    let tree = this.#term();
    for (;;) {
      if (this.#next === '.') {
        this.#take();
        tree = ['.', tree, this.#invocation(this.#take())];
      } else if (this.#next === '[') {
        this.#take();
        tree = ['[]', tree, this.#expression(0)];
        this.#expect(']');
      } else return tree;
    }
  }

  #term(): Tree {
    const token = this.#take();
    if (token === '(') {
      const tree = this.#expression(0);
      this.#expect(')');
      return tree;
    }
    if (token === '{') {
      this.#expect('}');
      return ['{}'];
    }
    if (token === '%') return `%${this.#identifier()}`;
    if (token.startsWith('%')) return token;
    if (token.startsWith("'") && token.length > 1) return ['s', unquoted(token)];
    if (/^@./.test(token)) return ['@', ['s', token]];
    if (/^[0-9]/.test(token)) {
      if (!UNIT.test(this.#next)) return Number(token);
      return ['q', Number(token), ['s', this.#take()]];
    }
    if (token === 'true' || token === 'false') return token === 'true';
    return this.#invocation(token);
  }

  #invocation(token: string): Tree {
    if (token.startsWith('$') && token.length > 1) return token;
    const name = nameIn(token);
    if (!this.#skip('(')) return name;
    const parameters: Tree[] = [];
    while (!this.#skip(')')) {
      if (parameters.length > 0) this.#expect(',');
      parameters.push(this.#expression(0));
    }
    return [`${name}()`, ...parameters];
  }

  #identifier(): string {
    const token = this.#take();
    return token.startsWith("'") && token.length > 1 ? unquoted(token) : nameIn(token);
  }
}

function nameIn(token: string): string {
  if (token.startsWith('`') && token.length > 1) return unquoted(token);
  if (!IDENTIFIER.test(token) || RESERVED.has(token)) throw new NoExpression();
  return token;
}

/** The text in quotes, its escapes resolved (http://hl7.org/fhirpath/N1/#string). */
function unquoted(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(u([0-9a-fA-F]{4})|([\s\S]))/g, (_, __, hex: string | undefined, letter: string) =>
      hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
