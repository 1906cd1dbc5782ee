import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
      assert.deepEqual(await valuesOf(`${a}\n\n${b}`, name), [
        { line: 1, value: A },
        { line: 3, value: B },
      ]);
  });

  it('are a single one over several lines, whatever the file is called', async () => {
    for (const name of ['x.ndjson', 'x.json', 'x', 'x.ndjson.gz', 'x.json.gz']) {
      assert.deepEqual(await valuesOf(pretty(A), name), [{ line: 1, value: A }]);
      assert.deepEqual(await valuesOf(`[\n${a},\n${b}\n]`, name), [{ line: 1, value: [A, B] }]);
    }
    for (const name of ['x.json', 'x']) {
      assert.deepEqual(await valuesOf(`\n\n${pretty([A, B])}`, name), [{ line: 3, value: [A, B] }]);
      assert.deepEqual(await valuesOf(`{"entry":[\n{"resource":${a}}\n]}`, name), [
        { line: 1, value: { entry: [{ resource: A }] } },
      ]);
    }
    assert.deepEqual(await valuesOf(`[\n${a}\n]`, 'x.json'), [{ line: 1, value: [A] }]);
  });

  it('are lines in a file that is named .ndjson, where it does not begin with a bracket on a line of its own', async () => {
    const cut = [
      { line: 2, issue: 'json-malformed' },
      { line: 3, issue: 'json-malformed' },
    ];
    assert.deepEqual(await valuesOf('\n{\n"id":"a"}'), cut);
    assert.deepEqual(await valuesOf('\n{"id":\n"a"}'), cut);
  });

  it('survive a line that is not JSON before, between or after them', async () => {
    for (const damaged of ['{"id":"a}', '{"id":', '{"a":}', 'nonsense', '}', '{"id":"\\', '[[[', '\\"{'])
      for (const name of ['x.ndjson', 'x.json'])
        assert.deepEqual(
          await valuesOf(`${damaged}\n${a}\n${damaged}\n${b}\n${damaged}`, name),
          [
            { line: 1, issue: 'json-malformed' },
            { line: 2, value: A },
            { line: 3, issue: 'json-malformed' },
            { line: 4, value: B },
            { line: 5, issue: 'json-malformed' },
          ],
          `${damaged} in ${name}`,
        );
  });

  it('are one that cannot be read where a document was cut off', async () => {
    assert.deepEqual(await valuesOf(pretty([A, B]).slice(0, -6), 'x.json'), [{ line: 1, issue: 'json-malformed' }]);
  });

  it('are refused where they are not UTF-8, for decoding would change them', async () => {
    const latin = Buffer.from('{"id":"\u00e9"}', 'latin1');
    assert.deepEqual(await valuesOf(Buffer.concat([latin, Buffer.from(`\n${a}`)])), [
      { line: 1, issue: 'json-encoding' },
      { line: 2, value: A },
    ]);
  });

  it('are not held over the limit', async () => {
    const tooLarge = [{ line: 1, issue: 'json-too-large' }];
    assert.deepEqual(await valuesOf(pretty([A, B]), 'x.json', 40), tooLarge);
    assert.deepEqual(await valuesOf(`[\n${a},\n${b}\n${a}`, 'x.json', 40), tooLarge);
    const lines = await valuesOf(`{"id":\n"cut off"\n${a}\n${b}`, 'x', a.length + 3);
    assert.deepEqual(lines.slice(2), [
      { line: 3, value: A },
      { line: 4, value: B },
    ]);
  });

  it('are none in an empty file', async () => {
    assert.deepEqual(await valuesOf(''), []);
    assert.deepEqual(await valuesOf('\n\r\n', 'x.json'), []);
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
