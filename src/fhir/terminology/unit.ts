import { remembering } from './remembering.js';
import type { Table } from './table.js';

/** The symbols that units are built from. */
interface Symbols {
  readonly prefixes: ReadonlySet<string>;
  /** Those that a prefix may stand before. */
  readonly metric: ReadonlySet<string>;
  readonly other: ReadonlySet<string>;
}

/** The test of a unit: it follows UCUM's grammar, capitals as they are, and UCUM has its symbols (https://ucum.org/ucum#section-Syntax-Rules). */
export function unitTest(table: Table): (code: string) => boolean {
  const words = (name: string): ReadonlySet<string> => new Set((table[name] ?? '').split(' '));
  const symbols = { prefixes: words('prefix'), metric: words('metric'), other: words('other') };
  return remembering((code) => isTerm(code, symbols));
}

const ANNOTATION = /^[ -z|~]*$/;

/** A term without recursion: parentheses are counted, however deep. */
function isTerm(code: string, symbols: Symbols): boolean {
  let open = 0;
  // What may follow: a component, its annotation, or an operator.
  let last: 'operator' | 'start' | 'component' | 'annotation' = 'start';
  for (let at = 0; at < code.length; ) {
    const character = code[at];
    const isFree = last === 'start' || last === 'operator';
    if (character === '(') {
      if (!isFree) return false;
      open += 1;
      last = 'start';
      at += 1;
    } else if (character === ')') {
      if (isFree || open === 0) return false;
      open -= 1;
      last = 'component';
      at += 1;
    } else if (character === '/' || character === '.') {
      if (last === 'operator' || (last === 'start' && character === '.')) return false;
      last = 'operator';
      at += 1;
    } else if (character === '{') {
      const end = code.indexOf('}', at);
      if (last === 'annotation' || end < 0 || !ANNOTATION.test(code.slice(at + 1, end))) return false;
      last = 'annotation';
      at = end + 1;
    } else {
      const end = endOfComponent(code, at);
      if (!isFree || !isComponent(code.slice(at, end), symbols)) return false;
      last = 'component';
      at = end;
    }
  }
  return open === 0 && (last === 'component' || last === 'annotation');
}

/** Where a unit or a number ends; what stands in brackets belongs to it. */
function endOfComponent(code: string, start: number): number {
  let inBrackets = false;
  for (let at = start; at < code.length; at += 1) {
    const character = code[at];
    if (character === '[') inBrackets = true;
    else if (character === ']') inBrackets = false;
    else if (!inBrackets && ENDS.has(character ?? '')) return at;
  }
  return code.length;
}

const ENDS: ReadonlySet<string> = new Set('/.(){}');

const NUMBER = /^\d+$/;
const EXPONENT = /[+-]?\d+$/;

function isComponent(text: string, symbols: Symbols): boolean {
  return NUMBER.test(text) || isUnit(text, symbols) || isUnit(text.replace(EXPONENT, ''), symbols);
}

function isUnit(symbol: string, { prefixes, metric, other }: Symbols): boolean {
  if (metric.has(symbol) || other.has(symbol)) return true;
  for (const length of [1, 2]) {
    if (prefixes.has(symbol.slice(0, length)) && metric.has(symbol.slice(length))) return true;
  }
  return false;
}
