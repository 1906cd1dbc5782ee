import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { Step } from '../lens/scope.js';
import { readFields, reportOthers, unreadField } from './readFields.js';

/** One issue of an error of ClinikAPI's; severity and code are R4's words. */
export interface ClinikErrorIssue {
  severity: string;
  code: string;
  diagnostics: string;
  /** Where in the request it is. */
  location?: string[];
}

/** The body of ClinikAPI's answer to a request that failed (status 4xx or 5xx). */
export interface ClinikError {
  error: string;
  message?: string;
  code: string;
  requestId?: string;
  issues?: ClinikErrorIssue[];
}

const HEAD = { error: ['string'], message: ['string'], code: ['string'], requestId: ['string'] } as const;
const ISSUE = { severity: ['string'], code: ['string'], diagnostics: ['string'] } as const;

/** True for a value that has the type of an error and nothing besides. */
export function isClinikError(value: unknown): value is ClinikError {
  if (!isObject(value)) return false;
  const issues: Issue[] = [];
  const isWhole = ['error', 'code'].every((name) => typeof value[name] === 'string');
  readError(value, issues);
  reportOthers(value, [...Object.keys(HEAD), 'issues'], [], issues);
  const isNull = Object.keys(value).some((name) => value[name] === null);
  return isWhole && issues.length === 0 && !isNull;
}

/** The error of a response; an `error` or a `code` that is missing is `''`, and reported. */
export function readError(value: JsonObject, issues: Issue[]): ClinikError {
  const { error, message, code, requestId } = readFields(value, HEAD, [], issues);
  for (const name of ['error', 'code']) {
    if (value[name] === undefined || value[name] === null) issues.push(unreadField([name]));
  }
  const given = own(value, 'issues');
  const listed = Array.isArray(given) ? readIssues(given, issues) : undefined;
  if (listed === undefined && given !== undefined && given !== null) issues.push(unreadField(['issues']));
  return {
    error: error ?? '',
    ...(message === undefined ? {} : { message }),
    code: code ?? '',
    ...(requestId === undefined ? {} : { requestId }),
    ...(listed === undefined ? {} : { issues: listed }),
  };
}

function readIssues(given: readonly unknown[], issues: Issue[]): ClinikErrorIssue[] {
  return given.flatMap((item, index) => {
    const at = ['issues', index];
    if (!isObject(item)) {
      issues.push(unreadField(at));
      return [];
    }
    const { severity = '', code = '', diagnostics = '' } = readFields(item, ISSUE, at, issues);
    const missing = Object.keys(ISSUE).filter((name) => item[name] === undefined || item[name] === null);
    for (const name of missing) issues.push(unreadField([...at, name]));
    reportOthers(item, [...Object.keys(ISSUE), 'location'], at, issues);
    const location = readLocation(own(item, 'location'), at, issues);
    return [{ severity, code, diagnostics, ...(location === undefined ? {} : { location }) }];
  });
}

function readLocation(given: unknown, at: readonly Step[], issues: Issue[]): string[] | undefined {
  if (given === undefined || given === null) return undefined;
  if (Array.isArray(given) && given.every((place): place is string => typeof place === 'string')) return [...given];
  issues.push(unreadField([...at, 'location']));
  return undefined;
}
