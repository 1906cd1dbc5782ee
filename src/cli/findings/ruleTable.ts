import type { RuleCount } from '../../check/formats/ruleCounts.js';
import { printable } from '../../read/printable.js';
import { amount, number } from '../../report/amount.js';
import type { Paint } from '../style.js';
import { colour, WORDS } from './block.js';

const HEAD = ['rule', 'severity', 'findings', 'records', 'files'] as const;

/** A table of rules with how often each was broken: the first `most` of them, and the others in a line. */
export function ruleTable(rows: readonly RuleCount[], most: number, paint: Paint): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most);
  const others = rows.slice(most);
  const cells = shown.map((row) => [
    printable(row.rule),
    WORDS[row.severity],
    number(row.findings),
    number(row.records),
    number(row.files),
  ]);
  const rest = others.reduce((sum, { findings }) => sum + findings, 0);
  const last = [`and ${amount(others.length, 'other rule')}`, '', number(rest), '', ''];
  const all = [[...HEAD], ...cells, ...(others.length === 0 ? [] : [last])];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row, index) => {
    const line = row.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    const count = shown[index - 1];
    if (count !== undefined) line[1] = colour(count.severity, paint)(line[1] ?? '');
    const text = line.join('  ').trimEnd();
    return index === 0 ? paint.dim(text) : text;
  });
}
