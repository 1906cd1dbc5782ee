import { describe, expect, it } from '@jest/globals';
import type { Condition, Encounter, Resource } from 'fhir/r4.js';
import { type ConvertOptions, type EncounterInput, encounters } from '../../../src/index.js';

const subject = { reference: 'Patient/a' };
const CM = 'http://hl7.org/fhir/sid/icd-10-cm';
const WORDS = 'Myocardial infarction';

const condition = (more: object = {}) => ({
  resourceType: 'Condition',
  id: 'c',
  subject,
  code: { coding: [{ system: CM, code: 'I21.9', display: 'Acute myocardial infarction' }], text: WORDS },
  ...more,
});
const procedure = (more: object = {}) => ({
  resourceType: 'Procedure',
  id: 'c',
  status: 'completed',
  subject,
  code: { text: 'Appendectomy' },
  ...more,
});
const encounter = (more: object): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  ...more,
});

/** What is read of a target, and the issues, in each of the ways in which it can be in reach, with a display and without. */
function readings(target: object, options: ConvertOptions = {}) {
  const type = 'resourceType' in target ? target.resourceType : '';
  const ways = [
    { contained: [target], reference: { reference: '#c' }, resolve: undefined },
    { reference: { reference: `${type}/c` } },
    { reference: { reference: `${type}/c/_history/2` } },
    { reference: { reference: 'urn:uuid:0c2f5b4e-8d0b-4c52-9f0e-6b6f0a0f7a11' } },
    { reference: { type, identifier: { system: 'urn:ids', value: '7' } } },
  ];
  return ways.flatMap(({ contained, reference }) =>
    [undefined, 'As the reference says'].map((display) => {
      const { payload, issues } = encounters.fromFhir(
        encounter({
          ...(contained === undefined ? {} : { contained }),
          diagnosis: [{ condition: display === undefined ? reference : { ...reference, display } }],
        }),
        { ...(contained === undefined ? { resolve: () => target as Resource } : {}), ...options },
      );
      return { display, words: payload.diagnosis?.[0]?.condition, ids: issues.map(({ id }) => id) };
    }),
  );
}

const status = (code: string, system?: string) => ({
  verificationStatus: { coding: [{ ...(system === undefined ? {} : { system }), code }] },
});
const LABEL = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };

describe('a diagnosis whose target is denied', () => {
  it.each([
    ['refuted', condition(status('refuted', 'http://terminology.hl7.org/CodeSystem/condition-ver-status'))],
    ['refuted', condition(status('refuted', 'http://hl7.org/fhir/condition-ver-status'))],
    ['refuted', condition(status('refuted'))],
    ['refuted', condition({ verificationStatus: { text: 'Refuted' } })],
    ['entered-in-error', condition(status('entered-in-error'))],
    ['entered-in-error', procedure({ status: 'entered-in-error' })],
    ['not-done', procedure({ status: 'not-done' })],
    ['not-done', procedure({ notDone: true })],
    ['restricted', condition({ meta: { security: [LABEL] } })],
    ['restricted', procedure({ meta: { security: [LABEL] } })],
    ['of-other-subject', condition({ subject: { reference: 'Patient/b' } })],
    ['of-other-subject', condition({ subject: { display: 'The fetus' } })],
    ['of-other-subject', procedure({ subject: { reference: 'Patient/b' } })],
    ['of-other-subject', condition({ subject: { identifier: { value: '1' } } })],
  ])('is not read as %s', (why, target) => {
    for (const { words, ids } of readings(target)) {
      expect(words).toBeUndefined();
      expect(ids).toStrictEqual([`diagnosis-${why}`]);
    }
  });

  it.each([
    ['of a code in STU3', condition({ verificationStatus: 'refuted' }), 'diagnosis-refuted'],
    ['with a modifier', condition({ modifierExtension: [{ url: 'urn:x' }] }), 'diagnosis-modified'],
    [
      'with a modifier inside',
      procedure({ performer: [{ modifierExtension: [{ url: 'urn:x' }] }] }),
      'diagnosis-modified',
    ],
    ['of no subject', condition({ subject: undefined }), 'diagnosis-of-other-subject'],
  ])('is not read from a target %s that was found elsewhere', (_, target, id) => {
    const elsewhere = encounters.fromFhir(
      encounter({ diagnosis: [{ condition: { reference: 'Condition/c', display: WORDS } }] }),
      { resolve: () => target as Resource },
    );
    expect(elsewhere.payload.diagnosis).toBeUndefined();
    expect(elsewhere.issues.map((issue) => [issue.id, issue.severity, issue.expression])).toStrictEqual([
      [id, 'warning', ['Encounter.diagnosis[0].condition']],
    ]);
  });

  it('keeps its place when a payload is put over it', () => {
    const before = encounter({
      contained: [condition(status('refuted'))],
      diagnosis: [{ condition: { reference: '#c', display: WORDS } }, { condition: { display: 'Asthma' } }],
    });
    const { payload } = encounters.fromFhir(before);
    expect(payload.diagnosis).toStrictEqual([{ condition: 'Asthma' }]);
    expect(encounters.toFhir(payload, { onto: before })).toStrictEqual(before);
    const after = encounters.toFhir({ ...payload, diagnosis: [{ condition: 'COPD' }] }, { onto: before });
    expect(after.contained).toStrictEqual(before.contained);
    expect(encounters.fromFhir(after).payload.diagnosis).toStrictEqual([{ condition: 'COPD' }]);
  });

  it('is read with its label where the caller accepts labels', () => {
    for (const { words } of readings(condition({ meta: { security: [LABEL] } }), { securityLabels: 'accept' }))
      expect(words).toBeDefined();
  });
});

