/** What stands in few addresses: the rest need not be taken apart. */
const UNUSUAL = /[^\w\-.~:/?@!$&'()*+,;=|]/;

/** Characters that stand in no URI, white space among them, and a `%` that begins no escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\u0000-\u0020\u007f"<>\\^`{}]|%(?![0-9A-Fa-f]{2})/;

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const BEFORE_COLON = /^[^/?#:]*:/;
const BRACKET_IN_HOST = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/[^/?#]*[[\]]/;
/** A host in brackets is an address of IPv6, or of what comes after it. */
const HOST_IN_BRACKETS =
  /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/(?:[^/?#[\]@]*@)?\[(?:[0-9A-Fa-f:.]+|v[0-9A-Fa-f]+\.[\w\-.~!$&'()*+,;=:]+)\](?::\d*)?(?:[/?#]|$)/;

const NAMESPACE = /^urn:(uuid|oid):/i;
/** What may follow a URN: a version of a record, that of a canonical, a fragment. */
const AFTER = '(?:/_history/[A-Za-z0-9.-]{1,64})?(?:\\|[^#]*)?(?:#.*)?$';
const UUID = new RegExp(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}${AFTER}`);
const OID = new RegExp(`^urn:oid:[0-2](?:\\.(?:0|[1-9][0-9]*))+${AFTER}`);

/** What most addresses begin with, and no URN. */
const H = 0x68;

/** White space as XML Schema has it, whose patterns R4 uses; JavaScript's `\s` is wider. */
const SPACE = /[ \t\r\n]/;

/**
 * True for a `uri` as R4 writes one: no white space, after `urn:uuid:` a UUID in lower case, after `urn:oid:` an OID
 * (https://hl7.org/fhir/R4/datatypes.html#uri).
 */
export function isR4Uri(text: string): boolean {
  if (SPACE.test(text)) return false;
  if (text.charCodeAt(0) === H) return true;
  const [, namespace] = NAMESPACE.exec(text) ?? [];
  if (namespace === undefined) return true;
  return namespace.toLowerCase() === 'uuid' ? UUID.test(text) : OID.test(text);
}

/**
 * True for a URI reference of RFC 3986, absolute or relative: "this regex is very permissive, but URIs must be valid". Three things
 * are taken that RFC 3986 does not have: the `|` of canonicals and searches, the brackets in the types of HL7's own data elements,
 * and letters beyond ASCII.
 */
export function isStrictUri(text: string): boolean {
  if ((text.startsWith('http') || text.startsWith('urn:')) && !UNUSUAL.test(text)) return true;
  if (FORBIDDEN.test(text)) return false;
  if (!SCHEME.test(text) && BEFORE_COLON.test(text)) return false;
  if (text.indexOf('#') !== text.lastIndexOf('#')) return false;
  return !BRACKET_IN_HOST.test(text) || HOST_IN_BRACKETS.test(text);
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:./;

/** True for an address that says where it begins: a URL with its server, a URN. It need not be a valid one. */
export const isAbsoluteUri = (address: string): boolean => ABSOLUTE.test(address);
