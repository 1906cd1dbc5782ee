import type { Finding } from '../../check/finding.js';
import { pathOf } from '../../check/fingerprint.js';
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

/** How much is shown. */
export interface Limits {
  /** How many findings. */
  readonly most: number;
  /** How many lines they may have together, with what stands around them. One is shown however long it is. */
  readonly lines: number;
}

/** How many lines something has. */
export interface Measure {
  /** A finding; one that says the same as the one above has fewer. */
  finding(finding: Finding, isSame: boolean): number;
  /** A sentence below findings. */
  sentence(text: string): number;
}

/**
 * What is shown in full: all findings, in the order of the files, if there are no more than `most`. Else the first three of each rule
 * and path: first one of each, the worst and most frequent first, then the second ones, as long as there is room.
 */
export function choose(found: FindingGroups, limits: Limits, measure: Measure): Choice {
  if (limits.most === 0) return { shown: [], left: { groups: 0, findings: 0 } };
  if (found.count <= limits.most) return { shown: runs(inOrder(found.all())), left: { groups: 0, findings: 0 } };
  const groups = found.groups();
  const counts = allot(groups, limits, measure);
  const shown = groups.flatMap((group) => {
    const count = counts.get(group) ?? 0;
    return count === 0 ? [] : [{ findings: group.kept.slice(0, count), ...moreOf(group, count) }];
  });
  const told = groups.filter((group) => counts.has(group));
  const findings = found.count - told.reduce((sum, { count }) => sum + count, 0);
  return { shown, left: { groups: groups.length - told.length, findings } };
}

/** How many findings of each group are shown. */
function allot(groups: readonly Group[], { most, lines }: Limits, measure: Measure): ReadonlyMap<Group, number> {
  const counts = new Map<Group, number>();
  const order = [...groups].sort(byWeight);
  let [slots, room] = [most, lines];
  for (let round = 0; round < EXAMPLES; round += 1) {
    for (const group of order) {
      const cost = costOf(group, round, measure);
      if (cost === undefined) continue;
      if (slots === 0 || (room < cost && slots < most)) return counts;
      counts.set(group, round + 1);
      slots -= 1;
      room -= cost;
    }
  }
  return counts;
}

/** The lines that one more finding of a group takes. */
function costOf(group: Group, round: number, measure: Measure): number | undefined {
  const [finding, above] = [group.kept[round], group.kept[round - 1]];
  if (finding === undefined) return undefined;
  const { more } = moreOf(group, round + 1);
  // The name of the file, a blank line, and where the others are.
  if (above === undefined)
    return measure.finding(finding, false) + 2 + (more === undefined ? 0 : measure.sentence(more));
  // The name of another file, and that of the one before it again.
  return measure.finding(finding, saysSame(above, finding)) + (above.source.file === finding.source.file ? 0 : 2);
}

/** True where a finding says the same of the same rule and path as the one above it. */
export function saysSame(above: Finding | undefined, finding: Finding): boolean {
  return (
    above !== undefined &&
    above.message === finding.message &&
    above.rule === finding.rule &&
    above.severity === finding.severity &&
    above.state === finding.state &&
    above.entry?.index === finding.entry?.index &&
    above.source.entry === finding.source.entry &&
    pathOf(above.expression) === pathOf(finding.expression)
  );
}

/** Findings of a file that follow each other and say the same are shown together. */
function runs(findings: readonly Finding[]): Shown[] {
  const shown: Finding[][] = [];
  for (const finding of findings) {
    const run = shown.at(-1);
    const above = run?.at(-1);
    if (run !== undefined && above?.source.file === finding.source.file && saysSame(above, finding)) run.push(finding);
    else shown.push([finding]);
  }
  return shown.map((run) => ({ findings: run }));
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
      a.region.column - b.region.column ||
      bySeverity(a, b),
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
