import { describe, expect, it } from '@jest/globals';
import { printable, printableJson } from '../../src/read/printable.js';
import { UsageError } from '../../src/read/usageError.js';

const NAME = 'a\u001b[31mb\nc\r\t\u009b2J\u202ed\ud800 é日.json';
const SHOWN = 'a\\u001b[31mb\\nc\\r\\t\\u009b2J\\u202ed\\ud800 é日.json';

describe('the name of a file', () => {
  it('is printed in one line, without what a terminal would obey', () => {
    expect(printable(NAME)).toBe(SHOWN);
  });

  it('is escaped in JSON, too, which stays the same JSON', () => {
    const json = printableJson({ file: NAME }, 2);
    expect(json.split('\n')).toHaveLength(3);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about.
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(json)).toStrictEqual({ file: NAME });
  });

  it('is escaped in every UsageError, line by line', () => {
    expect(new UsageError(`${NAME}: no`).message).toBe(`${SHOWN}: no`);
    expect(new UsageError([`${NAME}: no`, 'and more']).message).toBe(`${SHOWN}: no\nand more`);
  });
});
