import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tree } from '../../scripts/r4/tree.js';
import { invariants } from '../../src/fhir/generated/invariants.js';
import { parseExpression } from '../../src/profiles/expression.js';
import { patternTest } from '../../src/profiles/patterns.js';
import { runs } from '../support/runs.js';

describe('an expression', () => {
  it.each([
    "a.b or c and d implies e = 'x' + 'y'",
    'a is Quantity or (b as string) in c',
    "name.where(use = 'usual').given[0].exists() | `div`.text",
    "%resource.id & 'it\\'s \\u0041' != {}",
    'iif($this < 5, 2 * 3, 4 - 1) mod 10 = 0 // why',
    'contains contains is.as',
  ])('is read as fhirpath reads it: %s', (expression) =>
    expect(parseExpression(expression)).toStrictEqual(tree(expression)),
  );

  it('of R4 is read as fhirpath reads it', () => {
    const expressions = invariants.map((row): string => JSON.parse(row)[3]).filter((one) => one !== '');
    expect(expressions.length).toBeGreaterThan(100);
    for (const one of expressions) expect([one, parseExpression(one)]).toStrictEqual([one, tree(one)]);
  });

  it.each(['', 'a.', 'a b', "'a", '(a', 'a)', 'f(a,)', 'and', '1 2', '`a', '$', `${'('.repeat(500)}a`])(
    'is none: %s',
    (text) => expect(parseExpression(text)).toBeUndefined(),
  );
});

describe('a pattern', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '\\s',
    '\\w',
    '\\b',
    '^',
    '$',
    '\\.',
    '[a-c]',
    '(?:a|b)',
    '(ab)',
  );
  const repeat = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?', '{1,}');
  const pattern = fc
    .array(fc.tuple(atom, repeat, fc.constantFrom('', '', '|')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.map(([one, times, or]) => `${one}${/^(?:\\b|\^|\$)$/.test(one) ? '' : times}${or}`).join(''));

  it('fits what the engine’s own regular expressions fit', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '.', '\n'), maxLength: 6 }),
        (text, given) => {
          expect(patternTest(text)?.(given)).toBe(new RegExp(text, 's').test(given));
        },
      ),
      { numRuns: runs(10_000) },
    );
  });

  it.each(['(?=a)', '(a)\\1', '\\p{L}', '(?<n>a)', '(', 'a**', '[b-a]', 'a{5000}', '((){99}){99}'])(
    'nobody can follow: %s',
    (text) => expect(patternTest(text)).toBeUndefined(),
  );
});
