import type { JsonObject } from '../../../src/lens/json.js';
import { bundle, composition, type InvariantRows, observation, patient, type Row } from '../../support/validation.js';

const at = (path: string) => `http://example.org/${path}`;
const entry = (id: string, more: JsonObject = {}): JsonObject => ({
  fullUrl: at(`Patient/${id}`),
  resource: { ...patient, id },
  ...more,
});
const request = { method: 'GET', url: 'Patient/a' };
const response = { status: '200 OK' };

const batch: JsonObject = { resourceType: 'Bundle', type: 'batch', entry: [entry('a', { request })] };
const history: JsonObject = { resourceType: 'Bundle', type: 'history', entry: [entry('a', { request, response })] };
const found: JsonObject = { resourceType: 'Bundle', type: 'searchset' };
const letter = { fullUrl: at('Composition/c'), resource: { ...composition, id: 'c', author: [{ display: 'a' }] } };
const letterTo = (id: string) => ({
  ...letter,
  resource: { ...letter.resource, subject: { reference: at(`Patient/${id}`) } },
});
const document: JsonObject = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: at('ids'), value: 'a' },
  timestamp: '2024-05-01T10:00:00Z',
  entry: [letter],
};
const event = { eventUri: at('event'), source: { endpoint: at('source') } };
const header = { fullUrl: at('MessageHeader/m'), resource: { resourceType: 'MessageHeader', id: 'm', ...event } };
const message: JsonObject = { resourceType: 'Bundle', type: 'message', entry: [header] };
const versioned = (version: string) => ({ resource: { ...patient, id: 'a', meta: { versionId: version } } });

/** The rules of Bundles, at the Bundle or at the entry that breaks them. */
export const bundleRows: InvariantRows = {
  'bdl-1': [
    ['a total of no search', bundle, { total: 0 }, 'error bdl-1 Bundle'],
    ['a total of a search', found, { total: 0 }],
    ['a total of a history', history, { total: 1 }],
  ],
  'bdl-2': [
    [
      'a match of no search',
      bundle,
      { entry: [entry('a'), entry('b', { search: { mode: 'match' } })] },
      'error bdl-2 Bundle.entry[1]',
    ],
    ['a match of a search', found, { entry: [entry('a', { search: { mode: 'match' } })] }],
  ],
  'bdl-3': [
    [
      'an entry of a batch without a request',
      batch,
      { entry: [entry('a', { request }), entry('b')] },
      'error bdl-3 Bundle.entry[1]',
    ],
    [
      'an entry of a transaction without a request',
      { ...batch, type: 'transaction' },
      { entry: [entry('b')] },
      'error bdl-3 Bundle.entry[0]',
    ],
    [
      'an entry of a history without a request',
      history,
      { entry: [entry('a', { response })] },
      'error bdl-3 Bundle.entry[0]',
    ],
    ['a request in a collection', bundle, { entry: [entry('a', { request })] }, 'error bdl-3 Bundle.entry[0]'],
    [
      'a transaction of requests',
      { ...batch, type: 'transaction' },
      { entry: [entry('a', { request }), entry('b', { request })] },
    ],
    ['a batch of nothing', batch, { entry: undefined }],
  ],
  'bdl-4': [
    [
      'an entry of a response without one',
      { resourceType: 'Bundle', type: 'batch-response' },
      { entry: [entry('a')] },
      'error bdl-4 Bundle.entry[0]',
    ],
    [
      'an entry of the response to a transaction without one',
      { resourceType: 'Bundle', type: 'transaction-response' },
      { entry: [{ response }, entry('a')] },
      'error bdl-4 Bundle.entry[1]',
    ],
    [
      'an entry of a history without a response',
      history,
      { entry: [entry('a', { request })] },
      'error bdl-4 Bundle.entry[0]',
    ],
    ['a response in a collection', bundle, { entry: [entry('a', { response })] }, 'error bdl-4 Bundle.entry[0]'],
    [
      'a response of responses',
      { resourceType: 'Bundle', type: 'batch-response' },
      { entry: [{ response }, { response }] },
    ],
  ],
  'bdl-5': [
    [
      'an entry of an address alone',
      bundle,
      { entry: [entry('a'), { fullUrl: at('Patient/b') }] },
      'error bdl-5 Bundle.entry[1]',
    ],
    ['an entry of a request alone', batch, { entry: [{ request }] }],
    ['an entry of a response alone', { resourceType: 'Bundle', type: 'batch-response' }, { entry: [{ response }] }],
  ],
  'bdl-7': [
    ['two entries of one address', bundle, { entry: [entry('a'), entry('a')] }, 'error bdl-7 Bundle.entry[1]'],
    [
      'two entries of one address and one version',
      bundle,
      { entry: [entry('a', versioned('1')), entry('b'), entry('a', versioned('1'))] },
      'error bdl-7 Bundle.entry[2]',
    ],
    [
      'two entries of one address and two versions',
      bundle,
      { entry: [entry('a', versioned('1')), entry('a', versioned('2'))] },
    ],
    [
      'two entries of one address in a history',
      history,
      { entry: [entry('a', { request, response }), entry('a', { request, response })] },
    ],
    ['two entries of no address', batch, { entry: [{ request }, { request }] }],
  ],
  'bdl-8': [
    [
      'an address of a version',
      bundle,
      { entry: [{ fullUrl: at('Patient/a/_history/1'), resource: { ...patient, id: 'a' } }] },
      'error bdl-8 Bundle.entry[0]',
    ],
    [
      'an address with a word like that',
      bundle,
      { entry: [{ fullUrl: at('_history/Patient/a'), resource: { ...patient, id: 'a' } }] },
      'error bdl-8 Bundle.entry[0]',
    ],
    ['an address without a version', bundle, { entry: [entry('a')] }],
    ['no address', batch, { entry: [{ request }] }],
  ],
  'bdl-9': [
    ['a document without an identifier', document, { identifier: undefined }, 'error bdl-9 Bundle'],
    ['a document whose identifier has no system', document, { identifier: { value: 'a' } }, 'error bdl-9 Bundle'],
    ['a document whose identifier has no value', document, { identifier: { system: at('ids') } }, 'error bdl-9 Bundle'],
    ['a collection without an identifier', bundle, { entry: [entry('a')] }],
  ],
  'bdl-10': [
    ['a document without a date', document, { timestamp: undefined }, 'error bdl-10 Bundle'],
    [
      'a document whose date only an extension carries',
      document,
      { timestamp: undefined, _timestamp: { extension: [{ url: 'http://example.org/a', valueCode: 'unknown' }] } },
      'error bdl-10 Bundle',
    ],
    ['a collection without a date', bundle, { entry: [entry('a')] }],
  ],
  'bdl-11': [
    [
      'a document that begins with a Patient',
      document,
      { entry: [entry('a'), letter] },
      'error bdl-11 Bundle.entry[0]',
    ],
    ['a document of nothing', document, { entry: undefined }, 'error bdl-11 Bundle'],
    ['a document that begins with its Composition', document, { entry: [letterTo('a'), entry('a')] }],
  ],
  'bdl-12': [
    ['a message that begins with a Patient', message, { entry: [entry('a'), header] }, 'error bdl-12 Bundle.entry[0]'],
    ['a message that begins with its header', message, { entry: [header, entry('a')] }],
  ],
};

