import { describe, expect, it } from '@jest/globals';
import { validate } from '../../src/validate/validate.js';
import {
  author,
  bundle,
  composition,
  entry,
  findings,
  GONE,
  HOME,
  header,
  type Json,
  O1,
  observation,
  P1,
  patient,
  post,
  put,
  table,
  version,
} from '../support/bundles.js';

describe('a reference in a collection', () => {
  const inCollection = (reference: string, ...others: Json[]) =>
    bundle('collection', ...others, entry(observation(reference, { id: 'o1' })));
  const unmoored = (reference: string, ...others: Json[]) =>
    bundle('collection', ...others, entry(observation(reference), O1));
  const outside = (index: number) => `warning bundle-reference-outside Bundle.entry[${index}].resource.subject`;
  const ambiguous = 'warning bundle-reference-ambiguous Bundle.entry[2].resource.subject';
  const versions = [entry(patient('1', version('1'))), entry(patient('1', version('2')))];
  table([
    ['finds a URN', inCollection(P1, entry(patient(), P1))],
    ['finds an OID', inCollection('urn:oid:1.2.3', entry(patient(), 'urn:oid:1.2.3'))],
    ['misses a URN that no entry has', inCollection(GONE, entry(patient(), P1)), outside(1)],
    [
      'misses a URN in another case',
      inCollection(P1.toUpperCase().replace('URN:UUID', 'urn:uuid'), entry(patient(), P1)),
      outside(1),
    ],
    ['finds a relative one at its own base', inCollection('Patient/1', entry(patient('1')))],
    ['may leave for its own server', inCollection('Patient/1')],
    ['may leave for another server', inCollection('https://other.example.org/Patient/1')],
    [
      'may leave for its own server past another one’s',
      inCollection('Patient/1', entry(patient('1'), 'https://b.example.org/Patient/1')),
    ],
    ['means nothing if relative, in an entry with a URN', unmoored('Patient/1'), outside(0)],
    ['means nothing there beside an entry of that id', unmoored('Patient/1', entry(patient('1'))), outside(1)],
    ['finds an absolute one from an entry with a URN', unmoored(`${HOME}/Patient/1`, entry(patient('1')))],
    [
      'is not blamed for the fullUrl that its entry lacks',
      bundle('collection', { resource: observation('Patient/1') }),
      'error fullurl-missing Bundle.entry[0].fullUrl',
    ],
    ['finds a version', inCollection('Patient/1/_history/2', ...versions)],
    ['finds a version absolutely', inCollection(`${HOME}/Patient/1/_history/1`, ...versions)],
    ['may leave for a version', inCollection('Patient/1/_history/3', ...versions)],
    ['misses a version of a URN', inCollection(`${P1}/_history/3`, entry(patient('1', version('1')), P1)), outside(1)],
    ['wants a version where there are several', inCollection('Patient/1', ...versions), ambiguous],
    [
      'is no search',
      inCollection('Patient?identifier=x'),
      'error conditional-reference Bundle.entry[0].resource.subject',
    ],
    ['may be contained', bundle('collection', entry(observation('#p', { contained: [patient('p')] }), O1))],
    ['may be logical', bundle('collection', entry(observation('', { subject: { identifier: { value: 'x' } } }), O1))],
    [
      'is followed from contained resources, too',
      bundle(
        'collection',
        entry(observation('#p', { contained: [patient('p', { managingOrganization: { reference: GONE } })] }), O1),
      ),
      'warning bundle-reference-outside Bundle.entry[0].resource.contained[0].managingOrganization',
    ],
    [
      'is followed from extensions of the entry, too',
      bundle(
        'collection',
        entry(patient(), P1),
        entry(patient(), O1, { extension: [{ url: 'http://a.b', valueReference: { reference: GONE } }] }),
      ),
      'warning bundle-reference-outside Bundle.entry[1].extension[0].value',
    ],
    [
      'says nothing of a relative one outside of the entries',
      { ...bundle('collection'), signature: { who: { reference: 'Patient/1' } } },
    ],
  ]);
});

