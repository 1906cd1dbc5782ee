import { sha1 } from '../fhir/sha1.js';

/** The namespace of the records' names: the UUID v5 of ClinikAPI's root among URLs. */
const NAMESPACE = '3544030d-e9a7-5ade-835b-116959527236';

/**
 * The UUID v5 of a name (https://www.rfc-editor.org/rfc/rfc9562#section-5.5): the same for the same name, everywhere and
 * always. A lone surrogate counts as U+FFFD.
 * @returns 36 characters, in lower case.
 */
export function uuidOf(name: string, namespace: string = NAMESPACE): string {
  const space = (namespace.match(/[0-9a-f]{2}/gi) ?? []).map((digits) => Number.parseInt(digits, 16));
  const text = utf8(name);
  const message = new Uint8Array(space.length + text.length);
  message.set(space);
  message.set(text, space.length);
  const bytes = [...sha1(message).subarray(0, 16)];
  const digits = bytes.map((byte, index) => marked(byte, index).toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The version stands in the seventh byte, the variant in the ninth. */
function marked(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x50;
  return index === 8 ? (byte & 0x3f) | 0x80 : byte;
}

/** UTF-8 without `TextEncoder`, which not every engine of JavaScript has. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes[length++] = code;
    else {
      const tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[length++] = ((0xf00 >> (tail + 1)) & 0xff) | (code >> (6 * tail));
      for (let left = tail - 1; left >= 0; left -= 1) bytes[length++] = 0x80 | ((code >> (6 * left)) & 0x3f);
    }
  }
  return bytes.subarray(0, length);
}
