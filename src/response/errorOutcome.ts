import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import { isCode } from '../fhir/datatypes/code.js';
import { isHoldable } from '../fhir/datatypes/text.js';
import { diff, type Loss } from '../lens/diff.js';
import { equal, isObject, type JsonObject, own } from '../lens/json.js';
import { resourceLanguage } from '../resources/language.js';
import { type ClinikError, type ClinikErrorIssue, isClinikError } from './clinikError.js';
import { isIssueType, isSeverity } from './issueCodes.js';

/** The code system of ClinikAPI's error codes, in the first issue of an OperationOutcome. */
export const ERROR_SYSTEM = 'urn:clinik-fhir:error';

/** The extension that holds the id of the request that failed. */
const REQUEST_ID = 'urn:clinik-fhir:request-id';

/** The extension that holds, as JSON, an error that the elements of an OperationOutcome cannot say. */
const ERROR_JSON = 'urn:clinik-fhir:error-json';

/** What an OperationOutcome of somebody else's is as an error, apart from its issues. */
const UNNAMED = { error: 'OperationOutcome', code: 'operation-outcome' };

const language = resourceLanguage('OperationOutcome');

/** What `outcomeToError` gives. */
export interface OutcomeToErrorResult {
  error: ClinikError;
  /** Every place where the OperationOutcome says something that the error does not. Never a value. */
  losses: Loss[];
}

/**
 * The OperationOutcome of an error of ClinikAPI's (https://hl7.org/fhir/R4/operationoutcome.html). Its first issue says what
 * failed: the code (system `urn:clinik-fhir:error`), the error as text, the message as diagnostics, and the request's id in an
 * extension; the issues of the error follow. It is valid R4 and holds all of the error: what no element can say, such as a
 * severity that R4 does not know, is in an extension. Never throws.
 */
export function errorToOutcome(error: ClinikError): OperationOutcome {
  const json = JSON.stringify(error);
  const said = parsed(json);
  const outcome = written(isClinikError(said) ? said : error);
  if (equal(readBack(outcome), said)) return outcome;
  // JSON escapes whatever a FHIR string cannot hold.
  return { ...outcome, extension: [{ url: ERROR_JSON, valueString: json }] };
}

/**
 * The error of ClinikAPI's that an OperationOutcome stands for. One that `errorToOutcome` made comes back as it was. Any other
 * has `error` "OperationOutcome", `code` "operation-outcome" and no `requestId`, and its issues one by one, with
 * `details.text` where an issue has no diagnostics. `losses` lists what an error has no place for, such as expressions. The texts
 * are those of the OperationOutcome: of another system's they may say more than ClinikAPI's errors may. Never throws.
 */
export function outcomeToError(outcome: OperationOutcome): OutcomeToErrorResult {
  return readOutcome(outcome);
}

/** `outcomeToError` for what only claims to be an OperationOutcome. */
export function readOutcome(outcome: unknown): OutcomeToErrorResult {
  const before = isObject(outcome) ? outcome : {};
  const error = kept(before) ?? readBack(before);
  return { error, losses: diff(before, { ...errorToOutcome(error) }, language, {}).losses };
}

/** The error in the extension, unless the OperationOutcome was changed since. */
function kept(outcome: JsonObject): ClinikError | undefined {
  const extension: unknown = Array.isArray(outcome.extension) ? outcome.extension[0] : undefined;
  if (!isObject(extension) || extension.url !== ERROR_JSON || typeof extension.valueString !== 'string')
    return undefined;
  const error = parsed(extension.valueString);
  return isClinikError(error) && equal(errorToOutcome(error), outcome) ? error : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What the elements can say of an error. */
function written({ issues, ...head }: ClinikError): OperationOutcome {
  const below = Array.isArray(issues) ? issues.map(writtenIssue) : [];
  const isUnnamed = below.length > 0 && equal(head, UNNAMED);
  return { resourceType: 'OperationOutcome', issue: isUnnamed ? below : [writtenHead(head), ...below] };
}

function writtenHead({ error, message, code, requestId }: Omit<ClinikError, 'issues'>): OperationOutcomeIssue {
  const details = {
    coding: [{ system: ERROR_SYSTEM, ...(isCode(code) ? { code } : {}) }],
    ...(isText(error) ? { text: error } : {}),
  };
  return {
    ...(isText(requestId) ? { extension: [{ url: REQUEST_ID, valueString: requestId }] } : {}),
    severity: 'error',
    code: 'processing',
    details,
    ...(isText(message) ? { diagnostics: message } : {}),
  };
}

function writtenIssue({ severity, code, diagnostics, location }: ClinikErrorIssue): OperationOutcomeIssue {
  return {
    severity: isSeverity(severity) ? severity : 'error',
    code: isIssueType(code) ? code : 'processing',
    ...(isText(diagnostics) ? { diagnostics } : {}),
    ...(Array.isArray(location) && location.length > 0 && location.every(isText) ? { location: [...location] } : {}),
  };
}

/** True for a string that an element of FHIR can hold (https://hl7.org/fhir/R4/datatypes.html#string). */
function isText(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value) && isHoldable(value);
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

/** The error that the elements say. */
function readBack(outcome: unknown): ClinikError {
  const items: readonly unknown[] = isObject(outcome) && Array.isArray(outcome.issue) ? outcome.issue : [];
  const head = readHead(items[0]);
  const issues = (head === undefined ? items : items.slice(1)).filter(isObject).map(readIssue);
  return { ...(head ?? UNNAMED), ...(issues.length === 0 && head !== undefined ? {} : { issues }) };
}

function readHead(item: unknown): Omit<ClinikError, 'issues'> | undefined {
  const details = isObject(item) ? own(item, 'details') : undefined;
  const coding: unknown = isObject(details) && Array.isArray(details.coding) ? details.coding[0] : undefined;
  if (!isObject(item) || !isObject(details) || !isObject(coding) || coding.system !== ERROR_SYSTEM) return undefined;
  const extension: unknown = Array.isArray(item.extension) ? item.extension[0] : undefined;
  const requestId = isObject(extension) && extension.url === REQUEST_ID ? extension.valueString : undefined;
  const message = stringOf(item.diagnostics);
  return {
    error: stringOf(details.text) ?? '',
    ...(message === undefined ? {} : { message }),
    code: stringOf(coding.code) ?? '',
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
}

function readIssue(item: JsonObject): ClinikErrorIssue {
  const { severity, code, details, diagnostics, location } = item;
  const text = isObject(details) ? stringOf(details.text) : undefined;
  return {
    severity: stringOf(severity) ?? '',
    code: stringOf(code) ?? '',
    diagnostics: stringOf(diagnostics) ?? text ?? '',
    ...(isTexts(location) ? { location: [...location] } : {}),
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
