import type { Codec, Fidelity, Row, Schema } from './codec.js';
import { putValue } from './codec.js';
import { equal, isObject, type JsonObject } from './json.js';
import { quietly, report, type Scope } from './scope.js';

/**
 * One line of a mapping table: it gives some keys of a payload object and owns some elements of a resource object.
 * No two rules of a table share a key or an element, so the laws of the table follow from those of its rules.
 */
export interface Rule<S extends Scope = Scope> {
  readonly keys: readonly string[];
  readonly elements: readonly string[];
  /** Keys that a payload must have. */
  readonly required: readonly string[];
  readonly rows: readonly Row[];
  readonly properties: { readonly [key: string]: Schema };
  read(element: JsonObject, payload: JsonObject, scope: S): void;
  /** The element of something that a payload must have and a reading did not find; for rules that ask for something. */
  lacking?(element: JsonObject, payload: JsonObject): string | undefined;
  write(payload: JsonObject, element: JsonObject, scope: S): void;
  admit(payload: JsonObject, normal: JsonObject, scope: S): void;
  /** Adds what a writing fills in by itself where the payload has nothing, as it will be read. */
  fill?(expected: JsonObject, scope: S): void;
  /** Puts the payload's values into `after`, a copy of the element; true where something changed. */
  put(payload: JsonObject, after: JsonObject, scope: S): boolean;
}

/** How a resource says that a payload had no value, where the resource needs an element all the same. */
export interface Absent<S extends Scope> {
  write(scope: S): JsonObject;
  /** True for an element that `write` has marked. */
  marks(element: JsonObject): boolean;
}

/** What a field may add to its codec. */
export interface FieldOptions<S extends Scope> {
  /** The payload must have it: a resource without it is refused, an item without it left out. */
  readonly required?: boolean;
  /** The payload may leave it out, but a reading must find it, or the mark that it was left out. */
  readonly expected?: boolean;
  readonly absent?: Absent<S>;
  /** Said of the field in the mapping table, beside its codec's rule. */
  readonly note?: string;
  readonly fidelity?: Fidelity;
  /** Other elements that belong to the value and go when it changes. */
  readonly displaces?: readonly string[];
}

/** The rule of one payload key and one element. */
export function field<P, R, S extends Scope>(
  key: string,
  element: string,
  codec: Codec<P, R, S>,
  options: FieldOptions<S> = {},
): Rule<S> {
  const { absent } = options;
  const sibling = codec.sibling === undefined ? [] : [`${codec.sibling}${element}`];
  const companions = [...sibling, ...(options.displaces ?? [])];
  const required = options.required ?? false;
  return {
    keys: [key],
    elements: [element, ...companions],
    required: required ? [key] : [],
    rows: rowsOf(key, element, codec, options),
    properties: { [key]: codec.schema },
    read(source, payload, scope) {
      const value = source[element];
      if (value === undefined) return;
      scope.at.push(element);
      const read = codec.read(value, scope);
      scope.at.pop();
      if (read !== undefined) payload[key] = read;
    },
    ...(required || options.expected === true
      ? {
          lacking(source: JsonObject, payload: JsonObject): string | undefined {
            return payload[key] !== undefined || absent?.marks(source) === true ? undefined : element;
          },
        }
      : {}),
    write(payload, target, scope) {
      const value = payloadValue<P>(payload, key);
      if (value === undefined) {
        if (absent !== undefined) Object.assign(target, absent.write(scope));
        return;
      }
      const written = codec.write(value, scope);
      if (written !== undefined) target[element] = written;
    },
    ...(absent === undefined
      ? {}
      : {
          fill(expected: JsonObject, scope: S): void {
            const filled = expected[key] === undefined ? absent.write(scope)[element] : undefined;
            if (filled !== undefined) expected[key] = codec.read(filled, scope);
          },
        }),
    admit(payload, normal, scope) {
      const value = payloadValue<P>(payload, key);
      scope.at.push(key);
      const admitted = value === undefined ? undefined : codec.admit(value, scope);
      scope.at.pop();
      if (admitted !== undefined) normal[key] = admitted;
    },
    put(payload, after, scope) {
      scope.at.push(element);
      const put = putValue(codec, payloadValue<P>(payload, key), after[element], scope);
      scope.at.pop();
      if (!put.changed) return false;
      for (const companion of companions) delete after[companion];
      if (put.value !== undefined) after[element] = put.value;
      else {
        delete after[element];
        if (absent !== undefined) Object.assign(after, absent.write(scope));
      }
      return true;
    },
  };
}

/** A payload's value under a key; the type is what the schema and the table promise. */
function payloadValue<P>(payload: JsonObject, key: string): P | undefined {
  const value = payload[key];
  return value as P | undefined;
}

