import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, found, observation, of, patient, profile } from './support.js';

const R4 = 'http://hl7.org/fhir/StructureDefinition/';
const ABSENT = { extension: [{ url: `${R4}data-absent-reason`, valueCode: 'unknown' }] };

/** What is asked; a record that is fine, one that is nearly broken, and one that is broken with what is said of it. */
type Row = readonly [
  kind: string,
  definitions: readonly JsonObject[],
  fine: JsonObject,
  near: JsonObject,
  broken: JsonObject,
  says: readonly string[],
];

const one = (type: string, ...element: JsonObject[]): JsonObject[] => [profile(type, element)];
const reference = (...targets: string[]): JsonObject => ({ type: [{ code: 'Reference', targetProfile: targets }] });
const rule = (expression: string, severity = 'error'): JsonObject => ({
  constraint: [{ key: 'p-1', severity, human: `A rule of ${BASE}`, expression }],
});
const quantity = (value: number, unit = 'kg'): JsonObject => observation({ valueQuantity: { value, unit } });

const ROWS: readonly Row[] = [
  [
    'min of a primitive, which its extension may carry',
    one('Patient', of('Patient.birthDate', { min: 1 })),
    patient({ birthDate: '1970-01-01' }),
    patient({ _birthDate: ABSENT }),
    patient({ active: true }),
    ['profile-min Patient.birthDate'],
  ],
  [
    'min of a list of primitives, some carried by extensions',
    one('Patient', of('Patient.name.given', { min: 2 })),
    patient({ name: [{ given: ['A', 'B'] }] }),
    patient({ name: [{ given: ['A', null], _given: [null, ABSENT] }] }),
    patient({ name: [{ given: ['A'] }] }),
    ['profile-min Patient.name[0].given'],
  ],
  [
    'min below what is not there',
    one('Patient', of('Patient.contact.name', { min: 1 })),
    patient({ contact: [{ name: { text: 'A' } }] }),
    patient({ active: true }),
    patient({ contact: [{ gender: 'male' }] }),
    ['profile-min Patient.contact[0].name'],
  ],
  [
    'min of a choice',
    one('Observation', of('Observation.value[x]', { min: 1 })),
    quantity(1),
    observation({ valueBoolean: false }),
    observation({ dataAbsentReason: { text: 'a' } }),
    ['profile-min Observation.value'],
  ],
  [
    'max of a list',
    one('Patient', of('Patient.telecom', { max: '1' })),
    patient({ telecom: [{ system: 'phone', value: '1' }] }),
    patient({ active: true }),
    patient({ telecom: ['1', '2'].map((value) => ({ system: 'phone', value })) }),
    ['profile-max Patient.telecom'],
  ],
  [
    'max 0 of a choice',
    one('Observation', of('Observation.value[x]', { max: '0' })),
    observation({}),
    observation({ dataAbsentReason: { text: 'a' } }),
    observation({ valueString: 'a' }),
    ['profile-max Observation.value'],
  ],
  [
    'a choice by the name of one type',
    one(
      'Observation',
      { path: 'Observation.valueQuantity', min: 1 },
      { path: 'Observation.valueQuantity.unit', min: 1 },
    ),
    quantity(1),
    quantity(0),
    observation({ valueQuantity: { value: 1 } }),
    ['profile-min Observation.value.unit'],
  ],
  [
    'types of a choice, a near one among them',
    one('Observation', of('Observation.effective[x]', { type: [{ code: 'dateTime' }] })),
    observation({ effectiveDateTime: '2024' }),
    observation({ _effectiveDateTime: ABSENT }),
    observation({ effectiveInstant: '2024-01-01T00:00:00Z' }),
    ['profile-type Observation.effective'],
  ],
  [
    'the profile of a type',
    [
      ...one('Observation', of('Observation.value[x]', { type: [{ code: 'Quantity', profile: [`${BASE}q`] }] })),
      profile('Quantity', [of('Quantity.unit', { min: 1 })], { url: `${BASE}q`, kind: 'complex-type' }),
    ],
    quantity(1),
    quantity(1, 'g'),
    observation({ valueQuantity: { value: 1 } }),
    ['profile-min Observation.value.unit'],
  ],
  [
    'one of two profiles of a type',
    [
      ...one(
        'Observation',
        of('Observation.value[x]', { type: [{ code: 'Quantity', profile: [`${BASE}q`, `${BASE}r`] }] }),
      ),
      profile('Quantity', [of('Quantity.unit', { min: 1 })], { url: `${BASE}q`, kind: 'complex-type' }),
      profile('Quantity', [of('Quantity.code', { min: 1 })], { url: `${BASE}r`, kind: 'complex-type' }),
    ],
    quantity(1),
    observation({ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'kg' } }),
    observation({ valueQuantity: { value: 1 } }),
    ['profile-type Observation.value'],
  ],
  [
    'the target of a reference that leads out of the input, by its text',
    one('Patient', of('Patient.generalPractitioner', reference(`${R4}Organization`))),
    patient({ generalPractitioner: [{ reference: 'Organization/1' }] }),
    patient({ generalPractitioner: [{ display: 'A' }] }),
    patient({ generalPractitioner: [{ reference: 'http://example.com/Practitioner/1' }] }),
    ['profile-target Patient.generalPractitioner[0]'],
  ],
  [
    'the target of a reference by its type',
    one('Patient', of('Patient.generalPractitioner', reference(`${R4}Organization`))),
    patient({ generalPractitioner: [{ type: 'Organization', identifier: { value: 'a' } }] }),
    patient({ generalPractitioner: [{ identifier: { value: 'a' } }] }),
    patient({ generalPractitioner: [{ type: 'Practitioner', identifier: { value: 'a' } }] }),
    ['profile-target Patient.generalPractitioner[0]'],
  ],
  [
    'the profile of a target that the resource contains',
    [
      ...one('Patient', of('Patient.managingOrganization', reference(`${BASE}o`))),
      profile('Organization', [of('Organization.name', { min: 1 })], { url: `${BASE}o` }),
    ],
    patient({
      contained: [{ resourceType: 'Organization', id: 'o', name: 'A' }],
      managingOrganization: { reference: '#o' },
    }),
    patient({ managingOrganization: { reference: 'Organization/o' } }),
    patient({
      contained: [{ resourceType: 'Organization', id: 'o', active: true, identifier: [{ value: 'a' }] }],
      managingOrganization: { reference: '#o' },
    }),
    ['profile-target Patient.managingOrganization'],
  ],
  [
    'a fixed value of a complex type, which has no more than it',
    one('Patient', of('Patient.maritalStatus', { fixedCodeableConcept: { text: 'x' } })),
    patient({ maritalStatus: { text: 'x' } }),
    patient({ active: true }),
    patient({ maritalStatus: { text: 'x', id: 'a' } }),
    ['profile-fixed Patient.maritalStatus'],
  ],
  [
    'a pattern with a list',
    one('Patient', of('Patient.maritalStatus', { patternCodeableConcept: { coding: [{ code: 'x' }] } })),
    patient({ maritalStatus: { coding: [{ code: 'x', system: 'urn:a' }] } }),
    patient({
      maritalStatus: {
        coding: [
          { code: 'y', system: 'urn:a' },
          { code: 'x', system: 'urn:b' },
        ],
      },
    }),
    patient({ maritalStatus: { coding: [{ code: 'y', system: 'urn:a' }] } }),
    ['profile-pattern Patient.maritalStatus'],
  ],
  [
    'the least value',
    one('Observation', of('Observation.value[x].value', { minValueDecimal: 1.5 })),
    quantity(2),
    quantity(1.5),
    quantity(1.4),
    ['profile-range Observation.value.value'],
  ],
  [
    'the most value of a date',
    one('Patient', of('Patient.birthDate', { maxValueDate: '2024-12-31' })),
    patient({ birthDate: '2024-01-01' }),
    patient({ birthDate: '2024-12-31' }),
    patient({ birthDate: '2025-01-01' }),
    ['profile-range Patient.birthDate'],
  ],
  [
    'the length of a text',
    one('Patient', of('Patient.language', { maxLength: 2 })),
    patient({ language: 'de' }),
    patient({ _language: ABSENT }),
    patient({ language: 'de-AT' }),
    ['profile-length Patient.language'],
  ],
  [
    'what is made of another element',
    one('Questionnaire', of('Questionnaire.item.text', { min: 1 })),
    { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'display', text: 'A' }] },
    {
      resourceType: 'Questionnaire',
      status: 'draft',
      item: [{ linkId: '1', type: 'group', text: 'A', item: [{ linkId: '2', type: 'display', text: 'B' }] }],
    },
    {
      resourceType: 'Questionnaire',
      status: 'draft',
      item: [{ linkId: '1', type: 'group', text: 'A', item: [{ linkId: '2', type: 'string' }] }],
    },
    ['profile-min Questionnaire.item[0].item[0].text'],
  ],
  [
    'a constraint',
    one('Patient', of('Patient.name', rule("family.exists() or text.matches('^([a-z]+)+$')"))),
    patient({ name: [{ family: 'A' }] }),
    patient({ name: [{ text: 'abc' }] }),
    patient({ name: [{ family: 'A' }, { text: 'abc1' }] }),
    ['p-1 Patient.name[1]'],
  ],
  [
    'a constraint that asks for the resource and for its focus',
    one('Patient', of('Patient.contact', rule('%resource.active and %context.gender.exists()'))),
    patient({ active: true, contact: [{ gender: 'male' }] }),
    patient({ active: false }),
    patient({ active: true, contact: [{ gender: 'male' }, { name: { text: 'a' } }] }),
    ['p-1 Patient.contact[1]'],
  ],
  [
    'a constraint on a choice',
    one('Observation', of('Observation.value[x]', rule('ofType(Quantity).unit.exists() or $this is boolean'))),
    quantity(1),
    observation({ valueBoolean: true }),
    observation({ valueQuantity: { value: 1 } }),
    ['p-1 Observation.value'],
  ],
  [
    'a constraint beyond what is compiled',
    one('Patient', of('Patient.name', rule("given.join(' ').length() < 4"))),
    patient({ name: [{ given: ['A'] }] }),
    patient({ name: [{ given: ['A', 'B'] }] }),
    patient({ name: [{ given: ['A', 'BC'] }] }),
    ['p-1 Patient.name[0]'],
  ],
];

describe('a kind of constraint', () => {
  it.each(ROWS)('%s', (_kind, definitions, fine, near, broken, says) => {
    expect(found(definitions, fine)).toStrictEqual([]);
    expect(found(definitions, near)).toStrictEqual([]);
    expect(found(definitions, broken)).toStrictEqual(says);
  });
});
