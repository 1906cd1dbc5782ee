import { isObject } from '../lens/json.js';

/**
 * A JSON value for people: an object or array on one line where it fits in `width` characters, with its parts one below the
 * other where it does not. A text is never broken.
 */
export function layoutJson(value: unknown, width: number, indent = '', after = 0): string {
  const line = onOneLine(value);
  const entries = Array.isArray(value)
    ? value.map((item): [string, unknown] => ['', item])
    : isObject(value)
      ? Object.entries(value).map(([key, item]): [string, unknown] => [`${JSON.stringify(key)}: `, item])
      : [];
  if (entries.length === 0 || indent.length + after + line.length <= width) return line;
  const deeper = `${indent}  `;
  const parts = entries.map(
    ([key, item], index) =>
      deeper + key + layoutJson(item, width - (index < entries.length - 1 ? 1 : 0), deeper, key.length),
  );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
