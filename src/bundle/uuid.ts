import { createHash } from 'sha1-uint8array';
import { wellFormed } from '../fhir/datatypes/text.js';

/** The namespace of the records' names: the UUID v5 of ClinikAPI's root among URLs. */
const NAMESPACE = '3544030d-e9a7-5ade-835b-116959527236';

/**
 * The UUID v5 of a name (https://www.rfc-editor.org/rfc/rfc9562#section-5.5): the same for the same name, everywhere and
 * always. A lone surrogate counts as U+FFFD.
 * @returns 36 characters, in lower case.
 */
export function uuidOf(name: string, namespace: string = NAMESPACE): string {
  const space = (namespace.match(/[0-9a-f]{2}/gi) ?? []).map((digits) => Number.parseInt(digits, 16));
  const text = wellFormed(name);
  const bytes = [...createHash().update(Uint8Array.from(space)).update(text).digest().subarray(0, 16)];
  const digits = bytes.map((byte, index) => marked(byte, index).toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The version stands in the seventh byte, the variant in the ninth. */
function marked(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x50;
  return index === 8 ? (byte & 0x3f) | 0x80 : byte;
}
