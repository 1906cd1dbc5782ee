import type { Issue } from '../lens/issue.js';
import type { FileFailure, ReadRun } from '../read/inputBatches.js';
import type { GuideCounts, RunGuide } from '../read/packages/runGuide.js';
import { pauses } from '../read/pause.js';
import type { RecordText } from '../read/recordsOfValue.js';
import type { Source } from '../read/source.js';
import { amount } from '../report/amount.js';
import { type BundlePlace, bundlePlace } from './bundlePlace.js';
import { claimedProfile } from './claimedProfile.js';
import type { Finding, Region } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import type * as Places from './placeOfFinding.js';
import type { RecordChecks, Validation } from './validateRecord.js';

/** What a run reads and how it looks at it. */
export interface ValidationOptions extends RecordChecks, Omit<ReadRun, 'wholeBundles'> {
  /** True to report what is of severity information, too; it is counted else. */
  readonly remarks?: boolean;
  /** False where nobody shows the lines of the findings; they cost more than the rest of a finding. */
  readonly excerpts?: boolean;
  /** What records are held to beyond R4; it counts what it does. */
  readonly guide?: RunGuide | undefined;
  /** True to show values in them. They may go to the terminal of who asked for them, and nowhere else. */
  readonly values?: boolean;
}

/** A finding, before it is known whether it counts. */
export type Unjudged = Omit<Finding, 'state' | 'reason'>;

/** What there is to say of some records of a file. It can be sent from one thread to another. */
export interface Checked {
  readonly records: number;
  readonly findings: readonly Unjudged[];
  /** The issues of severity information, by rule, that are counted and not reported. */
  readonly remarks: readonly (readonly [rule: string, count: number])[];
  /** How often profiles were claimed, which are not checked: by the names of published ones, and '' for all others. */
  readonly profiles: readonly (readonly [name: string, count: number])[];
  /** What became of the guides of the run, if it has some. */
  readonly guide?: GuideCounts;
  /** True where the operating system refused to give what is left of the file. */
  readonly isUnread: boolean;
}

let places: typeof Places | undefined;

/** Makes findings of what was said of records. */
export async function check(
  items: Iterable<Validation | FileFailure>,
  options: Pick<ValidationOptions, 'remarks' | 'excerpts' | 'values' | 'signal' | 'guide'>,
): Promise<Checked> {
  const due = pauses();
  const findings: Unjudged[] = [];
  const remarks = new Map<string, number>();
  const profiles = new Map<string, number>();
  const alike = alikeFindings();
  /** The records of one document share its text, which is taken apart once. */
  let last: { readonly text: string; readonly line: number; readonly place: Places.Placer } | undefined;
  const placeIn =
    ({ placer }: typeof Places) =>
    ({ text, line }: RecordText): Places.Placer => {
      if (last?.line !== line || last.text !== text) last = { text, line, place: placer(text, line, options) };
      return last.place;
    };
  let records = 0;
  let isUnread = false;
  for (const one of items) {
    const pausing = due();
    if (pausing !== undefined) {
      await pausing;
      options.signal?.throwIfAborted();
    }
    if (one.kind === 'unreadable') {
      isUnread ||= one.isSystem;
      findings.push(failureFinding(one));
      continue;
    }
    records += 1;
    countProfiles(one, profiles);
    const issues = options.remarks === true ? one.issues : withoutRemarks(one.issues, remarks);
    if (issues.length === 0) continue;
    if (alike.counts(one, issues)) continue;
    // Most runs of most people need none of it.
    places ??= await import('./placeOfFinding.js');
    findings.push(...findingsOf({ ...one, issues }, placeIn(places), places));
  }
  for (const one of alike.counted()) {
    places ??= await import('./placeOfFinding.js');
    findings.push(...findingsOf(one, placeIn(places), places));
  }
  const guide = options.guide === undefined ? {} : { guide: options.guide.take() };
  return { records, findings, remarks: [...remarks], profiles: [...profiles], isUnread, ...guide };
}

