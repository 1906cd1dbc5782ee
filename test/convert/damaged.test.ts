import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ensure } from '../support/ensure.js';
import { temporaryFolder } from '../support/folder.js';
import { share } from '../support/runs.js';
import { assertBooked, assertRejectedAgain } from './books.js';
import { randomOf } from './damage.js';
import { EXPORT, store } from './damagedExport.js';

const CORPUS = join('..', 'shared', 'corpus');

/** Copies are converted in groups of these sizes, alone too, for files of rejected records begin and end differently then. */
const GROUPS = [...new Array(share(40)).fill(1), ...new Array(share(48)).fill(20)];

/** The layouts of what is sent; the limit of the last one is one that some records are over. */
const LAYOUTS = [
  {},
  { splitWaves: true },
  { format: 'bulk-import' },
  { format: 'bulk-import', maxBody: 1500 },
] as const;

describe('the bookkeeping of a run', () => {
  it('holds for damaged copies of an export, 1,000 in the long run, whatever happened to them', async () => {
    const random = randomOf(20260101);
    const totals = { in: 0, converted: 0, rejected: 0, skipped: 0, unreadable: 0 };
    const folder = temporaryFolder();
    for (const [index, copies] of GROUPS.entries()) {
      const input = join(folder, `in-${index}`);
      for (let copy = 0; copy < copies; copy += 1)
        store(join(input, `${copy}`), random, copies === 1 ? '' : `${copy}-`);
      const run = { inputs: [input], out: join(folder, `out-${index}`), ...LAYOUTS[index % LAYOUTS.length] };
      const { records, files } = await assertBooked(run);
      await assertRejectedAgain(run);
      totals.in += records.in.total;
      totals.converted += records.converted.total;
      totals.rejected += records.rejected.total;
      totals.skipped += records.skipped.total;
      totals.unreadable += files.unreadable.length;
    }
    // The damages are neither too weak nor too strong to say something.
    const copies = GROUPS.reduce((sum, group) => sum + group, 0);
    ensure(totals.in > 30 * copies && totals.converted > 10 * copies, JSON.stringify(totals));
    ensure(totals.rejected > 8 * copies && totals.unreadable > copies / 10, JSON.stringify(totals));
  });

  it('holds for the export itself, for the fixtures, and for each corpus, strict or not, in every layout', async () => {
    const folder = temporaryFolder();
    const corpora = existsSync(CORPUS) ? readdirSync(CORPUS).map((name) => join(CORPUS, name)) : [];
    for (const [index, input] of ['fixtures', EXPORT, ...corpora.filter((path) => !path.endsWith('.md'))].entries())
      for (const [layout, options] of [...LAYOUTS, { strict: true }].entries()) {
        const run = { inputs: [input], out: join(folder, `${index}-${layout}`), raw: true, residue: true, ...options };
        const { records } = await assertBooked(run);
        expect(records.in.total).toBeGreaterThan(0);
        await assertRejectedAgain(run);
      }
  });
});
