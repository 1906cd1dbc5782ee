import { describe, expect, it } from '@jest/globals';
import { readLines } from '../../src/read/lines.js';

describe('the lines of a file', () => {
  it('are the same however the file is cut into chunks', async () => {
    const text = 'one\n\u00e9\u{1f600}two\n\nthree';
    const expected = ['1 one', '2 \u00e9\u{1f600}two', '3 ', '4 three'];
    for (let size = 1; size <= Buffer.byteLength(text); size += 1)
      expect([`chunks of ${size}`, await linesOf(text, { size })]).toStrictEqual([`chunks of ${size}`, expected]);
  });

  it('keep the carriage return of CRLF, which is white space to JSON', async () => {
    expect(await linesOf('{}\r\n[]\r\n')).toStrictEqual(['1 {}\r', '2 []\r']);
  });

  it('begin after a byte order mark', async () => {
    expect(await linesOf('\ufeffone\n\ufefftwo')).toStrictEqual(['1 one', '2 \ufefftwo']);
  });

  it('are blank too, for a document is all of its lines', async () => {
    expect(await linesOf('\n \t\r\none\n\n')).toStrictEqual(['1 ', '2  \t\r', '3 one', '4 ']);
  });

  it('are none in an empty file, and blank in one that is a byte order mark', async () => {
    expect(await linesOf('')).toStrictEqual([]);
    expect(await linesOf('\ufeff')).toStrictEqual(['1 ']);
  });

  it('do not hold a line over the limit, and go on after it', async () => {
    for (const size of [1, 3, 100])
      expect(await linesOf('123456\n12345\n1234567', { size, limit: 5 })).toStrictEqual([
        '1 too long: 123456',
        '2 12345',
        '3 too long: 1234567',
      ]);
  });

  it('go on after a line over the limit that nobody read', async () => {
    for (const size of [1, 3, 100])
      expect(await linesOf('123456789\n12\n123456', { size, limit: 5, isRead: false })).toStrictEqual([
        '1 too long: not read',
        '2 12',
        '3 too long: not read',
      ]);
  });

  it('come before the error that cut the last of them off', async () => {
    const lines: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const batch of readLines(failing())) lines.push(...batch.map(({ bytes }) => `${bytes}`));
    };
    await expect(reading()).rejects.toThrow(/no more/);
    expect(lines).toStrictEqual(['one', 'tw']);
  });
});

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from('one\ntw');
  throw new Error('no more');
}

interface How {
  readonly size?: number;
  readonly limit?: number;
  readonly isRead?: boolean;
}

async function linesOf(text: string, { size = 4, limit, isRead = true }: How = {}): Promise<string[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const lines: string[] = [];
  for await (const batch of readLines(chunks(), limit))
    for (const line of batch) {
      let said = line.bytes?.toString() ?? 'too long: not read';
      if (line.long !== undefined && isRead) {
        said = 'too long: ';
        for await (const piece of line.long) said += piece.toString();
      }
      lines.push(`${line.number} ${said}`);
    }
  return lines;
}
