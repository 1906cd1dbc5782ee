import { describe, expect, it } from '@jest/globals';
import { bundleToPayloads, type ConvertOptions, documents } from '../../../src/index.js';
import { ensure } from '../../support/ensure.js';
import { holdsOnResource } from '../../support/laws.js';

const MRN = { system: 'urn:mrn', value: '7' };
const text = { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">Trisomy 21 confirmed</div>' };

/** A document about a subject, with a section about `focus`; within another one where `isInside`. */
function document(subject: object, focus: object, isInside = false, more: object = {}) {
  const section = { title: 'Findings', focus, text };
  return {
    resourceType: 'Composition',
    status: 'final',
    ...more,
    type: { text: 'Note' },
    subject,
    date: '2024-01-01T10:00:00Z',
    author: [{ reference: 'Practitioner/a' }],
    title: 'T',
    confidentiality: 'N',
    section: [
      isInside ? { title: 'Around', text, section: [{ title: 'Between', text, section: [section] }] } : section,
    ],
  };
}

/** Where a document is refused for its focus; none where it is read. */
function refusals(resource: object, options: ConvertOptions = {}): unknown {
  const read = documents.safeFromFhir(resource, options);
  return read.issues.filter(({ severity }) => severity === 'error').map(({ id, expression }) => `${id} ${expression}`);
}

const to = (reference: string) => ({ reference });
const REFUSED = ['section-focus Composition.section[0].focus'];

describe('a section whose focus', () => {
  it.each<[string, object, object]>([
    ['is another patient', to('Patient/p'), to('Patient/fetus')],
    ['is of another type', to('Patient/p'), to('RelatedPerson/p')],
    ['has only words', { ...to('Patient/p'), display: 'Eve' }, { display: 'Eve' }],
    ['says nothing', to('Patient/p'), {}],
    ['is marked as absent', to('Patient/p'), { extension: [{ url: 'urn:x', valueCode: 'unknown' }] }],
    ['may be of another server', to('Patient/p'), to('https://else.example/Patient/p')],
    ['is a urn of nothing that is in reach', to('Patient/p'), to('urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002')],
    [
      'has an identifier of another system',
      { ...to('Patient/p'), identifier: MRN },
      { identifier: { ...MRN, system: 'urn:else' } },
    ],
    [
      'has an identifier without a system',
      { ...to('Patient/p'), identifier: { value: '7' } },
      { identifier: { value: '7' } },
    ],
    [
      'has an identifier of another type',
      { ...to('Patient/p'), identifier: { ...MRN, type: { coding: [{ code: 'MR' }] } } },
      { identifier: { ...MRN, type: { coding: [{ code: 'SS' }] } } },
    ],
  ])('%s refuses the document, at any depth', (_, subject, focus) => {
    expect(refusals(document(subject, focus))).toStrictEqual(REFUSED);
    expect(refusals(document(subject, focus, true))).toStrictEqual([
      'section-focus Composition.section[0].section[0].section[0].focus',
    ]);
    expect(documents.safeToFhir(payloadFor('p'), { onto: document(subject, focus) as never }).ok).toBe(false);
  });

  it.each<[string, object, object, object?]>([
    ['has the text of the subject', to('Patient/p'), { ...to('Patient/p'), display: 'Eve' }],
    ['is a version of the subject', to('Patient/p'), to('Patient/p/_history/3')],
    [
      'has the id of the subject at ClinikAPI',
      to('Patient/pt_1'),
      { type: 'Patient', identifier: { system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' } },
    ],
    [
      'has the identifier of the subject',
      { ...to('Patient/p'), identifier: MRN },
      { identifier: { ...MRN, use: 'official' } },
    ],
    ['is looked for by that', { ...to('Patient/p'), identifier: MRN }, to('Patient?identifier=urn:mrn|7')],
    [
      'is contained, with that',
      { ...to('Patient/p'), identifier: MRN },
      to('#p'),
      { contained: [{ resourceType: 'Patient', id: 'p', identifier: [MRN] }] },
    ],
  ])('%s is about the same', (_, subject, focus, more = {}) => {
    expect(refusals(document(subject, focus, false, more))).toStrictEqual([]);
    expect(refusals(document(subject, focus, true, more))).toStrictEqual([]);
    expect(holdsOnResource(document(subject, focus, true, more))).toBe(true);
  });

  it('is compared by what the id map knows, and never an id of one side with one of the other', () => {
    const map = new Map([
      ['Patient/1', 'a'],
      ['urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002', 'a'],
      ['Patient/0', '1'],
      ['Practitioner/a', 'a'],
    ]);
    const options = { resolveId: (reference: string) => map.get(reference) };
    const urn = to('urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002');
    expect(refusals(document(to('Patient/1'), { ...urn, type: 'Patient' }), options)).toStrictEqual([]);
    expect(refusals(document(to('Patient/0'), to('Patient/1')), options)).toStrictEqual(REFUSED);
  });

  it('is found in the Bundle', () => {
    const urn = 'urn:uuid:6b7f1a52-0d64-4c0e-9d22-000000000002';
    const read = (subject: string, focus: string) =>
      bundleToPayloads({
        resourceType: 'Bundle',
        type: 'document',
        entry: [
          { fullUrl: 'http://s/Composition/c', resource: document(to(subject), to(focus)) },
          { fullUrl: 'http://s/Patient/p', resource: { resourceType: 'Patient', id: 'p', identifier: [MRN] } },
          { fullUrl: urn, resource: { resourceType: 'Patient', id: 'fetus' } },
        ],
      } as never).payloads.documents.length;
    for (const name of ['Patient/p', 'http://s/Patient/p', 'Patient?identifier=urn:mrn|7'])
      expect([name, read('Patient/p', name)]).toStrictEqual([name, 1]);
    expect([read('Patient/p', urn), read(urn, 'Patient/p'), read(urn, urn)]).toStrictEqual([0, 0, 1]);
  });

  it('goes with the patient, where the document is given to another one', () => {
    const before = document(to('Patient/p'), { ...to('Patient/p'), display: 'Eve' }, true);
    const put = documents.safeToFhir(
      { ...payloadFor('q'), sections: documents.fromFhir(before as never).payload.sections },
      { onto: before as never },
    );
    ensure(put.ok);
    expect(JSON.stringify(put.resource)).not.toMatch(/focus|Eve/);
    expect(put.issues.map(({ id }) => id)).toStrictEqual(
      expect.arrayContaining(['put-focus-dropped', 'put-other-patient']),
    );
    expect(documents.fromFhir(put.resource).payload.patientId).toBe('q');
  });
});

function payloadFor(patientId: string) {
  return {
    ...({ status: 'final', type: 'Note', practitionerId: 'a', title: 'T', confidentiality: 'N' } as const),
    patientId,
    date: '2024-01-01T10:00:00Z',
    sections: [{ title: 'Findings', text: 'Trisomy 21 confirmed' }],
  };
}
