import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { fromCell, toCell } from '../../../src/convert/ids/cells.js';
import { runs } from '../../support/runs.js';

/** The text that a cell has, as the reader of a map sees it. */
function cellOf(text: string): unknown {
  const [row]: unknown[] = parse(`${toCell(text)},x\n`, { trim: true });
  return Array.isArray(row) ? row[0] : undefined;
}

describe('a cell of a skeleton', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-x', "'-x"],
    ['@cmd', "'@cmd"],
    ['\tx', '"\'\tx"'],
    ["'=1", "''=1"],
    ["'s", "'s"],
    ['a=1', 'a=1'],
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    [' a', '" a"'],
    ['', ''],
  ])('has %j as %j', (text, cell) => {
    expect(toCell(text)).toBe(cell);
  });

  it('is never a formula, and has the text again when it is read', () => {
    const unit = fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\t', '\r', '\n', ' ', 'a', 'é', '|');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const cell = cellOf(text);
        expect(String(cell)).not.toMatch(/^[=+\-@\t\r]/);
        expect(fromCell(String(cell))).toBe(text);
      }),
      { numRuns: runs(300) },
    );
  });
});