function rowsOf(
  key: string,
  element: string,
  codec: Codec<never, unknown, never> | Codec<unknown, unknown, never>,
  options: { required?: boolean; note?: string; fidelity?: Fidelity },
): Row[] {
  const row: Row = {
    payload: key,
    element,
    rule: options.note === undefined ? codec.rule : `${codec.rule}; ${options.note}`,
    fidelity: options.fidelity ?? codec.fidelity,
    required: options.required ?? false,
    ...limitOf(codec.schema),
  };
  return [row, ...(codec.rows ?? []).map((below) => nested(below, key, element, codec.schema.type === 'array'))];
}

function nested(below: Row, key: string, element: string, many: boolean): Row {
  const mark = many ? '[]' : '';
  return {
    ...below,
    payload: `${key}${mark}.${below.payload}`,
    element: below.element === '' ? `${element}${mark}` : `${element}${mark}.${below.element}`,
  };
}

function limitOf(schema: Schema): { limit?: string } {
  if (typeof schema.maxLength === 'number') return { limit: `≤${schema.maxLength} characters` };
  if (typeof schema.maxItems === 'number') {
    const least = typeof schema.minItems === 'number' ? `${schema.minItems}–` : '≤';
    return { limit: `${least}${schema.maxItems} items` };
  }
  if (Array.isArray(schema.enum)) return { limit: schema.enum.join(', ') };
  if (typeof schema.maximum === 'number') return { limit: `≤${schema.maximum}` };
  return {};
}

/** What a spread may add to its codec. */
export interface SpreadOptions<K extends string> {
  readonly required?: readonly K[];
  /** Keys that a reading must find, or the mark that the codec writes for a payload without them. */
  readonly expected?: { readonly keys: readonly K[]; readonly marks: (value: unknown) => boolean };
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
  const { expected } = options;
  const empty = expected === undefined ? undefined : ({} as P);
  const below = codec.rows ?? [];
  const required: readonly string[] = options.required ?? [];
  return {
    keys,
    elements: [element],
    required,
    rows: below.map((row) => ({ ...row, element: row.element === '' ? element : `${element}.${row.element}` })),
    properties: propertiesOf(codec.schema),
    read(source, payload, scope) {
      const value = source[element];
      if (value === undefined) return;
      scope.at.push(element);
      const read = codec.read(value, scope);
      scope.at.pop();
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
      scope.at.push(element);
      const put = putValue(codec, pick(payload), after[element], scope);
      scope.at.pop();
      if (!put.changed) return false;
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

/**
 * Several rules that can read each other's elements, because one falls back on another. `fallback` runs after their own
 * readings and fills in what is missing. A put is judged by its result: the rules that came out different write their
 * canonical form, and where that does not settle it, all do.
 */
export function group<S extends Scope>(
  rules: readonly Rule<S>[],
  fallback: (element: JsonObject, payload: JsonObject, scope: S) => void,
): Rule<S> {
  const keys = rules.flatMap((rule) => rule.keys);
  const read = (element: JsonObject, payload: JsonObject, scope: S): void => {
    for (const rule of rules) rule.read(element, payload, scope);
    fallback(element, payload, scope);
  };
  const differing = (payload: JsonObject, after: JsonObject, scope: S): Rule<S>[] => {
    const have: JsonObject = {};
    quietly(scope, () => read(after, have, scope));
    return rules.filter((rule) => rule.keys.some((key) => !equal(have[key], payload[key])));
  };
  return {
    keys,
    elements: rules.flatMap((rule) => rule.elements),
    required: rules.flatMap((rule) => rule.required),
    rows: rules.flatMap((rule) => rule.rows),
    properties: Object.assign({}, ...rules.map((rule) => rule.properties)),
    read,
    lacking: (element, payload) => firstOf(rules, (rule) => rule.lacking?.(element, payload)),
    write(payload, element, scope) {
      for (const rule of rules) rule.write(payload, element, scope);
    },
    admit(payload, normal, scope) {
      for (const rule of rules) rule.admit(payload, normal, scope);
    },
    put(payload, after, scope) {
      let different = differing(payload, after, scope);
      if (different.length === 0) return false;
      for (const rule of different) rule.put(payload, after, scope);
      for (let round = 0; round < rules.length; round += 1) {
        different = differing(payload, after, scope);
        if (different.length === 0) return true;
        for (const rule of different) rewrite(rule, payload, after, scope);
      }
      for (const rule of rules) rewrite(rule, payload, after, scope);
      return true;
    },
  };
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
      report(
        scope,
        { severity: 'error', code: 'required', id: 'payload-required', diagnostics: 'A required field has no value.' },
        key,
      );
    }
  }
  return missing;
}
