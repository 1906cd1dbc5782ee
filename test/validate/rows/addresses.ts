import { AT, observation, patient, type Row, task, valueRow } from '../../support/validation.js';

const UUID = 'c757873d-ec9a-4326-a141-556f43239520';
const identified = (system: string, value?: string) => ({ identifier: [{ system, value }] });
const DATA = { contentType: 'text/plain', data: 'YWJj' };
const HASH = 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=';

/** Addresses where only an absolute one says anything, and those that have to lead somewhere. */
const addressRows: readonly Row[] = [
  ...['foo', '#foo', '/foo', '../foo', 'a/b'].map(
    (url): Row => [
      `an extension of the url ${url}`,
      patient,
      { extension: [{ url, valueString: 'x' }] },
      'error extension-url-relative Patient.extension[0].url',
    ],
  ),
  [
    'a modifier of a relative url',
    patient,
    { modifierExtension: [{ url: 'foo', valueString: 'x' }] },
    'error extension-url-relative Patient.modifierExtension[0].url',
  ],
  [
    'an extension of a relative url beside a primitive',
    patient,
    { _active: { extension: [{ url: 'foo', valueString: 'x' }] } },
    'error extension-url-relative Patient.active.extension[0].url',
  ],
  [
    'an extension of a relative url in the value of another',
    patient,
    {
      extension: [
        { url: 'http://x.example/e', valueAddress: { text: 'a', extension: [{ url: 'foo', valueString: 'x' }] } },
      ],
    },
    'error extension-url-relative Patient.extension[0].value.extension[0].url',
  ],
  [
    'an extension of a relative url in another',
    patient,
    { extension: [{ url: 'http://x.example/e', extension: [{ url: 'foo', valueString: 'x' }] }] },
  ],
  ['an extension whose url is a URN', patient, { extension: [{ url: 'urn:oid:1.2.3', valueString: 'x' }] }],
  ...(
    [
      ['Identifier', { system: 'x', value: '1' }],
      ['Coding', { system: 'x', code: '1' }],
      ['Quantity', { value: 1, system: 'x', code: '1' }],
    ] as const
  ).map(([type, value]) => valueRow('a relative system', type, value, `warning uri-not-absolute ${AT}.system`)),
  [
    'a relative canonical',
    task,
    { instantiatesCanonical: 'foo' },
    'warning uri-not-absolute Task.instantiatesCanonical',
  ],
  [
    'a relative url of a definition',
    { resourceType: 'ValueSet', status: 'draft' },
    { url: 'foo' },
    'warning uri-not-absolute ValueSet.url',
  ],
  ['a relative address of a device', { resourceType: 'Device' }, { url: 'foo' }],
  ['a relative address of a picture', patient, { photo: [{ url: 'Binary/1' }] }],
  [
    'a canonical of nothing that is contained',
    task,
    { instantiatesCanonical: '#nowhere' },
    'error canonical-fragment Task.instantiatesCanonical',
  ],
  [
    'a canonical of the resource itself',
    task,
    { instantiatesCanonical: '#' },
    'error canonical-fragment Task.instantiatesCanonical',
  ],
  [
    'a canonical of what is contained',
    task,
    {
      instantiatesCanonical: '#a',
      contained: [{ resourceType: 'ActivityDefinition', id: 'a', status: 'draft', url: 'http://x.example/a' }],
    },
  ],
  ...['http://[', 'http://a/%zz', 'http://example.org/<x>', 'http://a#b#c', ':a', '1a:b', 'http://a/\\b'].map(
    (url): Row => [
      `an address that RFC 3986 does not have: ${url}`,
      patient,
      { photo: [{ url }] },
      'warning uri-invalid Patient.photo[0].url',
    ],
  ),
  [
    'a coding of a value set',
    observation,
    { code: { coding: [{ system: 'http://hl7.org/fhir/ValueSet/administrative-gender', code: 'male' }] } },
    'error coding-system-value-set Observation.code.coding[0].system',
  ],
  [
    'a coding of somebody’s value set',
    { resourceType: 'Questionnaire', status: 'draft' },
    { code: [{ system: 'https://x.example/fhir/ValueSet/a|1.0', code: 'b' }] },
    'error coding-system-value-set Questionnaire.code[0].system',
  ],
  [
    'a coding of a system about value sets',
    observation,
    { code: { coding: [{ system: 'http://x.example/ValueSet', code: 'a' }] } },
  ],
];

/** Identifiers that say to be URIs. */
const identifierRows: readonly Row[] = [
  ...[
    'foo',
    'Patient/1',
    UUID,
    '1.2.3',
    'urn:uuid:foo',
    `urn:uuid:${UUID.toUpperCase()}`,
    'urn:oid:3.1',
    'http://x y',
  ].map(
    (value): Row => [
      `an identifier of URIs whose value is ${value}`,
      patient,
      identified('urn:ietf:rfc:3986', value),
      'error identifier-uri Patient.identifier[0].value',
    ],
  ),
  ...[`urn:uuid:${UUID}`, 'urn:oid:1.2.3', 'http://x.example/a'].map(
    (value): Row => [`an identifier of URIs whose value is ${value}`, patient, identified('urn:ietf:rfc:3986', value)],
  ),
  ['an identifier of another system whose value is no URI', patient, identified('http://x.example', 'foo')],
  ['an identifier of URIs without a value', patient, identified('urn:ietf:rfc:3986')],
  ...[`urn:uuid:${UUID.toUpperCase()}`, 'urn:uuid:xyz', 'urn:oid:3.1', 'urn:oid:1.02.840.1'].map(
    (system): Row => [
      `an identifier of the system ${system}`,
      patient,
      identified(system, '1'),
      'error format-uri Patient.identifier[0].system',
    ],
  ),
];

/** Attachments whose size or hash is that of their data, or is not. */
const attachmentRows: readonly Row[] = [
  valueRow('another size', 'Attachment', { ...DATA, size: 99 }, `error attachment-size ${AT}.size`),
  valueRow('the size of its base64', 'Attachment', { ...DATA, size: 4 }, `error attachment-size ${AT}.size`),
  valueRow('no size', 'Attachment', { ...DATA, size: 0 }, `error attachment-size ${AT}.size`),
  valueRow(
    'another hash',
    'Attachment',
    { ...DATA, hash: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
    `error attachment-hash ${AT}.hash`,
  ),
  valueRow('a hash that is no SHA-1', 'Attachment', { ...DATA, hash: 'YWJj' }, `error attachment-hash ${AT}.hash`),
  valueRow(
    'a hash in hexadecimal digits',
    'Attachment',
    { ...DATA, hash: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
    `warning attachment-hash-hexadecimal ${AT}.hash`,
  ),
  valueRow('its size and hash', 'Attachment', { ...DATA, size: 3, hash: HASH }),
  valueRow('the size of data with white space and padding', 'Attachment', { ...DATA, data: 'YW\nJjZA ==', size: 4 }),
  valueRow('a size of what is elsewhere', 'Attachment', {
    contentType: 'text/plain',
    url: 'http://x.example/a',
    size: 7,
    hash: HASH,
  }),
  valueRow(
    'data that are no base64, as that alone',
    'Attachment',
    { ...DATA, data: 'a', size: 7 },
    `error format-base64Binary ${AT}.data`,
  ),
];

/** What R4 says in words of addresses, identifiers and attachments. */
export const addressedRows: readonly Row[] = [...addressRows, ...identifierRows, ...attachmentRows];
