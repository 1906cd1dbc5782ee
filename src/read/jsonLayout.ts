import { isObject } from '../lens/json.js';

/**
 * A JSON value for people: an object or array on one line where it fits in `width` characters, with its parts one below the
 * other where it does not. A text is never broken.
 */
export function layoutJson(value: unknown, width: number): string {
  return layout(value, width, '', 0);
}

/** `around` is what else stands on the line of a value: its key, and the comma after it. */
function layout(value: unknown, width: number, indent: string, around: number): string {
  const line = onOneLine(value);
  const entries = Array.isArray(value)
    ? value.map((item): [string, unknown] => ['', item])
    : isObject(value)
      ? Object.entries(value).map(([key, item]): [string, unknown] => [`${JSON.stringify(key)}: `, item])
      : [];
  if (entries.length === 0 || indent.length + around + line.length <= width) return line;
  const deeper = `${indent}  `;
  const parts = entries.map(
    ([key, item], index) =>
      deeper + key + layout(item, width, deeper, key.length + (index < entries.length - 1 ? 1 : 0)),
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
