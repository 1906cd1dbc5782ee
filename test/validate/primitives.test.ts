import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { primitives } from '../../src/fhir/generated/primitives.js';
import { isR4Uri } from '../../src/fhir/references/uri.js';
import { primitiveTest } from '../../src/validate/primitive.js';
import { runs } from '../support/runs.js';
import { found, holding, patient } from '../support/validation.js';
import { primitiveValues } from './rows/primitives.js';

const AT = 'Patient.extension[0].value';
const capital = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1);
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 50)}… (${text.length})` : text;
};
const findings = (type: string, value: unknown) => found({ ...patient, ...holding(capital(type), value) });

describe('the values of primitives', () => {
  it('are listed for every type of R4', () => {
    expect(Object.keys(primitiveValues).sort()).toStrictEqual(
      Object.keys(primitives)
        .filter((type) => type !== 'xhtml')
        .sort(),
    );
  });
});

for (const [type, { fine, broken }] of Object.entries(primitiveValues)) {
  describe(type, () => {
    for (const value of fine) it(`takes ${shown(value)}`, () => expect(findings(type, value)).toStrictEqual([]));
    for (const row of broken) {
      const [value, id] = Array.isArray(row) && row.length === 2 ? row : [row, `format-${type}`];
      it(`refuses ${shown(value)}: ${id}`, () => expect(findings(type, value)).toStrictEqual([`error ${id} ${AT}`]));
    }
  });
}

/** R4's own pattern of a type, whose `\s` and `\S` are those of XML Schema; JavaScript's mean more characters. */
function patternOf(type: string): RegExp {
  const source = (primitives[type]?.pattern ?? '')
    .replaceAll('[ \\r\\n\\t\\S]', '[^]')
    .replaceAll('[^\\s]', '[^ \\t\\r\\n]')
    .replaceAll('\\S', '[^ \\t\\r\\n]')
    .replaceAll('\\s', '[ \\t\\r\\n]');
  return new RegExp(`^(?:${source})$`, 'u');
}

/** Texts of a pattern, and texts that are one character away from it. */
function textsNear(pattern: RegExp): fc.Arbitrary<string> {
  const part = fc.constantFrom(
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\u00a0',
    '\u0000',
    '0',
    '2',
    '9',
    '=',
    'T',
    'Z',
    '+',
    '-',
    ':',
    '.',
    'a',
  );
  return fc.tuple(fc.stringMatching(pattern), fc.nat(), fc.nat(1), part).map(([text, position, cut, added]) => {
    const at = position % (text.length + 1);
    return position % 3 === 0 ? text : text.slice(0, at) + added + text.slice(at + cut);
  });
}

/** What a format asks besides its pattern; nothing else where the pattern is the whole truth. */
const STRICTER: Readonly<Record<string, (text: string) => boolean>> = {
  canonical: isR4Uri,
  code: (text) => !/[\t\r\n]/.test(text) && !hasControl(text),
  uri: isR4Uri,
  url: isR4Uri,
  string: (text) => !hasControl(text),
  markdown: (text) => !hasControl(text),
  date: isInCalendar,
  dateTime: isInCalendar,
  instant: isInCalendar,
};

const hasControl = (text: string): boolean => [...text].some((one) => one < ' ' && !'\t\r\n'.includes(one));

/** A date that Date, too, has, and does not take for one of the next month. */
function isInCalendar(text: string): boolean {
  const [year = '', month, day] = text.slice(0, 10).split('-');
  if (day === undefined) return true;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCDate() === Number(day);
}

describe('the test of a primitive', () => {
  const texts = Object.keys(primitives).filter((type) => primitives[type]?.json === 'string');
  for (const type of texts.filter((type) => type !== 'base64Binary' && type !== 'xhtml')) {
    const more = STRICTER[type];
    it(`agrees with R4's pattern of ${type}${more === undefined ? '' : ', and is stricter where that is not all'}`, () => {
      const pattern = patternOf(type);
      const fits = primitiveTest(type);
      fc.assert(
        fc.property(fc.oneof(textsNear(pattern), fc.string({ unit: 'binary' })), (text) => {
          expect(fits(text)).toBe(text !== '' && pattern.test(text) && (more?.(text) ?? true));
        }),
        { numRuns: runs(1000) },
      );
    });
  }

  it('takes base64 by what is left without its white space, and its padding at its end alone', () => {
    // R4's own pattern, but for the second white space of each group, with which it would never end on some texts.
    const pattern = /^(?:[ \t\r\n]*[0-9a-zA-Z+/=]{4})+[ \t\r\n]*$/;
    const fits = primitiveTest('base64Binary');
    fc.assert(
      fc.property(fc.oneof(textsNear(pattern), fc.base64String()), (text) => {
        const digits = text.replace(/[ \t\r\n]/g, '');
        expect(fits(text)).toBe(pattern.test(digits) && /^[^=]+={0,2}$/.test(digits));
        if (pattern.test(text) && /^[^=]+={0,2}$/.test(digits)) expect(fits(text)).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('takes the base64 of any bytes, in lines of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const text = Buffer.from(bytes)
          .toString('base64')
          .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
        expect(primitiveTest('base64Binary')(text)).toBe(true);
      }),
    );
  });

  for (const type of ['integer', 'positiveInt', 'unsignedInt', 'decimal']) {
    it(`agrees with R4's pattern of ${type}, within its range`, () => {
      const pattern = patternOf(type);
      const fits = primitiveTest(type);
      const isInRange = (value: number): boolean => type === 'decimal' || (value >= -(2 ** 31) && value < 2 ** 31);
      fc.assert(
        fc.property(fc.oneof(fc.double(), fc.integer(), fc.integer({ min: -2, max: 2 })), (value) => {
          // R4 sets a decimal no limit, and JSON.parse makes Infinity of what is beyond its own.
          fc.pre(type !== 'decimal' || Number.isFinite(value));
          expect(fits(value)).toBe(pattern.test(String(value)) && isInRange(value));
        }),
        { numRuns: runs(1000) },
      );
    });
  }
});
