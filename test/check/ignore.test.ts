import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ignoresOf, parseIgnore } from '../../src/check/ignore.js';
import { UsageError } from '../../src/read/usageError.js';

describe('an ignore', () => {
  const isIgnored = (ignore: string, rule: string, expression?: string): boolean =>
    ignoresOf([parseIgnore(ignore)]).reasonFor(rule, expression) !== undefined;

  it('is of one rule, or of all that begin alike', () => {
    assert.ok(isIgnored('per-1', 'per-1', 'Patient.name[0].period'));
    assert.ok(!isIgnored('per-1', 'per-10'));
    assert.ok(isIgnored('format-*', 'format-dateTime'));
    assert.ok(!isIgnored('format-*', 'binding-required'));
  });

  it('is of a path and what is below it, at any index', () => {
    assert.ok(isIgnored('per-1:Patient.name', 'per-1', 'Patient.name[2]'));
    assert.ok(isIgnored('*:Patient.name', 'per-1', 'Patient.name[2].period'));
    assert.ok(!isIgnored('per-1:Patient.name', 'per-1', 'Patient.names'));
    assert.ok(!isIgnored('per-1:Patient.name', 'per-1', 'Patient'));
    assert.ok(!isIgnored('per-1:Patient', 'per-1', undefined));
  });

  it('gives its reason, the first that fits', () => {
    const ignores = ignoresOf([{ rule: 'per-*', reason: 'old export' }, parseIgnore('per-1')]);
    assert.equal(ignores.reasonFor('per-1', undefined), 'old export');
    assert.equal(ignoresOf([parseIgnore('per-1')]).reasonFor('per-1', undefined), 'from the command line');
  });

  it('is known to be unused', () => {
    const ignores = ignoresOf(['per-*', 'per-1', 'per-2', 'x'].map(parseIgnore));
    ignores.reasonFor('per-1', undefined);
    assert.deepEqual(
      ignores.unused().map(({ rule }) => rule),
      ['per-2', 'x'],
    );
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
    for (const [text, message] of refused)
      assert.throws(
        () => parseIgnore(text),
        (error) => error instanceof UsageError && message.test(error.message),
        text,
      );
  });
});
