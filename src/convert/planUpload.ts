import type { ConvertRun } from './convertToFiles.js';
import { countConversions } from './countConversions.js';
import { uploadSummary } from './layout/layoutSummary.js';
import { uploadForm } from './layout/uploadForm.js';
import { checkAllowed } from './losses/forbiddenLosses.js';
import { notRead, openSet } from './set/openSet.js';
import type { Summary } from './summary.js';

/** A run that is only planned. `out` is where it would write to, which is no input; what else is about writing plays no role. */
export interface PlanRun extends Omit<ConvertRun, 'out' | 'onDone' | 'report' | 'facts'> {
  readonly out?: string;
}

/** What a run would do. */
export interface Plan extends Omit<Summary, 'dryRun' | 'files'> {
  readonly files: Omit<Summary['files'], 'written'>;
}

/**
 * Converts files as `convert` does, and writes nothing: in which waves the payloads would be sent, and in how many bulk operations.
 * @throws UsageError for inputs or options that cannot be; the signal's reason.
 */
export async function plan({ format, splitWaves, maxBody, ...run }: PlanRun): Promise<Plan> {
  checkAllowed(run.allowLoss ?? []);
  const form = uploadForm({ format, splitWaves, maxBody });
  const set = await openSet({ ...run, residue: false });
  const { counts, read, payloads, layout } = await countConversions(set, form);
  const upload = uploadSummary(payloads, layout);
  const aside = notRead(set.found);
  const summary = counts.summary({
    dryRun: true,
    hasFixes: set.fixes !== undefined,
    files: { read, ...aside, written: [] },
    ...set.known(),
    upload,
  });
  const { dryRun: _, files, ...planned } = summary;
  return { ...planned, files: { read, ...aside, unreadable: files.unreadable } };
}
