import { describe, expect, it } from '@jest/globals';
import { nameMeant, namesNear } from '../../src/report/nearest.js';

describe('the name that was meant', () => {
  const names = ['formats', 'failOn', 'quiet', 'baseline'];

  it.each([
    ['format', 'formats'],
    ['failon', 'failOn'],
    ['quite', undefined],
    ['quit', 'quiet'],
    ['base-line', 'baseline'],
    ['xyz', undefined],
    ['', undefined],
  ])('of %j is %j: one that differs in a letter or two', (name, meant) => {
    expect(nameMeant(name, names)).toBe(meant);
  });

  it('is none for a text without end', () => {
    expect(nameMeant('q'.repeat(1e6), names)).toBeUndefined();
  });

  it('is the first of two that are as near', () => {
    expect(nameMeant('bax', ['bat', 'bar'])).toBe('bat');
  });
});

describe('the nearest names', () => {
  const names = ['bdl-1', 'bdl-10', 'per-1', 'unknown-element', 'missing-element', 'fullurl-id'];
  const rows: readonly [typed: string, ...near: string[]][] = [
    ['per1', 'per-1'],
    ['PER-2', 'per-1'],
    ['bdl', 'bdl-1', 'bdl-10'],
    ['element', 'unknown-element', 'missing-element'],
    ['unknwon-element', 'unknown-element'],
    ['nothing-like-it'],
    [''],
  ];
  for (const [typed, ...near] of rows) {
    it(`are those of ${JSON.stringify(typed)}`, () => expect(namesNear(typed, names)).toStrictEqual(near));
  }

  it('are as many as are asked for', () => expect(namesNear('bdl', names, 1)).toStrictEqual(['bdl-1']));
});
