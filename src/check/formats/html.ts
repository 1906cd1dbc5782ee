import type { Severity } from '../../lens/issue.js';
import { amount, number } from '../../report/amount.js';
import { meaningsOf } from '../../report/html/meanings.js';
import type { Cell, Figure, Notice, ReportPage, Row, Section, Tone } from '../../report/html/page.js';
import { render } from '../../report/html/render.js';
import { duration, size } from '../../report/measure.js';
import type { FindingWriter, ValidationSummary } from '../finding.js';
import { guideLines, TOLD } from '../guide/guideLines.js';
import type { GuideUse } from '../guide/guideUse.js';
import { EXAMPLES, findingGroups, type Group } from './findingGroups.js';
import { type RuleCount, ruleCounts } from './ruleCounts.js';
import { isWhole, parts, setAside, unchecked } from './total.js';

/** A report to look at, for `--report`: findings by rule and by path, with what the rules mean. All of it is written at the end. */
export function html(): FindingWriter {
  const groups = findingGroups(0);
  const counts = ruleCounts();
  return {
    begin: () => '',
    add(finding) {
      counts.add(finding);
      if (finding.state === 'new') groups.add(finding);
      return '';
    },
    end: (summary) => render(page(summary, counts.rows(), groups.groups())),
  };
}

function page(summary: ValidationSummary, rules: readonly RuleCount[], groups: readonly Group[]): ReportPage {
  const { records, files, run } = summary;
  const options = Object.entries(run.options).map(([name, value]) => (value === true ? name : `${name}: ${value}`));
  return {
    title: 'Validation report',
    verdict: verdict(summary),
    facts: [
      `clinik-fhir ${run.version}`,
      size(run.bytes),
      duration(run.milliseconds),
      ...(options.length === 0 ? [] : [`options: ${options.join(', ')}`]),
    ],
    figures: [
      {
        label: 'Records',
        value: records,
        tone: 'plain',
        below: `in ${number(files)} ${files === 1 ? 'file' : 'files'}`,
      },
      ...figures(summary),
    ],
    notices: notices(summary),
    sections: [byRule(rules), byPath(rules, groups), vanished(summary)],
  };
}

function verdict(summary: ValidationSummary): ReportPage['verdict'] {
  const { fatal, error, warning } = summary.new;
  const said = [
    ...(fatal + error > 0 ? [amount(fatal + error, 'error')] : []),
    ...(warning > 0 ? [amount(warning, 'warning')] : []),
  ].join(', ');
  if (summary.records === 0 && fatal + error + warning === 0) return { tone: 'warning', text: 'Nothing was checked' };
  if (said !== '') return { tone: fatal + error > 0 ? 'bad' : 'warning', text: said };
  return { tone: isWhole(summary) ? 'good' : 'plain', text: parts(summary)[0]?.text ?? 'No errors' };
}

function figures({ new: { fatal, error, warning, information }, known, ignored }: ValidationSummary): Figure[] {
  return [
    {
      label: 'Errors',
      value: fatal + error,
      tone: 'bad',
      ...(fatal === 0 ? {} : { below: `${number(fatal)} of them fatal` }),
    },
    { label: 'Warnings', value: warning, tone: 'warning' },
    { label: 'Notes', value: information, tone: 'note', below: '--remarks lists each' },
    { label: 'Known', value: known, tone: 'plain', below: 'in the baseline' },
    { label: 'Ignored', value: ignored, tone: 'plain', below: 'by the configuration' },
  ];
}

function notices(summary: ValidationSummary): Notice[] {
  const not = unchecked(summary.notChecked).join(', ');
  const aside = setAside(summary).join(', ');
  // What was not checked says of all profiles what a note says of each.
  const remarks = summary.remarks.filter(({ rule }) => !TOLD.has(rule));
  const said = remarks.map(({ rule, count }) => `${rule} (${number(count)})`).join(', ');
  return [
    ...(summary.guides === undefined ? [] : guideNotices(summary.guides)),
    ...(not === '' ? [] : [{ tone: 'warning' as const, title: 'Not checked', text: `${not}.` }]),
    ...(aside === '' ? [] : [{ tone: 'plain' as const, title: 'Not listed', text: `${aside}.` }]),
    ...(said === '' ? [] : [{ tone: 'note' as const, title: 'Notes', text: `${said}.` }]),
  ];
}

