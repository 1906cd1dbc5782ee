import { type Class, oursAlone } from '../judge.js';

const right = (name: string, why: string, ...rules: readonly string[]): Class => ({
  name: `ours alone: ${name}`,
  right: 'ours',
  why,
  fits: oursAlone(rules),
});

/** What only we call an error, where R4's text is with us. */
export const ours: readonly Class[] = [
  right(
    'a reference of another form than [type]/[id]',
    'references: a relative reference is relative to the service base URL; uri: UUIDs in lower case, OIDs, no white space',
    'reference-format',
  ),
  right(
    'a reference to a type that is not allowed',
    'each definition of a Reference names its targets; Java looks at them only where it follows a reference',
    'reference-target',
    'reference-type',
    'reference-type-unknown',
  ),
  right(
    'a narrative that is no single well-formed div',
    'narrative: the div is "an XHTML fragment"; "<?xml ...><div>" is listed as not legal',
    'narrative-not-xhtml',
  ),
  right(
    'a property beside what is no primitive, or beside url and id',
    'json: url and id are attributes in XML',
    'sibling-misplaced',
    'sibling-mismatch',
  ),
  right('an object of an id alone', 'json: objects are never empty; they have properties, or extensions', 'ele-1'),
  right(
    'an identifier of urn:ietf:rfc:3986 whose value is no URI',
    'Identifier.system: the value "is itself a globally unique URI"; uri: its formats of UUIDs and OIDs',
    'identifier-uri',
  ),
  right(
    'a URI with white space, or a URN of no UUID or OID',
    'uri: "URIs must be valid", "use all lowercase" for UUIDs',
    'format-uri',
    'format-url',
    'format-canonical',
    'format-oid',
    'format-uuid',
  ),
  right(
    'an extension of HL7 more often than its definition allows',
    "defining-extensions: the cardinality of the extension, in R4's own definition of it",
    'extension-repeats',
  ),
  right(
    'a request with another URL',
    'http: a create is POST [base]/[type], an update PUT [base]/[type]/[id]',
    'request-url-mismatch',
  ),
  right(
    'one resource twice in a transaction',
    'http: "a resource can only appear in a transaction once (by identity)"',
    'transaction-repeated',
  ),
  right(
    'the id of an element with white space, or twice',
    'Element.id: "does not contain spaces"; narrative: "a unique value within the resource"',
    'element-id-space',
    'element-id-repeated',
  ),
  right('base64 that is none', 'base64Binary: RFC 4648: padding stands at the end', 'format-base64Binary'),
  right(
    'a Coding of a value set',
    'Coding.system: "SHALL NOT contain a reference to a value set"',
    'coding-system-value-set',
  ),
  right(
    'an integer with a sign before 0, a fraction or an exponent',
    'integer: its pattern',
    'format-integer',
    'format-positiveInt',
    'format-unsignedInt',
  ),
  right(
    'a resource type that R4 has not',
    'resourcelist: a resource is of one of these types',
    'resource-type-unknown',
  ),
  right(
    'a code that a system has not',
    'Coding.code: "SHALL be a syntactically correct symbol as defined by the system": BCP 47, ISO 3166-2',
    'code-unknown',
  ),
  right('a date of white space', 'date, instant: their patterns', 'format-date', 'format-dateTime', 'format-instant'),
  right(
    'a control character in markdown',
    'markdown: "SHALL NOT contain Unicode character points below 32"',
    'format-markdown',
  ),
  right('an invariant that R4 writes in FHIRPath', 'the expression of opd-3', 'opd-3'),
  right(
    'a Range of two units',
    'Range: "The unit and code/system elements of the low or high elements SHALL match"',
    'rng-2',
  ),
];
