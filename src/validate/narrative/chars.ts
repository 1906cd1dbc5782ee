// Characters, names and references of XML 1.0 (https://www.w3.org/TR/xml/, https://www.w3.org/TR/xml-names/).
//
// Every expression here searches for what must not be there. One that matched a whole text would need stack for each
// character it can step back over, and throw on a text of many megabytes.

const UNUSUAL = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/;
const NOT_CHARS = /[^\t\n\r\x20-\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/;

/** True where XML allows each character: no control but tab, line feed and carriage return, no half of a pair. */
export function hasOnlyXmlChars(text: string): boolean {
  return !UNUSUAL.test(text) || !NOT_CHARS.test(text);
}

const NOT_SPACE = /[^ \t\r\n]/;

/** True for text of XML's white space only, and for no text. A no-break space is a character like any other. */
export function isSpace(text: string): boolean {
  return !NOT_SPACE.test(text);
}

const NOT_NAME =
  /[^A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}\xb7\u203f\u2040\-.0-9]/u;

/** Of the characters of a name, those that it cannot begin with. */
const NOT_NAME_START = /^(?:$|[\u0300-\u036f\xb7\u203f\u2040\-.0-9])/;

/** True for a name as XML with namespaces has it: `div`, `xml:lang`. */
export function isQualifiedName(name: string): boolean {
  const colon = name.indexOf(':');
  return colon < 0 ? isLocalName(name) : isLocalName(name.slice(0, colon)) && isLocalName(name.slice(colon + 1));
}

function isLocalName(name: string): boolean {
  return !NOT_NAME_START.test(name) && !NOT_NAME.test(name);
}

const NAMED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/** What is wrong with the first bad reference of a text that holds `&`; undefined where all are good. */
export function referenceFault(text: string): string | undefined {
  let at = text.indexOf('&');
  while (at >= 0) {
    const end = text.indexOf(';', at);
    const body = end < 0 ? undefined : text.slice(at + 1, end);
    if (body === undefined || !NAMED.has(body)) {
      if (body === undefined || !isReferenceBody(body)) return "An '&' stands where XML wants it written as &amp;.";
      if (!body.startsWith('#')) return UNKNOWN_ENTITY;
      if (!isXmlChar(numberOf(body))) return 'A numeric character reference is to a character that XML does not allow.';
    }
    at = text.indexOf('&', end);
  }
  return undefined;
}

const UNKNOWN_ENTITY =
  'An entity other than &amp;, &lt;, &gt;, &quot; and &apos; stands in the narrative, and XML has no HTML entities: ' +
  'the character itself or a numeric reference (&#160; for &nbsp;) says the same.';

const NOT_LETTERS = /[^A-Za-z0-9]/;
const NOT_DIGITS = /[^0-9]/;
const NOT_HEX_DIGITS = /[^0-9A-Fa-f]/;

function isReferenceBody(body: string): boolean {
  if (body.startsWith('#x')) return body.length > 2 && !NOT_HEX_DIGITS.test(body.slice(2));
  if (body.startsWith('#')) return body.length > 1 && !NOT_DIGITS.test(body.slice(1));
  return body !== '' && NOT_DIGITS.test(body.charAt(0)) && !NOT_LETTERS.test(body);
}

function numberOf(body: string): number {
  return Number(body.startsWith('#x') ? `0${body.slice(1)}` : body.slice(1));
}

function isXmlChar(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
