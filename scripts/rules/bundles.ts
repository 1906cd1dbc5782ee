import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, on, onEach } from './entry.js';
import { minimal } from './minimal.js';

const bundle = onEach('Bundle', { type: 'collection' });
const transaction = onEach('Bundle', { type: 'transaction' });
const batch = onEach('Bundle', { type: 'batch' });

const HOME = 'http://example.org/fhir';
const P1 = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
const O1 = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b02';
const lee = { resourceType: 'Patient', id: 'lee' };
const LEE = { fullUrl: `${HOME}/Patient/lee`, resource: lee };
const unborn = { resourceType: 'Patient' };
const post = (url: string): JsonObject => ({ request: { method: 'POST', url } });
const put = (url: string): JsonObject => ({ request: { method: 'PUT', url } });
const observation = (reference: string): JsonObject => ({
  ...minimal('Observation'),
  status: 'final',
  subject: { reference },
});

const letter = {
  fullUrl: `${HOME}/Composition/letter`,
  resource: { ...minimal('Composition'), id: 'letter', author: [{ display: 'Dr Lee' }] },
};
const letterOf = (reference: string): JsonObject => ({
  ...letter,
  resource: { ...letter.resource, subject: { reference } },
});
const document = onEach('Bundle', {
  type: 'document',
  identifier: { system: 'http://example.org/documents', value: '1' },
  timestamp: '2024-05-01T10:00:00Z',
});
const message = {
  fullUrl: `${HOME}/MessageHeader/m1`,
  resource: { ...minimal('MessageHeader'), id: 'm1' },
};

/** The invariants of Bundle. */
export const bundleInvariants: Entries = {
  'bdl-1': bundle(
    'Take the total away, or make the Bundle the searchset or history that it is of.',
    { type: 'searchset', total: 1, entry: [LEE] },
    { total: 1, entry: [LEE] },
  ),
  'bdl-2': bundle(
    'Take search out of the entries, or make the Bundle the searchset that it is of.',
    { type: 'searchset', entry: [{ ...LEE, search: { mode: 'match' } }] },
    { entry: [{ ...LEE, search: { mode: 'match' } }] },
    'entry[0]',
  ),
  'bdl-3': transaction(
    'Give each entry of a batch, transaction or history its request; in a Bundle of another type, take it out.',
    { entry: [{ ...LEE, ...put('Patient/lee') }] },
    { entry: [LEE] },
    'entry[0]',
  ),
  'bdl-4': on(
    'Bundle',
    'Give each entry of a response or history its response; in a Bundle of another type, take it out.',
    { type: 'batch-response', entry: [{ response: { status: '200 OK' } }] },
    { type: 'batch-response', entry: [LEE] },
    'entry[0]',
  ),
  'bdl-5': bundle(
    'Put a resource into the entry, or take the entry out.',
    { entry: [LEE] },
    { entry: [{ fullUrl: LEE.fullUrl }] },
    'entry[0]',
  ),
  'bdl-7': bundle(
    'Keep one of the entries, or give each its meta.versionId where they are versions of one resource.',
    { entry: [LEE] },
    { entry: [LEE, LEE] },
    'entry[1]',
  ),
  'bdl-8': bundle(
    'Cut /_history/ and what follows off the fullUrl; the version stands in meta.versionId.',
    { entry: [LEE] },
    { entry: [{ ...LEE, fullUrl: `${LEE.fullUrl}/_history/1` }] },
    'entry[0]',
  ),
  'bdl-9': document(
    'Give the document an identifier with a system and a value.',
    { entry: [letter] },
    { identifier: undefined, entry: [letter] },
  ),
  'bdl-10': document(
    'Give the document a timestamp: when it was put together.',
    { entry: [letter] },
    { timestamp: undefined, entry: [letter] },
  ),
  'bdl-11': document(
    'Make the Composition the first entry.',
    { entry: [letterOf(LEE.fullUrl), LEE] },
    { entry: [LEE, letterOf(LEE.fullUrl)] },
    'entry[0]',
  ),
  'bdl-12': on(
    'Bundle',
    'Make the MessageHeader the first entry.',
    { type: 'message', entry: [message, LEE] },
    { type: 'message', entry: [LEE, message] },
    'entry[0]',
  ),
};

