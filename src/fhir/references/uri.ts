/** What most addresses look like; the rest are taken apart. */
const ORDINARY =
  /^(?:https?:\/\/[\w.-]+(?::\d+)?(?:[/?][\w\-.~:/?@!$&'()*+,;=|]*)?(?:#[\w\-.~:/?@!$&'()*+,;=|]*)?|[A-Za-z]+\/[A-Za-z0-9.-]+|urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

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

/**
 * True for a URI reference of RFC 3986, absolute or relative: "URIs must be valid" (https://hl7.org/fhir/R4/datatypes.html#uri).
 * After `urn:uuid:` stands a UUID in lower case, after `urn:oid:` an OID. Three things are taken that RFC 3986 does not have: the
 * `|` of canonicals and searches, the brackets in the types of HL7's own data elements, and letters beyond ASCII.
 */
export function isUri(text: string): boolean {
  if (ORDINARY.test(text)) return true;
  if (FORBIDDEN.test(text)) return false;
  if (!SCHEME.test(text) && BEFORE_COLON.test(text)) return false;
  if (text.indexOf('#') !== text.lastIndexOf('#')) return false;
  if (BRACKET_IN_HOST.test(text) && !HOST_IN_BRACKETS.test(text)) return false;
  const [, namespace] = NAMESPACE.exec(text) ?? [];
  if (namespace === undefined) return true;
  return namespace.toLowerCase() === 'uuid' ? UUID.test(text) : OID.test(text);
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:./;

/** True for an address that says where it begins: a URL with its server, a URN. It need not be a valid one. */
export const isAbsoluteUri = (address: string): boolean => ABSOLUTE.test(address);
