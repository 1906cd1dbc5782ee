import { parseDateTime } from '../fhir/dateTime.js';
import type { ConvertOptions } from '../fhir/scope.js';
import { convert } from '../pipeline/convert.js';
import { UsageError } from '../pipeline/usageError.js';
import { EXIT, Interrupted } from './exit.js';
import { report } from './report.js';

/** Options of `clinik-fhir convert`. */
export interface ConvertFlags extends Pick<ConvertOptions, 'overflow' | 'partialDates' | 'edition' | 'securityLabels'> {
  out: string;
  baseUrl?: string;
  now?: string;
  force?: boolean;
  quiet?: boolean;
}

/**
 * Converts files, prints what became of them, and sets the exit code: 1 where a record was rejected.
 * @throws what `convert` throws; UsageError for an option that cannot be.
 */
export async function runConvert(inputs: readonly string[], { quiet = false, ...flags }: ConvertFlags): Promise<void> {
  checkNow(flags.now);
  checkBaseUrl(flags.baseUrl);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Interrupted());
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const summary = await convert({ inputs, ...flags, signal: interruption.signal });
  if (summary.records.rejected.total > 0) process.exitCode = EXIT.rejected;
  if (!quiet) process.stdout.write(`${report(summary, flags.out, process.stdout.columns || 100)}\n`);
}

function checkNow(now: string | undefined): void {
  if (now !== undefined && parseDateTime(now)?.time === undefined)
    throw new UsageError('--now takes a FHIR dateTime with a time and an offset, as in 2026-01-31T09:00:00Z.');
}

function checkBaseUrl(baseUrl: string | undefined): void {
  if (baseUrl !== undefined && !/^https?:\/\/[^/\s]/.test(baseUrl))
    throw new UsageError('--base-url takes the root of a FHIR server, as in https://ehr.example.org/fhir.');
}
