import type { Issue } from '../../lens/issue.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Inputs } from '../inputs.js';
import { type FileFailure, type ReadRun, readBatches } from '../readInputs.js';
import { type Source, typeName } from '../source.js';
import { type RecordChecks, type Validation, validateRecord } from '../validateRecord.js';
import type { Finding, Region, ValidationSummary } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import type { Placer } from './place.js';

/** What a run reads and how it looks at it. */
export interface ValidationOptions extends RecordChecks, Omit<ReadRun, 'wholeBundles'> {
  /** True to report what is of severity information, too; it is counted else. */
  readonly remarks?: boolean;
  /** False where nobody shows the lines of the findings; they cost more than the rest of a finding. */
  readonly excerpts?: boolean;
}

/** Decides whether a finding counts. */
export type Judge = (finding: Omit<Finding, 'state' | 'reason'>) => Pick<Finding, 'state' | 'reason'>;

/** Where the findings go, in the order of the files. */
export interface Sink {
  add(finding: Finding): void | Promise<void>;
  /** A file was read to its end. */
  file(path: string, records: number): void | Promise<void>;
}

/** What a run came to, but for the baseline. */
export interface ValidationCounts extends Omit<ValidationSummary, 'vanished'> {
  /** True where the operating system refused to give a file, or what is left of it. */
  readonly hasUnread: boolean;
}

/**
 * Validates the records of files: resources and Bundles against R4, payloads against ClinikAPI's contract. Flat in memory for
 * NDJSON; where there is nothing to say of a record, nothing is made of it.
 * @throws the signal's reason, and what the sink throws.
 */
export async function runValidation(
  found: Inputs,
  options: ValidationOptions,
  judge: Judge,
  sink: Sink,
): Promise<ValidationCounts> {
  const counts = { fatal: 0, error: 0, warning: 0, information: 0 };
  const aside = { known: 0, ignored: 0 };
  const remarks = new Map<string, number>();
  let places: typeof import('./place.js') | undefined;
  const records = new Map(found.files.map(({ path }) => [path, 0]));
  let hasUnread = false;
  let all = 0;
  const take = (finding: Omit<Finding, 'state' | 'reason'>): void | Promise<void> => {
    const judged: Finding = { ...finding, ...judge(finding) };
    if (judged.state === 'new') counts[judged.severity] += 1;
    else aside[judged.state] += 1;
    return sink.add(judged);
  };
  let current: string | undefined;
  const finish = async (file: string | undefined): Promise<void> => {
    if (file !== undefined) await sink.file(file, records.get(file) ?? 0);
  };
  const read = { ...options, wholeBundles: true };
  for await (const batch of readBatches(found, read, (record) => validateRecord(record, options))) {
    for (const one of batch) {
      const { file } = one.source;
      if (file !== current) {
        await finish(current);
        current = file;
      }
      if (one.kind === 'unreadable') {
        hasUnread ||= one.isSystem;
        await take(failureFinding(one));
        continue;
      }
      all += 1;
      records.set(file, (records.get(file) ?? 0) + 1);
      const issues = options.remarks === true ? one.issues : withoutRemarks(one.issues, remarks);
      if (issues.length === 0) continue;
      // Most runs of most people need none of it.
      places ??= await import('./place.js');
      for (const finding of findingsOf({ ...one, issues }, places, options)) {
        const writing = take(finding);
        if (writing !== undefined) await writing;
      }
    }
  }
  await finish(current);
  for (const count of remarks.values()) counts.information += count;
  return {
    files: found.files.length,
    records: all,
    new: counts,
    ...aside,
    remarks: [...remarks].map(([rule, count]) => ({ rule, count })),
    hasUnread,
  };
}

const isRemark = ({ severity }: Issue): boolean => severity === 'information';

/** The issues that are reported one by one; the others are counted. */
function withoutRemarks(issues: readonly Issue[], remarks: Map<string, number>): readonly Issue[] {
  if (!issues.some(isRemark)) return issues;
  for (const issue of issues) if (isRemark(issue)) remarks.set(issue.id, (remarks.get(issue.id) ?? 0) + 1);
  return issues.filter((issue) => !isRemark(issue));
}

function failureFinding({ source: { file, line = 1 }, issue }: FileFailure): Omit<Finding, 'state'> {
  const source: Source = { file, line };
  return { ...said(issue, source), region: lineAlone(line), fingerprint: fingerprintFor(issue.id, undefined, source) };
}

function* findingsOf(
  { source, issues, record, bytes }: Validation,
  { placer, placeOfSyntaxError }: typeof import('./place.js'),
  { excerpts }: ValidationOptions,
): Generator<Omit<Finding, 'state'>> {
  let place: Placer | undefined;
  for (const issue of issues) {
    const [expression] = issue.expression;
    const fingerprint = fingerprintFor(issue.id, expression, source, record?.value);
    if (record === undefined) {
      const text = bytes();
      const isTold = issue.id === 'json-malformed' && Buffer.isBuffer(text);
      const region = isTold ? placeOfSyntaxError(text.toString('utf8'), source.line) : lineAlone(source.line);
      yield { ...said(issue, source), region, fingerprint };
      continue;
    }
    place ??= placer(record.text.text, record.text.line, { excerpts });
    yield { ...said(issue, source), ...place(expression, record.text.keys), fingerprint };
  }
}

function said({ id, severity, diagnostics, expression }: Issue, source: Source) {
  return { rule: id, severity, message: diagnostics, source, expression: expression[0] };
}

const lineAlone = (line: number): Region => ({ line, column: 1, endLine: line, endColumn: 1 });

const IN_ENTRY = /^Bundle\.entry\[(\d+)\]\.resource(?=\.|$)/;

/** The fingerprint of a finding: of the resource that it is in, wherever in a Bundle that stands. */
function fingerprintFor(rule: string, expression: string | undefined, source: Source, value?: JsonObject): string {
  const { file, resourceType, id } = source;
  let [type, name, path, resource] = [resourceType, id, expression, value];
  for (
    let match = IN_ENTRY.exec(path ?? '');
    match !== null && resource !== undefined;
    match = IN_ENTRY.exec(path ?? '')
  ) {
    const entries = own(resource, 'entry');
    const entry: unknown = Array.isArray(entries) ? entries[Number(match[1])] : undefined;
    const inner = isObject(entry) ? own(entry, 'resource') : undefined;
    if (!isObject(inner)) break;
    type = typeName(inner);
    const innerId = own(inner, 'id');
    name = typeof innerId === 'string' ? innerId : undefined;
    path = `${type ?? 'Resource'}${path?.slice(match[0].length)}`;
    resource = inner;
  }
  return fingerprintOf({ rule, expression: path, resourceType: type, id: name, file });
}
