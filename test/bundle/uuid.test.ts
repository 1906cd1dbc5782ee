import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uuidOf } from '../../src/bundle/uuid.js';

const URLS = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

const byNode = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

describe('uuidOf', () => {
  it('is the UUID v5 of the standard', () => {
    expect(uuidOf('www.example.com', DNS)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('has ClinikAPI as its namespace', () => {
    expect(uuidOf('a')).toBe(uuidOf('a', uuidOf('https://api.clinikapi.com/v1', URLS)));
  });

  /** What Node says of the same name. */
  const expectTheSame = (name: string): void => {
    const space = Buffer.from(URLS.replaceAll('-', ''), 'hex');
    const digest = byNode(Buffer.concat([space, Buffer.from(name, 'utf8')]));
    const digits = uuidOf(name, URLS).replaceAll('-', '');
    expect(digits.slice(0, 12)).toBe(digest.slice(0, 12));
    expect(digits.slice(12, 17)).toMatch(/^5...[89ab]/);
    expect(digits.slice(17)).toBe(digest.slice(17, 32));
  };

  it('reads any text as UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), expectTheSame));
  });

  it('reads texts of every length about a block, wherever a character of two to four bytes stands', () => {
    for (const character of ['a', 'é', '€', '😀', '\ud800']) {
      for (let length = 0; length < 140; length += 1) expectTheSame(`${'x'.repeat(length)}${character}y`);
    }
  });
});
