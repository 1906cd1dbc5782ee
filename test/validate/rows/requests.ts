import type { JsonObject } from '../../../src/lens/json.js';
import { bundle, composition, observation, patient, type Row } from '../../support/validation.js';

const at = (path: string) => `http://example.org/${path}`;
const entry = (id: string, more: JsonObject = {}): JsonObject => ({
  fullUrl: at(`Patient/${id}`),
  resource: { ...patient, id },
  ...more,
});
const asks = (method: string, url: string) => ({ request: { method, url } });
const transaction: JsonObject = { ...bundle, type: 'transaction' };
const URL = 'error request-url-mismatch Bundle.entry[0].request.url';
const twice = (first: JsonObject, second: JsonObject) => ({
  entry: [entry('b', asks('PUT', 'Patient/b')), first, second],
});
const REPEATED = 'error transaction-repeated Bundle.entry[2]';
const a = { resource: { ...patient, id: 'a' } };

/** Requests that fit neither what they bring nor each other. */
const requestRows: readonly Row[] = [
  ...['Patient/p1', '/Patient/p1', at('Patient/p1'), 'Patient/p1/_history/1', 'Patient/p1?_format=json'].map(
    (url): Row => [`a POST to ${url}`, transaction, { entry: [{ resource: patient, ...asks('POST', url) }] }, URL],
  ),
  ['a POST of nothing to an id', transaction, { entry: [asks('POST', 'Patient/p1')] }, URL],
  [
    'a POST to an id in a batch',
    { ...bundle, type: 'batch' },
    { entry: [{ resource: patient, ...asks('POST', 'Patient/p1') }] },
    URL,
  ],
  [
    'a POST to another type of its server',
    transaction,
    { entry: [{ resource: patient, ...asks('POST', at('fhir/Observation')) }] },
    URL,
  ],
  ...[
    'Patient',
    '/Patient',
    at('fhir/Patient'),
    'Patient/$match',
    'Patient/p1/$everything',
    'Patient/_search',
    '$a',
  ].map((url): Row => [`a POST to ${url}`, transaction, { entry: [{ resource: patient, ...asks('POST', url) }] }]),
  ['a PUT to a type', transaction, { entry: [{ ...a, ...asks('PUT', 'Patient') }] }, URL],
  ['a PUT to a search', transaction, { entry: [{ ...a, ...asks('PUT', 'Patient?identifier=1') }] }],
  [
    'a PUT and a DELETE of one resource',
    transaction,
    twice({ ...a, ...asks('PUT', 'Patient/a') }, asks('DELETE', 'Patient/a')),
    REPEATED,
  ],
  [
    'two PUTs of one resource',
    transaction,
    twice({ ...a, ...asks('PUT', 'Patient/a') }, { ...a, ...asks('PUT', 'Patient/a') }),
    REPEATED,
  ],
  [
    'two DELETEs of one resource',
    transaction,
    twice(asks('DELETE', 'Patient/a'), asks('DELETE', '/Patient/a')),
    REPEATED,
  ],
  [
    'a DELETE and a PATCH of one resource',
    transaction,
    twice(asks('DELETE', at('Patient/a')), asks('PATCH', 'Patient/a')),
    REPEATED,
  ],
  [
    'a PUT and a GET of one resource',
    transaction,
    twice({ ...a, ...asks('PUT', 'Patient/a') }, asks('GET', 'Patient/a')),
  ],
  ['DELETEs of the same id of two types', transaction, twice(asks('DELETE', 'Patient/a'), asks('DELETE', 'Person/a'))],
  ['two DELETEs of one search', transaction, twice(asks('DELETE', 'Patient?a=b'), asks('DELETE', 'Patient?a=b'))],
  [
    'two DELETEs of one resource in a batch',
    { ...bundle, type: 'batch' },
    { entry: [asks('DELETE', 'Patient/a'), asks('DELETE', 'Patient/a')] },
  ],
  [
    'an address on a server of what has no id',
    bundle,
    { entry: [{ fullUrl: at('Organization/1'), resource: { resourceType: 'Organization', name: 'x' } }] },
    'error fullurl-id Bundle.entry[0].fullUrl',
  ],
  [
    'an address on a server of what a PUT brings without an id',
    transaction,
    { entry: [{ fullUrl: at('Patient/a'), resource: patient, ...asks('PUT', 'Patient/a') }] },
    'error fullurl-id Bundle.entry[0].fullUrl',
    URL,
  ],
  [
    'an address on a server of what a POST brings',
    transaction,
    { entry: [{ fullUrl: at('Patient/a'), resource: patient, ...asks('POST', 'Patient') }] },
  ],
  ['a URN of what has no id', bundle, { entry: [{ fullUrl: 'urn:oid:1.2.3', resource: patient }] }],
  [
    'a fullUrl that is no UUID',
    bundle,
    { entry: [{ fullUrl: 'urn:uuid:xyz', resource: patient }] },
    'error format-uri Bundle.entry[0].fullUrl',
  ],
];

