import { describe, expect, it } from '@jest/globals';
import { readValues } from '../../src/read/jsonValues.js';
import { readLines } from '../../src/read/lines.js';

const A = { resourceType: 'Encounter', id: 'a' };
const B = { resourceType: 'Encounter', id: 'b' };
const a = JSON.stringify(A);
const b = JSON.stringify(B);
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

describe('the values of a file', () => {
  it('are one a line in NDJSON, whatever the file is called', async () => {
    for (const name of ['x.ndjson', 'x.json', 'x'])
      expect(await valuesOf(`${a}\n\n${b}`, name)).toStrictEqual([
        { line: 1, value: A },
        { line: 3, value: B },
      ]);
  });

  it('are a single one over several lines, whatever the file is called', async () => {
    for (const name of ['x.ndjson', 'x.json', 'x', 'x.ndjson.gz', 'x.json.gz']) {
      expect(await valuesOf(pretty(A), name)).toStrictEqual([{ line: 1, value: A }]);
      expect(await valuesOf(`[\n${a},\n${b}\n]`, name)).toStrictEqual([{ line: 1, value: [A, B] }]);
    }
    for (const name of ['x.json', 'x']) {
      expect(await valuesOf(`\n\n${pretty([A, B])}`, name)).toStrictEqual([{ line: 3, value: [A, B] }]);
      expect(await valuesOf(`{"entry":[\n{"resource":${a}}\n]}`, name)).toStrictEqual([
        { line: 1, value: { entry: [{ resource: A }] } },
      ]);
    }
    expect(await valuesOf(`[\n${a}\n]`, 'x.json')).toStrictEqual([{ line: 1, value: [A] }]);
  });

  it('are lines in a file that is named .ndjson, where it does not begin with a bracket on a line of its own', async () => {
    const cut = [
      { line: 2, issue: 'json-malformed' },
      { line: 3, issue: 'json-malformed' },
    ];
    expect(await valuesOf('\n{\n"id":"a"}')).toStrictEqual(cut);
    expect(await valuesOf('\n{"id":\n"a"}')).toStrictEqual(cut);
  });

  it('survive a line that is not JSON before, between or after them', async () => {
    for (const damaged of ['{"id":"a}', '{"id":', '{"a":}', 'nonsense', '}', '{"id":"\\', '[[[', '\\"{'])
      for (const name of ['x.ndjson', 'x.json'])
        expect([
          `${damaged} in ${name}`,
          await valuesOf(`${damaged}\n${a}\n${damaged}\n${b}\n${damaged}`, name),
        ]).toStrictEqual([
          `${damaged} in ${name}`,
          [
            { line: 1, issue: 'json-malformed' },
            { line: 2, value: A },
            { line: 3, issue: 'json-malformed' },
            { line: 4, value: B },
            { line: 5, issue: 'json-malformed' },
          ],
        ]);
  });

  it('are one that cannot be read where a document was cut off', async () => {
    expect(await valuesOf(pretty([A, B]).slice(0, -6), 'x.json')).toStrictEqual([{ line: 1, issue: 'json-malformed' }]);
  });

  it('are refused where they are not UTF-8, for decoding would change them', async () => {
    const latin = Buffer.from('{"id":"\u00e9"}', 'latin1');
    expect(await valuesOf(Buffer.concat([latin, Buffer.from(`\n${a}`)]))).toStrictEqual([
      { line: 1, issue: 'json-encoding' },
      { line: 2, value: A },
    ]);
  });

  it('are not held over the limit', async () => {
    const tooLarge = [{ line: 1, issue: 'json-too-large' }];
    expect(await valuesOf(pretty([A, B]), 'x.json', 40)).toStrictEqual(tooLarge);
    expect(await valuesOf(`[\n${a},\n${b}\n${a}`, 'x.json', 40)).toStrictEqual(tooLarge);
    const lines = await valuesOf(`{"id":\n"cut off"\n${a}\n${b}`, 'x', a.length + 3);
    expect(lines.slice(2)).toStrictEqual([
      { line: 3, value: A },
      { line: 4, value: B },
    ]);
  });

  it('are none in an empty file', async () => {
    expect(await valuesOf('')).toStrictEqual([]);
    expect(await valuesOf('\n\r\n', 'x.json')).toStrictEqual([]);
  });
});

async function valuesOf(text: string | Buffer, name = 'x.ndjson', limit?: number): Promise<object[]> {
  const values: object[] = [];
  // Small chunks, so that a file comes in several batches.
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  for await (const batch of readValues(name, readLines(chunks(), limit), limit))
    for (const { line, ...parsed } of batch.values)
      values.push('unreadable' in parsed ? { line, issue: parsed.unreadable.id } : { line, value: parsed.value });
  return values;
}
