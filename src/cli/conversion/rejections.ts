import { flagOf } from '../../convert/options/flags.js';
import type { IssueCount } from '../../convert/summary.js';
import { amount, number } from '../../report/amount.js';
import { remedyOf } from '../../report/remedy.js';
import { wrap } from '../wrap.js';
import { quoted } from './quoted.js';

/** How many places of an issue are named. */
const MOST_PATHS = 3;

/** Issues in words, with where they were found and, on lines of their own, how to fix them. */
export function issueRows(all: readonly IssueCount[], most: number, width: number, hasFix: boolean): string[] {
  const rest = all.length - most;
  const shown = all.slice(0, most);
  const first = Math.max(0, ...shown.map(({ records }) => number(records).length));
  const margin = ' '.repeat(first + 4);
  const inside = (text: string): string[] => wrap(text, Math.max(width - margin.length, 20));
  const lines = shown.flatMap(({ id, records, diagnostics, paths, options = [] }) => {
    const fix = hasFix ? remedyOf(id) : undefined;
    const [start = '', ...others] = [
      ...inside(`${id}: ${diagnostics}${at(paths)}`),
      ...(fix === undefined ? [] : pointed(fix, width - margin.length)),
      ...(hasFix ? flagRows(options, records) : []).flatMap((flag) => pointed(flag, width - margin.length)),
    ];
    return [`  ${number(records).padStart(first)}  ${start}`, ...others.map((line) => margin + line)];
  });
  return [...lines, ...(rest > 0 ? [`  … ${amount(rest, 'more reason')}`] : [])];
}

/** The options that would let records pass, and how many where these are not all; losses are allowed together, below. */
function flagRows(options: NonNullable<IssueCount['options']>, all: number): string[] {
  const flags = new Map<string, number>();
  for (const { option, path = '', records } of options) {
    if (option === 'allowLoss') continue;
    const flag = flagOf(option, path);
    flags.set(flag, (flags.get(flag) ?? 0) + records);
  }
  return [...flags].map(([flag, records]) => (records < all ? `${flag} (${number(records)} of them)` : flag));
}

/** What to do, marked, its other lines below its words. */
export function pointed(text: string, width: number): string[] {
  return wrap(text, Math.max(width - 2, 20)).map((line, index) => `${index === 0 ? '→' : ' '} ${line}`);
}

function at(paths: IssueCount['paths']): string {
  if (paths.length === 0) return '';
  const rest = paths.length - MOST_PATHS;
  const named = paths.slice(0, MOST_PATHS).map(({ path }) => path);
  return ` At ${named.join(', ')}${rest > 0 ? `, and ${amount(rest, 'other place')}` : ''}.`;
}

/** The options that would let a strict run take the losses that it refused, ready to be put behind its command. */
export function allowList(rejects: readonly IssueCount[], width: number): string[] {
  const refused = rejects.find(({ id }) => id === 'loss-not-allowed')?.paths.map(({ path }) => path) ?? [];
  // What is allowed for a location is for all below it.
  const paths = refused.filter((path) => !refused.some((other) => path.startsWith(`${other}.`))).sort();
  if (paths.length === 0) return [];
  const lines = [''];
  for (const option of paths.map((path) => `--allow-loss ${quoted(path)}`)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = option;
    else if (line.length + option.length + 1 <= width - 4) lines[lines.length - 1] = `${line} ${option}`;
    else lines.push(option);
  }
  return lines.map((line, index) => `  ${line}${index < lines.length - 1 ? ' \\' : ''}`);
}
