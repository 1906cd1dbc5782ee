// The JSON type and the pattern of every primitive type of R4.
// Made by npm run generate from HL7's files of R4 4.0.1; do not edit.
export const primitives: { readonly [name: string]: { readonly json: 'string' | 'number' | 'boolean'; readonly pattern?: string } } = {
  "base64Binary": {
    "json": "string",
    "pattern": "(\\s*([0-9a-zA-Z\\+/=]){4}\\s*)+"
  },
  "boolean": {
    "json": "boolean",
    "pattern": "true|false"
  },
  "canonical": {
    "json": "string",
    "pattern": "\\S*"
  },
  "code": {
    "json": "string",
    "pattern": "[^\\s]+(\\s[^\\s]+)*"
  },
  "date": {
    "json": "string",
    "pattern": "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?"
  },
  "dateTime": {
    "json": "string",
    "pattern": "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?"
  },
  "decimal": {
    "json": "number",
    "pattern": "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"
  },
  "id": {
    "json": "string",
    "pattern": "[A-Za-z0-9\\-\\.]{1,64}"
  },
  "instant": {
    "json": "string",
    "pattern": "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
  },
  "integer": {
    "json": "number",
    "pattern": "-?([0]|([1-9][0-9]*))"
  },
  "markdown": {
    "json": "string",
    "pattern": "[ \\r\\n\\t\\S]+"
  },
  "oid": {
    "json": "string",
    "pattern": "urn:oid:[0-2](\\.(0|[1-9][0-9]*))+"
  },
  "positiveInt": {
    "json": "number",
    "pattern": "[1-9][0-9]*"
  },
  "string": {
    "json": "string",
    "pattern": "[ \\r\\n\\t\\S]+"
  },
  "time": {
    "json": "string",
    "pattern": "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
  },
  "unsignedInt": {
    "json": "number",
    "pattern": "[0]|([1-9][0-9]*)"
  },
  "uri": {
    "json": "string",
    "pattern": "\\S*"
  },
  "url": {
    "json": "string",
    "pattern": "\\S*"
  },
  "uuid": {
    "json": "string",
    "pattern": "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
  },
  "xhtml": {
    "json": "string"
  }
};
