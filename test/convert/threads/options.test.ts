import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../src/convert/convertToFiles.js';
import { openSet } from '../../../src/convert/set/openSet.js';
import { isSameMark, markOf } from '../../../src/read/files/fileMark.js';
import { fill, temporaryFolder } from '../../support/folder.js';
import { encounter } from '../../support/samples.js';

describe('the option `threads`', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 65])('is no %p', async (threads) => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter] });
    const run = convert({ inputs: [join(folder, 'in')], out: join(folder, 'out'), threads });
    await expect(run).rejects.toThrow(/whole number from 1 to 64/);
  });
});

describe('the file of an id map', () => {
  it('is marked before it is read, so that another one is told from it', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter], 'ids.csv': 'Patient/p1,pt_77\n' });
    const path = join(folder, 'ids.csv');
    const { idMap } = await openSet({ inputs: [join(folder, 'in')], idMap: path });
    expect(idMap).toMatchObject({ path, rows: 1, isFile: true });
    expect(idMap !== undefined && isSameMark(idMap, markOf(path))).toBe(true);
    writeFileSync(path, 'Patient/p1,pt_778\n');
    expect(idMap !== undefined && isSameMark(idMap, markOf(path))).toBe(false);
  });
});
