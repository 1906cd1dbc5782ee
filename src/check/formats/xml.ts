/** What XML 1.0 cannot hold in any form (https://www.w3.org/TR/xml/#charsets). */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What a terminal would obey, or show in another order. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const printable = (xml: string): string => xml.replace(UNPRINTABLE, (character) => `&#${character.charCodeAt(0)};`);

/** Text for an element, without what XML cannot hold. */
export function xmlText(text: string): string {
  return printable(text.replace(ILLEGAL, '').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character));
}

/** An attribute with a space before it; white space keeps its kind, which a parser would make spaces of. */
export function xmlAttribute(name: string, value: string | number): string {
  const text = String(value)
    .replace(ILLEGAL, '')
    .replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character);
  return ` ${name}="${printable(text)}"`;
}
