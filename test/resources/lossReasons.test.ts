import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from 'fhir/r4.js';
import { findLens, type Loss } from '../../src/index.js';
import { LOSS_REASONS, REMEDIES } from '../../src/report/lossReasons.js';
import { resources } from '../support/arbitraries/index.js';
import { runs } from '../support/runs.js';

const subject = { reference: 'Patient/p1' };
const AMB = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' };
const encounter = { resourceType: 'Encounter', status: 'finished', class: AMB, subject };
const report = { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, subject };
const task = { resourceType: 'Task', status: 'requested', intent: 'order', authoredOn: '2025-01-01T10:00:00Z' };
const impression = { resourceType: 'ClinicalImpression', status: 'completed', subject, summary: 'x' };

function lossesOf(resource: { resourceType: string }, options: object = {}): readonly Loss[] {
  const result = findLens(resource.resourceType)?.safeFromFhir(resource, options);
  if (result?.ok !== true) throw new Error('the resource converts');
  return result.losses;
}

const reasonsOf = (resource: { resourceType: string }, options: object = {}): string[] =>
  lossesOf(resource, options)
    .filter((loss) => loss.class !== 'record')
    .map(({ path, class: of, reason, remedy }) =>
      [path, of, reason, remedy].filter((one) => one !== undefined).join(' '),
    );

const pprf = (individual: object) => [
  {
    type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' }] }],
    individual,
  },
];

describe('the reason of a loss', () => {
  it.each([
    ['there is no field', { ...encounter, account: [{ display: 'x' }] }, ['Encounter.account content no-field']],
    [
      'a part of an element has none',
      { ...encounter, subject: { ...subject, display: 'x' } },
      ['Encounter.subject.display content no-field'],
    ],
    [
      'another one of several was read',
      { ...encounter, type: [{ text: 'a' }, { text: 'b' }] },
      ['Encounter.type content one-of-several'],
    ],
    [
      'a code stands behind words',
      { ...encounter, serviceType: { text: 'a', coding: [{ system: 'urn:x', code: 'b' }] } },
      ['Encounter.serviceType.coding content text-only'],
    ],
    [
      'a reference stands behind a name',
      { ...encounter, serviceProvider: { display: 'a', reference: 'Organization/1' } },
      ['Encounter.serviceProvider.reference content text-only'],
    ],
    [
      'an id is listed twice',
      { ...report, result: [{ reference: 'Observation/1' }, { reference: 'Observation/1' }] },
      ['DiagnosticReport.result content duplicate'],
    ],
    [
      'a number is over its limit',
      { ...encounter, length: { value: 20000, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' } },
      ['Encounter.length content over-limit'],
    ],
    [
      'a date has no time',
      { ...impression, date: '2025-01-01' },
      ['ClinicalImpression.date content partial-date partial-dates'],
    ],
    [
      'nothing tells the id of what is contained',
      { ...encounter, contained: [{ resourceType: 'Practitioner', id: 'a' }], participant: pprf({ reference: '#a' }) },
      ['Encounter.contained content no-field', 'Encounter.participant content unresolved add-record'],
    ],
    [
      'a practitioner is known by an identifier only',
      { ...encounter, participant: pprf({ identifier: { system: 'urn:x', value: '1' } }) },
      ['Encounter.participant content unresolved add-record'],
    ],
    [
      'it points at another type',
      { ...encounter, participant: pprf({ reference: 'RelatedPerson/1' }) },
      ['Encounter.participant content other-target'],
    ],
    [
      'it names whom it points at in words',
      { ...encounter, participant: pprf({ display: 'x' }) },
      ['Encounter.participant content words-only'],
    ],
    [
      'a code is of another system',
      {
        ...impression,
        finding: [
          {
            itemCodeableConcept: { text: 'a', coding: [{ system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '850.0' }] },
          },
        ],
      },
      ['ClinicalImpression.finding.itemCodeableConcept.coding content other-system'],
    ],
    [
      'what it points at is denied',
      {
        ...encounter,
        contained: [
          {
            resourceType: 'Condition',
            id: 'c',
            subject,
            code: { text: 'x' },
            verificationStatus: { coding: [{ code: 'refuted' }] },
          },
        ],
        diagnosis: [{ condition: { reference: '#c', display: 'x' } }],
      },
      ['Encounter.contained content no-field', 'Encounter.diagnosis content denied'],
    ],
    ['an item is incomplete', { ...report, media: [{ comment: 'x' }] }, ['DiagnosticReport.media content incomplete']],
    ['blank text is no value', { ...task, description: ' ' }, ['Task.description content no-value']],
    [
      'there is no such value in ClinikAPI',
      { ...encounter, length: { value: 5, unit: 'wk', system: 'http://unitsofmeasure.org', code: 'wk' } },
      ['Encounter.length content unsupported'],
    ],
    [
      'notes are joined',
      { ...task, note: [{ text: 'a' }, { text: 'b' }] },
      ['Task.note.text content joined', 'Task.note content joined'],
    ],
    [
      'hours are minutes',
      { ...encounter, length: { value: 2, unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' } },
      ['Encounter.length.value form same', 'Encounter.length.unit form same', 'Encounter.length.code form same'],
    ],
    [
      'a class stands under another name of its system',
      { ...encounter, class: { ...AMB, system: 'http://hl7.org/fhir/v3/ActCode' } },
      ['Encounter.class.system form same'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(reasonsOf(resource)).toStrictEqual(expected);
  });

  it('is the id map where that does not know what is pointed at', () => {
    const options = { resolveId: (reference: string) => (reference === 'Patient/p1' ? 'pt_1' : undefined) };
    const seen = { ...encounter, participant: pprf({ reference: 'Practitioner/1' }) };
    expect(reasonsOf(seen, options)).toContain('Encounter.participant content unmapped id-map');
  });

  it('is there for every loss, and has its words', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(resources)), (resource) => {
        const { resourceType } = resource as { resourceType: string };
        const result = findLens(resourceType)?.safeFromFhir(resource);
        for (const { class: of, reason, remedy } of result?.ok === true ? result.losses : []) {
          expect(LOSS_REASONS[reason].says).toMatch(/\.$/);
          if (remedy !== undefined)
            expect([of, REMEDIES[remedy].command]).toStrictEqual(['content', expect.any(String)]);
        }
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('the remedy of a loss', () => {
  const practitioner = {
    resourceType: 'Practitioner',
    id: 'prac_1',
    identifier: [{ system: 'urn:x', value: '1' }],
  } as Resource;
  const hasRemedy = (losses: readonly Loss[], remedy: string) => losses.some((loss) => loss.remedy === remedy);

  it.each([
    ['partial-dates', { ...impression, date: '2025-01-01' }, {}, { partialDates: 'keep' }],
    [
      'add-record',
      { ...encounter, participant: pprf({ identifier: { system: 'urn:x', value: '1' }, type: 'Practitioner' }) },
      {},
      { resolve: (reference: string) => (reference === 'Practitioner?identifier=urn:x|1' ? practitioner : undefined) },
    ],
    [
      'id-map',
      { ...encounter, participant: pprf({ reference: 'Practitioner/1' }) },
      { resolveId: (reference: string) => (reference === 'Patient/p1' ? 'pt_1' : undefined) },
      { resolveId: (reference: string) => `id_${reference.replace(/\W/g, '')}`, resolveReference: () => undefined },
    ],
  ] as const)('takes it away: %s', (remedy, resource, before, after) => {
    expect(hasRemedy(lossesOf(resource, before), remedy)).toBe(true);
    expect(hasRemedy(lossesOf(resource, after), remedy)).toBe(false);
  });
});