describe('the words of a reference that leads to no entry', () => {
  const saidOf = (...others: Json[]): string[] =>
    validate(
      bundle('document', entry(composition({ subject: { reference: 'Patient/1' } })), author, ...others),
    ).issue.flatMap(({ details, diagnostics = '' }) =>
      details?.coding?.[0]?.code === 'bundle-reference-unresolved' ? [diagnostics] : [],
    );

  it('tell whether the Bundle has a resource of this type and id elsewhere', () => {
    const elsewhere = entry(patient('1'), 'https://other.example.org/Patient/1');
    expect(saidOf(elsewhere)[0]).toMatch(/^The Bundle holds a resource of this type and id, /);
    expect(saidOf()[0]).not.toMatch(/holds a resource/);
  });
});

describe('a reference in a document', () => {
  const document = (more: Json, ...others: Json[]) => bundle('document', entry(composition(more)), author, ...others);
  const at = (path: string) => `error bundle-reference-unresolved Bundle.entry[0].resource.${path}`;
  const away = { reference: 'https://other.example.org/Basic/1' };
  table([
    ['finds what the Composition names', document({ subject: { reference: 'Patient/1' } }, entry(patient('1')))],
    ['misses the subject', document({ subject: { reference: 'Patient/1' } }), at('subject')],
    ['misses the subject of another server', document({ subject: away }), at('subject')],
    ['misses the encounter', document({ encounter: { reference: 'Encounter/1' } }), at('encounter')],
    [
      'misses an author',
      document({ author: [{ reference: 'Practitioner/pr1' }, { reference: 'Device/1' }] }),
      at('author[1]'),
    ],
    [
      'misses an attester',
      document({ attester: [{ mode: 'legal', party: { reference: 'Patient/1' } }] }),
      at('attester[0].party'),
    ],
    ['misses the custodian', document({ custodian: { reference: 'Organization/1' } }), at('custodian')],
    ['misses the detail of an event', document({ event: [{ detail: [away] }] }), at('event[0].detail[0]')],
    ['misses what a section is of', document({ section: [{ focus: away }] }), at('section[0].focus')],
    [
      'misses the author of a section',
      document({ section: [{ author: [{ reference: 'Device/1' }] }] }),
      at('section[0].author[0]'),
    ],
    [
      'misses an entry of a section in a section',
      document({ section: [{ section: [{ section: [{ entry: [away] }] }] }] }),
      at('section[0].section[0].section[0].entry[0]'),
    ],
    [
      'misses a version',
      document({ subject: { reference: 'Patient/1/_history/2' } }, entry(patient('1', version('1')))),
      at('subject'),
    ],
    [
      'may name another document',
      document({ relatesTo: [{ code: 'replaces', targetReference: { reference: 'Composition/2' } }] }),
    ],
    ['may leave from an extension', document({ extension: [{ url: 'http://a.b', valueReference: away }] })],
    ['may leave from other resources', document({}, entry(observation('Patient/1', { id: 'o1' })))],
    ['may leave from another Composition', document({}, entry(composition({ id: 'c2', subject: away })))],
    [
      'misses a URN everywhere',
      document({}, entry(observation(GONE, { id: 'o1' }))),
      'error bundle-reference-unresolved Bundle.entry[2].resource.subject',
    ],
    [
      'means nothing if relative, in an entry with a URN',
      document({}, entry(observation('Patient/1'), O1)),
      'warning bundle-reference-outside Bundle.entry[2].resource.subject',
    ],
    [
      'misses the subject from a Composition with a URN',
      bundle(
        'document',
        entry(
          composition({ author: [{ reference: `${HOME}/Practitioner/pr1` }], subject: { reference: 'Patient/1' } }),
          O1,
        ),
        author,
        entry(patient('1'), P1),
      ),
      at('subject'),
    ],
  ]);
});

describe('a reference in a message', () => {
  const message = (more: Json, ...others: Json[]) => bundle('message', entry(header(more)), ...others);
  const at = (path: string) => `error bundle-reference-unresolved Bundle.entry[0].resource.${path}`;
  const details = { reference: 'OperationOutcome/1' };
  table([
    ['finds the focus', message({ focus: [{ reference: 'Patient/1' }] }, entry(patient('1')))],
    [
      'misses the focus',
      message({ focus: [{ reference: P1 }, { reference: 'Patient/1' }] }, entry(patient(), P1)),
      at('focus[1]'),
    ],
    [
      'misses the details of a response',
      message({ response: { identifier: 'x', code: 'ok', details } }),
      at('response.details'),
    ],
    ['may name a sender outside', message({ sender: { reference: 'Organization/1' } })],
    [
      'may leave from the focus',
      message({ focus: [{ reference: 'Observation/o1' }] }, entry(observation('Patient/1', { id: 'o1' }))),
    ],
    ['misses a URN everywhere', message({ sender: { reference: GONE } }), at('sender')],
  ]);
});

