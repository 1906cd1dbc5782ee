import { describe, expect, it } from '@jest/globals';
import type { Composition, CompositionSection } from 'fhir/r4.js';
import { documents } from '../../src/index.js';
import { ensure } from '../support/ensure.js';

const text = { status: 'additional' as const, div: '<div xmlns="http://www.w3.org/1999/xhtml">Rest.</div>' };
const entry = [{ reference: 'Observation/1' }];
const composition = (...section: CompositionSection[]): Composition => ({
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'Note' },
  subject: { reference: 'Patient/p' },
  date: '2026-01-05T10:00:00Z',
  author: [{ reference: 'Practitioner/d' }],
  title: 't',
  confidentiality: 'N',
  section,
});
const reason = (
  code: string,
  system = 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
  more: object = {},
) => ({
  emptyReason: { coding: [{ system, code }], ...more },
});

describe('a section without a text', () => {
  it.each<[string, CompositionSection, string]>([
    ['and with entries', { title: 'Results', entry }, 'See entries.'],
    ['and with sub-sections', { title: 'Plan', section: [{ title: 'Today', text }] }, 'See sub-sections.'],
    ['and with both', { title: 'Plan', entry, section: [{ title: 'Today', text }] }, 'See entries and sub-sections.'],
    ['and with nothing', { title: 'Plan' }, 'No text is given.'],
    [
      'and with entries that are only named',
      {
        title: 'Medications',
        entry: [{ display: 'Aspirin 100 mg daily' }, { reference: '#m', display: ' Ramipril 5 mg' }],
      },
      'Aspirin 100 mg daily\nRamipril 5 mg',
    ],
    ['and with entries of which one has an id', { title: 'a', entry: [{ display: 'b' }, ...entry] }, 'See entries.'],
    [
      'and with entries that say nothing',
      { title: 'a', entry: [{ reference: '#m' }, { display: ' ' }] },
      'No text is given.',
    ],
    [
      'to see',
      { title: 'Plan', text: { ...text, div: text.div.replace('>Rest', ' hidden="hidden">Rest') } },
      'No text is given.',
    ],
    ['that has a reason of R4', { title: 'Allergies', ...reason('notasked') }, 'Not Asked'],
    [
      'that has a reason of STU3',
      { title: 'Allergies', ...reason('nilknown', 'http://hl7.org/fhir/list-empty-reason') },
      'Nil Known',
    ],
    [
      'that has a reason in words',
      { title: 'Allergies', ...reason('notasked', undefined, { text: 'no time' }) },
      'no time',
    ],
    [
      'that has a reason of another system',
      { title: 'Allergies', ...reason('notasked', 'urn:x'), entry },
      'See entries.',
    ],
  ])('%s says so in plain words', (_, section, words) => {
    const { payload, issues } = documents.fromFhir(composition({ title: 'First', text }, section));
    expect(payload.sections[1]?.text).toBe(words);
    const [missing] = issues.filter(({ id }) => id.startsWith('section-text'));
    expect(missing?.expression[0]).toMatch(/^Composition\.section\[1\]/);
    expect(missing?.severity).toBe('warning');
  });

  it('is refused by option, also within another', () => {
    for (const section of [
      { title: 'a', entry },
      { title: 'a', text, section: [{ title: 'b', entry }] },
    ]) {
      const result = documents.safeFromFhir(composition(section), { missingText: 'refuse' });
      ensure(!result.ok);
      expect(result.issues.map(({ id }) => id)).toContain('section-text-refused');
    }
    const reasoned = composition({ title: 'a', ...reason('closed') });
    expect(documents.safeFromFhir(reasoned, { missingText: 'refuse' }).ok).toBe(true);
  });

  it('gets the words as its text where a put takes away what they point to', () => {
    const before = composition({ title: 'Results', entry });
    const { payload } = documents.fromFhir(before);
    expect(documents.toFhir(payload, { onto: before })).toStrictEqual(before);
    const sections = [{ title: 'Results', text: 'See entries.' }];
    const after = documents.toFhir({ ...payload, sections }, { onto: before });
    expect(after.section?.[0]?.entry).toBeUndefined();
    expect(documents.fromFhir(after).payload.sections).toStrictEqual(sections);
  });
});
