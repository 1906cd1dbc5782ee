import type { Finding } from '../../check/finding.js';
import {
  EXAMPLES,
  type FindingGroups,
  type Group,
  NAMED_FILES,
  note,
  type Stretch,
} from '../../check/formats/findingGroups.js';
import { bySeverity } from '../../check/formats/severity.js';
import { printable } from '../../read/printable.js';
import { number } from '../../report/amount.js';

/** Findings that are shown together: those of one rule at one path, or one alone. */
export interface Shown {
  readonly findings: readonly Finding[];
  /** Where the others of them are, in a sentence; undefined where there are no others. */
  readonly more?: string;
}

/** The findings that are shown in full. */
export interface Choice {
  readonly shown: readonly Shown[];
  /** How many rules and paths of which nothing is shown, and how many findings they have. */
  readonly left: { readonly groups: number; readonly findings: number };
}

/** How many lines a finding has as a rule: so many for each that may be shown bound the length of a report. */
const LINES = 7;

/**
 * What is shown in full: all findings, in the order of the files, if there are no more than `most`. Else the first three of each rule
 * and path, first one of each, the worst and most frequent first, as long as there are `most` and seven lines for each of them.
 */
export function choose(found: FindingGroups, most: number, linesOf: (finding: Finding) => number): Choice {
  if (most === 0) return { shown: [], left: { groups: 0, findings: 0 } };
  if (found.count <= most) {
    return {
      shown: inOrder(found.all()).map((finding) => ({ findings: [finding] })),
      left: { groups: 0, findings: 0 },
    };
  }
  const groups = found.groups();
  const counts = allot(groups, most, linesOf);
  const shown = groups.flatMap((group) => {
    const count = counts.get(group) ?? 0;
    return count === 0 ? [] : [{ findings: group.kept.slice(0, count), ...moreOf(group, count) }];
  });
  const told = groups.filter((group) => counts.has(group));
  const findings = found.count - told.reduce((sum, { count }) => sum + count, 0);
  return { shown, left: { groups: groups.length - told.length, findings } };
}

/** How many findings of each group are shown. */
function allot(
  groups: readonly Group[],
  most: number,
  linesOf: (finding: Finding) => number,
): ReadonlyMap<Group, number> {
  const counts = new Map<Group, number>();
  const order = [...groups].sort(byWeight);
  let [slots, lines] = [most, most * LINES];
  for (let round = 0; round < EXAMPLES; round += 1) {
    for (const group of order) {
      const finding = group.kept[round];
      if (finding === undefined) continue;
      const cost = linesOf(finding);
      if (slots === 0 || (lines < cost && slots < most)) return counts;
      counts.set(group, round + 1);
      slots -= 1;
      lines -= cost;
    }
  }
  return counts;
}

function byWeight(a: Group, b: Group): number {
  const isAside = (group: Group): number => (group.state === 'new' ? 0 : 1);
  return isAside(a) - isAside(b) || bySeverity(a, b) || b.count - a.count;
}

/** Files come in their order; in a file the findings are put into that of its lines. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const files = new Map<string, number>();
  for (const { source } of findings) if (!files.has(source.file)) files.set(source.file, files.size);
  return [...findings].sort(
    (a, b) =>
      (files.get(a.source.file) ?? 0) - (files.get(b.source.file) ?? 0) ||
      a.region.line - b.region.line ||
      a.region.column - b.region.column,
  );
}

/** `… and 353 more in DiagnosticReport.ndjson, lines 4,450–4,805`. */
function moreOf(group: Group, shown: number): { readonly more?: string } {
  if (group.count === shown) return {};
  const stretches: Stretch[] = [];
  for (const { source, region } of group.kept.slice(shown)) note(stretches, source.file, region.line);
  const [next, ...rest] = group.rest;
  if (next !== undefined) {
    note(stretches, next.file, next.first);
    note(stretches, next.file, next.last);
  }
  stretches.push(...rest);
  const others = stretches.length - NAMED_FILES;
  const files = group.otherFiles + Math.max(others, 0);
  return { more: `… and ${number(group.count - shown)} more in ${placesIn(stretches.slice(0, NAMED_FILES), files)}` };
}

function placesIn(stretches: readonly Stretch[], others: number): string {
  const [only] = stretches;
  if (only !== undefined && stretches.length === 1 && others === 0) return `${printable(only.file)}, ${linesOf(only)}`;
  const named = stretches.map((stretch) => `${printable(stretch.file)} (${linesOf(stretch)})`);
  const rest = others === 0 ? [] : [others === 1 ? '1 other file' : `${number(others)} other files`];
  const all = [...named, ...rest];
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

const linesOf = ({ first, last }: Stretch): string =>
  first === last ? `line ${number(first)}` : `lines ${number(first)}–${number(last)}`;
