/** A list whose items are being read. */
export interface List {
  readonly ordered: boolean;
  readonly type: string | undefined;
  next: number;
  readonly step: 1 | -1;
}

/** A list as its attributes have it; `items` is how many it has, where they are counted down. */
export function listOf(
  name: string,
  attributes: { readonly [name: string]: string },
  style: string | undefined,
  items: () => number,
): List {
  const ordered = name === 'ol';
  const down = ordered && attributes.reversed !== undefined;
  const first = down ? items() : 1;
  const next = integer(attributes.start) ?? first;
  return { ordered, type: style ?? attributes.type, next, step: down ? -1 : 1 };
}

/** What a browser shows before the next item of a list, in plain characters. An item may have a `value` and a style of its own. */
export function markerOf(list: List | undefined, value: string | undefined, style: string | undefined): string {
  const type = style ?? list?.type;
  const number = integer(value) ?? list?.next ?? 1;
  if (list !== undefined) list.next = number + list.step;
  const words = type?.split(' ') ?? [];
  if (words.includes('none')) return '';
  const named = words.map((word) => NUMERALS[word]).find((numeral) => numeral !== undefined);
  if (named !== undefined) return `${named(number)}. `;
  return list?.ordered === true && !words.some((word) => BULLETS.has(word)) ? `${number}. ` : '- ';
}

/** What is inherited comes from outside of any list, where it is a bullet. */
const BULLETS = new Set(['disc', 'circle', 'square', 'inherit', 'initial']);

const letters = (number: number): string => {
  if (number < 1) return String(number);
  const digits: string[] = [];
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    digits.unshift(String.fromCharCode(97 + ((rest - 1) % 26)));
  return digits.join('');
};

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

const roman = (number: number): string => {
  if (number < 1 || number > 3999) return String(number);
  let rest = number;
  let made = '';
  for (const [value, digits] of ROMAN) {
    made += digits.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return made;
};

const upper = (numeral: (number: number) => string) => (number: number) => numeral(number).toUpperCase();

/** By HTML's `type` and by the names of CSS. */
const NUMERALS: { readonly [type: string]: (number: number) => string } = {
  1: String,
  decimal: String,
  'decimal-leading-zero': (number) => String(number).padStart(2, '0'),
  a: letters,
  'lower-alpha': letters,
  'lower-latin': letters,
  A: upper(letters),
  'upper-alpha': upper(letters),
  'upper-latin': upper(letters),
  i: roman,
  'lower-roman': roman,
  I: upper(roman),
  'upper-roman': upper(roman),
};

/** A number of an attribute as HTML reads it. */
function integer(value: string | undefined): number | undefined {
  const digits = /^\s*([+-]?[0-9]{1,9})/.exec(value ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
