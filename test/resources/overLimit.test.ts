import { describe, expect, it } from '@jest/globals';
import { encounters } from '../../src/index.js';

const LONG = 'Office or other outpatient visit for the evaluation and management of a new patient. '.repeat(4);
const cpt = { system: 'http://www.ama-assn.org/go/cpt', code: '99205', display: LONG };
const typed = (...type: object[]) => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  type,
});

function typeOf(resource: object): [string | undefined, string[]] {
  const result = encounters.safeFromFhir(resource);
  return [result.ok ? result.payload.type : undefined, result.issues.map(({ id }) => id)];
}

describe('a concept over its limit', () => {
  it.each([
    ['the next of its words that fits', typed({ text: LONG, coding: [{ ...cpt, display: 'Visit' }] }), ['Visit', []]],
    ['another one of the list that fits', typed({ coding: [cpt] }, { text: 'Office visit' }), ['Office visit', []]],
    ['the code, where nothing else fits', typed({ coding: [cpt] }), ['99205', ['code-of-other-system']]],
    ['nothing, where nothing fits', typed({ text: LONG }), [undefined, ['text-over-limit']]],
  ])('is read as %s', (_, resource, expected) => {
    expect(typeOf(resource)).toStrictEqual(expected);
  });

  it('stays as it is when its own payload is put over it', () => {
    const resource = typed({ coding: [cpt] }, { text: 'Office visit' }) as Parameters<typeof encounters.fromFhir>[0];
    expect(encounters.toFhir(encounters.fromFhir(resource).payload, { onto: resource })).toStrictEqual(resource);
  });
});
