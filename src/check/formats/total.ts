import type { Severity } from '../../lens/issue.js';
import { amount, number } from '../../report/amount.js';
import type { ValidationSummary } from '../finding.js';

/** The severities in words, the worst first. */
const WORDS: readonly (readonly [severity: Severity, word: string])[] = [
  ['fatal', 'fatal error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['information', 'remark'],
];

/** One part of the line that says what a run comes to, with the severity that it is about. */
export interface Part {
  readonly severity: Severity;
  readonly text: string;
}

/** How many findings of each severity count, for those that there are. */
export function parts({ new: counts }: ValidationSummary): Part[] {
  return WORDS.filter(([severity]) => counts[severity] > 0).map(([severity, word]) => ({
    severity,
    text: amount(counts[severity], word),
  }));
}

/** What was read: `1,204 records of 3 files`. */
export function extent({ records, files }: ValidationSummary): string {
  return `${amount(records, 'record')} of ${amount(files, 'file')}`;
}

/** What does not count: `2 known, 1 ignored, 3 of the baseline no longer there`, without what there is none of. */
export function setAside({ known, ignored, vanished }: ValidationSummary): string[] {
  const gone = vanished.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(known > 0 ? [`${number(known)} known`] : []),
    ...(ignored > 0 ? [`${number(ignored)} ignored`] : []),
    ...(gone > 0 ? [`${number(gone)} of the baseline no longer there`] : []),
  ];
}

/** What a whole run comes to, in a sentence without colours. */
export function total(summary: ValidationSummary): string {
  const counts = parts(summary).map(({ text }) => text);
  const found = counts.length > 0 ? counts.join(', ') : 'Nothing to complain about';
  const aside = setAside(summary).join(', ');
  return `${found} in ${extent(summary)}.${aside === '' ? '' : ` Besides: ${aside}.`}`;
}
