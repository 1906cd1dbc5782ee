import { resolve, sep } from 'node:path';
import type { InputFile } from '../../read/findInputs.js';
import { STAGING } from '../../read/runFiles.js';
import { UsageError } from '../../read/usageError.js';
import { checkReportName } from '../../report/html/reportName.js';
import { checkNoInput } from '../../report/noInput.js';
import { openTextFile, type TextFile } from '../../report/textFile.js';

/**
 * Checks where a report is to be written.
 * @throws UsageError for a name without the ending `.html`, and for one in a folder that a run removes.
 */
export function checkReport(path: string): void {
  checkReportName(path);
  if (resolve(path).split(sep).includes(STAGING))
    throw new UsageError(`${path}: the folder ${STAGING} is there during a run only; write to another one.`);
}

/**
 * Opens the file of a report.
 * @throws UsageError where it is one of the files that the run reads, or cannot be written to.
 */
export async function openReport(path: string, read: readonly InputFile[]): Promise<TextFile> {
  await checkNoInput(read, [path]);
  return openTextFile(path);
}
