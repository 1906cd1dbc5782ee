import { type Issue, type IssueCode, isFailure, type Severity } from './issue.js';
import { addUnread, type LossReason, nothingUnread, type Unread } from './reason.js';

/** A step of a location: a property's name or an index. */
export type Step = string | number;

/**
 * What a reading or a writing shares with its codecs: the options, where it is, and what there is to say.
 * A quiet scope (`issues` is undefined) is used where a value is read again only to be compared.
 */
export interface Scope<O = unknown> {
  readonly options: O;
  /** The location, kept by the rules and lists that lead to a codec. */
  readonly at: Step[];
  issues: Issue[] | undefined;
  /** True once an issue that refuses the record was found. */
  failed: boolean;
  /** Where the items came from that a reading took out of a list; see `took`. */
  origins?: Map<readonly unknown[], readonly number[]> | undefined;
  /** Turns a location into an expression. */
  readonly express: (at: readonly Step[]) => string;
  /** Why nothing was read at some locations; it is said where a payload must have what could have been read there. */
  reasons?: Reason[] | undefined;
  /** Options that would let something be read at some locations; see `offer`. */
  offers?: Offer[] | undefined;
  /** Why nothing was read at some locations, for the loss report; see `noteUnread`. */
  unread?: Unread | undefined;
}

/** Why nothing was read at a location, if it `isSo`; to find that out may cost something. */
export interface Reason {
  readonly place: string;
  readonly finding: Finding;
  readonly isSo: () => boolean;
}

/** An option that would let something be read at a location, if it `isSo`. */
export interface Offer {
  readonly place: string;
  readonly option: string;
  readonly isSo: () => boolean;
}

/** What an issue says, without its location, which the scope knows. */
export interface Finding {
  readonly severity: Severity;
  readonly code: IssueCode;
  readonly id: string;
  readonly diagnostics: string;
  /** Names of options of which each would let the record pass here. */
  readonly options?: readonly string[];
}

/** Records an issue at the current location, or at a step below it. */
export function report(scope: Scope, finding: Finding, ...below: Step[]): void {
  const { severity, code, id, diagnostics, options } = finding;
  const failure = severity === 'error' || severity === 'fatal';
  if (failure) scope.failed = true;
  if (scope.issues === undefined) return;
  const issue = { severity, code, id, expression: [scope.express([...scope.at, ...below])], diagnostics };
  scope.issues.push(options === undefined ? issue : { ...issue, options });
}

/** Notes why nothing is read at the current location. */
export function explain(scope: Scope, finding: Finding, isSo: () => boolean): void {
  if (scope.issues === undefined) return;
  scope.reasons ??= [];
  scope.reasons.push({ place: scope.express(scope.at), finding, isSo });
}

/** Notes an option that would let something be read at the current location; it is said where a payload must have that. */
export function offer(scope: Scope, option: string, isSo: () => boolean): void {
  if (scope.issues === undefined) return;
  scope.offers ??= [];
  scope.offers.push({ place: scope.express(scope.at), option, isSo });
}

/** Runs something some steps further down. */
export function below<T>(scope: Scope, steps: readonly Step[], run: () => T): T {
  scope.at.push(...steps);
  const result = run();
  scope.at.length -= steps.length;
  return result;
}

/** Reports a field that a payload must have and that has no value. */
export function reportRequired(scope: Scope, ...at: Step[]): void {
  const diagnostics = 'A required field has no value.';
  report(scope, { severity: 'error', code: 'required', id: 'payload-required', diagnostics }, ...at);
}

/** Runs something without recording its issues; what it reports does not refuse the record either. */
export function quietly<T>(scope: Scope, run: () => T): T {
  const { issues, failed } = scope;
  scope.issues = undefined;
  try {
    return run();
  } finally {
    scope.issues = issues;
    scope.failed = failed;
  }
}

/**
 * Notes which items of a list a reading took, in the order in which a writing gives them back, so that the loss report
 * compares each with its own. Not needed where the reading took all of them in order.
 */
export function took(scope: Scope, list: readonly unknown[], indexes: readonly number[]): void {
  if (scope.issues === undefined) return;
  scope.origins ??= new Map();
  scope.origins.set(list, indexes);
}

/** Notes why nothing is read at the current location, or at a step below it; a quiet reading notes nothing. */
export function noteUnread(scope: Scope, reason: LossReason, ...below: Step[]): void {
  if (scope.issues === undefined) return;
  scope.unread ??= nothingUnread();
  addUnread(scope.unread, below.length === 0 ? scope.at : [...scope.at, ...below], reason);
}

/** True where no issue refuses the record. */
export function accepted(issues: readonly Issue[]): boolean {
  return !issues.some(isFailure);
}
