/** The longest pattern, and the deepest, that is read. */
const LONGEST = 2000;
const DEEPEST = 50;

type Ranges = readonly (readonly [low: number, high: number])[];

/** What a pattern is made of. */
export type Part =
  | { readonly kind: 'one'; readonly of: (code: number) => boolean }
  | { readonly kind: 'edge'; readonly is: (before: number, after: number) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'any'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly min: number; readonly max: number };

/** Before the first character and after the last one. */
export const NONE = -1;

/** Thrown for a pattern that is none, or that has what cannot be followed on all ways at once. */
export class NoPattern extends Error {}

const inRanges =
  (ranges: Ranges) =>
  (code: number): boolean =>
    ranges.some(([low, high]) => code >= low && code <= high);

const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [...DIGIT, [65, 90], [95, 95], [97, 122]];
const SPACE: Ranges = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const CLASSES: { readonly [letter: string]: Ranges } = { d: DIGIT, w: WORD, s: SPACE };
const CONTROLS: { readonly [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };
const isWord = inRanges(WORD);
const isBoundary = (before: number, after: number): boolean => isWord(before) !== isWord(after);

function complement(ranges: Ranges): Ranges {
  const sorted = [...ranges].sort(([one], [other]) => one - other);
  const out: [number, number][] = [];
  let from = 0;
  for (const [low, high] of sorted) {
    if (low > from) out.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  return [...out, [from, 0x10ffff]];
}

/** Reads a pattern of ECMAScript (https://hl7.org/fhir/R4/fhirpath.html). */
export class PatternReader {
  readonly #text: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    if (pattern.length > LONGEST) throw new NoPattern();
    this.#text = Array.from(pattern);
  }

  all(): Part {
    const part = this.#any();
    if (this.#at < this.#text.length) throw new NoPattern();
    return part;
  }

  get #next(): string {
    return this.#text[this.#at] ?? '';
  }

  #take(): string {
    const letter = this.#next;
    if (letter === '') throw new NoPattern();
    this.#at += 1;
    return letter;
  }

  #skip(letter: string): boolean {
    if (this.#next !== letter) return false;
    this.#at += 1;
    return true;
  }

  #any(): Part {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new NoPattern();
    const parts = [this.#all()];
    while (this.#skip('|')) parts.push(this.#all());
    this.#depth -= 1;
    return { kind: 'any', parts };
  }

  #all(): Part {
    const parts: Part[] = [];
    while (this.#next !== '' && this.#next !== '|' && this.#next !== ')') parts.push(this.#repeated(this.#one()));
    return { kind: 'all', parts };
  }

  #repeated(part: Part): Part {
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    // A shorter match is a match, too.
    this.#skip('?');
    const [min, max] = bounds;
    if (min > max || '*+?{'.includes(this.#next || ' ')) throw new NoPattern();
    return { kind: 'repeat', part, min, max };
  }

  #bounds(): readonly [min: number, max: number] | undefined {
    if (this.#skip('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#skip('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#skip('?')) return [0, 1];
    if (!this.#skip('{')) return undefined;
    const end = this.#text.indexOf('}', this.#at);
    const found = /^(\d{1,4})(,(\d{0,4}))?$/.exec(this.#text.slice(this.#at, end).join(''));
    if (end < 0 || found === null) throw new NoPattern();
    this.#at = end + 1;
    const [, min = '', range, max = ''] = found;
    if (range === undefined) return [Number(min), Number(min)];
    return [Number(min), max === '' ? Number.POSITIVE_INFINITY : Number(max)];
  }

  #one(): Part {
    const letter = this.#take();
    switch (letter) {
      case '^':
        return { kind: 'edge', is: (before) => before === NONE };
      case '$':
        return { kind: 'edge', is: (_, after) => after === NONE };
      case '.':
        return { kind: 'one', of: () => true };
      case '(':
        return this.#group();
      case '[':
        return { kind: 'one', of: inRanges(this.#class()) };
      case '\\':
        if (this.#skip('b')) return { kind: 'edge', is: isBoundary };
        if (this.#skip('B')) return { kind: 'edge', is: (before, after) => !isBoundary(before, after) };
        return { kind: 'one', of: inRanges(this.#escape()) };
      default:
        if ('*+?{}]'.includes(letter)) throw new NoPattern();
        return { kind: 'one', of: inRanges(just(letter)) };
    }
  }

  #group(): Part {
    if (this.#skip('?') && !this.#skip(':')) throw new NoPattern();
    const part = this.#any();
    if (!this.#skip(')')) throw new NoPattern();
    return part;
  }

  #escape(): Ranges {
    const letter = this.#take();
    const lower = letter.toLowerCase();
    const named = Object.hasOwn(CLASSES, lower) ? CLASSES[lower] : undefined;
    if (named !== undefined) return letter === lower ? named : complement(named);
    const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined;
    if (control !== undefined) return [[control, control]];
    if (letter === 'x' || letter === 'u') return this.#hexadecimal(letter === 'x' ? 2 : 4);
    if (/[A-Za-z0-9]/.test(letter)) throw new NoPattern();
    return just(letter);
  }

  #hexadecimal(length: number): Ranges {
    const digits = this.#text.slice(this.#at, this.#at + length).join('');
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length) throw new NoPattern();
    this.#at += length;
    const code = Number.parseInt(digits, 16);
    return [[code, code]];
  }

  #class(): Ranges {
    const isNegated = this.#skip('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.#skip(']')) {
      const low = this.#inClass();
      const [[from, to] = [0, 0], ...more] = low;
      const isRange = this.#next === '-' && this.#text[this.#at + 1] !== ']' && more.length === 0 && from === to;
      if (!isRange) {
        ranges.push(...low);
        continue;
      }
      this.#take();
      const [[high, end] = [0, 0], ...others] = this.#inClass();
      if (others.length > 0 || high !== end || high < from) throw new NoPattern();
      ranges.push([from, high]);
    }
    return isNegated ? complement(ranges) : ranges;
  }

  #inClass(): Ranges {
    const letter = this.#take();
    if (letter !== '\\') return just(letter);
    return this.#skip('b') ? [[8, 8]] : this.#escape();
  }
}

function just(letter: string): Ranges {
  const code = letter.codePointAt(0) ?? 0;
  return [[code, code]];
}
