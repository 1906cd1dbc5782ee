import type { Issue, Severity } from '../../lens/issue.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { Inputs } from '../inputs.js';
import { type FileFailure, type ReadRun, readBatches } from '../readInputs.js';
import { type Source, typeName } from '../source.js';
import { type RecordChecks, type Validation, validateRecord } from '../validateRecord.js';
import type { Finding, Region } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import { type Placer, placeOfSyntaxError, placer } from './place.js';

/** What a run reads and how it looks at it. */
export interface ValidationOptions extends RecordChecks, Omit<ReadRun, 'wholeBundles'> {}

/** Decides whether a finding counts. */
export type Judge = (finding: Omit<Finding, 'state' | 'reason'>) => Pick<Finding, 'state' | 'reason'>;

/** Where the findings go, in the order of the files. */
export interface Sink {
  add(finding: Finding): void | Promise<void>;
  /** A file was read to its end. */
  file(path: string, records: number): void | Promise<void>;
}

/** What a run came to. */
export interface ValidationCounts {
  readonly files: number;
  readonly records: number;
  readonly new: Readonly<Record<Severity, number>>;
  readonly known: number;
  readonly ignored: number;
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
      if (one.issues.length === 0) continue;
      for (const finding of findingsOf(one)) {
        const writing = take(finding);
        if (writing !== undefined) await writing;
      }
    }
  }
  await finish(current);
  return { files: found.files.length, records: all, new: counts, ...aside, hasUnread };
}

function failureFinding({ source: { file, line = 1 }, issue }: FileFailure): Omit<Finding, 'state'> {
  const source: Source = { file, line };
  return { ...said(issue, source), region: lineAlone(line), fingerprint: fingerprintFor(issue.id, undefined, source) };
}

function* findingsOf({ source, issues, record, bytes }: Validation): Generator<Omit<Finding, 'state'>> {
  let place: Placer | undefined;
  for (const issue of issues) {
    const [expression] = issue.expression;
    const fingerprint = fingerprintFor(issue.id, expression, source, record?.value);
    if (record === undefined) {
      yield { ...said(issue, source), region: regionOfText(issue, source, bytes()), fingerprint };
      continue;
    }
    // To take a text apart costs more than to validate it, and a remark, that a profile was not checked, is no reason to.
    if (issue.severity === 'information') {
      yield { ...said(issue, source), region: lineAlone(source.line), fingerprint };
      continue;
    }
    place ??= placer(record.text.text, record.text.line);
    yield { ...said(issue, source), ...place(expression, record.text.keys), fingerprint };
  }
}

function said({ id, severity, diagnostics, expression }: Issue, source: Source) {
  return { rule: id, severity, message: diagnostics, source, expression: expression[0] };
}

/** The place of a fault in what is no JSON. */
function regionOfText({ id }: Issue, { line }: Source, bytes: unknown): Region {
  return id === 'json-malformed' && Buffer.isBuffer(bytes)
    ? placeOfSyntaxError(bytes.toString('utf8'), line)
    : lineAlone(line);
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
