import type { Finding } from '../../check/finding.js';
import type { Severity } from '../../lens/issue.js';
import { printable } from '../../read/printable.js';
import { cutOut, folded, shifted } from '../excerpt.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';

/** How findings are shown to people. */
export interface BlockOptions {
  /** The most characters in a line, where names allow. */
  readonly width: number;
  readonly paint: Paint;
}

/** How a finding is shown beside others. */
export interface Beside {
  /** The characters of the longest place and severity, so that they stand below each other. */
  readonly place: number;
  readonly severity: number;
  /** True where the finding above is of the same rule and path, and says the same. */
  readonly isSame: boolean;
}

/** What severities are called. */
export const WORDS: Readonly<Record<Severity, string>> = {
  fatal: 'fatal',
  error: 'error',
  warning: 'warning',
  information: 'remark',
};

const INDENT = '    ';

/** Where a finding is in its file. */
export const placeOf = ({ region }: Finding): string => `${region.line}:${region.column}`;

/** How bad it is, and whether it was set aside. */
export const markOf = ({ severity, state }: Finding): string =>
  state === 'new' ? WORDS[severity] : `${state} ${WORDS[severity]}`;

/** The lines of a finding: its place, severity, rule and location, what is wrong, and the lines of the file. */
export function block(finding: Finding, { width, paint }: BlockOptions, beside: Beside): string[] {
  const { rule, message, state, reason } = finding;
  const inside = (line: string): string[] => wrapped(printable(line), width, INDENT);
  const said = message.split(/\r?\n/);
  return [
    ...head(finding, { width, paint }, beside, printable(rule)),
    ...(beside.isSame ? [] : [`${entryOf(finding)}${said[0] ?? ''}`, ...said.slice(1)].flatMap(inside)),
    ...(state === 'ignored' ? inside(`Ignored: ${reason ?? 'no reason was given.'}`) : []),
    ...excerpt(finding, width, paint),
  ];
}

function head(finding: Finding, { width, paint }: BlockOptions, beside: Beside, rule: string): string[] {
  const { severity, state, expression } = finding;
  const place = placeOf(finding).padStart(beside.place);
  const mark = markOf(finding).padEnd(beside.severity);
  const painted = state === 'new' ? colour(severity, paint)(mark) : paint.dim(mark);
  const first = `  ${paint.dim(place)}  ${painted}  ${paint.bold(rule)}`;
  if (expression === undefined) return [first];
  const location = printable(expression);
  const taken = place.length + mark.length + rule.length + 8;
  if (taken + location.length <= width) return [`${first}  ${paint.name(location)}`];
  return [first, ...wrapped(location, width, INDENT).map(paint.name)];
}

/** The entry that it is in, of a Bundle or a list. */
function entryOf({ entry, source }: Finding): string {
  const index = entry?.index ?? source.entry;
  if (index === undefined) return '';
  const type = entry === undefined ? source.resourceType : entry.resourceType;
  return `entry ${index}${type === undefined ? '' : ` (${type})`}: `;
}

/** The lines of the element with their numbers, and carets under the element where it begins within a line. */
function excerpt({ excerpt: shown, region, severity, state }: Finding, width: number, paint: Paint): string[] {
  if (shown === undefined) return [];
  const below = shifted(shown);
  const digits = `${region.line + below.length}`.length;
  const rule = (number: string): string => `${INDENT}${number.padStart(digits)} | `;
  const room = Math.max(width - rule('').length, 20);
  if (below.length === 0 && shown.end - shown.start > room) {
    const [first = '', ...others] = folded(shown, room);
    return [`${paint.dim(rule(`${region.line}`))}${first}`, ...others.map((line) => `${paint.dim(rule(''))}${line}`)];
  }
  const { text, start, end } = cutOut(shown, room);
  const carets = '^'.repeat(Math.max(end - start, 1));
  const painted = state === 'new' ? colour(severity, paint)(carets) : paint.dim(carets);
  const isClear = below.length > 0 && start === 0;
  return [
    `${paint.dim(rule(`${region.line}`))}${text}`,
    ...(isClear ? [] : [`${paint.dim(rule(''))}${' '.repeat(start)}${painted}`]),
    ...below.map((line, index) =>
      `${paint.dim(rule(`${region.line + index + 1}`))}${cutOut({ text: line, start: 0, end: 0 }, room, false).text}`.trimEnd(),
    ),
  ];
}

/** A text in lines of a width, indented. */
export function wrapped(line: string, width: number, indent = ''): string[] {
  return wrap(line, Math.max(width - indent.length, 20)).map((part) => `${indent}${part}`);
}

/** The colour of a severity. */
export function colour(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === 'information') return paint.name;
  return severity === 'warning' ? paint.warn : paint.bad;
}
