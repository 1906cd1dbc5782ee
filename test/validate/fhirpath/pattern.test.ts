import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invariants } from '../../../src/fhir/generated/invariants.js';
import { compilePattern } from '../../../src/validate/fhirpath/pattern.js';
import { runs } from '../../support/runs.js';

/** The constant patterns of R4's invariants, with the flag that their function gives them. */
function patternsOfR4(): readonly (readonly [pattern: string, flag: 's' | 'g'])[] {
  const found = new Map<string, readonly [string, 's' | 'g']>();
  const look = (tree: unknown): void => {
    if (!Array.isArray(tree)) return;
    const [name, argument] = tree;
    if (name === 'matches()') found.set(`s${argument[1]}`, [argument[1], 's']);
    if (name === 'replaceMatches()') found.set(`g${argument[1]}`, [argument[1], 'g']);
    for (const part of tree) look(part);
  };
  for (const text of invariants) look(JSON.parse(text));
  return [...found.values()];
}

const PATTERNS: readonly (readonly [pattern: string, flag: 's' | 'g'])[] = [
  ['a.b', 's'],
  ['a.b', 'g'],
  ['^.{2}$', 's'],
  ['^[^a]{2,3}$', 's'],
  ['^\\S{1,2}$', 's'],
  ['[^\\s.]', 'g'],
  ['^[\\Da]+$', 's'],
  ['\\.', 'g'],
  ['[.]', 'g'],
  ['[\\]^.]', 'g'],
  ['\\\\.', 's'],
];

describe('a pattern of FHIRPath', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', 'A', '1', '.', ' ', '\n', '\\', '[x]', ':', '😀', '\ud83d', '\ude00', 'é'), {
      maxLength: 12,
    })
    .map((pieces) => pieces.join(''))
    .chain((text) => fc.constantFrom(text, text.repeat(9), `A${text}`));

  it('is one of at least six in R4', () => {
    expect(patternsOfR4().length).toBeGreaterThanOrEqual(6);
  });

  it.each([...PATTERNS, ...patternsOfR4()])('takes what it takes with the flag u: %s (%s)', (pattern, flag) => {
    const made = compilePattern(pattern, flag);
    const wanted = new RegExp(pattern, `u${flag}`);
    fc.assert(
      fc.property(texts, (text) => {
        expect(made === undefined ? undefined : text.replace(made, '_')).toBe(text.replace(wanted, '_'));
      }),
      { numRuns: runs(2000) },
    );
  });

  it.each(['[', '(', '\\p{L}', '\\u0041', '(?<a>b)', '😀', '(?<!a)b'])(
    'is none that means another thing: %s',
    (pattern) => {
      expect(compilePattern(pattern, 's')).toBeUndefined();
    },
  );
});
