import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../src/read/findInputs.js';
import { UsageError } from '../../src/read/usageError.js';
import { fill, temporaryFolder } from '../support/folder.js';

describe('the input files', () => {
  it('are the .ndjson, .jsonl and .json files of a folder at any depth, in any case, sorted', async () => {
    const folder = fill(temporaryFolder(), {
      'b.ndjson': '',
      'a/z.json': '',
      'a/y.ndjson': '',
      'c.txt': '',
      'd.JSONL': '',
      'e.NDJSON.GZ': '',
      'f.Json': '',
    });
    expect(await below(folder)).toStrictEqual({
      files: ['a/y.ndjson', 'a/z.json', 'b.ndjson', 'd.JSONL', 'e.NDJSON.GZ', 'f.Json'],
      skipped: 1,
    });
  });

  it('are not the reports of an earlier run, nor hidden files, which a folder may hold', async () => {
    const folder = fill(temporaryFolder(), {
      'encounters.ndjson': '',
      'losses.ndjson': '',
      'rejects.ndjson': '',
      'sources.ndjson': '',
      'retractions.ndjson': '',
      'residues.ndjson': '',
      'summary.json': '',
      'clinik-fhir.run.json': { version: 1, tool: 'clinik-fhir', files: [] },
      'rejected/Encounter.ndjson': '',
      'fhir/Encounter.ndjson': '',
      'bulk-import/0001-wave-0-encounters.json': '',
      'wave-0/labs.ndjson': '',
      '._encounters.ndjson': '',
      '.git/x.json': '',
    });
    expect(await below(folder)).toStrictEqual({ files: ['encounters.ndjson', 'wave-0/labs.ndjson'], skipped: 12 });
  });

  const REPORTS = [
    'rejects.ndjson',
    'summary.json',
    'residues.ndjson',
    'fixes.ndjson',
    'losses.ndjson',
    'retractions.ndjson',
    'sources.ndjson',
  ];
  const resource = { resourceType: 'Encounter', id: 'e1' };

  it.each(REPORTS)('are those that are called as our reports and hold resources: %s', async (name) => {
    const content = name.endsWith('.json') ? [[resource]] : [[resource], [{ id: 'e1', resourceType: 'Encounter' }]];
    for (const one of content)
      expect(await below(fill(temporaryFolder(), { [`a/${name}`]: one }))).toStrictEqual({
        files: [`a/${name}`],
        skipped: 0,
      });
    const document = fill(temporaryFolder(), { [name]: JSON.stringify(resource, null, 2) });
    expect(await below(document)).toStrictEqual({ files: [name], skipped: 0 });
  });

  it.each(REPORTS)('are none of the folder of a run, whatever they begin with: %s', async (name) => {
    const run = { 'clinik-fhir.run.json': { version: 1, tool: 'clinik-fhir', files: [] } };
    const folder = fill(temporaryFolder(), { ...run, [name]: [resource], 'a.ndjson': '' });
    expect(await below(folder)).toStrictEqual({ files: ['a.ndjson'], skipped: 2 });
  });

  it('are not what holds no resource under the name of a report', async () => {
    const folder = fill(temporaryFolder(), { 'rejects.ndjson': [{ source: resource }], 'summary.json': '{', b: '' });
    expect((await findInputs([folder])).aside).toStrictEqual([
      { reason: 'earlier-run', count: 2, files: [join(folder, 'rejects.ndjson'), join(folder, 'summary.json')] },
      { reason: 'other-name', count: 1, files: [join(folder, 'b')], endings: { '': 1 } },
    ]);
  });

  it('are read whatever their name where they are given themselves', async () => {
    const folder = fill(temporaryFolder(), { 'export.txt': '', 'rejects.ndjson': '' });
    const given = [join(folder, 'export.txt'), join(folder, 'rejects.ndjson')];
    expect((await findInputs(given, join(folder, 'out'))).files.map(({ path }) => path)).toStrictEqual(given);
  });

  it('are each read once', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': '', 'sub/b.ndjson': '' });
    symlinkSync(folder, join(folder, 'sub', 'circle'));
    symlinkSync(join(folder, 'a.ndjson'), join(folder, 'c.ndjson'));
    const { files } = await findInputs([join(folder, 'a.ndjson'), folder, `${folder}/sub/../a.ndjson`], '/nowhere');
    expect(files.map(({ path }) => relative(folder, path))).toStrictEqual(['a.ndjson', 'sub/b.ndjson']);
  });

  it('are not those of the output folder', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': '', 'out/encounters.ndjson': '' });
    const out = join(folder, 'out');
    expect((await findInputs([folder], out)).files.map(({ path }) => path)).toStrictEqual([join(folder, 'a.ndjson')]);
    await expect(findInputs([out], out)).rejects.toThrow(UsageError);
    await expect(findInputs([join(out, 'encounters.ndjson')], out)).rejects.toThrow(UsageError);
  });

  it('are not those of the output folder, whatever links lead there', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': '', 'out/b.ndjson': '', 'out/rejected/c.ndjson': '' });
    const [inside, out] = [join(folder, 'in'), join(folder, 'out')];
    symlinkSync(inside, join(folder, 'to-in'));
    symlinkSync(out, join(folder, 'to-out'));
    symlinkSync(join(folder, 'to-out'), join(inside, 'out'));
    symlinkSync(join(out, 'b.ndjson'), join(inside, 'b.ndjson'));
    for (const [input, to] of [
      [inside, join(folder, 'to-in')],
      [join(inside, 'a.ndjson'), join(folder, 'to-in')],
      [join(folder, 'to-in'), inside],
      [join(folder, 'to-out', 'rejected'), out],
      [join(inside, 'out', 'rejected', 'c.ndjson'), out],
      [join(inside, 'b.ndjson'), join(folder, 'to-out')],
    ] as const)
      await expect(findInputs([input], to)).rejects.toThrow(/it is in the output folder/);
    const found = async (place: string) =>
      (await findInputs([place], join(folder, 'to-out'))).files.map(({ path }) => relative(folder, path));
    expect(await found(folder)).toStrictEqual(['in/a.ndjson']);
    expect(await found(inside)).toStrictEqual(['in/a.ndjson']);
    expect(await found(join(inside, '*'))).toStrictEqual(['in/a.ndjson']);
  });

  describe('of a run that did not end', () => {
    const manifest = { version: 1, tool: 'clinik-fhir', files: [] };
    const parts = { 'labs.ndjson': '', 'wave-0/tasks.ndjson': '', 'rejected/Task.ndjson': '' };

    it.each([
      ['has reports and no manifest', { 'sources.ndjson': '' }, true],
      ['has moves that were begun and no manifest', { '.clinik-fhir/moves.json': {} }, true],
      ['has what is no manifest under its name', { 'clinik-fhir.run.json': '{"version":1,' }, true],
      ['has a manifest', { 'sources.ndjson': '', 'clinik-fhir.run.json': manifest }, false],
      [
        'has a manifest and what a later run left',
        { 'clinik-fhir.run.json': manifest, '.clinik-fhir/new-0': '' },
        false,
      ],
      ['has files of such names only', {}, false],
    ])(
      'are refused where they are given, and listed where they are found: a folder that %s',
      async (_, more, isRefused) => {
        const folder = fill(temporaryFolder(), { 'a.ndjson': '' });
        const out = fill(join(folder, 'out'), { ...parts, ...more });
        const places = [
          '',
          'labs.ndjson',
          'wave-0',
          'wave-*',
          'wave-0/tasks.ndjson',
          'rejected',
          'rejected/Task.ndjson',
        ];
        for (const place of places.map((one) => join(out, one))) {
          const finding = findInputs([place]);
          if (isRefused) await expect(finding).rejects.toThrow(/the run that wrote it did not end/);
          else expect((await finding).files.length).toBeGreaterThan(0);
        }
        const { unreadable } = await findInputs([folder]);
        const listed = [{ path: out, reason: 'the run that wrote it did not end' }];
        expect(unreadable).toStrictEqual(isRefused ? listed : []);
      },
    );
  });

  it('must exist', async () => {
    const folder = temporaryFolder();
    await expect(findInputs([folder, join(folder, 'none')], '/nowhere')).rejects.toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: `${join(folder, 'none')}: it cannot be read (it does not exist).`,
      }),
    );
  });

  it('are read though others beside them cannot be, which are listed', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': '', 'z.ndjson': '' });
    symlinkSync(join(folder, 'none'), join(folder, 'broken.ndjson'));
    symlinkSync(join(folder, 'circle.json'), join(folder, 'circle.json'));
    symlinkSync(join(folder, 'none'), join(folder, 'broken.txt'));
    const { files, unreadable, skipped } = await findInputs([folder], '/nowhere');
    expect(files.map(({ path }) => relative(folder, path))).toStrictEqual(['a.ndjson', 'z.ndjson']);
    expect(unreadable).toStrictEqual([
      { path: join(folder, 'broken.ndjson'), reason: 'it does not exist' },
      { path: join(folder, 'circle.json'), reason: 'its links lead in a circle' },
    ]);
    expect(skipped).toBe(1);
  });

  it('are those that a glob matches, folders too, and at least one', async () => {
    const folder = fill(temporaryFolder(), {
      'a.ndjson.gz': '',
      'b.ndjson': '',
      'sub/c.json': '',
      'sub/d.txt': '',
      'out/e.ndjson': '',
      '[x].ndjson': '',
    });
    const found = async (pattern: string) =>
      (await findInputs([join(folder, pattern)], join(folder, 'out'))).files.map(({ path }) => relative(folder, path));
    expect(await found('*.ndjson*')).toStrictEqual(['[x].ndjson', 'a.ndjson.gz', 'b.ndjson']);
    expect(await found('{sub,b.*}')).toStrictEqual(['b.ndjson', 'sub/c.json']);
    expect(await found('**/*.{txt,json}')).toStrictEqual(['sub/c.json', 'sub/d.txt']);
    expect(['a file of this very name', await found('[x].ndjson')]).toStrictEqual([
      'a file of this very name',
      ['[x].ndjson'],
    ]);
    for (const pattern of ['*.csv', 'out/*', 'none/**'])
      await expect(found(pattern)).rejects.toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/nothing matches/) }),
      );
  });
});

async function below(folder: string) {
  const { files, skipped } = await findInputs([folder], '/nowhere');
  return { files: files.map(({ path }) => relative(folder, path)), skipped };
}
