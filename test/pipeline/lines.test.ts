import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLines } from '../../src/pipeline/lines.js';

describe('the lines of a file', () => {
  it('are the same however the file is cut into chunks', async () => {
    const text = 'one\n\u00e9\u{1f600}two\n\nthree';
    const expected = ['1 one', '2 \u00e9\u{1f600}two', '4 three'];
    for (let size = 1; size <= Buffer.byteLength(text); size += 1)
      assert.deepEqual(await linesOf(text, { size }), expected, `chunks of ${size}`);
  });

  it('keep the carriage return of CRLF, which is white space to JSON', async () => {
    assert.deepEqual(await linesOf('{}\r\n[]\r\n'), ['1 {}\r', '2 []\r']);
  });

  it('begin after a byte order mark', async () => {
    assert.deepEqual(await linesOf('\ufeffone\n\ufefftwo'), ['1 one', '2 \ufefftwo']);
  });

  it('count blank ones without giving them', async () => {
    assert.deepEqual(await linesOf('\n \t\r\none\n\n'), ['3 one']);
  });

  it('are none in an empty file, or one that is a byte order mark', async () => {
    assert.deepEqual(await linesOf(''), []);
    assert.deepEqual(await linesOf('\ufeff'), []);
  });

  it('do not hold a line over the limit, and go on after it', async () => {
    for (const size of [1, 3, 100])
      assert.deepEqual(await linesOf('123456\n12345\n1234567', { size, limit: 5 }), [
        '1 too long',
        '2 12345',
        '3 too long',
      ]);
  });
});

async function linesOf(text: string, { size = 4, limit }: { size?: number; limit?: number } = {}): Promise<string[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const lines: string[] = [];
  for await (const batch of readLines(chunks(), limit))
    lines.push(...batch.map((line) => `${line.number} ${line.bytes?.toString() ?? 'too long'}`));
  return lines;
}
