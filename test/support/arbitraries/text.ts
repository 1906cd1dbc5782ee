// Strings that FHIR can hold, most of them awkward on purpose.
import fc from 'fast-check';
import { choice, pick } from './object.js';
import * as words from './words.js';

const LOOK_ALIKES = [
  ...[...words.CODES, ...words.DISPLAYS, ...words.SLUGS],
  ...[...words.REFERENCES, ...words.PROTOTYPE_WORDS, ...words.LITERALS],
];

const nineDigits = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);
const loincLike = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 9 }))
  .map(([number, digit]) => `${number}-${digit}`);

/** Text that passes for something else: a code, a reference, a slug, a keyword. */
const lookAlike = pick(
  choice(16, fc.constantFrom(...LOOK_ALIKES)),
  choice(2, nineDigits),
  choice(1, loincLike),
  choice(1, fc.constantFrom(...words.PROTOTYPE_WORDS)),
);

const sentence = fc
  .array(fc.constantFrom(...words.PROSE), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));

const piece = pick(
  choice(4, fc.constantFrom(...words.XML)),
  choice(4, fc.constantFrom(...words.WHITE)),
  choice(4, fc.constantFrom(...words.SCRIPTS)),
  choice(3, fc.constantFrom(...words.PROSE)),
  choice(2, lookAlike),
);

const patchwork = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

const padded = fc
  .tuple(fc.constantFrom('', ...words.WHITE), lookAlike, fc.constantFrom('', ...words.WHITE))
  .map((parts) => parts.join(''));

const codePoint = pick(
  choice(3, fc.integer({ min: 0x20, max: 0x7e })),
  choice(2, fc.integer({ min: 0xa0, max: 0xd7ff })),
  choice(1, fc.integer({ min: 0xe000, max: 0xfffd })),
  choice(1, fc.integer({ min: 0x10000, max: 0x10fffd })),
);
const scatter = fc
  .array(codePoint, { minLength: 1, maxLength: 10 })
  .map((points) => points.map((point) => String.fromCodePoint(point)).join(''));

const short = pick(
  choice(80, lookAlike),
  choice(70, patchwork),
  choice(50, sentence),
  choice(25, padded),
  choice(12, scatter),
  choice(3, fc.constantFrom(...words.WHITE)),
  choice(2, fc.constantFrom(...words.NON_CHARACTERS, 'a\ufffeb')),
);

/** What a limit is filled with: letters, astral characters (two UTF-16 units each), lines, markup, words. */
const FILLINGS = ['x', '😀', '𝒳', 'ab\r\n', '&', '<i>', 'word ', 'e\u0301', '\u00a0.'];

const filled = (points: number) =>
  fc.constantFrom(...FILLINGS).map((filling) => {
    const made = Array.from(filling.repeat(Math.ceil(points / Array.from(filling).length)));
    return made.slice(0, points).join('').replace(/\s$/, '.');
  });

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  return points.length <= max ? text : points.slice(0, max).join('');
}

/** Something to see, which a payload's text has; white space says nothing. */
const SEEN = /[^\s\p{Z}\p{Cc}\p{Cf}]/u;

/** A payload's string of at most `max` code points, mostly short, now and then of exactly `max`. */
export function text(max = Number.POSITIVE_INFINITY): fc.Arbitrary<string> {
  return anyText(max).map((made) => (SEEN.test(made) ? made : `${cut(made, max - 1)}x`));
}

/** The same for a resource, which may have blank ones, too. */
export function anyText(max = Number.POSITIVE_INFINITY): fc.Arbitrary<string> {
  if (max === Number.POSITIVE_INFINITY) return short;
  const within = short.map((made) => cut(made, max));
  const weight = max > 1000 ? 400 : 120;
  return pick(choice(weight, within), choice(1, filled(max)));
}

const cell = fc.constantFrom(
  '',
  'a',
  'Drug',
  '5 mg',
  'a & b',
  '<b>',
  '\u00a0',
  ' x',
  'a  b',
  'é😀',
  '- a',
  '[struck out: a]',
  '^2',
);
const gap = fc.constantFrom('\t', '\t', '\n', '\n', ' ', '  ', '\r\n', '\r', '\n\n', '', '\u200b', '\u2028');

const grid = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  )
  .map(([width, rows]) => rows.map((row) => row.slice(0, width).join('\t')).join('\n'));

/** Text that is laid out: tables by tabs, whole or broken, lines, columns by spaces. */
const laidOut = pick(
  choice(1, grid),
  choice(
    1,
    fc.array(fc.tuple(cell, gap), { minLength: 1, maxLength: 8 }).map((parts) => parts.flat().join('')),
  ),
);

/** A string that can stand in a Narrative: XML's characters only, and something to see. */
export function narrativeText(max: number): fc.Arbitrary<string> {
  const made = pick(
    choice(4, text(max)),
    choice(
      1,
      laidOut.map((long) => cut(long, max)),
    ),
  );
  return made.map((one) => {
    const legal = one.replace(/[\ufffe\uffff]/g, '');
    return /[\p{L}\p{N}\p{P}\p{S}]/u.test(legal) ? legal : `${cut(legal, max - 1)}x`;
  });
}

const token = pick(
  choice(6, fc.constantFrom(...words.CODES)),
  choice(1, fc.constantFrom(...words.SLUGS)),
  choice(1, fc.constantFrom(...words.REFERENCES)),
  choice(1, fc.constantFrom(...words.PROTOTYPE_WORDS)),
  choice(1, fc.constantFrom(...words.LITERALS)),
  choice(1, nineDigits),
  choice(1, loincLike),
  choice(2, fc.constantFrom('a&b', '<c>', '"q"', 'é', 'e\u0301', '😀', 'שלום', '\u202ex', 'a/b', 'local_1', 'x^y')),
).map((made) => made.replace(/\s/g, '') || 'x');

const spaced = fc
  .tuple(token, fc.constantFrom(' ', ' ', ' ', '\u00a0'), token)
  .map(([first, space, second]) => `${first}${space}${second}`);

/** A string by the grammar of FHIR's `code`: no outer white space, and single spaces inside. */
export function code(): fc.Arbitrary<string> {
  return pick(choice(9, token), choice(1, spaced));
}
