import { join } from 'node:path';
import type { ConvertRun } from '../../src/convert/convertToFiles.js';
import type { Summary } from '../../src/convert/summary.js';
import { isObject } from '../../src/lens/json.js';
import { fill, objects, temporaryFolder } from '../support/folder.js';
import { assertBooked, assertRejectedAgain } from './books.js';

export interface Run {
  readonly folder: string;
  readonly out: string;
  readonly summary: Summary;
}

/** Converts files and holds the run to the law of bookkeeping. */
export async function booking(
  files: { readonly [path: string]: unknown },
  options: Partial<ConvertRun> = {},
): Promise<Run> {
  const folder = fill(temporaryFolder(), files);
  const run = { ...options, inputs: [folder], out: join(temporaryFolder(), 'out') };
  const summary = await assertBooked(run);
  await assertRejectedAgain(run);
  return { folder, out: run.out, summary };
}

/** Of each line of rejects: its line or place, the identifiers of its issues, and the file that keeps the record. */
export function rejections(out: string): string[] {
  return objects(out, 'rejects.ndjson').map(({ source, rejected, outcome }) => {
    if (!isObject(source) || !isObject(outcome) || !Array.isArray(outcome.issue)) throw new Error('no rejection');
    const ids = new Set(outcome.issue.map((issue) => issue.details.coding[0].code));
    const kept = isObject(rejected) ? ` ${rejected.file}` : '';
    return `${source.line ?? '-'}${source.entry === undefined ? '' : `#${source.entry}`} ${[...ids].join('+')}${kept}`;
  });
}
