const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NO_DIGIT = 64;
const SPACE = 65;
const PADDING = 66;

/** What each character of ASCII is: the value of a digit, or one of the three above. */
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;
for (const space of ' \t\r\n') VALUES[space.charCodeAt(0)] = SPACE;
VALUES['='.charCodeAt(0)] = PADDING;

const valueAt = (text: string, at: number): number => VALUES[text.charCodeAt(at)] ?? NO_DIGIT;

/** What no base64 has. Engines search for such in less than half the time of a loop. */
const FOREIGN = /[^A-Za-z0-9+/= \t\r\n]/;

/**
 * True for base64 with the white space that lines of it have (https://hl7.org/fhir/R4/datatypes.html#base64Binary): groups of four, the
 * last one filled up. No regular expression for the whole, for an attachment has millions of characters, and it notes at each where to go
 * back to.
 */
export function isBase64(text: string): boolean {
  if (FOREIGN.test(text)) return false;
  const filled = text.indexOf('=');
  const end = filled < 0 ? text.length : filled;
  let digits = end;
  for (const space of ' \t\r\n') {
    for (let at = text.indexOf(space); at >= 0 && at < end; at = text.indexOf(space, at + 1)) digits -= 1;
  }
  let padding = 0;
  for (let at = end; at < text.length; at += 1) {
    const value = valueAt(text, at);
    if (value < NO_DIGIT) return false;
    if (value === PADDING) padding += 1;
  }
  return digits > 0 && padding <= 2 && (digits + padding) % 4 === 0;
}

/** Where the bytes of most attachments fit in. */
const scratch = new Uint8Array(4096);

/** The bytes that valid base64 stands for; they are there until the next ones are asked for. */
export function bytesOf(base64: string): Uint8Array {
  const most = Math.ceil((base64.length * 3) / 4);
  const bytes = most <= scratch.length ? scratch : new Uint8Array(most);
  let length = 0;
  let bits = 0;
  let left = 0;
  for (let at = 0; at < base64.length; at += 1) {
    const value = valueAt(base64, at);
    if (value >= NO_DIGIT) continue;
    left = (left << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (left >> bits) & 0xff;
    length += 1;
    left &= (1 << bits) - 1;
  }
  return bytes.subarray(0, length);
}