function countProfiles({ issues, record }: Validation, profiles: Map<string, number>): void {
  if (record === undefined) return;
  for (const { id, expression } of issues) {
    if (id !== 'profile-not-checked') continue;
    const name = claimedProfile(record.value, expression[0] ?? '') ?? '';
    profiles.set(name, (profiles.get(name) ?? 0) + 1);
  }
}

/** Of one document so many are reported one by one that are no records at all, or of no known kind. */
const MOST_ALIKE = 1000;

/** Counts what a list of a million empty objects would be reported for a million times. */
function alikeFindings() {
  const counts = new Map<string, { count: number; last: Validation; readonly issue: Issue }>();
  return {
    /** True for what is counted, and not to be reported by itself. */
    counts(one: Validation, [issue, ...others]: readonly Issue[]): boolean {
      const { source, record } = one;
      const isNothing = record === undefined || issue?.id === 'record-unknown';
      if (issue === undefined || others.length > 0 || source.entry === undefined || !isNothing) return false;
      const key = `${source.line} ${issue.id} ${issue.diagnostics}`;
      const before = counts.get(key);
      if (before === undefined) counts.set(key, { count: 1, last: one, issue });
      else {
        before.count += 1;
        before.last = one;
      }
      return (before?.count ?? 1) > MOST_ALIKE;
    },
    /** One for all that were counted, at the last of them. */
    counted(): Validation[] {
      return [...counts.values()]
        .filter(({ count }) => count > MOST_ALIKE)
        .map(({ count, last, issue }) => {
          const diagnostics = `${issue.diagnostics} This is said for ${amount(count - MOST_ALIKE, 'entry', 'entries')} of one document, up to this one.`;
          return { ...last, issues: [{ ...issue, diagnostics }] };
        });
    },
  };
}

const isRemark = ({ severity }: Issue): boolean => severity === 'information';

/** The issues that are reported one by one; the others are counted. */
function withoutRemarks(issues: readonly Issue[], remarks: Map<string, number>): readonly Issue[] {
  if (!issues.some(isRemark)) return issues;
  for (const issue of issues) if (isRemark(issue)) remarks.set(issue.id, (remarks.get(issue.id) ?? 0) + 1);
  return issues.filter((issue) => !isRemark(issue));
}

function failureFinding({ source: { file, line = 1 }, issue }: FileFailure): Unjudged {
  const source: Source = { file, line };
  const fingerprint = fingerprintFor(issue.id, source, bundlePlace(undefined, source, undefined));
  return { ...said(issue, source), region: lineAlone(line), fingerprint };
}

function* findingsOf(
  { source, issues, record, bytes }: Validation,
  placerOf: (text: RecordText) => Places.Placer,
  { placeOfSyntaxError }: typeof Places,
): Generator<Unjudged> {
  for (const issue of issues) {
    const [expression] = issue.expression;
    const place = bundlePlace(expression, source, record?.value);
    const fingerprint = fingerprintFor(issue.id, source, place);
    if (record === undefined) {
      const text = bytes();
      const isTold = issue.id === 'json-malformed' && Buffer.isBuffer(text);
      const region = isTold ? placeOfSyntaxError(text.toString('utf8'), source.line) : lineAlone(source.line);
      yield { ...said(issue, source), region, fingerprint };
      continue;
    }
    const { entry } = place;
    const placed = placerOf(record.text)(expression, record.text.keys);
    yield { ...said(issue, source), ...(entry === undefined ? {} : { entry }), ...placed, fingerprint };
  }
}

/** The fingerprint of a finding: of the resource that it is in, wherever in a Bundle that stands. */
function fingerprintFor(rule: string, { file }: Source, { expression, resourceType, id }: BundlePlace): string {
  return fingerprintOf({ rule, expression, resourceType, id, file });
}

function said({ id, severity, code, diagnostics, expression }: Issue, source: Source) {
  return { rule: id, severity, code, message: diagnostics, source, expression: expression[0] };
}

const lineAlone = (line: number): Region => ({ line, column: 1, endLine: line, endColumn: 1 });
