import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codePoints, isHoldable, text, withinLimit } from '../../../src/fhir/datatypes/text.js';
import { type ConvertOptions, payloadScope, readScope } from '../../../src/fhir/scope.js';

function reading(value: unknown, max: number, options: ConvertOptions = {}) {
  const scope = readScope('Task', options);
  const read = text(max).read(value, scope);
  return { read, ids: scope.issues?.map((issue) => issue.id), failed: scope.failed };
}

describe('text that FHIR can hold', () => {
  it('has tab, line feed and carriage return as its only control characters below space', () => {
    assert.equal(isHoldable('a\tb\nc\r\n'), true);
    const held = Array.from({ length: 32 }, (_, code) => code).filter((code) =>
      isHoldable(`a${String.fromCharCode(code)}b`),
    );
    assert.deepEqual(held, [9, 10, 13]);
  });

  it('may have other characters of any kind', () => {
    assert.equal(isHoldable('\u007f\u0080\u009f\u00a0\u2028\ufeff\ufffd😀'), true);
    assert.equal(isHoldable(''), true);
  });

  it('has no lone surrogate', () => {
    for (const text of ['\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d', '\ud83d\ud83d\ude00']) {
      assert.equal(isHoldable(text), false);
    }
    assert.equal(isHoldable('\ud83d\ude00'), true);
  });
});

describe('text limits', () => {
  it('count code points, not code units', () => {
    assert.equal(codePoints('a😀b'), 3);
    assert.equal(reading('😀😀😀', 3).read, '😀😀😀');
    assert.deepEqual(reading('😀😀😀😀', 3), { read: undefined, ids: ['text-over-limit'], failed: true });
  });

  it('allow exactly as much as they say', () => {
    assert.deepEqual(reading('abc', 3), { read: 'abc', ids: [], failed: false });
    assert.deepEqual(reading('abcd', 3), { read: undefined, ids: ['text-over-limit'], failed: true });
  });

  it('cut prose on request, between code points, with a warning', () => {
    assert.deepEqual(reading('a😀😀b', 2, { overflow: 'truncate' }), {
      read: 'a😀',
      ids: ['text-truncated'],
      failed: false,
    });
    assert.equal(reading('abcd', 3, { overflow: 'refuse' }).failed, true);
  });

  it('never cut what is no prose', () => {
    const scope = readScope('Task', { overflow: 'truncate' });
    assert.equal(withinLimit('abcd', 3, false, scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => issue.id),
      ['text-over-limit'],
    );
  });

  it('hold nothing back where there is none', () => {
    assert.equal(text().read('x'.repeat(100_000), readScope('Task', {}))?.length, 100_000);
    assert.deepEqual(text().schema, { type: 'string' });
    assert.deepEqual(text(3).schema, { type: 'string', maxLength: 3 });
  });
});

describe('a text field', () => {
  it('reads no empty string and nothing that is no string', () => {
    for (const value of ['', null, 1, {}, ['a']])
      assert.deepEqual(reading(value, 9), { read: undefined, ids: [], failed: false });
  });

  it('reads white space as it stands', () => {
    assert.equal(reading(' a \n ', 9).read, ' a \n ');
    assert.equal(reading(' ', 9).read, ' ');
  });

  it('refuses what FHIR cannot hold, in both directions', () => {
    assert.deepEqual(reading('a\u0000', 9), { read: undefined, ids: ['text-not-holdable'], failed: true });
    const scope = payloadScope({});
    assert.equal(text().admit('\ud800', scope), undefined);
    assert.equal(scope.issues?.[0]?.id, 'text-not-holdable');
  });

  it('leaves out an empty string of a payload, and tells', () => {
    const scope = payloadScope({});
    assert.equal(text().admit('', scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, issue.severity]),
      [['payload-empty-omitted', 'information']],
    );
  });
});
