import { describe, expect, it } from '@jest/globals';
import { parseRecord } from '../../src/convert/parseRecord.js';

const refusedFor = (text: string | Uint8Array): string | undefined => {
  const parsed = parseRecord(text);
  return parsed.ok ? undefined : parsed.issues.map(({ id }) => id).join();
};

describe('parseRecord', () => {
  it.each([
    ['a text', '{"a":"é"}'],
    ['bytes', Buffer.from('{"a":"é"}')],
    ['bytes in the middle of others', new Uint8Array(Buffer.from('xx{"a":"é"}x')).subarray(2, 12)],
    ['a text after a byte order mark', '\uFEFF{"a":"é"}'],
  ])('gives the value of %s', (_, text) => {
    expect(parseRecord(text)).toStrictEqual({ ok: true, value: { a: 'é' } });
  });

  it.each([
    ['what is no JSON', '{"a":Smith}', 'json-malformed'],
    ['an empty text', '', 'json-malformed'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'json-encoding'],
    ['half of a surrogate pair', '"\uD83D"', 'json-encoding'],
    ['a key that is there twice', '{"a":[{"b":1,"b":2}]}', 'json-duplicate-key'],
    ['a large text that is nested too deep', '['.repeat(1024 * 1024), 'too-deep'],
  ])('refuses %s', (_, text, id) => {
    expect(refusedFor(text)).toBe(id);
  });

  it('takes a whole surrogate pair', () => {
    expect(parseRecord('"\uD83D\uDE00"')).toStrictEqual({ ok: true, value: '😀' });
  });

  it('says nothing of the text', () => {
    expect(JSON.stringify(parseRecord('{"family":Smith}'))).not.toContain('Smith');
  });
});
