import { UsageError } from '../../read/usageError.js';

/**
 * The bytes of `--index-limit`.
 * @throws UsageError for what is no whole number of megabytes.
 */
export function megabytes(limit: string | undefined): number | undefined {
  if (limit === undefined) return undefined;
  if (!/^[1-9][0-9]{0,5}$/.test(limit))
    throw new UsageError('--index-limit takes a whole number of megabytes, from 1.');
  return Number(limit) * 1024 * 1024;
}