describe('a diagnosis whose target is in doubt', () => {
  it.each([
    ['Unconfirmed', condition(status('unconfirmed'))],
    ['Provisional', condition(status('provisional', 'http://hl7.org/fhir/ValueSet/condition-ver-status'))],
    ['Differential', condition(status('differential'))],
    ['Preparation', procedure({ status: 'preparation', code: { text: WORDS } })],
    ['Stopped', procedure({ status: 'stopped', code: { text: WORDS } })],
    ['On Hold', procedure({ status: 'on-hold', code: { text: WORDS } })],
    ['Unknown', procedure({ status: 'unknown', code: { text: WORDS } })],
    ['Unknown', procedure({ status: undefined, code: { text: WORDS } })],
  ])('is read with the word %s in front, and never as a code', (word, target) => {
    for (const { display, words, ids } of readings(target)) {
      expect(words).toBe(`${word}: ${display ?? WORDS}`);
      expect(ids).toStrictEqual(['diagnosis-in-doubt']);
    }
  });

  it('has a code after the word where there are no words: it is not taken for a code again', () => {
    const target = condition({ ...status('provisional'), code: { coding: [{ system: CM, code: 'I21.9' }] } });
    const [{ words } = { words: undefined }] = readings(target);
    expect(words).toBe('Provisional: I21.9');
    const again = encounters.toFhir({
      status: 'finished',
      class: 'AMB',
      patientId: 'a',
      diagnosis: [{ condition: words ?? '' }],
    });
    expect(again.diagnosis).toStrictEqual([{ condition: { display: words } }]);
  });

  it('has no words where only the reference to it has been repeated as one', () => {
    const referring = encounter({ diagnosis: [{ condition: { reference: 'Condition/c', display: 'Condition/c' } }] });
    const read = (target: object) =>
      encounters.fromFhir(referring, { resolve: () => target as Resource }).payload.diagnosis?.[0]?.condition;
    expect(read(condition())).toBe('Condition/c');
    expect(read(condition(status('provisional')))).toBe(`Provisional: ${WORDS}`);
  });
});

