import { resolve, sep } from 'node:path';
import type { InputFile } from '../../read/findInputs.js';
import type { FileFailure } from '../../read/inputBatches.js';
import { STAGING } from '../../read/runFiles.js';
import { UsageError } from '../../read/usageError.js';
import { checkReportName } from '../../report/html/reportName.js';
import { checkNoInput } from '../../report/noInput.js';
import { openTextFile } from '../../report/textFile.js';
import type { Outcome } from '../filed.js';
import type { Summary } from '../summary.js';

/**
 * Checks where a report is to be written.
 * @throws UsageError for a name without the ending `.html`, and for one in a folder that a run removes.
 */
export function checkReport(path: string): void {
  checkReportName(path);
  if (resolve(path).split(sep).includes(STAGING))
    throw new UsageError(`${path}: the folder ${STAGING} is there during a run only; write to another one.`);
}

/** What a report is written to, and what it says of itself. */
export interface ReportTo {
  readonly file: string;
  /** The version of clinik-fhir. */
  readonly version: string;
}

/** A report that is being made. Nothing stands under its name before `commit`. */
export interface ReportFile {
  add(conversion: Outcome | FileFailure): void;
  /** Writes it whole; all that is left to do is to give it its name. */
  finish(summary: Summary): Promise<void>;
  /** To be called after `finish`. */
  commit(): Promise<void>;
  /** Removes what was written. Never throws. */
  discard(): Promise<void>;
}

/**
 * Opens the file of a report.
 * @throws UsageError where it is one of the files that the run reads, or cannot be written to.
 */
export async function openReport({ file: path, version }: ReportTo, read: readonly InputFile[]): Promise<ReportFile> {
  await checkNoInput(read, [path]);
  // Loaded on demand: few runs make a report.
  const { runReport } = await import('./runReport.js');
  const report = runReport();
  const file = await openTextFile(path);
  return {
    add: report.add,
    async finish(summary) {
      await file.write(report.html(summary, version));
      await file.finish();
    },
    commit: file.commit,
    discard: file.discard,
  };
}
