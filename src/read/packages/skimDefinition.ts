import { endOfValue, plainString, skipWhite } from '../skimRecord.js';

/** As much of a definition as it is found by. */
export interface DefinitionName {
  readonly type: string;
  readonly url: string | undefined;
  readonly version: string | undefined;
}

const [QUOTE, COLON, COMMA, OPENING] = [0x22, 0x3a, 0x2c, 0x7b];

/** Reads what a definition is found by without parsing it; undefined where only a parser can tell. */
export function skimDefinition(bytes: Buffer): DefinitionName | undefined {
  const found = new Map<string, string>();
  let at = skipWhite(bytes, 0);
  if (bytes[at] !== OPENING) return undefined;
  at = skipWhite(bytes, at + 1);
  while (bytes[at] === QUOTE) {
    const key = plainString(bytes, at);
    if (key === undefined) return undefined;
    at = skipWhite(bytes, at + key.length + 2);
    if (bytes[at] !== COLON) return undefined;
    at = skipWhite(bytes, at + 1);
    if (key === 'resourceType' || key === 'url' || key === 'version') {
      const value = plainString(bytes, at);
      if (value === undefined) return undefined;
      found.set(key, value);
      if (found.size === 3) break;
    }
    at = skipWhite(bytes, endOfValue(bytes, at));
    if (bytes[at] !== COMMA) break;
    at = skipWhite(bytes, at + 1);
  }
  const type = found.get('resourceType');
  return type === undefined ? undefined : { type, url: found.get('url'), version: found.get('version') };
}
