import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Outputs, openOutputs } from '../../src/convert/outputFolder.js';
import { filesOfRun } from '../../src/read/runManifest.js';
import { UsageError } from '../../src/read/usageError.js';
import { ensure, fail, noShell, unless } from '../support/ensure.js';
import { contents, fill, modeOf, temporaryFolder, tree } from '../support/folder.js';

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/** Ends a run well. */
async function end(outputs: Outputs, summary: unknown = {}): Promise<void> {
  await outputs.commit(summary);
  await outputs.close();
}

/** A run that writes a line into each of some files. */
async function run(folder: string, files: readonly string[], line: object, force = false): Promise<Outputs> {
  const outputs = await openOutputs(folder, { force });
  for (const file of files) await outputs.line(file, json(line));
  return outputs;
}

const enough = new Error('enough');

/** Ends a run when it has asked so many times whether it should end. */
function endingAfter(checks: number): AbortSignal {
  let left = checks;
  return Object.assign(new AbortController().signal, {
    throwIfAborted() {
      left -= 1;
      if (left === 0) throw enough;
    },
  });
}

/** Lets the run that has a folder be one whose process has ended. */
function bury(folder: string, change: (mark: string) => string = ended): void {
  const owner = join(folder, '.clinik-fhir', 'owner.json');
  const { id, process: mark } = JSON.parse(readFileSync(owner, 'utf8'));
  writeFileSync(owner, JSON.stringify({ id, process: change(mark) }));
}

/** No process has so large a number. */
const ended = (mark: string): string => mark.replace(/\d+-\d+$/, '4194304-1');

const MANIFEST = 'clinik-fhir.run.json';

