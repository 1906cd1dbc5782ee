import { UsageError } from '../../read/usageError.js';

/**
 * Checks the name of a report. No file of records, and none that a run writes, has such a name, so that it can stand beside them.
 * @throws UsageError for one without the ending `.html`.
 */
export function checkReportName(path: string): void {
  if (!/[^/\\]\.html?$/i.test(path)) throw new UsageError('--report takes the name of a file that ends with .html.');
}
