/** Bytes from which on a JSON text is measured before it is parsed: a smaller one cannot take much memory, whatever it is. */
const MEASURED_FROM = 1024 * 1024;

/** Deeper than any lists, Bundles and responses around a record, and the record itself, together. */
export const MOST_LEVELS = 1000;

/** Objects and lists that are held in memory at once; of real records, more than there is room for in a text of 256 MiB. */
export const MOST_PARTS = 16_000_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether parsing would take memory out of all proportion: a text of nothing but brackets takes forty times its size. Looks at the
 * bytes of what is large, and parses nothing.
 */
export function excessOf(bytes: Buffer): 'levels' | 'parts' | undefined {
  if (bytes.length < MEASURED_FROM) return undefined;
  let [depth, parts] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    // A bracket is 5b or 5d, a brace 7b or 7d.
    if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      parts += 1;
      if (depth > MOST_LEVELS) return 'levels';
      if (parts > MOST_PARTS) return 'parts';
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    else if (byte === QUOTE) at = endOfString(bytes, at);
  }
  return undefined;
}

/** The closing quote of the string that opens at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let before = end - 1;
    while (bytes[before] === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return bytes.length;
}