/** What R4's pages, and not its invariants, ask of a Bundle. */
export const bundles: Entries = {
  'fullurl-not-absolute': bundle(
    'Write the whole address (https://…), or urn:uuid: and a UUID where the resource has none.',
    { entry: [LEE] },
    { entry: [{ fullUrl: 'Patient/lee', resource: lee }] },
    'entry[0].fullUrl',
  ),
  'fullurl-missing': bundle(
    'Give the entry a fullUrl: the address of its resource, or urn:uuid: and a UUID.',
    { entry: [LEE] },
    { entry: [{ resource: lee }] },
    'entry[0].fullUrl',
  ),
  'fullurl-id': bundle(
    'Make the fullUrl end with the type and id of the resource, or use a urn:uuid.',
    { entry: [LEE] },
    { entry: [{ ...LEE, resource: { ...lee, id: 'ann' } }] },
    'entry[0].fullUrl',
  ),
  'request-url-mismatch': transaction(
    'PUT the resource to its own type and id; to create one whose id the server chooses, POST it to its type.',
    { entry: [{ resource: lee, ...put('Patient/lee') }] },
    { entry: [{ resource: lee, ...put('Patient/ann') }] },
    'entry[0].request.url',
  ),
  'transaction-repeated': transaction(
    'Keep one of the entries, or send the others in a transaction of their own.',
    { entry: [{ resource: lee, ...put('Patient/lee') }] },
    { entry: [{ resource: lee, ...put('Patient/lee') }, { request: { method: 'DELETE', url: 'Patient/lee' } }] },
    'entry[1]',
  ),
  'search-outcome': on(
    'Bundle',
    'Give what the search found the mode match, and what it brought along include.',
    { type: 'searchset', entry: [{ ...LEE, search: { mode: 'match' } }] },
    { type: 'searchset', entry: [{ ...LEE, search: { mode: 'outcome' } }] },
    'entry[0]',
  ),
  'document-entry-unreferenced': document(
    'Refer to it from the Composition, or from what that refers to, or take the entry out.',
    { entry: [letterOf(LEE.fullUrl), LEE] },
    { entry: [letter, LEE] },
    'entry[1]',
  ),
  'bundle-reference-unresolved': transaction(
    'Add an entry for what is referred to, or point at its fullUrl as it stands there.',
    {
      entry: [
        { fullUrl: P1, resource: unborn, ...post('Patient') },
        { resource: observation(P1), ...post('Observation') },
      ],
    },
    { entry: [{ resource: observation(P1), ...post('Observation') }] },
    'entry[0].resource.subject',
  ),
  'bundle-reference-outside': bundle(
    'Add an entry for what is referred to, or write the whole address of a resource on a server.',
    { entry: [{ fullUrl: O1, resource: observation(`${HOME}/Patient/lee`) }] },
    { entry: [{ fullUrl: O1, resource: observation('Patient/lee') }] },
    'entry[0].resource.subject',
  ),
  'bundle-reference-ambiguous': bundle(
    'Name the version that is meant: Patient/lee/_history/2.',
    {
      entry: [
        { ...LEE, resource: { ...lee, meta: { versionId: '1' } } },
        { ...LEE, resource: { ...lee, meta: { versionId: '2' } } },
        { fullUrl: O1, resource: observation(`${HOME}/Patient/lee/_history/2`) },
      ],
    },
    {
      entry: [
        { ...LEE, resource: { ...lee, meta: { versionId: '1' } } },
        { ...LEE, resource: { ...lee, meta: { versionId: '2' } } },
        { fullUrl: O1, resource: observation(`${HOME}/Patient/lee`) },
      ],
    },
    'entry[2].resource.subject',
  ),
  'batch-reference': batch(
    'Make the Bundle a transaction, or send what is referred to first, and point at it where it is then.',
    {
      type: 'transaction',
      entry: [
        { fullUrl: P1, resource: unborn, ...post('Patient') },
        { resource: observation(P1), ...post('Observation') },
      ],
    },
    {
      entry: [
        { fullUrl: P1, resource: unborn, ...post('Patient') },
        { resource: observation(P1), ...post('Observation') },
      ],
    },
    'entry[1].resource.subject',
  ),
  'conditional-reference': batch(
    'Make the Bundle a transaction, or look the resource up and point at it by its id.',
    {
      type: 'transaction',
      entry: [{ resource: observation('Patient?identifier=http://example.org/mrn|1'), ...post('Observation') }],
    },
    {
      entry: [{ resource: observation('Patient?identifier=http://example.org/mrn|1'), ...post('Observation') }],
    },
    'entry[0].resource.subject',
  ),
};