describe('a reference in a transaction', () => {
  const transaction = (reference: string, ...others: Json[]) =>
    bundle('transaction', ...others, entry(observation(reference), O1, post('Observation')));
  table([
    ['finds a URN', transaction(P1, entry(patient(), P1, post('Patient')))],
    [
      'misses a URN that no entry has',
      transaction(GONE),
      'error bundle-reference-unresolved Bundle.entry[0].resource.subject',
    ],
    ['may be a search', transaction('Patient?identifier=http://a.b|x')],
    ['may name what the server has', transaction('Patient/1')],
    ['may name what the Bundle updates', transaction('Patient/1', entry(patient('1'), P1, put('Patient/1')))],
    [
      'does not name what the Bundle creates by an id that it will not have',
      transaction('Patient/1', entry(patient('1'), P1, post('Patient'))),
      'warning bundle-reference-outside Bundle.entry[1].resource.subject',
    ],
    ['may have any version', transaction(`${P1}/_history/7`, entry(patient(), P1, post('Patient')))],
    [
      'may lead in a circle',
      bundle(
        'transaction',
        entry(patient('1', { link: [{ other: { reference: P1 }, type: 'seealso' }] }), P1, post('Patient')),
      ),
    ],
  ]);
});

describe('a reference in a batch', () => {
  const batch = (reference: string, ...others: Json[]) =>
    bundle('batch', ...others, entry(observation(reference), O1, post('Observation')));
  const at = (index: number) => `Bundle.entry[${index}].resource.subject`;
  table([
    [
      'is not to what another entry creates',
      batch(P1, entry(patient(), P1, post('Patient'))),
      `error batch-reference ${at(1)}`,
    ],
    ['may be to what another entry updates', batch(P1, entry(patient('1'), P1, put('Patient/1')))],
    ['misses a URN that no entry has', batch(GONE), `error bundle-reference-unresolved ${at(0)}`],
    ['may name what the server has', batch('Patient/1')],
    [
      'may be to its own entry',
      bundle('batch', entry({ ...observation('Patient/1'), focus: [{ reference: O1 }] }, O1, post('Observation'))),
    ],
    ['is no search', batch('Patient?identifier=x'), `error conditional-reference ${at(0)}`],
  ]);
});

describe('a reference in what a server gives back', () => {
  for (const type of ['searchset', 'history', 'transaction-response', 'batch-response']) {
    const versions = [entry(patient('1', version('1'))), entry(patient('1', version('2')))];
    const references = [GONE, 'Patient/1', 'Patient/2', 'patients/2'];
    it(`may lead anywhere in a ${type}`, () => {
      const observations = references.map((reference, index) => entry(observation(reference, { id: `o${index}` })));
      expect(findings(bundle(type, ...versions, ...observations))).toStrictEqual([]);
    });
  }
});

describe('the type of what a reference leads to', () => {
  const subject = (target: Json, more: Json = {}) =>
    bundle('searchset', entry(target, P1), entry({ ...observation(P1), subject: { reference: P1, ...more } }, O1));
  table([
    ['may be one that R4 allows', subject(patient())],
    [
      'is one that R4 allows',
      subject({ resourceType: 'Basic' }),
      'error reference-target Bundle.entry[1].resource.subject',
    ],
    [
      'is the one that is stated',
      subject(patient(), { type: 'Group' }),
      'error reference-type Bundle.entry[1].resource.subject',
    ],
    [
      'is nobody’s guess where there are several',
      bundle(
        'history',
        entry({ resourceType: 'Basic', ...version('1') }, P1),
        entry(patient(undefined, version('2')), P1),
        entry(observation(P1), O1),
      ),
    ],
  ]);
});
