import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { indexBundle } from '../../src/validate/bundle/bundleIndex.js';
import { validate } from '../../src/validate/validate.js';
import {
  bundle,
  composition,
  entry,
  findings,
  GONE,
  HOME,
  O1,
  observation,
  P1,
  patient,
  post,
  put,
  table,
} from '../support/bundles.js';

describe('a Bundle in a Bundle', () => {
  const inner = bundle('collection', entry(observation(GONE), O1), entry(observation(P1), P1.replace(/01$/, '03')));
  table([
    [
      'follows its references in itself, and the outer one in the outer one',
      bundle('collection', entry(patient(), P1), entry({ ...inner, id: 'b1' }), entry(observation(GONE), O1)),
      'warning bundle-reference-outside Bundle.entry[1].resource.entry[0].resource.subject',
      'warning bundle-reference-outside Bundle.entry[1].resource.entry[1].resource.subject',
      'warning bundle-reference-outside Bundle.entry[2].resource.subject',
    ],
    [
      'has its own fullUrls',
      bundle('searchset', entry({ ...bundle('collection', entry(patient('1'), `${HOME}/Patient/2`)), id: 'b1' })),
      'error fullurl-id Bundle.entry[0].resource.entry[0].fullUrl',
    ],
    [
      'is followed from Parameters, too',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'x' },
          { name: 'y', resource: bundle('collection', entry(patient(), P1), entry(observation(GONE), O1)) },
        ],
      },
      'warning bundle-reference-outside Parameters.parameter[1].resource.entry[1].resource.subject',
    ],
  ]);
});

describe('a Bundle of any shape', () => {
  const wrong = [null, undefined, 7, 'x', [], {}, true, [null], [[]], [7]];
  it('is looked at to its end', () => {
    const probe = entry(observation(P1), O1);
    for (const value of wrong) {
      const inputs = [
        { resourceType: 'Bundle', type: value, entry: [probe] },
        { resourceType: 'Bundle', type: 'collection', entry: value },
        ...['collection', 'document', 'message', 'transaction', 'batch', 'searchset', 'history'].flatMap((type) => [
          bundle(type, value, probe, value),
          bundle(type, { ...probe, fullUrl: value }, probe),
          bundle(type, { ...probe, resource: value }, { fullUrl: P1, resource: value }),
          bundle(type, entry(patient('1', { meta: value }), P1), entry(observation(`${P1}/_history/1`), O1)),
          bundle(type, { ...probe, request: value }),
          bundle(type, { ...probe, request: { method: value, url: value } }),
          bundle(type, { ...probe, request: { method: 'PUT', url: value } }),
          bundle(type, entry({ ...observation(P1), id: value }, `${HOME}/Observation/1`, put('Observation/1'))),
          bundle(type, entry({ resourceType: value }, `${HOME}/Observation/1`, put('Observation/1')), probe),
        ]),
      ];
      for (const input of inputs) expect(findings(input).some((found) => found.includes('unreadable'))).toBe(false);
    }
  });

  it('shows no value of the record', () => {
    const secret = 'Zq7x';
    const leaky = [
      bundle('collection', entry(patient(secret), `${HOME}/Patient/1`), entry(patient('1'), secret)),
      bundle(
        'document',
        entry(composition({ subject: { reference: `Patient/${secret}` } }), P1),
        entry(patient(secret)),
      ),
      bundle('collection', entry(observation(`urn:uuid:${secret}`), O1), entry(observation(secret), P1)),
      bundle('batch', entry(observation(`Patient?name=${secret}`), O1, put(`Observation/${secret}`))),
      bundle(
        'transaction',
        entry(observation(`Patient/${secret}`), O1, post('Observation')),
        entry(patient(secret), P1, post('Patient')),
      ),
    ];
    for (const input of leaky) {
      expect(findings(input).length).not.toBe(0);
      expect(JSON.stringify(validate(input))).not.toContain(secret);
    }
  });

  it('is indexed once, however many entries it has', () => {
    const count = 100_000;
    const entries = Array.from({ length: count }, (_, index) => entry(patient(`${index}`)));
    const index = indexBundle(bundle('collection', ...entries), 0);
    // Were it gone through for each reference, this would take hours.
    const astray = entries.filter((_, at) => index.follow(`Patient/${count - at - 1}`, at) !== count - at - 1);
    expect(astray).toHaveLength(0);
  });
});

/** What is found in HL7's own examples: each is a fault of the example. */
describe('HL7’s examples of Bundles', () => {
  const FAULTS: Readonly<Record<string, readonly string[]>> = {
    // The id of the resource is pat2.
    'Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json': ['error fullurl-id Bundle.entry[2].fullUrl'],
    'Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json': [
      // A relative reference to an OperationOutcome that has a URN, from a MessageHeader that has a URN.
      'error bundle-reference-unresolved Bundle.entry[0].resource.response.details',
      'error fullurl-id Bundle.entry[3].fullUrl',
    ],
    // A relative reference to what has an address, from an entry that has a URN.
    'Bundle-father.json': ['warning bundle-reference-outside Bundle.entry[5].resource.requester'],
    // Every fullUrl has an id that begins with lri-, no Observation has.
    'Bundle-lri-example.json': Array.from(
      { length: 16 },
      (_, at) => `error fullurl-id Bundle.entry[${at + 1}].fullUrl`,
    ),
    // Relative references to what the transaction creates, from an entry that has a URN.
    'Bundle-xds.json': ['subject', 'author[0]', 'author[1]'].map(
      (path) => `warning bundle-reference-outside Bundle.entry[0].resource.${path}`,
    ),
  };

  it('have these faults and no others', () => {
    const folder = join('node_modules', 'hl7.fhir.r4.examples');
    const files = readdirSync(folder).filter((file) => file.startsWith('Bundle-'));
    expect(files).toHaveLength(44);
    for (const file of files) {
      const found = findings(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      expect([file, found.filter((one) => !/ reference-t/.test(one))]).toStrictEqual([file, FAULTS[file] ?? []]);
    }
  });
});
