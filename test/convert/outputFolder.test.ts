import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openOutputs } from '../../src/convert/outputFolder.js';
import { UsageError } from '../../src/read/usageError.js';
import { fail } from '../support/ensure.js';
import { contents, fill, modeOf, temporaryFolder } from '../support/folder.js';

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

describe('the output folder', () => {
  it('is made, and has each file whole, for its owner alone', async () => {
    const folder = join(temporaryFolder(), 'deep', 'out');
    const outputs = await openOutputs(folder);
    await outputs.line('encounters.ndjson', json({ a: 1 }));
    await outputs.line('encounters.ndjson', json({ a: 2 }));
    await outputs.commit({ done: true });
    expect(contents(folder)).toStrictEqual({
      'encounters.ndjson': '{"a":1}\n{"a":2}\n',
      'summary.json': '{\n  "done": true\n}\n',
    });
    for (const file of readdirSync(folder)) expect(modeOf(join(folder, file))).toBe(0o600);
  });

  it('shows nothing under its own name before all is written, and nothing at all where that fails', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    await outputs.line('encounters.ndjson', json({ a: 'x'.repeat(1_000_000) }));
    const [name = '', ...others] = readdirSync(folder);
    expect(name).toMatch(/^\.encounters\.ndjson\..+\.tmp$/);
    expect(modeOf(join(folder, name))).toBe(0o600);
    expect(others).toStrictEqual([]);
    await outputs.discard();
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  it('keeps the order and the whole of lines that are longer than the buffer', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    const lines = Array.from({ length: 40 }, (_, index) => ({ index, text: '\u00e9'.repeat(index * 1000) }));
    for (const line of lines) await outputs.line('labs.ndjson', json(line));
    await outputs.commit({});
    expect(contents(folder)['labs.ndjson']).toBe(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(outputs.written().find(({ file }) => file === 'labs.ndjson')).toStrictEqual({
      file: 'labs.ndjson',
      lines: 40,
    });
  });

  it('gives a file back line by line, while another one is written under its name', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    for (let index = 0; index < 5000; index += 1) await outputs.line('labs.ndjson', json({ index }));
    for await (const lines of outputs.take('labs.ndjson'))
      for (const line of lines) await outputs.line('labs.ndjson', Buffer.concat([line, Buffer.from(' ')]));
    for await (const _ of outputs.take('tasks.ndjson')) fail('there is no such file');
    await outputs.commit({});
    const expected = Array.from({ length: 5000 }, (_, index) => `{"index":${index}} \n`).join('');
    expect(contents(folder)['labs.ndjson']).toBe(expected);
    expect(readdirSync(folder).sort()).toStrictEqual(['labs.ndjson', 'summary.json']);
  });

  it('keeps what is added to many files by turns, in parts of a line too', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    const names = Array.from({ length: 150 }, (_, index) => `wave-${index}/tasks.ndjson`);
    for (const part of ['a'.repeat(100_000), 'b'.repeat(100_000)])
      for (const name of names) await outputs.append(name, Buffer.from(part));
    for (const name of names) await outputs.line(name, Buffer.from('c'));
    expect(outputs.written().every(({ lines }) => lines === 1)).toBe(true);
    await outputs.commit({});
    for (const name of names)
      expect(readFileSync(join(folder, name), 'utf8')).toBe(`${'a'.repeat(100_000)}${'b'.repeat(100_000)}c\n`);
  });

  it('removes all of many files, and one that was taken, where the run fails', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    for (let index = 0; index < 150; index += 1) await outputs.line(`wave-${index}/tasks.ndjson`, json({}));
    await outputs.line('labs.ndjson', json({}));
    for await (const _ of outputs.take('labs.ndjson')) break;
    await outputs.discard();
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  it('is refused where an earlier run wrote to it, whichever file it left', async () => {
    for (const file of [
      'encounters.ndjson',
      'Encounter.ndjson',
      'losses.ndjson',
      'wave-12/labs.ndjson',
      'bulk-import/0001-wave-0-labs.json',
      'summary.json',
    ]) {
      const folder = fill(temporaryFolder(), { [file]: 'old' });
      await expect(openOutputs(folder)).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/--force/) }),
      );
      expect(readFileSync(join(folder, file), 'utf8')).toBe('old');
    }
  });

  it('loses with force what an earlier run wrote, and nothing else', async () => {
    const folder = temporaryFolder();
    const first = await openOutputs(folder);
    for (const file of ['rejects.ndjson', 'labs.ndjson']) await first.line(file, json({ first: true }));
    await first.commit({ files: { written: first.written() } });
    fill(folder, { 'Encounter.ndjson': 'mine', 'notes.txt': 'mine' });
    const second = await openOutputs(folder, { force: true });
    await second.line('labs.ndjson', json({ second: true }));
    await second.commit({});
    expect(contents(folder)).toStrictEqual({
      'Encounter.ndjson': 'mine',
      'labs.ndjson': '{"second":true}\n',
      'notes.txt': 'mine',
      'summary.json': '{}\n',
    });
  });

  it('must be a folder', async () => {
    const folder = fill(temporaryFolder(), { file: '' });
    await expect(openOutputs(join(folder, 'file'))).rejects.toThrow(UsageError);
    await expect(openOutputs(join(folder, 'file', 'below'))).rejects.toThrow(UsageError);
  });
});
