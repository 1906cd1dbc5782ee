import type { ValidationSummary } from '../../check/finding.js';
import { extent, isWhole, parts, setAside, unchecked } from '../../check/formats/total.js';
import { guideLines, TOLD } from '../../check/guide/guideLines.js';
import { printable } from '../../read/printable.js';
import { amount, number } from '../../report/amount.js';
import { duration, size } from '../../report/measure.js';
import { type BlockOptions, colour, wrapped } from './block.js';

/** How many vanished findings are named before the rest is only counted. */
const MOST = 5;

/** What the whole run comes to, and what it took. `hints` stand below the counts. */
export function closing(summary: ValidationSummary, hints: readonly string[], options: BlockOptions): string[] {
  const { width, paint } = options;
  return [
    ...total(summary, options),
    ...aside(summary, options),
    ...hints.flatMap((hint) => wrapped(hint, width)),
    ...guides(summary, options),
    ...notChecked(summary, options),
    ...remarks(summary, options),
    ...vanished(summary, options),
    ...wrapped(facts(summary), width).map(paint.dim),
  ];
}

function total(summary: ValidationSummary, { paint, width }: BlockOptions): string[] {
  if (summary.records === 0 && Object.values(summary.new).every((count) => count === 0)) {
    return wrapped(`There was nothing to check: ${extent(summary)}.`, width).map(paint.warn);
  }
  const said = parts(summary).map(({ severity, text }) => {
    if (severity === undefined) return isWhole(summary) ? paint.good(text) : text;
    return colour(severity, paint)(text);
  });
  return [`${said.join(', ')} in ${extent(summary)}.`];
}

function aside(summary: ValidationSummary, { width }: BlockOptions): string[] {
  const said = setAside(summary).join(', ');
  return said === '' ? [] : wrapped(`Besides: ${said}.`, width);
}

function guides({ guides: use }: ValidationSummary, { paint, width }: BlockOptions): string[] {
  if (use === undefined) return [];
  return guideLines(use).flatMap(({ text, isWarning }) =>
    wrapped(printable(text), width).map((line) => (isWarning ? paint.warn(line) : line)),
  );
}

function notChecked(
  { notChecked: not, remarks, guides: use }: ValidationSummary,
  { paint, width }: BlockOptions,
): string[] {
  const said = unchecked(not).join(', ');
  if (said === '') return [];
  const isClaimed = not.profiles.length > 0 || not.otherProfiles > 0;
  const why = use === undefined || !isClaimed ? '' : ' No guide that was loaded has these profiles.';
  const where = remarks.some(({ rule }) => rule === PROFILES) ? ' --remarks shows which records claim a profile.' : '';
  return wrapped(printable(`Not checked: ${said}.${why}${where}`), width).map(paint.warn);
}

/** The remark that says of a profile what the line of what was not checked says of all. */
const PROFILES = 'profile-not-checked';

function remarks({ remarks: counted }: ValidationSummary, { width }: BlockOptions): string[] {
  const others = counted.filter(({ rule }) => !TOLD.has(rule));
  if (others.length === 0) return [];
  const rules = others.map(({ rule, count }) => `${rule}${count === 1 ? '' : ` ${number(count)} times`}`);
  return wrapped(`Remarks: ${rules.join(', ')}. --remarks shows each.`, width);
}

function vanished({ vanished: gone }: ValidationSummary, { paint, width }: BlockOptions): string[] {
  if (gone.length === 0) return [];
  const rest = gone.length - MOST;
  const line = ({ rule, path, count }: ValidationSummary['vanished'][number]): string =>
    printable(`${[rule, path].join(' ').trim()}${count === 1 ? '' : `, ${number(count)} times`}`);
  return [
    paint.bold('No longer there; write the baseline again to forget them:'),
    ...gone.slice(0, MOST).flatMap((one) => wrapped(line(one), width, '  ')),
    ...(rest > 0 ? [`  and ${amount(rest, 'other place')}`] : []),
  ];
}

/** `clinik-fhir 0.2.0 · 241 MB · 19.3 s · failOn: warning`. */
function facts({ run: { version, bytes, milliseconds, options } }: ValidationSummary): string {
  const said = Object.entries(options).map(([name, value]) => (value === true ? name : `${name}: ${value}`));
  return printable(
    [
      `clinik-fhir ${version}`,
      size(bytes),
      duration(milliseconds),
      ...(said.length === 0 ? [] : [said.join(', ')]),
    ].join(' · '),
  );
}