describe('the output folder', () => {
  it('is made, and has each file whole, for its owner alone', async () => {
    const folder = join(temporaryFolder(), 'deep', 'out');
    const outputs = await openOutputs(folder);
    await outputs.line('encounters.ndjson', json({ a: 1 }));
    await outputs.line('encounters.ndjson', json({ a: 2 }));
    await end(outputs, { done: true });
    expect(contents(folder)).toStrictEqual({
      'encounters.ndjson': '{"a":1}\n{"a":2}\n',
      'summary.json': '{\n  "done": true\n}\n',
      [MANIFEST]: `${JSON.stringify(
        {
          version: 1,
          tool: 'clinik-fhir',
          files: [
            { file: 'encounters.ndjson', lines: 2, bytes: 16 },
            { file: 'summary.json', lines: 1, bytes: 19 },
          ],
        },
        null,
        2,
      )}\n`,
    });
    for (const file of readdirSync(folder)) expect(modeOf(join(folder, file))).toBe(0o600);
  });

  it('shows nothing under its own name before all is written, and nothing at all where that fails', async () => {
    const folder = join(temporaryFolder(), 'out');
    const outputs = await openOutputs(folder);
    await outputs.line('encounters.ndjson', json({ a: 'x'.repeat(1_000_000) }));
    expect(modeOf(folder)).toBe(0o700);
    expect(readdirSync(folder)).toStrictEqual(['.clinik-fhir']);
    expect(modeOf(join(folder, '.clinik-fhir'))).toBe(0o700);
    for (const file of readdirSync(join(folder, '.clinik-fhir')))
      expect([file, modeOf(join(folder, '.clinik-fhir', file))]).toStrictEqual([file, 0o600]);
    await outputs.discard();
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  it('keeps the order and the whole of lines that are longer than the buffer', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    const lines = Array.from({ length: 40 }, (_, index) => ({ index, text: '\u00e9'.repeat(index * 1000) }));
    for (const line of lines) await outputs.line('labs.ndjson', json(line));
    await end(outputs);
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
    await end(outputs);
    const expected = Array.from({ length: 5000 }, (_, index) => `{"index":${index}} \n`).join('');
    expect(contents(folder)['labs.ndjson']).toBe(expected);
    expect(readdirSync(folder).sort()).toStrictEqual([MANIFEST, 'labs.ndjson', 'summary.json']);
  });

  it('keeps what is added to many files by turns, in parts of a line too', async () => {
    const folder = temporaryFolder();
    const outputs = await openOutputs(folder);
    const names = Array.from({ length: 150 }, (_, index) => `wave-${index}/tasks.ndjson`);
    for (const part of ['a'.repeat(100_000), 'b'.repeat(100_000)])
      for (const name of names) await outputs.append(name, Buffer.from(part));
    for (const name of names) await outputs.line(name, Buffer.from('c'));
    expect(outputs.written().every(({ lines }) => lines === 1)).toBe(true);
    await end(outputs);
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

  it('is refused where an earlier run wrote to it, but with force', async () => {
    const folder = temporaryFolder();
    await end(await run(folder, ['wave-0/labs.ndjson'], { first: true }));
    const before = tree(folder);
    await expect(openOutputs(folder)).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/--force/) }),
    );
    expect(tree(folder)).toStrictEqual(before);
  });

  it.each([
    'encounters.ndjson',
    'Encounter.ndjson',
    'losses.ndjson',
    'wave-12/labs.ndjson',
    'bulk-import/0001-wave-0-labs.json',
    'summary.json',
    MANIFEST,
  ])('is refused where nobody says who wrote %s, with force too', async (file) => {
    const folder = fill(temporaryFolder(), { [file]: 'old' });
    for (const force of [false, true])
      await expect(openOutputs(folder, { force })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/no run that ended/) }),
      );
    expect(tree(folder)).toStrictEqual({ [file]: 'old' });
  });

  it('loses with force what an earlier run wrote, and nothing else', async () => {
    const folder = temporaryFolder();
    await end(await run(folder, ['rejects.ndjson', 'labs.ndjson', 'wave-3/tasks.ndjson'], { first: true }));
    fill(folder, { 'Encounter.ndjson': 'mine', 'notes.txt': 'mine', 'rejected/notes.txt': 'mine', '.hidden': 'mine' });
    await end(await run(folder, ['labs.ndjson'], { second: true }, true));
    const { [MANIFEST]: _, ...others } = tree(folder);
    expect(others).toStrictEqual({
      'Encounter.ndjson': 'mine',
      'labs.ndjson': '{"second":true}\n',
      'notes.txt': 'mine',
      'rejected/notes.txt': 'mine',
      '.hidden': 'mine',
      'summary.json': '{}\n',
    });
    expect(readdirSync(folder)).not.toContain('wave-3');
    expect(await filesOfRun(folder)).toStrictEqual(['labs.ndjson', 'summary.json', MANIFEST]);
  });

  it.each(['labs.ndjson', 'wave-0/labs.ndjson'])(
    'refuses a run that needs the name of a file of somebody else: %s',
    async (file) => {
      const folder = temporaryFolder();
      await end(await run(folder, ['tasks.ndjson'], { first: true }));
      fill(folder, { [file]: 'mine' });
      const before = tree(folder);
      const second = await run(folder, [file, 'tasks.ndjson'], { second: true }, true);
      await expect(second.commit({})).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/no run that ended/) }),
      );
      await second.discard();
      expect(tree(folder)).toStrictEqual(before);
    },
  );

  it('takes everything back that was in place already, and gives the earlier files back', async () => {
    const folder = temporaryFolder();
    await end(await run(folder, ['labs.ndjson', 'wave-0/labs.ndjson', 'rejected/Task.ndjson'], { first: true }));
    const before = tree(folder);
    const second = await run(folder, ['labs.ndjson', 'fhir/Task.ndjson'], { second: true }, true);
    await second.commit({});
    expect(Object.keys(tree(folder))).toContain('fhir/Task.ndjson');
    await second.discard();
    expect(tree(folder)).toStrictEqual(before);
    expect(readdirSync(folder)).not.toContain('fhir');
  });

  it('ends where the user ends it while files get their names, and is as it was', async () => {
    const folder = temporaryFolder();
    const files = Array.from({ length: 40 }, (_, index) => `wave-${index}/labs.ndjson`);
    await end(await run(folder, files, { first: true }));
    const before = tree(folder);
    for (let checks = 1; checks < 100; checks += 9) {
      const second = await run(folder, [...files, 'tasks.ndjson'], { second: true }, true);
      await second.commit({}, endingAfter(checks)).catch((error: unknown) => expect(error).toBe(enough));
      await second.discard();
      expect(tree(folder)).toStrictEqual(before);
    }
  });

  it('is as it was, or has all, after a run that died while files got their names', async () => {
    const folder = temporaryFolder();
    const files = Array.from({ length: 20 }, (_, index) => `wave-${index}/labs.ndjson`);
    await end(await run(folder, files, { first: true }));
    const before = tree(folder);
    for (let checks = 1; checks < 38; checks += 2) {
      const second = await run(folder, [...files.slice(7), 'fhir/Task.ndjson'], { second: true }, true);
      await expect(second.commit({}, endingAfter(checks))).rejects.toBe(enough);
      bury(folder);
      await expect(openOutputs(folder)).rejects.toThrow(/--force/);
      expect(tree(folder)).toStrictEqual(before);
      expect(readdirSync(folder)).not.toContain('fhir');
    }
    const last = await run(folder, ['fhir/Task.ndjson'], { second: true }, true);
    await last.commit({});
    bury(folder);
    await expect(openOutputs(folder)).rejects.toThrow(/--force/);
    expect(readdirSync(folder).sort()).toStrictEqual([MANIFEST, 'fhir', 'summary.json']);
  });

  it("is one run's at a time, and another one's after it", async () => {
    const folder = temporaryFolder();
    const first = await run(folder, ['labs.ndjson'], { first: true });
    for (const force of [false, true])
      await expect(openOutputs(folder, { force })).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/another run is writing to it/) }),
      );
    await first.discard();
    const opened = await Promise.allSettled(Array.from({ length: 20 }, () => openOutputs(folder)));
    const held = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(held).toHaveLength(1);
    for (const one of held) await end(one);
    expect(readdirSync(folder).sort()).toStrictEqual([MANIFEST, 'summary.json']);
  });

  it.each([
    ['has ended', ended],
    ['had the number of another one', (mark: string) => mark.replace(/\d+$/, '1')],
    ['ran before the machine was started', (mark: string) => mark.replace(/-[0-9a-f]{8}-/, '-00000000-')],
  ])('is taken over by one of many where the process that had it %s', async (_, change) => {
    for (let round = 0; round < 5; round += 1) {
      const folder = temporaryFolder();
      await run(folder, ['labs.ndjson'], { first: true });
      bury(folder, change);
      const opened = await Promise.allSettled(Array.from({ length: 10 }, () => openOutputs(folder)));
      const held = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(held).toHaveLength(1);
      for (const one of held) await end(one);
      expect(readdirSync(folder).sort()).toStrictEqual([MANIFEST, 'summary.json']);
    }
  });

  it('is refused where a process of another machine may have it', async () => {
    const folder = temporaryFolder();
    await run(folder, [], {});
    bury(folder, (mark) => mark.replace(/^[0-9a-f]{8}/, '00000000'));
    await expect(openOutputs(folder)).rejects.toThrow(/another machine or container.*remove .*\.clinik-fhir/);
  });

  unless(noShell)('writes nothing through a link that somebody put there', async () => {
    for (const name of ['rejected', 'fhir', 'bulk-import', 'wave-0', '.clinik-fhir']) {
      const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
      symlinkSync(elsewhere, join(folder, name));
      for (const force of [false, true]) await expect(openOutputs(folder, { force })).rejects.toThrow(UsageError);
      expect([readdirSync(folder), readdirSync(elsewhere)]).toStrictEqual([[name], []]);
    }
    const folder = temporaryFolder();
    const elsewhere = fill(temporaryFolder(), { file: 'mine' });
    const outputs = await run(folder, ['rejected/Task.ndjson', 'labs.ndjson'], {});
    symlinkSync(elsewhere, join(folder, 'rejected'));
    await expect(outputs.commit({})).rejects.toThrow(/rejected: it is a link/);
    await outputs.discard();
    const again = await run(temporaryFolder(), ['labs.ndjson'], {});
    await again.discard();
    expect(tree(elsewhere)).toStrictEqual({ file: 'mine' });
    expect(readdirSync(folder)).toStrictEqual(['rejected']);
  });

  unless(noShell)('takes no link for the manifest of a run, nor for a file that it lists', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    await end(await run(elsewhere, ['labs.ndjson'], { elsewhere: true }));
    const before = tree(elsewhere);
    symlinkSync(join(elsewhere, MANIFEST), join(folder, MANIFEST));
    symlinkSync(join(elsewhere, 'labs.ndjson'), join(folder, 'labs.ndjson'));
    await expect(openOutputs(folder, { force: true })).rejects.toThrow(/no run that ended/);
    expect(tree(elsewhere)).toStrictEqual(before);
  });

  it('keeps to its own where folders of others have names like its own', async () => {
    const folder = temporaryFolder();
    for (const name of ['.clinik-fhir-cache', '.clinik-fhir.d', '.clinik-fhirs']) mkdirSync(join(folder, name));
    mkdirSync(join(folder, '.clinik-fhir-01234567-89ab-4def-8123-456789abcdef'));
    await end(await run(folder, ['labs.ndjson'], {}));
    const hidden = readdirSync(folder).filter((name) => name.startsWith('.'));
    expect(hidden.sort()).toStrictEqual(['.clinik-fhir-cache', '.clinik-fhir.d', '.clinik-fhirs']);
    ensure(statSync(join(folder, '.clinik-fhirs')).isDirectory());
  });

  it('must be a folder', async () => {
    const folder = fill(temporaryFolder(), { file: '' });
    await expect(openOutputs(join(folder, 'file'))).rejects.toThrow(UsageError);
    await expect(openOutputs(join(folder, 'file', 'below'))).rejects.toThrow(UsageError);
  });
});
