import type { JsonObject } from '../../src/lens/json.js';
import { type Entries, onEach } from './entry.js';
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
    'PUT the resource to its own type and id; to create one whose id the server chooses, POST it.',
    { entry: [{ resource: lee, ...put('Patient/lee') }] },
    { entry: [{ resource: lee, ...put('Patient/ann') }] },
    'entry[0].request.url',
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
