import type { Codec, Fidelity, Schema } from './codec.js';
import { isObject, type JsonObject } from './json.js';
import { missingKeys, type Rule } from './rule.js';
import { noteUnread, report, type Scope } from './scope.js';

export interface ObjectOptions<P> {
  /** Its value is replaced whole by a put, as a datatype is; otherwise each rule puts its own part. */
  readonly whole?: boolean;
  /** What makes two objects of a list speak of the same thing, the strongest first. */
  readonly identity?: (value: P) => readonly (string | undefined)[];
  readonly rule?: string;
  /** A check that no single field can make; reports on the scope. */
  readonly check?: (value: P, scope: Scope) => void;
}

/** An object whose keys and elements follow a table of rules. Nothing is read where nothing, or not all that is required, is there. */
export function object<P extends object, R, S extends Scope = Scope>(
  rules: readonly Rule<S>[],
  options: ObjectOptions<P> = {},
): Codec<P, R, S> {
  const required = rules.flatMap((rule) => rule.required);
  const properties = Object.assign({}, ...rules.map((rule) => rule.properties)) as { [key: string]: Schema };
  const demanding = rules.filter((rule) => rule.lacking !== undefined);
  const reads = rules.map((rule) => rule.read);
  const writes = rules.map((rule) => rule.write);
  const read = (value: unknown, scope: S): P | undefined => {
    if (!isObject(value)) return undefined;
    const payload: JsonObject = {};
    for (const readRule of reads) readRule(value, payload, scope);
    for (const rule of demanding) {
      if (rule.lacking?.(value, payload) === undefined) continue;
      noteUnread(scope, 'incomplete');
      return undefined;
    }
    return filled<P>(payload);
  };
  const write = (value: P, scope: S): R | undefined => {
    const element: JsonObject = {};
    for (const writeRule of writes) writeRule(value as JsonObject, element, scope);
    return filled<R>(element);
  };
  return {
    fidelity: weakest(rules.flatMap((rule) => rule.rows.map((row) => row.fidelity))),
    rule: options.rule ?? 'field by field',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties,
      ...(required.length > 0 ? { required } : {}),
    },
    rows: rules.flatMap((rule) => rule.rows),
    read,
    write,
    admit(value, scope) {
      const normal: JsonObject = {};
      for (const rule of rules) rule.admit(value as JsonObject, normal, scope);
      if (missingKeys(rules, normal, scope)) return undefined;
      options.check?.(normal as P, scope);
      if (Object.keys(normal).length > 0) return normal as P;
      reportEmpty(scope);
      return undefined;
    },
    ...(options.identity === undefined ? {} : { identity: options.identity }),
    ...(options.whole === true
      ? {}
      : {
          put(value: P | undefined, before: unknown, scope: S): R | undefined {
            if (!isObject(before)) return value === undefined ? undefined : write(value, scope);
            const after = { ...before };
            for (const rule of rules) rule.put((value ?? {}) as JsonObject, after, scope);
            return filled<R>(after);
          },
        }),
  };

  function filled<T>(element: JsonObject): T | undefined {
    for (const _ in element) return element as T;
    return undefined;
  }
}

/** Says that a payload value holds nothing, which FHIR cannot write. */
export function reportEmpty(scope: Scope): void {
  report(scope, {
    severity: 'information',
    code: 'informational',
    id: 'payload-empty-omitted',
    diagnostics:
      'An empty string, list or object says nothing and is left out; nor does one of white space say anything.',
  });
}

/** The least that several parts promise together. */
export function weakest(fidelities: readonly Fidelity[]): Fidelity {
  if (fidelities.includes('partial')) return 'partial';
  return fidelities.includes('lossy') ? 'lossy' : 'exact';
}
