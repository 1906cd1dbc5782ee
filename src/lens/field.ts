import { type Codec, putAt, type Row, type Schema } from './codec.js';
import type { JsonObject } from './json.js';
import type { Rule } from './rule.js';
import type { Scope } from './scope.js';

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
  const { read: readValue, write: writeValue } = codec;
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
      const read = readValue(value, scope);
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
      scope.at.push(key);
      const written = writeValue(value, scope);
      scope.at.pop();
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
      const put = putAt(codec, payloadValue<P>(payload, key), after, element, scope);
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
  options: { required?: boolean; note?: string },
): Row[] {
  const row: Row = {
    payload: key,
    element,
    rule: options.note === undefined ? codec.rule : `${codec.rule}; ${options.note}`,
    fidelity: codec.fidelity,
    required: options.required ?? false,
    ...limitOf(codec.schema),
    ...(codec.targets === undefined ? {} : { targets: codec.targets }),
    ...(codec.recursive === true ? { recursive: true } : {}),
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
