import { equal, type JsonObject } from './json.js';
import { quietly, report, type Scope } from './scope.js';

/**
 * What a codec promises besides `read(write(p)) ≡ p`, which all of them promise:
 * - `exact`: nothing is lost on the way from the resource either;
 * - `lossy`: a reading leaves something behind, and the loss report says what;
 * - `partial`: some values of the resource cannot be read at all, and the loss report says which.
 */
export type Fidelity = 'exact' | 'lossy' | 'partial';

/** A fragment of JSON Schema (2020-12 words that draft-07 shares). */
export type Schema = { readonly [keyword: string]: unknown };

/**
 * A lens between one value of a payload (`P`) and one value of a resource (`R`).
 *
 * Laws, for every value `p` that `admit` gives back: `read(write(p)) ≡ p`, and `read(put(p, r)) ≡ p`.
 */
export interface Codec<P, R, S extends Scope = Scope> {
  readonly fidelity: Fidelity;
  /** How the value is translated, in words, for the mapping reference. */
  readonly rule: string;
  /** What a payload may hold here; the contract's limits. */
  readonly schema: Schema;
  /** The payload's value, or `undefined` where there is nothing that a payload could say. Total: any JSON value may come. */
  read(value: unknown, scope: S): P | undefined;
  /** The resource's value for a payload value in normal form. */
  write(value: P, scope: S): R | undefined;
  /** The normal form of a payload value that satisfies the schema; reports what the resource cannot hold. */
  admit(value: P, scope: S): P | undefined;
  /** Writes over a value that reads differently and keeps what a payload cannot say; without it the value is replaced whole. */
  put?(value: P | undefined, before: unknown, scope: S): R | undefined;
  /** What makes two payload values of a list speak of the same thing, the strongest first; by default only equal values do. */
  identity?(value: P): readonly (string | undefined)[];
  /** Prefix of a sibling property that belongs to the value and goes when it changes. */
  readonly sibling?: string;
  /** The types of the records that its values are ids of; `Resource` stands for any. */
  readonly targets?: readonly string[];
  /** True where its elements hold what the element around them holds, to any depth. */
  readonly recursive?: boolean;
  /** The rows of the mapping table below this one. */
  readonly rows?: readonly Row[];
}

/** One row of a mapping table as data. */
export interface Row {
  readonly payload: string;
  readonly element: string;
  readonly rule: string;
  readonly fidelity: Fidelity;
  readonly required: boolean;
  readonly limit?: string;
  /** The types of the records that the field's values are ids of; `Resource` stands for any. */
  readonly targets?: readonly string[];
  /** True where the element holds what the element around it holds, to any depth. */
  readonly recursive?: boolean;
}

/** Reads without reporting. */
export function peek<P, S extends Scope>(codec: Codec<P, unknown, S>, value: unknown, scope: S): P | undefined {
  return value === undefined ? undefined : quietly(scope, () => codec.read(value, scope));
}

/** Reads an element of a resource object, one step further down. */
export function readAt<P, S extends Scope>(
  codec: Codec<P, unknown, S>,
  source: JsonObject,
  element: string,
  scope: S,
): P | undefined {
  const value = source[element];
  if (value === undefined) return undefined;
  scope.at.push(element);
  const read = codec.read(value, scope);
  scope.at.pop();
  return read;
}

/** Puts a payload value over an element of a resource object, one step further down; what comes of it, and whether it changed. */
export function putAt<P, R, S extends Scope>(
  codec: Codec<P, R, S>,
  value: P | undefined,
  after: JsonObject,
  element: string,
  scope: S,
): { changed: boolean; value: unknown } {
  scope.at.push(element);
  const put = putValue(codec, value, after[element], scope);
  scope.at.pop();
  return put;
}

/**
 * Puts a payload value over a resource value: untouched where it already reads so, else by the codec's own `put`
 * where that comes out right, else replaced whole.
 */
export function putValue<P, R, S extends Scope>(
  codec: Codec<P, R, S>,
  value: P | undefined,
  before: unknown,
  scope: S,
): { changed: boolean; value: unknown } {
  if (equal(peek(codec, before, scope), value)) return { changed: false, value: before };
  if (before !== undefined && codec.put !== undefined) {
    const after = codec.put(value, before, scope);
    if (equal(peek(codec, after, scope), value)) return { changed: true, value: after };
  }
  const written = value === undefined ? undefined : codec.write(value, scope);
  reportDropped(before, written, scope);
  return { changed: true, value: written };
}

/** Says where a list had to be written anew, and so lost items that the payload does not speak of. */
export function reportDropped(before: unknown, written: unknown, scope: Scope): void {
  const kept = Array.isArray(written) ? written.length : 0;
  if (!Array.isArray(before) || before.length <= Math.max(kept, 1)) return;
  report(scope, {
    severity: 'warning',
    code: 'informational',
    id: 'put-items-dropped',
    diagnostics:
      'The list was written anew, without the items that the payload cannot say: one of them would be read in its place.',
  });
}