const guideNotices = (guides: GuideUse): Notice[] =>
  guideLines(guides).map(({ text, isWarning }) => ({ tone: isWarning ? 'warning' : 'plain', title: 'Guides', text }));

const MARKS: {
  readonly [severity in Severity]: { readonly text: string; readonly tone: Tone; readonly rank: number };
} = {
  fatal: { text: 'fatal', tone: 'bad', rank: 0 },
  error: { text: 'error', tone: 'bad', rank: 1 },
  warning: { text: 'warning', tone: 'warning', rank: 2 },
  information: { text: 'note', tone: 'note', rank: 3 },
};

const count = (value: number): Cell => ({ kind: 'number', value });
const anchorOf = (rule: string): string => `rule-${rule}`;

function byRule(rules: readonly RuleCount[]): Section {
  const rows = rules.map(({ rule, severity, findings, records, files }, index): Row => {
    const { says, expression, fix } = meaningsOf(rule);
    return {
      // A rule has a row for each of its severities; links lead to the first.
      ...(rules.findIndex((one) => one.rule === rule) === index ? { anchor: anchorOf(rule) } : {}),
      cells: [
        { kind: 'code', text: rule },
        { kind: 'mark', ...MARKS[severity] },
        ...[findings, records, files].map(count),
        {
          kind: 'text',
          text: says ?? 'A rule of your own.',
          below: expression === undefined ? '' : `FHIRPath: ${expression}`,
        },
        { kind: 'text', text: fix ?? '' },
      ],
    };
  });
  return {
    id: 'rules',
    title: 'Rules',
    intro: 'The rules that were broken, the worst severity first, with what each means and how to fix what breaks it.',
    caption: 'Broken rules with the number of findings, records and files of each',
    columns: [
      { title: 'Rule' },
      { title: 'Severity' },
      { title: 'Findings' },
      { title: 'Records' },
      { title: 'Files' },
      { title: 'Meaning', isWide: true },
      { title: 'Fix', isWide: true },
    ],
    rows,
  };
}

function byPath(rules: readonly RuleCount[], groups: readonly Group[]): Section {
  const listed = groups.reduce((sum, group) => sum + group.count, 0);
  const left = rules.reduce((sum, { findings }) => sum + findings, 0) - listed;
  const sorted = [...groups].sort((a, b) => MARKS[a.severity].rank - MARKS[b.severity].rank || b.count - a.count);
  return {
    id: 'places',
    title: 'Places',
    intro: `The same findings by rule and path, with what the first one says and the first ${EXAMPLES} lines of files.`,
    caption: 'Findings by rule and path, with counts and first places',
    columns: [
      { title: 'Path', isWide: true },
      { title: 'Rule' },
      { title: 'Severity' },
      { title: 'Findings' },
      { title: 'Records' },
      { title: 'Files' },
      { title: 'First places', hint: 'file:line', isWide: true },
    ],
    rows: sorted.flatMap(({ severity, path, count: findings, records, files, kept }): Row[] => {
      const [first] = kept;
      if (first === undefined) return [];
      return [
        {
          cells: [
            {
              kind: 'code',
              text: path === '' ? '(the whole record)' : path,
              below: first.message.replace(/\s*[\r\n]\s*/g, ' '),
            },
            { kind: 'code', text: first.rule, target: anchorOf(first.rule) },
            { kind: 'mark', ...MARKS[severity] },
            ...[findings, records, files].map(count),
            { kind: 'places', places: kept.map(({ source: { file }, region: { line } }) => ({ file, line })) },
          ],
        },
      ];
    }),
    ...(left === 0
      ? {}
      : { rest: `${number(left)} more findings at other paths are counted in the table of rules only.` }),
  };
}

function vanished({ vanished: gone }: ValidationSummary): Section {
  return {
    id: 'vanished',
    title: 'No longer there',
    intro: 'Findings of the baseline that were not found any more. Write the baseline again to forget them.',
    caption: 'Findings of the baseline that are no longer there',
    columns: [{ title: 'Path', isWide: true }, { title: 'Rule' }, { title: 'Findings' }],
    rows: gone.map(({ rule, path, count: findings }) => ({
      cells: [
        { kind: 'code', text: path === '' ? '(the whole record)' : path },
        { kind: 'code', text: rule },
        count(findings),
      ],
    })),
  };
}
