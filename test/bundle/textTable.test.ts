import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textTable } from '../../src/bundle/textTable.js';
import { runs } from '../support/runs.js';

describe('texts in a table', () => {
  it('are found by their numbers, and their numbers by them, as in a Map', () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 2 }), fc.nat(300).map(String)),
    );
    fc.assert(
      fc.property(texts, texts, (added, others) => {
        const table = textTable();
        const known = new Map<string, number>();
        for (const text of added) {
          if (!known.has(text)) known.set(text, known.size);
          expect(table.numberOf(text)).toBe(known.get(text));
        }
        expect(table.size).toBe(known.size);
        for (const text of [...added, ...others]) expect(table.find(text)).toBe(known.get(text));
        for (const [text, number] of known) expect(table.at(number)).toBe(text);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('may be longer than a page, beyond Latin-1, halves of a pair, empty, and many', () => {
    const table = textTable();
    const texts = ['', 'é'.repeat(40_000), '\u{1f600}'.repeat(9000), '\ud800', '\0', '\0\0', 'a'.repeat(16 * 1024 - 4)];
    const all = [...texts, ...Array.from({ length: 20_000 }, (_, index) => `Patient/${index}`), ...texts];
    for (const text of all) table.numberOf(text);
    expect(table.size).toBe(20_000 + texts.length);
    for (const text of all) expect(table.at(table.find(text) ?? -1)).toBe(text);
    expect(table.find('Patient/20000')).toBeUndefined();
    expect([table.at(-1), table.at(table.size)]).toStrictEqual(['', '']);
  });

  it('are not found where only their hash or their length is the same', () => {
    const table = textTable();
    for (let index = 0; index < 50_000; index += 2) table.numberOf(`id-${index}`);
    for (let index = 1; index < 50_000; index += 2) expect(table.find(`id-${index}`)).toBeUndefined();
  });
});
