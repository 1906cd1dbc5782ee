import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../../src/read/findInputs.js';
import { type FolderOptions, patternsOf } from '../../../src/read/folder/patterns.js';
import { UsageError } from '../../../src/read/usageError.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const FILES = {
  '1.Patient.ndjson': [{ resourceType: 'Patient' }],
  '1.Encounter.ndjson': [{ resourceType: 'Encounter' }],
  'old/1.Patient.ndjson': [{ resourceType: 'Patient' }],
  'old/attachments/a.json': { resourceType: 'Binary' },
  'attachments/b.json': { resourceType: 'Binary' },
  'notes.txt': 'x',
};

describe('patterns of the files of a folder', () => {
  it.each<[string, FolderOptions, string[]]>([
    ['a name, at any depth', { include: ['*.Patient.ndjson'] }, ['1.Patient.ndjson', 'old/1.Patient.ndjson']],
    ['a path below the folder', { include: ['old/*.ndjson'] }, ['old/1.Patient.ndjson']],
    [
      'a path from the folder on',
      { include: ['/*.Patient.ndjson', './old/*.ndjson'] },
      ['1.Patient.ndjson', 'old/1.Patient.ndjson'],
    ],
    [
      'a folder, with all that is in it',
      { exclude: ['attachments/', '1.Encounter.*'] },
      ['1.Patient.ndjson', 'old/1.Patient.ndjson'],
    ],
    ['a folder by its path', { exclude: ['old'] }, ['1.Encounter.ndjson', '1.Patient.ndjson', 'attachments/b.json']],
    ['several', { include: ['*.ndjson'], exclude: ['old/**', '*.Encounter.*'] }, ['1.Patient.ndjson']],
  ])('may be %s', async (_, options, files) => {
    const folder = fill(temporaryFolder(), FILES);
    const found = await findInputs([folder], undefined, [], options);
    expect(found.files.map(({ path }) => path.slice(folder.length + 1))).toStrictEqual(files);
    expect(found.unmatched).toStrictEqual([]);
    const excluded = found.aside.find(({ reason }) => reason === 'excluded')?.count ?? 0;
    const others = found.aside.find(({ reason }) => reason === 'other-name')?.count ?? 0;
    expect(files.length + excluded + others).toBe(Object.keys(FILES).length);
  });

  it('say which of them matched nothing; one that matches what another one does is used, too', async () => {
    const folder = fill(temporaryFolder(), FILES);
    const options = { include: ['*.ndjson', '1.*', '*.txt'], exclude: ['*.csv', 'old', '1.Patient.*'] };
    const { unmatched } = await findInputs([folder], undefined, [], options);
    // What is no input cannot be included.
    expect(unmatched).toStrictEqual(['--include *.txt', '--exclude *.csv']);
  });

  it('leave what is named itself', async () => {
    const folder = fill(temporaryFolder(), FILES);
    const { files } = await findInputs([`${folder}/1.Patient.ndjson`], undefined, [], { exclude: ['*.ndjson'] });
    expect(files).toHaveLength(1);
  });

  it.each([[''], ['/'], ['a'.repeat(70_000)]])('cannot be any text', (glob) => {
    expect(() => patternsOf({ include: [glob] })).toThrow(UsageError);
  });
});
