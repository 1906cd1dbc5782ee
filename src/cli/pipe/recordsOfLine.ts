import type { Issue } from '../../lens/issue.js';
import type { Line } from '../../read/lines.js';
import { parseJson } from '../../read/parseJson.js';
import { type RawRecord, recordsOf } from '../../read/recordsOfValue.js';
import { PIPE } from './flags.js';

/** The records of a line. `isOne` tells that it is a record itself, and no Bundle, list or response that holds any number of them. */
export function recordsOfLine(
  { number, bytes }: Line,
  wholeBundles: boolean,
): { records: readonly RawRecord[]; isOne: boolean } {
  const value = { ...parseJson(bytes), line: number, bytes: bytes ?? Buffer.alloc(0), isDocument: false };
  const records = [...recordsOf(PIPE, value, wholeBundles)];
  const [first] = records;
  return { records, isOne: records.length === 1 && first?.source.entry === undefined };
}

/** What is said of a record: an object in JSON. */
export interface RecordAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** What is said of a line that is a Bundle, a list or a response with nothing in it: nothing was refused, and nothing was done. */
export const NO_RECORDS = JSON.stringify({ ok: false, skipped: 'no-records', issues: [] });

/** One answer for a line, in JSON: that of its record, or those of its records, with where they stand; or that it has none. */
export function together(
  records: readonly RawRecord[],
  answers: readonly RecordAnswer[],
  isOne: boolean,
): string | undefined {
  if (records.length === 0) return NO_RECORDS;
  if (isOne) return answers[0]?.text;
  const placed = answers.map(({ text }, index) => withEntry(records[index]?.source.entry, text));
  return `{"ok":${answers.every(({ ok }) => ok)},"records":[${placed.join(',')}]}`;
}

/** Every answer has `ok`, so that something follows. */
const withEntry = (entry: string | undefined, text: string): string =>
  entry === undefined ? text : `{"entry":${JSON.stringify(entry)},${text.slice(1)}`;

/** The issues as they are public; some know more, for a page that shows them. */
export function publicIssues(issues: readonly Issue[]): Issue[] {
  return issues.map(({ severity, code, id, expression, diagnostics, options }) => ({
    severity,
    code,
    id,
    expression,
    diagnostics,
    ...(options === undefined ? {} : { options }),
  }));
}
