import type { Operation } from '../lens/diff.js';
import { isObject } from '../lens/json.js';
import { type JsonNode, jsonNode, unlikeDoubles } from '../read/jsonText.js';
import type { Bytes } from '../read/jsonValues.js';

/** A residue as JSON text: its numbers are those of the record's own text, which no double can tell. */
export function residueOf(residue: readonly Operation[], bytes: () => Bytes): string {
  const own = bytes();
  return Buffer.isBuffer(own) ? residueText(residue, jsonNode(own.toString())) : JSON.stringify(residue);
}

/**
 * A residue as JSON text, with numbers as they are written in the record that it leads back to. One that a payload has, too, and says
 * in other digits (45 for 45.00), is put back at the end.
 */
export function residueText(residue: readonly Operation[], record: JsonNode): string {
  const numbers = new Map(unlikeDoubles(record).map(({ keys, text }) => [pointer(keys), text]));
  if (numbers.size === 0) return JSON.stringify(residue);
  const said = new Set<string>();
  const write = (value: unknown, path: string): string => {
    const text = numbers.get(path);
    if (text !== undefined && typeof value === 'number' && Number(text) === value) {
      said.add(path);
      return text;
    }
    if (Array.isArray(value)) return `[${value.map((item, index) => write(item, `${path}/${index}`)).join(',')}]`;
    if (!isObject(value)) return JSON.stringify(value);
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${write(item, below(path, key))}`,
    );
    return `{${members.join(',')}}`;
  };
  const operations = residue.map((operation) =>
    operation.op === 'remove'
      ? JSON.stringify(operation)
      : operationText(operation.op, operation.path, write(operation.value, operation.path)),
  );
  const others = [...numbers].filter(([path]) => !said.has(path));
  return `[${[...operations, ...others.map(([path, text]) => operationText('replace', path, text))].join(',')}]`;
}

const operationText = (op: string, path: string, value: string): string =>
  `{"op":"${op}","path":${JSON.stringify(path)},"value":${value}}`;

/** A JSON Pointer (RFC 6901). */
const pointer = (keys: readonly (string | number)[]): string => keys.reduce<string>(below, '');

const below = (path: string, key: string | number): string =>
  `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
