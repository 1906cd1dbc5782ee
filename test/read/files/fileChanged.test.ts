import { appendFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { findInputs } from '../../../src/read/findInputs.js';
import { type FileFailure, readBatches } from '../../../src/read/inputBatches.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const line = `${JSON.stringify({ resourceType: 'Patient', id: 'p1' })}\n`;

/** How many records come of a file, and how it fails. */
async function readChanged(name: string, content: string | Buffer, change: (path: string) => void) {
  const folder = fill(temporaryFolder(), { [name]: content });
  const found = await findInputs([folder]);
  change(join(folder, name));
  const failures: FileFailure[] = [];
  let records = 0;
  for await (const { items } of readBatches(found, {}, ({ source }) => ({ kind: 'read' as const, source })))
    for (const one of items) {
      if (one.kind === 'unreadable') failures.push(one);
      else records += 1;
    }
  return {
    records,
    failed: failures.map(({ issue, isSystem }) => [issue.id, isSystem, /shorter|longer/.exec(issue.diagnostics)?.[0]]),
  };
}

describe('a file that changes while it is read', () => {
  it('is said to be shorter, after the records that are left', async () => {
    const { records, failed } = await readChanged('a.ndjson', line.repeat(3), (path) =>
      truncateSync(path, line.length),
    );
    expect([records, failed]).toStrictEqual([1, [['file-changed', true, 'shorter']]]);
  });

  it('is said to be longer', async () => {
    const { records, failed } = await readChanged('a.ndjson', line, (path) => appendFileSync(path, line));
    expect([records, failed]).toStrictEqual([2, [['file-changed', true, 'longer']]]);
  });

  it('is said to be longer where it is gzipped', async () => {
    const { failed } = await readChanged('a.ndjson.gz', gzipSync(line), (path) => appendFileSync(path, gzipSync(line)));
    expect(failed).toStrictEqual([['file-changed', true, 'longer']]);
  });

  it('is not one that stays as it is', async () => {
    for (const content of [line, gzipSync(line)])
      expect(await readChanged('a.ndjson', content, () => undefined)).toStrictEqual({ records: 1, failed: [] });
  });
});
