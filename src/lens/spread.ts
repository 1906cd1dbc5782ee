import { type Codec, putAt, readAt, type Schema } from './codec.js';
import { isObject, type JsonObject } from './json.js';
import type { Rule } from './rule.js';
import type { Scope } from './scope.js';

/** What a spread may add to its codec. */
export interface SpreadOptions<K extends string> {
  readonly required?: readonly K[];
  /** Keys that a reading must find, or the mark that the codec writes for a payload without them. */
  readonly expected?: { readonly keys: readonly K[]; readonly marks: (value: unknown) => boolean };
  /** Said of each field in the mapping table, beside its codec's rule. */
  readonly note?: string;
  /** Other elements that belong to the value and go when it changes. */
  readonly displaces?: readonly string[];
}

/**
 * The rule of several payload keys and one element: its codec's value is an object of these keys.
 * What one key says may depend on another, so a put is judged by what the whole element reads.
 */
export function spread<P extends object, R, S extends Scope>(
  keys: readonly (keyof P & string)[],
  element: string,
  codec: Codec<P, R, S>,
  options: SpreadOptions<keyof P & string> = {},
): Rule<S> {
  const pick = (payload: JsonObject): P | undefined => {
    const value: JsonObject = {};
    for (const key of keys) if (payload[key] !== undefined) value[key] = payload[key];
    return Object.keys(value).length === 0 ? undefined : (value as P);
  };
  const { expected, note, displaces = [] } = options;
  const empty = expected === undefined ? undefined : ({} as P);
  const below = codec.rows ?? [];
  const required: readonly string[] = options.required ?? [];
  return {
    keys,
    elements: [element, ...displaces],
    required,
    rows: below.map((row) => ({
      ...row,
      element: row.element === '' ? element : `${element}.${row.element}`,
      rule: note === undefined ? row.rule : `${row.rule}; ${note}`,
    })),
    properties: propertiesOf(codec.schema),
    read(source, payload, scope) {
      const read = readAt(codec, source, element, scope);
      if (read !== undefined) Object.assign(payload, read);
    },
    lacking(source, payload) {
      if (required.some((key) => payload[key] === undefined)) return element;
      if (expected === undefined || expected.keys.every((key) => payload[key] !== undefined)) return undefined;
      return expected.marks(source[element]) ? undefined : element;
    },
    write(payload, target, scope) {
      const value = pick(payload) ?? empty;
      const written = value === undefined ? undefined : codec.write(value, scope);
      if (written !== undefined) target[element] = written;
    },
    admit(payload, normal, scope) {
      const value = pick(payload);
      const admitted = value === undefined ? undefined : codec.admit(value, scope);
      if (admitted !== undefined) Object.assign(normal, admitted);
    },
    put(payload, after, scope) {
      const put = putAt(codec, pick(payload), after, element, scope);
      if (!put.changed) return false;
      for (const companion of displaces) delete after[companion];
      const value = put.value ?? (empty === undefined ? undefined : codec.write(empty, scope));
      if (value === undefined) delete after[element];
      else after[element] = value;
      return true;
    },
  };
}

function propertiesOf(schema: Schema): { [key: string]: Schema } {
  const properties = schema.properties;
  return isObject(properties) ? (properties as { [key: string]: Schema }) : {};
}
