import type { Finding, FindingWriter } from '../check/finding.js';
import { findingGroups } from '../check/formats/findingGroups.js';
import { ruleCounts } from '../check/formats/ruleCounts.js';
import { printable } from '../read/printable.js';
import { amount, number } from '../report/amount.js';
import { type BlockOptions, block, markOf, placeOf, wrapped } from './findings/block.js';
import { type Choice, choose, type Shown, saysSame } from './findings/choose.js';
import { closing } from './findings/closing.js';
import { ruleTable } from './findings/ruleTable.js';

/** How the findings are shown to people. */
export interface TextOptions extends BlockOptions {
  /** Whether known and ignored findings are shown too, with the reason. */
  readonly verbose: boolean;
  /** How many findings are shown in full. */
  readonly maxDiagnostics: number;
  /** How many lines they may have together, where there are more findings than are shown. */
  readonly lines: number;
  /** True for the table of rules alone, which then has all of them. */
  readonly statistics: boolean;
  /** True for a rule that `clinik-fhir explain` knows. */
  readonly isExplained: (rule: string) => boolean;
}

/** How many rules the table has. */
const MOST_RULES = 20;

/**
 * The findings for people: by file, each with its lines; of many the first of each rule and path, and where the others are. Then a
 * table of the rules, and the counts. All of it is printed at the end.
 */
export function text(options: TextOptions): FindingWriter {
  const { verbose, statistics, paint } = options;
  const most = statistics ? 0 : options.maxDiagnostics;
  const found = findingGroups(most);
  const counts = ruleCounts();
  return {
    begin: () => '',
    add(finding) {
      counts.add(finding);
      if (finding.state === 'new' || verbose) found.add(finding);
      return '';
    },
    end(summary) {
      const choice = choose(
        found,
        { most, lines: options.lines },
        {
          finding: (finding, isSame) => block(finding, options, { place: 0, severity: 0, isSame }).length,
          sentence: (sentence) => wrapped(sentence, options.width, '    ').length,
        },
      );
      const rows = counts.rows();
      const table = ruleTable(rows, statistics ? Number.POSITIVE_INFINITY : MOST_RULES, paint);
      const explained = rows.find(({ rule }) => options.isExplained(rule))?.rule;
      const hints = [
        ...cutHint(found.count, choice, most),
        ...(explained === undefined ? [] : [`What a rule means, and how to fix it: clinik-fhir explain ${explained}`]),
      ];
      return [
        ...blocks(choice.shown, options),
        ...table,
        ...(table.length === 0 ? [] : ['']),
        ...closing(summary, hints, options),
      ]
        .map((line) => `${line}\n`)
        .join('');
    },
  };
}

function blocks(shown: readonly Shown[], options: TextOptions): string[] {
  const { paint, width } = options;
  const all = shown.flatMap(({ findings }) => findings);
  const widest = (of: (finding: Finding) => string): number => Math.max(0, ...all.map((one) => of(one).length));
  const [place, severity] = [widest(placeOf), widest(markOf)];
  let file: string | undefined;
  return shown.flatMap(({ findings, more }) => {
    const lines = findings.flatMap((finding, index) => {
      const head = finding.source.file === file ? [] : [paint.bold(printable(finding.source.file))];
      file = finding.source.file;
      const isSame = saysSame(findings[index - 1], finding);
      return [...head, ...block(finding, options, { place, severity, isSame })];
    });
    const rest = more === undefined ? [] : wrapped(more, width, '    ').map(paint.dim);
    return [...lines, ...rest, ''];
  });
}

/** What is not shown, and how to see it. */
function cutHint(count: number, { shown, left }: Choice, most: number): string[] {
  const told = shown.reduce((sum, { findings }) => sum + findings.length, 0);
  if (told === count) return [];
  if (most === 0) return [`${amount(count, 'finding')} in the table; --format compact lists each.`];
  const others =
    left.groups === 0
      ? ''
      : ` ${amount(left.groups, 'other rule or path', 'other rules and paths')} with ${amount(left.findings, 'finding')} are not shown: a larger --max-diagnostics shows more.`;
  return [`${number(told)} of ${amount(count, 'finding')} shown; --format compact lists each.${others}`];
}
