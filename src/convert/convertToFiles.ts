import type { InputFile } from '../read/findInputs.js';
import { identityOf } from '../read/identity.js';
import { UsageError } from '../read/usageError.js';
import type { RunFacts } from '../report/runFacts.js';
import { countConversions } from './countConversions.js';
import { arrange } from './layout/arrange.js';
import { uploadSummary } from './layout/layoutSummary.js';
import { type UploadOptions, uploadForm } from './layout/uploadForm.js';
import { checkAllowed } from './losses/forbiddenLosses.js';
import { openOutputs } from './outputFolder.js';
import { checkReport, openReport, type ReportFile, type ReportTo } from './report/reportFile.js';
import { notRead, type OpenSet, openSet, type SetRun } from './set/openSet.js';
import type { Summary } from './summary.js';
import { reports } from './writeReports.js';

/** What a run reads, where it writes, and how it converts. */
export interface ConvertRun extends SetRun, UploadOptions {
  /** The folder to write to, which is made where there is none. */
  readonly out: string;
  /** Replace what an earlier run wrote. */
  readonly force?: boolean;
  /** Write the reports only. */
  readonly dryRun?: boolean;
  /** What the run took, for `summary.json`: asked once, when all records are converted. Without it nothing there depends on time. */
  readonly facts?: () => RunFacts;
  /** A file for a report in HTML. */
  readonly report?: ReportTo;
  /** Told what was done when all files are in place. Where it throws they are all taken back, and the run fails. */
  readonly onDone?: (summary: Summary) => void | Promise<void>;
}

/**
 * Converts files of FHIR resources into files of payloads, and the other way round, with a report of every record and of
 * everything that was lost, and the order in which the payloads can be sent. In memory it holds a name and a few bytes for
 * each record of NDJSON. Either all files are in place at the end, or none is, and the folder is as it was.
 * @returns what was done, which is also in `summary.json`.
 * @throws UsageError for what cannot be asked for, also where a file of somebody else has a name that the run needs; the operating
 * system's error; the signal's reason; what `onDone` throws.
 */
export async function convert({
  force = false,
  dryRun = false,
  format,
  splitWaves,
  maxBody,
  facts,
  report,
  onDone,
  ...run
}: ConvertRun): Promise<Summary> {
  checkAllowed(run.allowLoss ?? []);
  if (report !== undefined) checkReport(report.file);
  const form = uploadForm({ format, splitWaves, maxBody });
  // What a run that died took away of the fixes comes back when its folder is opened.
  const early = run.fixes === undefined ? undefined : await openOutputs(run.out, { force });
  const set = await openSet(run).catch(async (error: unknown) => {
    await early?.discard();
    throw error;
  });
  const outputs = early ?? (await openOutputs(run.out, { force }));
  let page: ReportFile | undefined;
  try {
    if (dryRun) await checkKept(run.out, set.fixesOf);
    if (report !== undefined) page = await openReport(report, readBy(set, run.idMap));
    const write = reports(outputs, { dryRun });
    const { counts, read, payloads, layout } = await countConversions(set, form, {
      hasOutputs: !dryRun,
      add(conversion) {
        page?.add(conversion);
        return write.add(conversion);
      },
    });
    await write.end();
    await arrange(outputs, payloads, layout, run.signal);
    const files = { read, ...notRead(set.found), written: outputs.written() };
    const took = facts === undefined ? {} : { run: facts() };
    const summary = counts.summary({
      dryRun,
      ...took,
      hasFixes: set.fixes !== undefined,
      files,
      ...set.known(),
      upload: uploadSummary(payloads, layout),
    });
    await page?.finish(summary);
    await outputs.commit(summary, run.signal);
    await onDone?.(summary);
    await page?.commit();
    await outputs.close();
    return summary;
  } catch (error) {
    await page?.discard();
    await outputs.discard();
    throw error;
  }
}

/** The files that a run reads. */
function readBy({ found }: OpenSet, idMap: string | undefined): InputFile[] {
  return [...found.files, ...(idMap === undefined ? [] : [{ path: idMap, size: 1 }])];
}

/** @throws UsageError where a run that keeps no records would replace the only ones that there are of the fixes. */
async function checkKept(out: string, fixesOf: string | undefined): Promise<void> {
  if (fixesOf === undefined || (await identityOf(out)) !== (await identityOf(fixesOf))) return;
  throw new UsageError(`${out}: the fixes are in it, and --dry-run would replace them; write to another folder.`);
}