const letter = (more: JsonObject = {}) => ({
  fullUrl: at('Composition/c'),
  resource: { ...composition, id: 'c', author: [{ display: 'a' }], ...more },
});
const document: JsonObject = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: at('ids'), value: 'a' },
  timestamp: '2024-05-01T10:00:00Z',
  entry: [letter()],
};
const about = (id: string, more: JsonObject = {}) => ({
  fullUrl: at(`Observation/${id}`),
  resource: { ...observation, id, ...more },
});
const section = (reference: string) => letter({ section: [{ title: 's', entry: [{ reference }] }] });
const provenance = (target: string) => ({
  fullUrl: at('Provenance/v'),
  resource: {
    resourceType: 'Provenance',
    id: 'v',
    target: [{ reference: target }],
    recorded: '2024-05-01T10:00:00Z',
    agent: [{ who: { reference: 'Patient/a' } }],
  },
});
const stray = (index: number) => `error document-entry-unreferenced Bundle.entry[${index}]`;

/** Documents with what nothing in them refers to, and with what something does. */
const documentRows: readonly Row[] = [
  ['an entry that nothing refers to', document, { entry: [letter(), entry('a')] }, stray(1)],
  [
    'an entry that only another such entry refers to',
    document,
    { entry: [letter(), about('o', { subject: { reference: 'Patient/a' } }), entry('a')] },
    stray(1),
    stray(2),
  ],
  [
    'an entry that only itself refers to',
    document,
    {
      entry: [
        letter(),
        entry('a', {
          resource: { ...patient, id: 'a', link: [{ other: { reference: 'Patient/a' }, type: 'seealso' }] },
        }),
      ],
    },
    stray(1),
  ],
  [
    'an entry that refers to the Composition',
    document,
    { entry: [letter(), about('o', { focus: [{ reference: 'Composition/c' }] })] },
    stray(1),
  ],
  [
    'Provenance of what the document does not have',
    document,
    {
      entry: [
        letter({ subject: { reference: 'Patient/a' } }),
        entry('a'),
        provenance('http://elsewhere.example/Patient/b'),
      ],
    },
    stray(2),
  ],
  ['an entry that a section refers to', document, { entry: [section('Observation/o'), about('o')] }],
  [
    'an entry that an entry refers to',
    document,
    { entry: [section('Observation/o'), about('o', { subject: { reference: 'Patient/a' } }), entry('a')] },
  ],
  [
    'an entry that a contained resource refers to',
    document,
    {
      entry: [
        section('Observation/o'),
        about('o', {
          performer: [{ reference: '#r' }],
          contained: [{ resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/d' } }],
        }),
        { fullUrl: at('Practitioner/d'), resource: { resourceType: 'Practitioner', id: 'd' } },
      ],
    },
  ],
  [
    'an entry that an extension refers to',
    document,
    { entry: [letter({ extension: [{ url: at('e'), valueReference: { reference: 'Patient/a' } }] }), entry('a')] },
  ],
  ['an entry whose whole address is referred to', document, { entry: [section(at('Observation/o')), about('o')] }],
  [
    'an entry whose version is referred to',
    document,
    { entry: [section('Observation/o/_history/1'), about('o', { meta: { versionId: '1' } })] },
  ],
  [
    'Provenance of the Composition, and who is behind it',
    document,
    { entry: [letter(), provenance('Composition/c'), entry('a')] },
  ],
  [
    'a picture that the narrative shows',
    document,
    {
      entry: [
        letter({
          text: {
            status: 'generated',
            div: '<div xmlns="http://www.w3.org/1999/xhtml"><img src="Binary/b" alt="x"/></div>',
          },
        }),
        {
          fullUrl: at('Binary/b'),
          resource: { resourceType: 'Binary', id: 'b', contentType: 'image/png', data: 'AAAA' },
        },
      ],
    },
  ],
  [
    'a stylesheet',
    document,
    {
      entry: [
        letter(),
        {
          fullUrl: at('Binary/b'),
          resource: { resourceType: 'Binary', id: 'b', contentType: 'text/css', data: 'AAAA' },
        },
      ],
    },
  ],
  ['entries that refer to nothing, in a collection', bundle, { entry: [letter(), entry('a')] }],
];

/** What R4's pages say of requests and documents. */
export const wordedEntryRows: readonly Row[] = [...requestRows, ...documentRows];
