import { UsageError } from '../../read/usageError.js';
import { number } from '../../report/amount.js';

/** What payloads are written as. */
export const UPLOAD_FORMATS = ['ndjson', 'bulk-import'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

/** How the payloads of a run are laid out for their upload. */
export interface UploadOptions {
  /** A payload a line, or request bodies for ClinikAPI's bulk import. Default: `ndjson`. */
  readonly format?: UploadFormat;
  /** Write a folder for each wave. */
  readonly splitWaves?: boolean;
  /** The most bytes of a bulk import body, from 1,000 to 104,857,600. Default: 104,857,600, which is what ClinikAPI takes. */
  readonly maxBody?: number;
}

/** Where payloads go: a file for each path, a folder of these for each wave, or bodies of at most so many bytes. */
export type UploadForm = { readonly kind: 'paths' | 'waves' } | { readonly kind: 'bodies'; readonly maxBody: number };

/**
 * The most that ClinikAPI takes: records in a body, characters of its `data`, and bulk operations in an hour. A body of as many
 * bytes as `data` may have characters cannot break the limit of `data`.
 */
export const BULK = { records: 10_000, data: 104_857_600, perHour: 5 } as const;

/** Bytes of a body. The most are the default: only the SDK of ClinikAPI, which bulk import does without, refuses requests over 1 MB. */
export const MAX_BODY = { least: 1000, most: BULK.data } as const;

/**
 * The form that options ask for.
 * @throws UsageError for options that cannot be, alone or together.
 */
export function uploadForm({ format = 'ndjson', splitWaves = false, maxBody }: UploadOptions): UploadForm {
  if (!UPLOAD_FORMATS.includes(format)) throw new UsageError(`--format takes one of: ${UPLOAD_FORMATS.join(', ')}.`);
  checkMaxBody(maxBody);
  if (format === 'ndjson') {
    if (maxBody !== undefined)
      throw new UsageError('--max-body limits the bodies of --format bulk-import, and needs it.');
    return { kind: splitWaves ? 'waves' : 'paths' };
  }
  if (splitWaves)
    throw new UsageError(
      '--split-waves does not go with --format bulk-import, whose bodies are in the order of the waves.',
    );
  return { kind: 'bodies', maxBody: maxBody ?? MAX_BODY.most };
}

/** @throws UsageError for a limit that no body can have. */
export function checkMaxBody(maxBody: number | undefined): void {
  if (maxBody === undefined) return;
  if (!Number.isInteger(maxBody) || maxBody < MAX_BODY.least || maxBody > MAX_BODY.most)
    throw new UsageError(
      `--max-body takes a whole number of bytes from ${number(MAX_BODY.least)} to ${number(MAX_BODY.most)}.`,
    );
}
