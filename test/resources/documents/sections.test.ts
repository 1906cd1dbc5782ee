import { describe, expect, it } from '@jest/globals';
import type { Composition } from 'fhir/r4.js';
import { documents } from '../../../src/index.js';

const titleOf = (code: object): string | undefined => {
  const composition: Composition = {
    resourceType: 'Composition',
    status: 'final',
    type: { text: 'Letter' },
    title: 'Letter',
    date: '2026-01-05T10:00:00Z',
    subject: { reference: 'Patient/a' },
    author: [{ reference: 'Practitioner/p' }],
    section: [{ code, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">b</div>' } }],
  };
  const read = documents.safeFromFhir(composition);
  return read.ok ? read.payload.sections[0]?.title : undefined;
};
const unknown = { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK', display: 'Unknown' };
const absent = {
  system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  code: 'not-asked',
  display: 'Not Asked',
};

describe('the title of a section without one', () => {
  it.each([unknown, absent, { ...unknown, system: 'http://hl7.org/fhir/v3/NullFlavor' }])(
    'is no code that says that there is no value: %o',
    (coding) => {
      expect(titleOf({ coding: [coding] })).toBeUndefined();
      const { display: _, ...bare } = coding;
      expect(titleOf({ coding: [bare] })).toBeUndefined();
    },
  );

  it('is what else the code says', () => {
    expect(titleOf({ coding: [unknown], text: 'Plan' })).toBe('Plan');
    expect(titleOf({ coding: [unknown, { system: 'urn:x', code: 'p', display: 'Plan' }] })).toBe('Plan');
    expect(titleOf({ coding: [unknown, { system: 'urn:x', code: 'p' }] })).toBe('p');
  });
});
