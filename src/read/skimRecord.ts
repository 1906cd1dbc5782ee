/** As much of a JSON object as tells which record it is. */
export interface Skimmed {
  readonly type: string | undefined;
  /** Undefined where it has none, and where nobody asks for that of its type. */
  readonly id: string | undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

/**
 * Reads `resourceType` and `id` of an object without parsing it: most say both at their beginning. For a type that nobody asks for, the
 * type alone.
 * @returns undefined where only a parser can tell: for a Bundle, and for anything but an object that has its type and id as plain
 * strings, or no type and no `data`.
 */
export function skimRecord(bytes: Buffer, isAskedFor: (type: string) => boolean): Skimmed | undefined {
  let at = skipWhite(bytes, 0);
  if (bytes[at] !== OPENING_BRACE) return undefined;
  let type: string | undefined;
  let id: string | undefined;
  at = skipWhite(bytes, at + 1);
  while (bytes[at] === QUOTE) {
    const key = plainString(bytes, at);
    if (key === undefined || key === 'data') return undefined;
    at = skipWhite(bytes, at + key.length + 2);
    if (bytes[at] !== COLON) return undefined;
    at = skipWhite(bytes, at + 1);
    if (key === 'resourceType' || key === 'id') {
      const value = plainString(bytes, at);
      if (value === undefined || (key !== 'id' && value === 'Bundle')) return undefined;
      if (key === 'id') id = value;
      else if (isAskedFor(value)) type = value;
      else return { type: value, id: undefined };
      if (type !== undefined && id !== undefined) return { type, id };
    }
    at = skipWhite(bytes, endOfValue(bytes, at));
    if (bytes[at] === COMMA) at = skipWhite(bytes, at + 1);
    else break;
  }
  // A resource without an id of its own may have one elsewhere.
  return bytes[at] === CLOSING_BRACE && type === undefined ? { type, id } : undefined;
}

/** After white space. */
export function skipWhite(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a; byte = bytes[at])
    at += 1;
  return at;
}

/** The string of ASCII that opens at `start`; undefined for any other, and for what is no string. */
export function plainString(bytes: Buffer, start: number): string | undefined {
  if (bytes[start] !== QUOTE) return undefined;
  for (let end = start + 1; end < bytes.length; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byte === QUOTE) return bytes.toString('latin1', start + 1, end);
    if (byte === BACKSLASH || byte >= 0x80) return undefined;
  }
  return undefined;
}

/** After the string that opens at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return at;
}

/** After the value that starts at `start`. */
export function endOfValue(bytes: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth += 1;
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      depth -= 1;
      if (depth < 0) return at;
      if (depth === 0) return at + 1;
    } else if (byte === COMMA && depth === 0) return at;
    at += 1;
  }
  return at;
}
