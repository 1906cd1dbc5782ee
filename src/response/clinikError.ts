import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { readFields, reportOthers, unreadField } from './readFields.js';

/** One issue of an error of ClinikAPI's; severity and code are R4's words. */
export interface ClinikErrorIssue {
  severity: string;
  code: string;
  diagnostics: string;
}

/** The body of ClinikAPI's answer to a request that failed (status 4xx or 5xx). */
export interface ClinikError {
  error: string;
  message?: string;
  code: string;
  requestId: string;
  issues?: ClinikErrorIssue[];
}

const HEAD = { error: ['string'], message: ['string'], code: ['string'], requestId: ['string'] } as const;
const ISSUE = { severity: ['string'], code: ['string'], diagnostics: ['string'] } as const;

/** True for a value that has the type of an error and nothing besides. */
export function isClinikError(value: unknown): value is ClinikError {
  if (!isObject(value)) return false;
  const issues: Issue[] = [];
  const isWhole = ['error', 'code', 'requestId'].every((name) => typeof value[name] === 'string');
  readError(value, issues);
  reportOthers(value, [...Object.keys(HEAD), 'issues'], [], issues);
  return isWhole && issues.length === 0 && value.message !== null && value.issues !== null;
}

/** The error of a response; what is missing of what ClinikAPI promises is `''`, and reported. */
export function readError(value: JsonObject, issues: Issue[]): ClinikError {
  const { error, message, code, requestId } = readFields(value, HEAD, [], issues);
  for (const name of ['error', 'code', 'requestId']) {
    if (value[name] === undefined || value[name] === null) issues.push(unreadField([name]));
  }
  const given = own(value, 'issues');
  const listed = Array.isArray(given) ? readIssues(given, issues) : undefined;
  if (listed === undefined && given !== undefined && given !== null) issues.push(unreadField(['issues']));
  return {
    error: error ?? '',
    ...(message === undefined ? {} : { message }),
    code: code ?? '',
    requestId: requestId ?? '',
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
    reportOthers(item, Object.keys(ISSUE), at, issues);
    return [{ severity, code, diagnostics }];
  });
}
