import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convert } from '../../src/convert/convertToFiles.js';
import { fill, objects, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';

describe('a file that somebody still writes to', () => {
  it('is listed as such, after what was read of it', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ ...encounter, id: `e${index}` }));
    const folder = fill(temporaryFolder(), { 'in/Encounter.ndjson': many });
    const file = join(folder, 'in', 'Encounter.ndjson');
    const [line = ''] = readFileSync(file, 'utf8').split('\n', 1);
    let isWritten = false;
    const { files, records } = await convert({
      inputs: [join(folder, 'in')],
      out: join(folder, 'out'),
      onProgress() {
        if (!isWritten) appendFileSync(file, `${line.replace('"e0"', '"late"')}\n`);
        isWritten = true;
      },
    });
    expect(files.unreadable).toMatchObject([{ file, id: 'file-changed' }]);
    expect(records.converted.total).toBeGreaterThanOrEqual(2000);
    expect(objects(join(folder, 'out'), 'rejects.ndjson')).toMatchObject([{ source: { file } }]);
  });
});
