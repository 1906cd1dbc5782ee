import type { Exports } from '../read/inputs.js';
import { amount, number } from './amount.js';

/** What there is to say of a bulk export, in `summary.json` and on the command line. */
export interface ExportSummary {
  /** The manifest. */
  readonly file: string;
  /** How many files it lists. */
  readonly files: number;
  /** The names of those that are not in the input. */
  readonly missing: readonly string[];
  /** How many of them an option of the run leaves out. */
  readonly leftOut: number;
  /** The files that hold more or fewer records than it says. */
  readonly differing: readonly { readonly file: string; readonly count: number; readonly records: number }[];
  /** What the server says of what it could not export. */
  readonly errors: { readonly records: number; readonly files: readonly string[] };
}

/** The bulk exports of an input that was read to its end. */
export function exportSummaries({ all, counted }: Exports): ExportSummary[] {
  return all.map(({ path, files }) => {
    const there = files.flatMap((file) => {
      const at = typeof file.found === 'object' ? file.found.path : undefined;
      return at === undefined ? [] : [{ ...file, path: at, records: counted.get(at) }];
    });
    const errors = there.filter(({ list, records = 0 }) => list === 'error' && records > 0);
    return {
      file: path,
      files: files.length,
      missing: files.flatMap(({ found, names: [name = ''] }) => (found === undefined ? [name] : [])),
      leftOut: files.filter(({ found }) => found === 'left out').length,
      differing: there.flatMap(({ path: file, count, records }) =>
        count === undefined || records === undefined || count === records ? [] : [{ file, count, records }],
      ),
      errors: {
        records: errors.reduce((sum, { records = 0 }) => sum + records, 0),
        files: errors.map(({ path: file }) => file),
      },
    };
  });
}

/** How many files are named before the rest is only counted. */
const MOST = 3;

/** What there is to say of bulk exports, in sentences. */
export function exportNotes(exports: readonly ExportSummary[]): string[] {
  return exports.flatMap(({ file, files, missing, leftOut, differing, errors }) => {
    const here = files - missing.length - leftOut;
    const more = differing.filter(({ count, records }) => records > count);
    const all = missing.length > 0 ? `${number(here)} of ${amount(files, 'file')}` : amount(here, 'file');
    const aside = leftOut === 0 ? '' : `; --include and --exclude leave out ${amount(leftOut, 'other')}`;
    if (files === 0) return [`${file}: this bulk export lists no files, and holds no records.`];
    return [
      `${file}: ${all} of this bulk export ${here === 1 ? 'is' : 'are'} in the input${aside}.`,
      ...more
        .slice(0, MOST)
        .map(
          (one) =>
            `${one.file}: it holds ${amount(one.records, 'record')}, and the manifest of its bulk export says ${number(one.count)}.`,
        ),
      ...(more.length > MOST ? [`And ${amount(more.length - MOST, 'other')} with more records than it says.`] : []),
      ...(errors.records === 0
        ? []
        : [
            `The server could not export all: ${amount(errors.records, 'OperationOutcome')} in ${named(errors.files)} ${errors.records === 1 ? 'says' : 'say'} why.`,
          ]),
    ];
  });
}

function named(files: readonly string[]): string {
  const rest = files.length - MOST;
  return [...files.slice(0, MOST), ...(rest > 0 ? [`${number(rest)} more`] : [])].join(', ');
}
