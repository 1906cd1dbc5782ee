import { describe, expect, it } from '@jest/globals';
import { codePoints, isBlank, isHoldable, nonEmpty, text, withinLimit } from '../../../src/fhir/datatypes/text.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

function reading(value: unknown, max: number, options: ConvertOptions = {}) {
  const scope = readScope('Task', options);
  const read = text(max).read(value, scope);
  return { read, ids: scope.issues?.map((issue) => issue.id), failed: scope.failed };
}

describe('text that FHIR can hold', () => {
  it('has tab, line feed and carriage return as its only control characters below space', () => {
    expect(isHoldable('a\tb\nc\r\n')).toBe(true);
    const held = Array.from({ length: 32 }, (_, code) => code).filter((code) =>
      isHoldable(`a${String.fromCharCode(code)}b`),
    );
    expect(held).toStrictEqual([9, 10, 13]);
  });

  it('may have other characters of any kind', () => {
    expect(isHoldable('\u007f\u0080\u009f\u00a0\u2028\ufeff\ufffd😀')).toBe(true);
    expect(isHoldable('')).toBe(true);
  });

  it('has no lone surrogate', () => {
    for (const text of ['\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d', '\ud83d\ud83d\ude00']) {
      expect(isHoldable(text)).toBe(false);
    }
    expect(isHoldable('\ud83d\ude00')).toBe(true);
  });
});

describe('text limits', () => {
  it('count code points, not code units', () => {
    expect(codePoints('a😀b')).toBe(3);
    expect(reading('😀😀😀', 3).read).toBe('😀😀😀');
    expect(reading('😀😀😀😀', 3)).toStrictEqual({ read: undefined, ids: ['text-over-limit'], failed: true });
  });

  it('allow exactly as much as they say', () => {
    expect(reading('abc', 3)).toStrictEqual({ read: 'abc', ids: [], failed: false });
    expect(reading('abcd', 3)).toStrictEqual({ read: undefined, ids: ['text-over-limit'], failed: true });
  });

  it('cut prose on request, between code points, with a warning', () => {
    expect(reading('a😀😀b', 2, { overflow: 'truncate' })).toStrictEqual({
      read: 'a😀',
      ids: ['text-truncated'],
      failed: false,
    });
    expect(reading('abcd', 3, { overflow: 'refuse' }).failed).toBe(true);
  });

  it('never cut what is no prose', () => {
    const scope = readScope('Task', { overflow: 'truncate' });
    expect(withinLimit('abcd', 3, false, scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => issue.id)).toStrictEqual(['text-over-limit']);
  });

  it('hold nothing back where there is none', () => {
    expect(text().read('x'.repeat(100_000), readScope('Task', {}))?.length).toBe(100_000);
    expect(text().schema).toStrictEqual({ type: 'string' });
    expect(text(3).schema).toStrictEqual({ type: 'string', maxLength: 3 });
  });
});

describe('a text field', () => {
  it('reads no empty string and nothing that is no string', () => {
    for (const value of ['', null, 1, {}, ['a']])
      expect(reading(value, 9)).toStrictEqual({ read: undefined, ids: [], failed: false });
  });

  it('reads white space as it stands', () => {
    expect(reading(' a \n ', 9).read).toBe(' a \n ');
  });

  it.each([' ', '  \t\r\n', '\u00a0\u2003\u3000', '\u200b\ufeff', '\u0085\u2028\u2029', '\u200f\u202e'])(
    'reads nothing in text that nobody could see, and admits none: %j',
    (blank) => {
      expect(reading(blank, 9).read).toBeUndefined();
      expect([isBlank(blank), nonEmpty(blank), isBlank(`${blank}a`), nonEmpty(`${blank}.`)]).toStrictEqual([
        true,
        undefined,
        false,
        `${blank}.`,
      ]);
    },
  );

  it('is never cut to nothing', () => {
    const long = `${' '.repeat(9)}a`;
    expect(reading(long, 9, { overflow: 'truncate' })).toStrictEqual({
      read: undefined,
      ids: ['text-over-limit'],
      failed: true,
    });
  });

  it('refuses what FHIR cannot hold, in both directions', () => {
    expect(reading('a\u0000', 9)).toStrictEqual({ read: undefined, ids: ['text-invalid-character'], failed: true });
    const scope = payloadScope({});
    expect(text().admit('\ud800', scope)).toBeUndefined();
    expect(scope.issues?.[0]?.id).toBe('text-invalid-character');
  });

  it('leaves out an empty string of a payload, and tells', () => {
    const scope = payloadScope({});
    expect(text().admit('', scope)).toBeUndefined();
    expect(scope.issues?.map((issue) => [issue.id, issue.severity])).toStrictEqual([
      ['payload-empty-omitted', 'information'],
    ]);
  });
});
