import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type ConvertRun, convert } from '../../../src/convert/convertToFiles.js';
import { temporaryFolder, tree } from '../../support/folder.js';
import { share } from '../../support/runs.js';
import { randomOf } from '../damage.js';
import { store } from '../damagedExport.js';

/** Copies that are converted together. */
const GROUP = 20;

const OPTIONS: readonly Partial<ConvertRun>[] = [
  {},
  { validate: true, residue: true },
  { rawTypes: ['all'], raw: true, splitWaves: true },
  { strict: true, format: 'bulk-import', maxBody: 1500 },
];

async function written(input: string, options: Partial<ConvertRun>): Promise<unknown> {
  const out = temporaryFolder();
  const summary = await convert({ ...options, inputs: [input], out });
  return { summary, files: tree(out) };
}

/** Has every tenth message to a thread be the last one that it is given. @returns how many there were. */
function killThreads(): () => number {
  const give = Worker.prototype.postMessage;
  let given = 0;
  jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...message) {
    give.apply(this, message);
    given += 1;
    if (given % 10 === 2) void this.terminate();
  });
  return () => given;
}

afterEach(() => {
  jest.restoreAllMocks();
});

const GROUPS = Array.from({ length: Math.ceil(share(1000) / GROUP) }, (_, group) => group);

describe('damaged copies of an export, 1,000 in the long run', () => {
  it.each(GROUPS)(
    'become the same bytes with any number of threads, and with threads that die: group %i',
    async (group) => {
      const random = randomOf(20260718 + group);
      const input = temporaryFolder();
      for (let copy = 0; copy < GROUP; copy += 1) store(join(input, `${copy}`), random, `${copy}-`);
      const options = OPTIONS[group % OPTIONS.length] ?? {};
      const alone = await written(input, { ...options, threads: 1 });
      for (const threads of [2, 4]) expect(await written(input, { ...options, threads })).toStrictEqual(alone);
      const given = killThreads();
      expect(await written(input, { ...options, threads: 2 })).toStrictEqual(alone);
      expect(given()).toBeGreaterThan(GROUP);
    },
  );
});
