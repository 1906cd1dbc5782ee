import { isObject, own } from '../lens/json.js';
import { nameMeant } from '../report/nearest.js';
import type { Key } from './jsonTree.js';

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'boolean';

/** As much of JSON Schema (https://json-schema.org/draft-07) as settings need; every keyword says the same in an editor. */
export interface SettingsSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: TypeName | readonly TypeName[];
  readonly enum?: readonly string[];
  /** Of a text: it is not blank. */
  readonly pattern?: '\\S';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: SettingsSchema;
  readonly properties?: { readonly [name: string]: SettingsSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

/** What is wrong with a setting: the way to it, and what is said of it. */
export interface SchemaFault {
  readonly keys: readonly Key[];
  readonly says: string;
}

/** The first fault of a value of settings, with what to do about it; undefined where it fits its schema. */
export function schemaFault(
  value: unknown,
  schema: SettingsSchema,
  keys: readonly Key[] = [],
): SchemaFault | undefined {
  const says = faultOf(value, schema);
  if (says !== undefined) return { keys, says };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = schema.items === undefined ? undefined : schemaFault(item, schema.items, [...keys, index]);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { properties = {}, required = [] } = schema;
  const names = Object.keys(properties);
  for (const key of Object.keys(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (property === undefined) return { keys: [...keys, key], says: `there is no such key here${advice(key, names)}` };
    const fault = schemaFault(own(value, key), property, [...keys, key]);
    if (fault !== undefined) return fault;
  }
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing === undefined) return undefined;
  const meaning = properties[missing]?.description;
  return { keys, says: `"${missing}" is missing${meaning === undefined ? '' : `, ${decapitalized(meaning)}`}` };
}

/** What is wrong with a value by itself. */
function faultOf(value: unknown, schema: SettingsSchema): string | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (!types.some((type) => hasType(value, type))) return `${rangeOf(schema, types)} is expected here.`;
  if (typeof value === 'string') {
    if (schema.pattern !== undefined && !/\S/.test(value)) return 'this says nothing; write something here.';
    if (schema.enum?.includes(value) === false)
      return `this is not one of the names that are allowed here${advice(value, schema.enum)}`;
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const isOutside = typeof value === 'number' && (value < minimum || value > maximum);
  return isOutside ? `${rangeOf(schema, types)} is expected here.` : undefined;
}

function hasType(value: unknown, type: TypeName): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

const WORDS: { readonly [type in TypeName]: string } = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

function rangeOf({ minimum, maximum }: SettingsSchema, types: readonly TypeName[]): string {
  const words = types.map((type) => WORDS[type]).join(' or ');
  return minimum === undefined || maximum === undefined ? words : `${words} from ${minimum} to ${maximum}`;
}

function advice(name: string, names: readonly string[]): string {
  const meant = nameMeant(name, names);
  return `${meant === undefined ? '' : `; did you mean "${meant}"?`}${meant === undefined ? '.' : ''} There are: ${names.join(', ')}.`;
}

function decapitalized(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
