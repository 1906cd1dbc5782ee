import type { Severity } from '../../lens/issue.js';
import type { Finding } from '../finding.js';
import { bySeverity } from './severity.js';

/** How often a rule was broken. */
export interface RuleCount {
  readonly rule: string;
  readonly severity: Severity;
  findings: number;
  records: number;
  files: number;
}

/** Counts the findings that count by rule and severity. */
export interface RuleCounts {
  add(finding: Finding): void;
  /** The worst severity first, then the most frequent rule. */
  rows(): readonly RuleCount[];
}

/** The rules are few, so that the memory is bounded. A record, and a file, has all of its findings before the next one has any. */
export function ruleCounts(): RuleCounts {
  const counts = new Map<string, RuleCount & { record: string; file: string }>();
  return {
    add({ rule, severity, state, source: { file, line, entry = '' } }) {
      if (state !== 'new') return;
      const key = `${severity} ${rule}`;
      let one = counts.get(key);
      if (one === undefined) {
        one = { rule, severity, findings: 0, records: 0, files: 0, record: '', file: '' };
        counts.set(key, one);
      }
      one.findings += 1;
      const isFile = one.findings === 1 || one.file !== file;
      const record = `${line} ${entry}`;
      if (isFile) one.files += 1;
      if (isFile || one.record !== record) one.records += 1;
      one.file = file;
      one.record = record;
    },
    rows: () =>
      [...counts.values()]
        .map(({ record: _, file: __, ...row }) => row)
        .sort((a, b) => bySeverity(a, b) || b.findings - a.findings || (a.rule < b.rule ? -1 : 1)),
  };
}