describe('a diagnosis whose target says something else than the reference', () => {
  const SCT = 'http://snomed.info/sct';
  /** What is read of contained words, under what the reference calls them. */
  const read = (code: object, display: string | undefined, more: object = {}) => {
    const reference = { reference: '#c', ...(display === undefined ? {} : { display }) };
    const { payload, issues } = encounters.fromFhir(
      encounter({ contained: [condition({ code, ...more })], diagnosis: [{ condition: reference }] }),
    );
    return [payload.diagnosis?.[0]?.condition, issues.map(({ id }) => id)];
  };

  it.each([
    ['Lungenembolie', { text: 'Lungenembolie ausgeschlossen' }, 'Lungenembolie ausgeschlossen'],
    ['PE', { text: 'PE excluded' }, 'PE excluded'],
    ['PE', { coding: [{ system: CM, code: 'I26.9', display: 'PE' }], text: 'PE?' }, 'PE?'],
    ['Diabetes', { coding: [{ system: SCT, code: '315355003', display: 'No diabetes' }] }, 'No diabetes'],
    ['I26.9', { coding: [{ system: CM, code: 'I26.9' }], text: 'PE excluded' }, 'PE excluded'],
    [
      undefined,
      {
        coding: [
          { system: CM, code: 'I26.9', display: 'PE' },
          { system: SCT, code: '1', display: 'No PE' },
        ],
      },
      'No PE',
    ],
  ])('by which %s is denied has its own words', (display, code, words) => {
    expect(read(code, display)).toStrictEqual([words, ['diagnosis-denied-by-words']]);
    expect(read(code, display, status('provisional'))).toStrictEqual([
      `Provisional: ${words}`,
      ['diagnosis-denied-by-words', 'diagnosis-in-doubt'],
    ]);
  });

  it('is warned about where it says more, and not where it spells the same or says other words', () => {
    expect(read({ text: 'PE of the left lung' }, 'PE')).toStrictEqual(['PE', ['diagnosis-words-differ']]);
    for (const [text, display] of [
      ['PE', 'pe'],
      ['PE', 'Acute PE'],
      ['Pulmonary embolism', 'PE'],
      ['No PE', 'No PE'],
    ])
      expect(read({ text }, display)).toStrictEqual([display, []]);
  });
});

describe('a diagnosis whose target is certain', () => {
  it('has the words of the reference, else of the target', () => {
    for (const target of [condition(status('confirmed')), condition(), procedure({ code: { text: WORDS } })])
      for (const { display, words, ids } of readings({ ...target, code: { text: WORDS } })) {
        expect(words).toBe(display ?? WORDS);
        expect(ids).toStrictEqual([]);
      }
  });

  it('is that of the encounter, also where the Condition has since been resolved', () => {
    const clinicalStatus = { coding: [{ code: 'resolved' }] };
    const resolved = condition({ clinicalStatus, abatementDateTime: '2026-01-01', code: { text: WORDS } });
    for (const { display, words } of readings(resolved)) expect(words).toBe(display ?? WORDS);
  });
});

describe('the code of a Condition', () => {
  const words = (code: Condition['code'], options: ConvertOptions = {}) =>
    readings(condition({ code }), options).filter(({ display }) => display === undefined)[0];
  const coded = (system: string | undefined, code: string, more: object = {}) => ({
    ...(system === undefined ? {} : { system }),
    code,
    ...more,
  });

  it.each([
    ['alone', { coding: [coded(CM, 'I10')] }],
    ['under another name of its system', { coding: [coded('urn:oid:2.16.840.1.113883.6.90', 'I10')] }],
    ['beside a text that repeats it', { coding: [coded(CM, 'I10')], text: 'I10' }],
    [
      'beside a text that says no more than its display',
      { coding: [coded(CM, 'I10', { display: 'Essential hypertension' })], text: 'Hypertension' },
    ],
    ['after one of another system', { coding: [coded('urn:x', '7'), coded(CM, 'I10')] }],
    ['of no system', { coding: [coded(undefined, 'I10')] }],
  ])('is read %s', (_, code) => {
    expect(words(code)?.words).toBe('I10');
  });

  it.each([
    ['denies it', 'COVID-19 excluded', { display: 'COVID-19' }],
    ['doubts it', 'COVID-19?', { display: 'COVID-19' }],
    ['may narrow it, for all that is known', 'COVID-19', {}],
  ])('is not read beside a text that %s', (_, text, more) => {
    expect(words({ coding: [coded(CM, 'U07.1', more)], text })?.words).toBe(text);
  });

  it.each([
    ['ICD-10-GM', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'E11.41'],
    ['ICD-9', 'http://hl7.org/fhir/sid/icd-9-cm', '850.0'],
    ['HPO', 'http://human-phenotype-ontology.org', 'HP:0001250'],
    ['WHO’s ICD-10', 'http://hl7.org/fhir/sid/icd-10', 'I10'],
  ])('of %s is not read where its system would be dropped or changed, but its words are', (_, system, code) => {
    expect(words({ coding: [coded(system, code)] })).toStrictEqual({
      display: undefined,
      words: undefined,
      ids: ['diagnosis-without-words'],
    });
    for (const text of [undefined, code])
      expect(
        words({ coding: [coded(system, code, { display: 'In words' })], ...(text === undefined ? {} : { text }) }),
      ).toStrictEqual({
        display: undefined,
        words: 'In words',
        ids: [],
      });
    const { payload } = encounters.fromFhir(
      encounter({
        contained: [condition({ code: { coding: [coded(system, code)] } })],
        diagnosis: [{ condition: { reference: '#c', display: code } }],
      }),
    );
    expect(payload.diagnosis).toBeUndefined();
  });

  it('of WHO’s ICD-10 is read where that is the edition', () => {
    expect(words({ coding: [coded('http://hl7.org/fhir/sid/icd-10', 'I10')] }, { edition: 'icd-10' })?.words).toBe(
      'I10',
    );
  });

  it('that says that there is none is no word', () => {
    const absent = coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown', { display: 'Unknown' });
    expect(words({ coding: [absent] })?.words).toBeUndefined();
  });

  it('of a Procedure is none of a Condition', () => {
    const code = { coding: [coded('http://snomed.info/sct', '80146002')] };
    for (const { display, words: said } of readings(procedure({ code }))) expect(said).toBe(display);
  });
});

