import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { findInputs } from '../../src/pipeline/inputs.js';
import { UsageError } from '../../src/pipeline/usageError.js';
import { fill, temporaryFolder } from './folder.js';

describe('the input files', () => {
  it('are the .ndjson and .json files of a folder at any depth, sorted', async () => {
    const folder = fill(temporaryFolder(), {
      'b.ndjson': '',
      'a/z.json': '',
      'a/y.ndjson': '',
      'c.txt': '',
      'd.JSONL': '',
    });
    assert.deepEqual(await below(folder), { files: ['a/y.ndjson', 'a/z.json', 'b.ndjson'], skipped: 2 });
  });

  it('are not the reports of an earlier run, nor hidden files, which a folder may hold', async () => {
    const folder = fill(temporaryFolder(), {
      'encounters.ndjson': '',
      'losses.ndjson': '',
      'rejects.ndjson': '',
      'summary.json': '',
      '._encounters.ndjson': '',
      '.git/x.json': '',
    });
    assert.deepEqual(await below(folder), { files: ['encounters.ndjson'], skipped: 5 });
  });

  it('are read whatever their name where they are given themselves', async () => {
    const folder = fill(temporaryFolder(), { 'export.txt': '', 'rejects.ndjson': '' });
    const given = [join(folder, 'export.txt'), join(folder, 'rejects.ndjson')];
    assert.deepEqual(
      (await findInputs(given, join(folder, 'out'))).files.map(({ path }) => path),
      given,
    );
  });

  it('are each read once', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': '', 'sub/b.ndjson': '' });
    symlinkSync(folder, join(folder, 'sub', 'circle'));
    symlinkSync(join(folder, 'a.ndjson'), join(folder, 'c.ndjson'));
    const { files } = await findInputs([join(folder, 'a.ndjson'), folder, `${folder}/sub/../a.ndjson`], '/nowhere');
    assert.deepEqual(
      files.map(({ path }) => relative(folder, path)),
      ['a.ndjson', 'sub/b.ndjson'],
    );
  });

  it('are not those of the output folder', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': '', 'out/encounters.ndjson': '' });
    const out = join(folder, 'out');
    assert.deepEqual(
      (await findInputs([folder], out)).files.map(({ path }) => path),
      [join(folder, 'a.ndjson')],
    );
    await assert.rejects(findInputs([out], out), UsageError);
    await assert.rejects(findInputs([join(out, 'encounters.ndjson')], out), UsageError);
  });

  it('must exist', async () => {
    const folder = temporaryFolder();
    await assert.rejects(findInputs([folder, join(folder, 'none')], '/nowhere'), {
      name: 'UsageError',
      message: `${join(folder, 'none')}: it cannot be read (it does not exist).`,
    });
    symlinkSync(join(folder, 'none'), join(folder, 'broken.ndjson'));
    await assert.rejects(findInputs([folder], '/nowhere'), UsageError);
  });
});

async function below(folder: string) {
  const { files, skipped } = await findInputs([folder], '/nowhere');
  return { files: files.map(({ path }) => relative(folder, path)), skipped };
}
