/** What a terminal would obey, or show in another order, instead of showing it. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const SHORT: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text in one line, as it may be printed: the name of a file may hold anything. What a terminal would obey is escaped as in JSON,
 * `\u001b`. Whatever is printed and is not of our own making goes through here.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => SHORT[character] ?? escaped(character));
}

/** JSON whose texts hold nothing that a terminal would obey; JSON.stringify escapes only a part of that. */
export function printableJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  // What JSON has between its texts stays.
  return json.replace(UNPRINTABLE, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
