import type { Walk } from './walk.js';

/** A rule of the caller's own: FHIRPath that is true of every element of a type or path. */
export interface ValidationRule {
  /** A stable identifier, which the issue has as its own. */
  readonly id: string;
  /** A type or path of R4: `Patient`, `Patient.contact`, `Observation.value`, `Period`. */
  readonly context: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly expression: string;
  readonly message: string;
}

export type UserRules = ReadonlyMap<string, readonly ValidationRule[]>;

export function checkUserRules(
  _rules: UserRules,
  _path: string,
  _value: unknown,
  _sibling: unknown,
  _walk: Walk,
): void {}

export function byContext(_rules: readonly ValidationRule[]): UserRules {
  return new Map();
}