describe('a code of a payload', () => {
  const payload: EncounterInput = {
    status: 'finished',
    class: 'AMB',
    patientId: 'a',
    diagnosis: [{ condition: 'I10' }],
  };

  it('is written as a contained diagnosis of the encounter, with the word as its text', () => {
    const { contained } = encounters.toFhir(payload);
    expect(contained).toStrictEqual([
      {
        resourceType: 'Condition',
        id: 'diagnosis-1',
        category: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/condition-category',
                code: 'encounter-diagnosis',
                display: 'Encounter Diagnosis',
              },
            ],
          },
        ],
        code: { coding: [{ system: CM, code: 'I10' }], text: 'I10' },
        subject,
      },
    ]);
  });

  it('is of the same subject, without what else is said beside its reference', () => {
    const extension = [1, 2].map((valueInteger) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/originalText',
      valueInteger,
    }));
    const identifier = { id: 'e2', system: 'urn:mrn', value: '1', extension };
    const onto = encounter({ subject: { ...subject, id: 'e1', display: 'A', identifier, extension } });
    const [diagnosis] = encounters.toFhir(payload, { onto }).contained ?? [];
    expect(diagnosis).toMatchObject({
      subject: { ...subject, display: 'A', identifier: { system: 'urn:mrn', value: '1' } },
    });
    expect(JSON.stringify(diagnosis)).not.toContain('extension');
    expect(JSON.stringify(diagnosis)).not.toMatch(/"e\d"/);
  });

  it('that was written without them reads the same, and stays as it is', () => {
    const code = { coding: [{ system: CM, code: 'I10' }] };
    const before = encounter({
      contained: [{ resourceType: 'Condition', id: 'diagnosis-1', code, subject }],
      class: encounters.toFhir(payload).class,
      diagnosis: [{ condition: { reference: '#diagnosis-1' } }],
    });
    const { payload: read, losses } = encounters.fromFhir(before);
    expect(read).toStrictEqual(payload);
    expect(losses.map((loss) => loss.class)).toStrictEqual(['record', 'record']);
    expect(encounters.toFhir(read, { onto: before })).toStrictEqual(before);
  });
});

describe('an id of a payload', () => {
  const payload: EncounterInput = {
    status: 'finished',
    class: 'AMB',
    patientId: 'a',
    diagnosis: [{ condition: 'Condition/c' }],
  };
  const written = (target: object) =>
    encounters.toFhir(payload, { resolve: () => target as Resource }).diagnosis?.[0]?.condition;

  it('is written as a reference, but not to what would not be read again', () => {
    expect(written(condition())).toStrictEqual({ reference: 'Condition/c', display: 'Condition/c' });
    for (const target of [
      condition(status('refuted')),
      condition(status('provisional')),
      condition({ subject: undefined }),
    ])
      expect(written(target)).toStrictEqual({ display: 'Condition/c' });
  });
});
