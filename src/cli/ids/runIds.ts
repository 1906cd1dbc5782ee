import { listIds } from '../../convert/ids/listIds.js';
import type { FolderOptions } from '../../read/folder/patterns.js';
import type { Progress } from '../../read/inputBatches.js';
import { UsageError } from '../../read/usageError.js';
import { megabytes } from '../conversion/megabytes.js';
import { checkReading, type ReadingFlags } from '../conversion/readingFlags.js';
import { EXIT, interruption } from '../exit.js';
import { progressTo } from '../progress.js';
import { print } from '../stdoutFile.js';
import { paint } from '../style.js';
import { idsReport } from './idsReport.js';

/** Options of `clinik-fhir ids`. */
export interface IdsFlags extends Omit<ReadingFlags, 'strict'>, FolderOptions {
  out?: string;
  missing?: boolean;
  candidates?: string[];
  indexLimit?: string;
  force?: boolean;
  quiet?: boolean;
}

/**
 * Writes the skeleton of an id map, prints what is in it, in numbers, and sets the exit code: 1 where a map lacks something, where no
 * record converts, and where a file was damaged, 2 where one could not be read.
 * @throws what `listIds` throws; UsageError for an option that cannot be.
 */
export async function runIds(
  inputs: readonly string[],
  { out, missing = false, candidates, indexLimit: limit, force = false, quiet = false, ...flags }: IdsFlags,
): Promise<void> {
  if (out === undefined) throw new UsageError('--out is needed: the file to write, as in --out ids.csv.');
  if (missing && flags.idMap === undefined)
    throw new UsageError('--missing says what an id map lacks, and needs --id-map.');
  if (!missing && flags.idMap !== undefined)
    throw new UsageError('--id-map leaves out what the map knows: say --missing, too.');
  const { guide: _, ...reading } = checkReading(flags);
  const indexLimit = megabytes(limit);
  const progress = quiet ? undefined : await progressTo();
  try {
    const summary = await listIds({
      ...reading,
      inputs,
      out,
      force,
      ...(candidates === undefined ? {} : { candidates }),
      ...(indexLimit === undefined ? {} : { indexLimit }),
      signal: interruption(),
      onProgress: (far: Progress) => progress?.show(far),
    });
    progress?.end();
    const page = {
      inputs,
      out,
      idMap: flags.idMap,
      width: process.stdout.columns || 100,
      colours: paint(process.stdout),
    };
    if (!quiet) await print(`${idsReport(summary, page).join('\n')}\n`);
    const isLacking = missing && summary.rows.total > 0;
    if (isLacking || summary.records.converting === 0 || summary.unreadable.length > 0)
      process.exitCode = EXIT.rejected;
    if (summary.unreadable.some(({ id }) => id === 'file-unreadable' || id === 'file-changed'))
      process.exitCode = EXIT.usage;
  } finally {
    progress?.end();
  }
}
