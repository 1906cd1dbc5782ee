import { describe } from '@jest/globals';
import {
  bundle,
  composition,
  entry,
  HOME,
  header,
  type Json,
  P1,
  patient,
  post,
  put,
  table,
} from '../support/bundles.js';

describe('the fullUrl of an entry', () => {
  const collection = (resource: Json, fullUrl: string) => bundle('collection', entry(resource, fullUrl));
  const AT = 'Bundle.entry[0].fullUrl';
  table([
    ['is absolute', collection(patient('1'), 'Patient/1'), `error fullurl-not-absolute ${AT}`],
    [
      'is absolute in a transaction, too',
      bundle('transaction', entry(patient('1'), '/Patient/1', put('Patient/1'))),
      `error fullurl-not-absolute ${AT}`,
    ],
    ['has the id of the resource', collection(patient('1'), `${HOME}/Patient/2`), `error fullurl-id ${AT}`],
    ['has the type of the resource', collection(patient('1'), `${HOME}/Person/1`), `error fullurl-id ${AT}`],
    ['has its id before a version', collection(patient('1'), `${HOME}/Patient/2/_history/1`), `error fullurl-id ${AT}`],
    ['may be that of the resource', collection(patient('1'), `${HOME}/Patient/1`)],
    ['may be a UUID beside any id', collection(patient('1'), P1)],
    ['may be an OID beside any id', collection(patient('1'), 'urn:oid:1.2.3')],
    ['may be no address on a server', collection(patient('1'), 'http://example.org/patients?number=2')],
    ['may be another protocol’s', collection(patient('1'), 'ftp://example.org/Patient/2')],
    ['is none of what has no id', collection(patient(), `${HOME}/Patient/1`), `error fullurl-id ${AT}`],
    [
      'may be there before the id, in what is to be created',
      bundle('transaction', entry(patient(), `${HOME}/Patient/1`, post('Patient'))),
    ],
  ]);
});

describe('an entry without a fullUrl', () => {
  const missing = 'error fullurl-missing Bundle.entry[0].fullUrl';
  const resource = patient('1');
  const response = { response: { status: '200' } };
  table([
    ['is a fault in a collection', bundle('collection', { resource }), missing],
    ['is a fault in a collection without an id, too', bundle('collection', { resource: patient() }), missing],
    [
      'is a fault in a document',
      bundle('document', { resource: composition({ author: [{ display: 'x' }] }) }),
      missing,
    ],
    ['is a fault in a message', bundle('message', { resource: header({}) }), missing],
    ['is a fault in a search result', bundle('searchset', { resource }), missing],
    ['is a fault in a history', bundle('history', { resource, ...response, ...put('Patient/1') }), missing],
    [
      'is right for a search’s outcome',
      bundle('searchset', { resource: { resourceType: 'OperationOutcome', id: '1' } }),
    ],
    ['is right where nothing identifies it', bundle('searchset', { resource: patient() })],
    ['is right for a creation in a history', bundle('history', { resource, ...response, ...post('Patient') })],
    ['is right in a history without a resource', bundle('history', { ...response, ...put('Patient/1') })],
    ['is right in a transaction', bundle('transaction', { resource, ...put('Patient/1') })],
    ['is right in a batch', bundle('batch', { resource: patient(), ...post('Patient') })],
    ['is right in a response', bundle('transaction-response', { resource, ...response })],
    ['is right in a Bundle of a type that R4 does not have', bundle('feed', { resource })],
  ]);
});

describe('a PUT', () => {
  const request = (resource: Json, url: string, type = 'transaction') =>
    bundle(type, entry(resource, P1, put(url)), { request: { method: 'DELETE', url: 'Patient/9' } });
  const mismatch = 'error request-url-mismatch Bundle.entry[0].request.url';
  table([
    ['names the id of its resource', request(patient('1'), 'Patient/2'), mismatch],
    ['names the type of its resource', request(patient('1'), 'Person/1'), mismatch],
    ['brings an id', request(patient(), 'Patient/1'), mismatch],
    ['is held to this in a batch', request(patient('1'), 'Patient/2', 'batch'), mismatch],
    ['may be right', request(patient('1'), 'Patient/1')],
    ['may begin with a slash', request(patient('1'), '/Patient/1')],
    ['is not right for its slash', request(patient('1'), '/Patient/2'), mismatch],
    ['may be absolute', request(patient('1'), `${HOME}/Patient/1`)],
    ['may be conditional', request(patient(), 'Patient?identifier=x')],
    ['is history where it was done', bundle('history', entry(patient('1'), undefined, put('Patient/2')))],
    ['is not meant by a POST', bundle('transaction', entry(patient('1'), P1, post('Patient')))],
  ]);
});

describe('the outcome of a search', () => {
  const outcome = (resource: Json): Json => bundle('searchset', { ...entry(resource), search: { mode: 'outcome' } });
  table([
    [
      'is an OperationOutcome',
      outcome({ resourceType: 'OperationOutcome', id: '1', issue: [{ severity: 'warning', code: 'value' }] }),
    ],
    ['is nothing that was found', outcome(patient('1')), 'error search-outcome Bundle.entry[0]'],
    [
      'is meant in a searchset only',
      bundle('collection', { ...entry(patient('1'), `${HOME}/Patient/1`), search: { mode: 'outcome' } }),
    ],
  ]);
});
