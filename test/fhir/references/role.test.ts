import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { type ConvertOptions, documents, encounters } from '../../../src/index.js';
import { ensure } from '../../support/ensure.js';
import { applyResidue, errorsOf } from '../../support/laws.js';

const subject = { reference: 'Patient/p1' };
const PPRF = { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' };
const seen = (individual: object, more: object = {}) => ({
  resourceType: 'Encounter' as const,
  status: 'finished' as const,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject,
  participant: [{ type: [{ coding: [PPRF] }], individual }],
  ...more,
});
const role = (more: object = {}) => ({
  resourceType: 'PractitionerRole',
  id: 'r1',
  active: true,
  practitioner: { reference: 'Practitioner/a' },
  ...more,
});
const finds = (resource: object, at = 'PractitionerRole/r1'): ConvertOptions => ({
  resolve: (reference) => (reference === at ? (resource as Resource) : undefined),
});
const REF = { reference: 'PractitionerRole/r1' };
const readOf = (resource: object, options: ConvertOptions = {}) => {
  const result = encounters.safeFromFhir(resource, options);
  return result.ok ? result.payload.practitionerId : 'refused';
};

describe('a reference to a PractitionerRole', () => {
  it.each([
    ['contained', seen({ reference: '#r1' }, { contained: [role()] }), {}, 'a'],
    ['in reach', seen(REF), finds(role()), 'a'],
    ['in reach without a word on being active', seen(REF), finds(role({ active: undefined })), 'a'],
    ['known by a uuid', seen({ reference: 'urn:uuid:x' }), finds(role(), 'urn:uuid:x'), 'a'],
    [
      'known by an identifier',
      seen({ type: 'PractitionerRole', identifier: { system: 'urn:x', value: '1' } }),
      finds(role(), 'PractitionerRole?identifier=urn:x|1'),
      'a',
    ],
    ['out of reach', seen(REF), {}, undefined],
    ['not active', seen(REF), finds(role({ active: false })), undefined],
    ['without a practitioner', seen(REF), finds(role({ practitioner: undefined })), undefined],
    ['that something turns round', seen(REF), finds(role({ modifierExtension: [{ url: 'urn:x' }] })), undefined],
    [
      'whose practitioner is contained elsewhere',
      seen(REF),
      finds(role({ practitioner: { reference: '#p' } })),
      undefined,
    ],
    ['that is another record', seen(REF), finds({ resourceType: 'Organization', id: 'r1' }), undefined],
  ] as [string, object, ConvertOptions, string | undefined][])(
    'names its practitioner: one %s',
    (_, resource, options, expected) => {
      expect(readOf(resource, options)).toBe(expected);
    },
  );

  it('of another server names a practitioner of that server', () => {
    const away = seen({ reference: 'https://a.example/fhir/PractitionerRole/r1' });
    const options = finds(role(), 'https://a.example/fhir/PractitionerRole/r1');
    expect(readOf(away, { ...options, baseUrl: 'https://b.example/fhir' })).toBeUndefined();
    expect(readOf(away, { ...options, baseUrl: 'https://a.example/fhir' })).toBe('a');
  });

  it('goes through the id map like any other', () => {
    const resolveId = (reference: string) => ({ 'Patient/p1': 'pt_1', 'Practitioner/a': 'prac_7' })[reference];
    expect(readOf(seen(REF), { ...finds(role()), resolveId })).toBe('prac_7');
  });

  it('keeps the laws: untouched it stays, and a loss says that the role is not carried', () => {
    const resource = seen(REF);
    const options = finds(role());
    const { payload, losses } = encounters.fromFhir(resource, options);
    expect(encounters.toFhir(payload, { ...options, onto: resource })).toStrictEqual(resource);
    const edited = encounters.toFhir({ ...payload, practitionerId: 'b' }, { ...options, onto: resource });
    expect(encounters.fromFhir(edited, options).payload.practitionerId).toBe('b');
    expect(losses.map(({ path }) => path)).toContain('Encounter.participant.individual.reference');
  });

  it('is an author', () => {
    const document = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'x' },
      subject,
      date: '2025-01-01',
      title: 'x',
      author: [REF],
      section: [
        { title: 'x', text: { status: 'additional', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } },
      ],
    };
    const result = documents.safeFromFhir(document, finds(role()));
    expect(result.ok && result.payload.practitionerId).toBe('a');
  });
});

const ORIGINAL_TEXT = 'http://hl7.org/fhir/StructureDefinition/originalText';
const original = (valueString: string) => ({ extension: [{ url: ORIGINAL_TEXT, valueString }] });

describe('a period whose ends differ in precision', () => {
  const mixed = {
    ...seen({ reference: 'Practitioner/a' }),
    period: { start: '2025-01-05', end: '2025-01-05T10:00:00Z' },
  };
  const keep = { partialDates: 'keep' } as const;

  it('is kept by an untouched put, and else written as R4 can have it', () => {
    const { payload, losses, residue } = encounters.fromFhir(mixed, { ...keep, residue: true });
    expect(payload.period).toStrictEqual(mixed.period);
    expect(encounters.toFhir(payload, { ...keep, onto: mixed })).toStrictEqual(mixed);
    expect(losses.filter(({ path }) => path.startsWith('Encounter.period')).map((loss) => loss.class)).toStrictEqual([
      'form',
      'record',
    ]);
    const created = encounters.safeToFhir(payload, keep);
    ensure(created.ok);
    expect(created.resource.period).toStrictEqual({ end: '2025-01-05T10:00:00Z', _start: original('2025-01-05') });
    expect(created.issues.map(({ id, expression }) => [id, expression[0]])).toStrictEqual([
      ['period-precision-differs', 'period'],
    ]);
    expect(errorsOf(created.resource)).toStrictEqual([]);
    expect(encounters.fromFhir(created.resource, keep).payload).toStrictEqual(payload);
    expect(applyResidue(created.resource, residue ?? [])).toStrictEqual(mixed);
  });

  it('is written so by a put and an update, whichever end says less', () => {
    const { payload } = encounters.fromFhir(mixed, keep);
    const period = { start: '2025-01-06T10:00:00Z', end: '2025-01-06' };
    const put = encounters.toFhir({ ...payload, period }, { ...keep, onto: mixed });
    expect(encounters.update(mixed, { period }, keep)).toStrictEqual(put);
    expect([put.period?._end, errorsOf(put)]).toStrictEqual([original('2025-01-06'), []]);
    expect(encounters.fromFhir(put, keep).payload.period).toStrictEqual(period);
    expect(encounters.fromFhir(put).payload.period).toStrictEqual({ start: period.start });
  });

  it.each([
    ['a text that is no date', { _start: original('soon'), end: '2025-01-05T10:00:00Z' }],
    ['a date that could stand as it is', { _start: original('2025-01-04'), end: '2025-01-05' }],
    ['a date beside a value', { start: '2025-01-04', _start: original('2025'), end: '2025-01-05' }],
  ])('is not what has %s in the extension', (_, period) => {
    const { _start: _beside, ...plain } = period;
    expect(encounters.fromFhir({ ...mixed, period } as never, keep).payload.period).toStrictEqual(plain);
  });
});
