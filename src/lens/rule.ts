import type { Row, Schema } from './codec.js';
import type { JsonObject } from './json.js';
import { reportRequired, type Scope } from './scope.js';

/**
 * One line of a mapping table: it gives some keys of a payload object and owns some elements of a resource object.
 * No two rules of a table share a key or an element, so the laws of the table follow from those of its rules.
 */
export interface Rule<S extends Scope = Scope> {
  readonly keys: readonly string[];
  readonly elements: readonly string[];
  /** Keys that a payload must have. */
  readonly required: readonly string[];
  /** Keys of which a payload has one at most, so that one takes the place of another. */
  readonly exclusive?: readonly string[];
  readonly rows: readonly Row[];
  /** True for several rules in one, whose put writes only those that read differently. */
  readonly isGroup?: true;
  readonly properties: { readonly [key: string]: Schema };
  read(element: JsonObject, payload: JsonObject, scope: S): void;
  /** The element of something that a payload must have and a reading did not find; for rules that ask for something. */
  lacking?(element: JsonObject, payload: JsonObject): string | undefined;
  /** Names of options that give what was not found, whatever stands there. */
  readonly offers?: readonly string[];
  write(payload: JsonObject, element: JsonObject, scope: S): void;
  admit(payload: JsonObject, normal: JsonObject, scope: S): void;
  /** Adds what a writing fills in by itself where the payload has nothing, as it will be read. */
  fill?(expected: JsonObject, scope: S): void;
  /** Puts the payload's values into `after`, a copy of the element; true where something changed. */
  put(payload: JsonObject, after: JsonObject, scope: S): boolean;
}

/** The first answer that is one. */
export function firstOf<A, B>(items: readonly A[], ask: (item: A) => B | undefined): B | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Replaces all that a rule owns by its canonical form. */
export function rewrite<S extends Scope>(rule: Rule<S>, payload: JsonObject, after: JsonObject, scope: S): void {
  for (const element of rule.elements) delete after[element];
  rule.write(payload, after, scope);
}

/** Reports the required keys that a normal form lacks. */
export function missingKeys<S extends Scope>(rules: readonly Rule<S>[], normal: JsonObject, scope: S): boolean {
  let missing = false;
  for (const rule of rules) {
    for (const key of rule.required) {
      if (normal[key] !== undefined) continue;
      missing = true;
      reportRequired(scope, key);
    }
  }
  return missing;
}
