import type { Finding, FindingWriter, ValidationSummary } from '../check/finding.js';
import { extent, parts, setAside } from '../check/formats/total.js';
import type { Severity } from '../lens/issue.js';
import { printable } from '../read/printable.js';
import { amount, number } from '../report/amount.js';
import { cutOut } from './excerpt.js';
import type { Paint } from './style.js';
import { wrap } from './wrap.js';

/** How the findings are shown to people. */
export interface TextOptions {
  /** The most characters in a line, where names allow. */
  readonly width: number;
  readonly paint: Paint;
  /** Whether known and ignored findings are shown too, with the reason. */
  readonly verbose: boolean;
}

/** How many vanished findings are named before the rest is only counted. */
const MOST = 5;
const INDENT = '    ';

const WORDS: Readonly<Record<Severity, string>> = {
  fatal: 'fatal',
  error: 'error',
  warning: 'warning',
  information: 'remark',
};

/** The findings for people: by file, each with its line, and the counts at the end. */
export function text(options: TextOptions): FindingWriter {
  let file: string | undefined;
  return {
    begin: () => '',
    add(finding) {
      if (finding.state !== 'new' && !options.verbose) return '';
      const head = finding.source.file === file ? [] : [options.paint.bold(printable(finding.source.file))];
      file = finding.source.file;
      return [...head, ...block(finding, options), ''].map((line) => `${line}\n`).join('');
    },
    end: (summary) =>
      [total(summary, options), remarks(summary, options), vanished(summary, options)].flat().join('\n').concat('\n'),
  };
}

function block(finding: Finding, { width, paint }: TextOptions): string[] {
  const { severity, rule, region, message, expression, state, reason } = finding;
  const inside = (line: string): string[] => wrapped(printable(line), width, INDENT);
  const mark = state === 'new' ? colour(severity, paint)(WORDS[severity]) : paint.dim(`${state} ${WORDS[severity]}`);
  return [
    `  ${mark} ${paint.bold(printable(rule))} ${paint.dim(`${region.line}:${region.column}`)}`,
    ...message.split(/\r?\n/).flatMap(inside),
    ...(state === 'ignored' ? inside(`Ignored: ${reason ?? 'no reason was given.'}`) : []),
    ...(expression === undefined ? [] : inside(expression).map((line) => paint.name(line))),
    ...excerpt(finding, width, paint),
  ];
}

/** The line of the element with its number, and carets under the element. */
function excerpt({ excerpt: line, region, severity, state }: Finding, width: number, paint: Paint): string[] {
  if (line === undefined) return [];
  const number = `${region.line}`;
  const rule = `${INDENT}${number} | `;
  const { text: shown, start, end } = cutOut(line, Math.max(width - rule.length, 20));
  const under = `${INDENT}${' '.repeat(number.length)} | `;
  const carets = '^'.repeat(Math.max(end - start, 1));
  const painted = state === 'new' ? colour(severity, paint)(carets) : paint.dim(carets);
  return [`${paint.dim(rule)}${shown}`, `${paint.dim(under)}${' '.repeat(start)}${painted}`];
}

function total(summary: ValidationSummary, { paint, width }: TextOptions): string[] {
  const counts = parts(summary);
  const aside = setAside(summary).join(', ');
  const others = aside === '' ? [] : wrapped(`Besides: ${aside}.`, width);
  if (counts.length === 0 && summary.records === 0) {
    return [...wrapped(`There was nothing to look at: ${extent(summary)}.`, width).map(paint.warn), ...others];
  }
  if (counts.length === 0) {
    const well = wrapped(`All is well: nothing to complain about in ${extent(summary)}.`, width);
    return [...well.map(paint.good), ...others];
  }
  const said = counts.map((part) => colour(part.severity, paint)(part.text)).join(', ');
  return [`${said} in ${extent(summary)}.`, ...others];
}

function remarks({ remarks: counted }: ValidationSummary, { width }: TextOptions): string[] {
  if (counted.length === 0) return [];
  const rules = counted.map(({ rule, count }) => `${rule}${count === 1 ? '' : ` ${number(count)} times`}`);
  return wrapped(`Remarks: ${rules.join(', ')}. --remarks shows each.`, width);
}

function vanished({ vanished: gone }: ValidationSummary, { paint, width }: TextOptions): string[] {
  if (gone.length === 0) return [];
  const rest = gone.length - MOST;
  return [
    paint.bold('No longer there; write the baseline again to forget them:'),
    ...gone
      .slice(0, MOST)
      .flatMap(({ rule, path, count }) =>
        wrapped(
          printable(`${[rule, path].join(' ').trim()}${count === 1 ? '' : `, ${number(count)} times`}`),
          width,
          '  ',
        ),
      ),
    ...(rest > 0 ? [`  and ${amount(rest, 'other place')}`] : []),
  ];
}

function wrapped(line: string, width: number, indent = ''): string[] {
  return wrap(line, Math.max(width - indent.length, 20)).map((part) => `${indent}${part}`);
}

function colour(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === 'information') return paint.name;
  return severity === 'warning' ? paint.warn : paint.bad;
}
