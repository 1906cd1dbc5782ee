/** The characters of ids, told by a loop: that is quicker than to cut an id out of its reference for a regular expression. */
const IS_OF_ID = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.') {
  IS_OF_ID[character.charCodeAt(0)] = 1;
}

/** The most characters that an id has. */
const MOST = 64;

/** True for a text that is an id from a position on (https://hl7.org/fhir/R4/datatypes.html#id). */
export function isIdFrom(text: string, start: number): boolean {
  const { length } = text;
  if (length <= start || length > start + MOST) return false;
  for (let at = start; at < length; at += 1) if (IS_OF_ID[text.charCodeAt(at)] !== 1) return false;
  return true;
}

/** True for `[type]/[id]` with a type. */
export function isIdOf(type: string, reference: string): boolean {
  const { length } = type;
  if (length === 0 || reference.charCodeAt(length) !== SLASH) return false;
  for (let at = 0; at < length; at += 1) if (reference.charCodeAt(at) !== type.charCodeAt(at)) return false;
  return isIdFrom(reference, length + 1);
}

const SLASH = 0x2f;
