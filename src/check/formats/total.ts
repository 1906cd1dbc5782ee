import type { Severity } from '../../lens/issue.js';
import { amount, number } from '../../report/amount.js';
import type { NotChecked, ValidationSummary } from '../finding.js';
import { guideLines } from '../guide/guideLines.js';
import { uncheckedBindings } from '../guide/guideUse.js';
import { isComplete } from '../guide/isComplete.js';

/** The severities in words, the worst first. */
const WORDS: readonly (readonly [severity: Severity, word: string])[] = [
  ['fatal', 'fatal error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['information', 'remark'],
];

/** How many profiles are named before the others are only counted. */
const MOST_PROFILES = 5;

/** One part of the line that says what a run comes to, with the severity that it is about. */
export interface Part {
  /** Undefined where it says that there is nothing bad. */
  readonly severity: Severity | undefined;
  readonly text: string;
}

/** How many findings of each severity count, for those that there are; where none is worse than a remark, that there is no error. */
export function parts({ new: counts, known, ignored, guides }: ValidationSummary): Part[] {
  const found = WORDS.filter(([severity]) => counts[severity] > 0).map(([severity, word]) => ({
    severity,
    text: amount(counts[severity], word),
  }));
  const isBad = found.some(({ severity }) => severity !== 'information');
  if (isBad) return found;
  const bindings = guides === undefined ? 0 : uncheckedBindings(guides);
  const fine = known + ignored > 0 ? 'No new errors' : 'No errors';
  const said = bindings === 0 ? fine : `Conformant except ${amount(bindings, 'unchecked binding')}`;
  return [{ severity: undefined, text: said }, ...found];
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

/** What was not checked: `225 × profile us-core-patient, 2 files skipped (.log)`; empty where all was. */
export function unchecked({ profiles, otherProfiles, files, endings, terminology }: NotChecked): string[] {
  const rest = profiles.slice(MOST_PROFILES);
  const more = rest.reduce((sum, { count }) => sum + count, otherProfiles);
  return [
    ...profiles.slice(0, MOST_PROFILES).map(({ name, count }) => `${number(count)} × profile ${name}`),
    ...(more > 0 ? [`${number(more)} × ${more === 1 ? 'another profile' : 'other profiles'}`] : []),
    ...(terminology ? ['codes, units and extensions (their tables were not loaded)'] : []),
    ...(files > 0 ? [`${amount(files, 'file')} skipped${endings.length === 0 ? '' : ` (${named(endings)})`}`] : []),
  ];
}

const named = (endings: readonly string[]): string =>
  [...endings.slice(0, MOST_PROFILES), ...(endings.length > MOST_PROFILES ? ['…'] : [])].join(', ');

/** True where nothing is left that was not checked. */
export const isWhole = ({ notChecked, guides }: ValidationSummary): boolean =>
  unchecked(notChecked).length === 0 && (guides === undefined || isComplete(guides, notChecked));

/** What a whole run comes to, in sentences without colours. */
export function total(summary: ValidationSummary): string {
  const counts = parts(summary).map(({ text }) => text);
  const aside = setAside(summary).join(', ');
  const not = unchecked(summary.notChecked).join(', ');
  return [
    `${counts.join(', ')} in ${extent(summary)}.`,
    ...(aside === '' ? [] : [`Besides: ${aside}.`]),
    ...(summary.guides === undefined ? [] : guideLines(summary.guides).map(({ text }) => text)),
    ...(not === '' ? [] : [`Not checked: ${not}.`]),
  ].join(' ');
}
