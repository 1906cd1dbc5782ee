import { describe, expect, it } from '@jest/globals';
import { ignoresOf, parseIgnore } from '../../src/check/ignore.js';
import { UsageError } from '../../src/read/usageError.js';
import { ensure, thrown } from '../support/ensure.js';

describe('an ignore', () => {
  const isIgnored = (ignore: string, rule: string, expression?: string): boolean =>
    ignoresOf([parseIgnore(ignore)]).reasonFor(rule, expression) !== undefined;

  it('is of one rule, or of all that begin alike', () => {
    ensure(isIgnored('per-1', 'per-1', 'Patient.name[0].period'));
    ensure(!isIgnored('per-1', 'per-10'));
    ensure(isIgnored('format-*', 'format-dateTime'));
    ensure(!isIgnored('format-*', 'binding-required'));
  });

  it('is of a path and what is below it, at any index', () => {
    ensure(isIgnored('per-1:Patient.name', 'per-1', 'Patient.name[2]'));
    ensure(isIgnored('*:Patient.name', 'per-1', 'Patient.name[2].period'));
    ensure(!isIgnored('per-1:Patient.name', 'per-1', 'Patient.names'));
    ensure(!isIgnored('per-1:Patient.name', 'per-1', 'Patient'));
    ensure(!isIgnored('per-1:Patient', 'per-1', undefined));
  });

  it('gives its reason, the first that fits', () => {
    const ignores = ignoresOf([{ rule: 'per-*', reason: 'old export' }, parseIgnore('per-1')]);
    expect(ignores.reasonFor('per-1', undefined)).toBe('old export');
    expect(ignoresOf([parseIgnore('per-1')]).reasonFor('per-1', undefined)).toBe('from the command line');
  });

  it('is known to be unused', () => {
    const ignores = ignoresOf(['per-*', 'per-1', 'per-2', 'x'].map(parseIgnore));
    ignores.reasonFor('per-1', undefined);
    expect(ignores.unused().map(({ rule }) => rule)).toStrictEqual(['per-2', 'x']);
  });

  it('is refused with a remedy where it is none', () => {
    const refused: readonly [string, RegExp][] = [
      ['', /a rule is an identifier/],
      [':Patient', /a rule is an identifier/],
      ['a b', /a rule is an identifier/],
      ['*', /ignore everything/],
      ['per-1:', /as in Patient\.name/],
      ['per-1:Patient.name[0]', /leave out the \[ \]/],
    ];
    for (const [text, message] of refused) {
      const error = thrown(() => parseIgnore(text));
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toHaveProperty('message', expect.stringMatching(message));
    }
  });
});