const about = (reference: string, more: JsonObject = {}) => ({
  fullUrl: at('Observation/o'),
  resource: { ...observation, id: 'o', subject: { reference } },
  ...more,
});
const put = (url: string) => ({ request: { method: 'PUT', url } });
const transaction: JsonObject = { ...batch, type: 'transaction' };

/** A row or two of each rule of Bundles that is not an invariant; bundle.test.ts has the others. */
export const entryRows: readonly Row[] = [
  [
    'an address that is relative',
    bundle,
    { entry: [entry('a', { fullUrl: 'Patient/a' })] },
    'error fullurl-not-absolute Bundle.entry[0].fullUrl',
  ],
  [
    'an address that is not that of its resource',
    bundle,
    { entry: [entry('a', { fullUrl: at('Patient/b') })] },
    'error fullurl-id Bundle.entry[0].fullUrl',
  ],
  [
    'an address of another type',
    bundle,
    { entry: [entry('a', { fullUrl: at('Group/a') })] },
    'error fullurl-id Bundle.entry[0].fullUrl',
  ],
  [
    'an address that is a UUID',
    bundle,
    { entry: [entry('a', { fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' })] },
  ],
  [
    'no address in a collection',
    bundle,
    { entry: [entry('a', { fullUrl: undefined })] },
    'error fullurl-missing Bundle.entry[0].fullUrl',
  ],
  [
    'no address of what a transaction creates',
    transaction,
    { entry: [{ resource: patient, request: { method: 'POST', url: 'Patient' } }] },
  ],
  [
    'a PUT of another id',
    transaction,
    { entry: [entry('a', put('Patient/b'))] },
    'error request-url-mismatch Bundle.entry[0].request.url',
  ],
  [
    'a POST to another type',
    transaction,
    { entry: [{ resource: patient, request: { method: 'POST', url: 'Observation' } }] },
    'error request-url-mismatch Bundle.entry[0].request.url',
  ],
  [
    'a POST to an operation',
    transaction,
    { entry: [{ resource: patient, request: { method: 'POST', url: 'Observation/$a' } }] },
  ],
  ['a PUT of its own id', transaction, { entry: [entry('a', put('Patient/a'))] }],
  [
    'a document that does not hold its subject',
    document,
    { entry: [{ ...letter, resource: { ...letter.resource, subject: { reference: 'Patient/a' } } }] },
    'error bundle-reference-unresolved Bundle.entry[0].resource.subject',
  ],
  [
    'a document that holds its subject',
    document,
    { entry: [{ ...letter, resource: { ...letter.resource, subject: { reference: 'Patient/a' } } }, entry('a')] },
  ],
  [
    'a URN that a collection does not hold',
    bundle,
    { entry: [about('urn:uuid:c757873d-ec9a-4326-a141-556f43239520')] },
    'warning bundle-reference-outside Bundle.entry[0].resource.subject',
  ],
  [
    'a reference to two versions',
    bundle,
    { entry: [entry('a', versioned('1')), entry('a', versioned('2')), about('Patient/a')] },
    'warning bundle-reference-ambiguous Bundle.entry[2].resource.subject',
  ],
  [
    'a reference to one of two versions',
    bundle,
    { entry: [entry('a', versioned('1')), entry('a', versioned('2')), about('Patient/a/_history/2')] },
  ],
  [
    'a reference in a batch to what another entry creates',
    batch,
    {
      entry: [
        {
          fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
          resource: patient,
          request: { method: 'POST', url: 'Patient' },
        },
        about('urn:uuid:c757873d-ec9a-4326-a141-556f43239520', put('Observation/o')),
      ],
    },
    'error batch-reference Bundle.entry[1].resource.subject',
  ],
  [
    'a search in the place of a reference in a batch',
    batch,
    { entry: [about('Patient?identifier=a', put('Observation/o'))] },
    'error conditional-reference Bundle.entry[0].resource.subject',
  ],
  [
    'a search in the place of a reference in a transaction',
    transaction,
    { entry: [about('Patient?identifier=a', put('Observation/o'))] },
  ],
];
