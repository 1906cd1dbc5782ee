import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, found, observation, of, patient, profile } from './support.js';

const R4 = 'http://hl7.org/fhir/StructureDefinition/';

type Row = readonly [
  kind: string,
  element: readonly JsonObject[],
  fine: JsonObject,
  broken: JsonObject,
  says: readonly string[],
];

const slicing = (type: string, path: string, rules = 'open', more: JsonObject = {}): JsonObject => ({
  slicing: { discriminator: [{ type, path }], rules, ...more },
});
const a = { system: 'urn:a', value: '1' };
const b = { system: 'urn:b', value: '2' };
const c = { system: 'urn:c', value: '3' };
const systems = (rules: string, more: JsonObject = {}): JsonObject[] => [
  of('Patient.identifier', slicing('value', 'system', rules, more)),
  of('Patient.identifier:a', { max: '1' }),
  of('Patient.identifier:a.system', { fixedUri: 'urn:a' }),
  of('Patient.identifier:b', { max: '1' }),
  of('Patient.identifier:b.system', { fixedUri: 'urn:b' }),
];

const CODES = {
  resourceType: 'ValueSet',
  url: `${BASE}codes`,
  compose: { include: [{ system: 'urn:s', concept: [{ code: 'x' }] }] },
};

const ROWS: readonly Row[] = [
  [
    'by value: sub-elements count in the slice that fits, and nowhere else',
    [...systems('open'), of('Patient.identifier:a.period', { min: 1 })],
    patient({ identifier: [{ ...a, period: { start: '2020' } }, b, c] }),
    patient({ identifier: [b, a] }),
    ['profile-min Patient.identifier[1].period'],
  ],
  [
    'by a pattern of the whole',
    [
      of('Observation.category', slicing('pattern', '$this')),
      of('Observation.category:a', { min: 1, patternCodeableConcept: { coding: [{ code: 'a' }] } }),
    ],
    observation({ category: [{ text: 'x' }, { text: 'y', coding: [{ system: 'urn:a', code: 'a' }] }] }),
    observation({ category: [{ coding: [{ system: 'urn:a', code: 'b' }] }] }),
    ['profile-min Observation.category'],
  ],
  [
    'by the type of a choice, which is no list',
    [
      of('Observation.value[x]', slicing('type', '$this', 'closed')),
      of('Observation.value[x]:valueQuantity', { min: 0, type: [{ code: 'Quantity' }] }),
      of('Observation.value[x]:valueQuantity.unit', { min: 1 }),
    ],
    observation({ valueQuantity: { value: 1, unit: 'kg' } }),
    observation({ valueString: 'a' }),
    ['profile-slice-closed Observation.value'],
  ],
  [
    'by the type of a choice: what is below',
    [
      of('Observation.value[x]', slicing('type', '$this')),
      of('Observation.value[x]:valueQuantity'),
      of('Observation.value[x]:valueQuantity.unit', { min: 1 }),
    ],
    observation({ valueString: 'a' }),
    observation({ valueQuantity: { value: 1 } }),
    ['profile-min Observation.value.unit'],
  ],
  [
    'by the type of what a reference leads to, in reach or not',
    [
      of('Patient.generalPractitioner', slicing('type', 'resolve()')),
      of('Patient.generalPractitioner:o', {
        max: '1',
        type: [{ code: 'Reference', targetProfile: [`${R4}Organization`] }],
      }),
    ],
    patient({ generalPractitioner: [{ reference: 'Organization/1' }, { reference: 'Practitioner/1' }] }),
    patient({ generalPractitioner: [{ reference: 'Organization/1' }, { reference: 'Organization/2' }] }),
    ['profile-max Patient.generalPractitioner'],
  ],
  [
    'by existence',
    [
      of('Patient.telecom', slicing('exists', 'period')),
      of('Patient.telecom:old'),
      of('Patient.telecom:old.period', { min: 1 }),
      of('Patient.telecom:old.use', { min: 1 }),
      of('Patient.telecom:new'),
      of('Patient.telecom:new.period', { max: '0' }),
    ],
    patient({ telecom: [{ system: 'phone', value: '1' }] }),
    patient({ telecom: [{ system: 'phone', value: '1', period: { start: '2020' } }] }),
    ['profile-min Patient.telecom[0].use'],
  ],
  [
    'open at the end',
    systems('openAtEnd'),
    patient({ identifier: [b, a, c] }),
    patient({ identifier: [a, c, b] }),
    ['profile-slice-order Patient.identifier[2]'],
  ],
  [
    'in order',
    systems('open', { ordered: true }),
    patient({ identifier: [c, a, c, b] }),
    patient({ identifier: [b, c, a] }),
    ['profile-slice-order Patient.identifier[2]'],
  ],
  [
    'closed',
    systems('closed'),
    patient({ identifier: [b] }),
    patient({ identifier: [a, { value: '1' }] }),
    ['profile-slice-closed Patient.identifier[1]'],
  ],
  [
    'again, inside of a slice',
    [
      of('Patient.identifier', slicing('value', 'system')),
      of('Patient.identifier:a'),
      of('Patient.identifier:a.system', { fixedUri: 'urn:a' }),
      {
        id: 'Patient.identifier:a/x',
        path: 'Patient.identifier',
        sliceName: 'a/x',
        ...slicing('value', 'use'),
        max: '1',
      },
      { id: 'Patient.identifier:a/x.use', path: 'Patient.identifier.use', fixedCode: 'old' },
    ].map((element) => (element.id === 'Patient.identifier:a' ? { ...element, ...slicing('value', 'use') } : element)),
    patient({
      identifier: [
        { ...a, use: 'old' },
        { ...a, use: 'usual' },
        { ...b, use: 'old' },
      ],
    }),
    patient({
      identifier: [
        { ...a, use: 'old' },
        { ...a, use: 'old' },
      ],
    }),
    ['profile-max Patient.identifier'],
  ],
  [
    'what fits no other slice has one of its own',
    [...systems('closed'), of('Patient.identifier:@default'), of('Patient.identifier:@default.use', { min: 1 })],
    patient({ identifier: [a, { ...c, use: 'old' }] }),
    patient({ identifier: [a, c] }),
    ['profile-min Patient.identifier[1].use'],
  ],
  [
    'extensions without slices',
    [of('Patient.extension', slicing('value', 'url')), of('Patient.name', { min: 1 })],
    patient({ extension: [{ url: 'urn:x', valueBoolean: true }], name: [{ text: 'A' }] }),
    patient({ extension: [{ url: 'urn:x', valueBoolean: true }] }),
    ['profile-min Patient.name'],
  ],
  [
    'extensions without an introduction',
    [
      of('Patient.extension:x', { min: 1 }),
      of('Patient.extension:x.url', { fixedUri: 'urn:x' }),
      of('Patient.extension:x.value[x]', { type: [{ code: 'boolean' }] }),
    ],
    patient({ extension: [{ url: 'urn:x', valueBoolean: true }] }),
    patient({ extension: [{ url: 'urn:x', valueString: 'a' }] }),
    ['profile-type Patient.extension[0].value'],
  ],
  [
    'by a required binding',
    [
      of('Observation.category', slicing('value', '$this')),
      of('Observation.category:x', { min: 1, binding: { strength: 'required', valueSet: `${BASE}codes` } }),
    ],
    observation({ category: [{ coding: [{ system: 'urn:s', code: 'x' }] }] }),
    observation({ category: [{ coding: [{ system: 'urn:a', code: 'x' }] }] }),
    ['profile-min Observation.category'],
  ],
  [
    'without ids of the elements',
    systems('closed').map(({ id: _, ...element }) => element),
    patient({ identifier: [a] }),
    patient({ identifier: [a, c] }),
    ['profile-slice-closed Patient.identifier[1]'],
  ],
];

describe('slicing', () => {
  it.each(ROWS)('%s', (_kind, element, fine, broken, says) => {
    const definitions = [profile(String(fine.resourceType), element), CODES];
    expect(found(definitions, fine)).toStrictEqual([]);
    expect(found(definitions, broken)).toStrictEqual(says);
  });

  it('by profile', () => {
    const definitions = [
      profile('Bundle', [
        of('Bundle.entry', slicing('profile', 'resource')),
        of('Bundle.entry:p', { min: 1 }),
        of('Bundle.entry:p.resource', { type: [{ code: 'Patient', profile: [`${BASE}q`] }] }),
      ]),
      profile('Patient', [of('Patient.name', { min: 1 })], { url: `${BASE}q` }),
    ];
    const bundle = (resource: JsonObject): JsonObject => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000', resource }],
    });
    expect(found(definitions, bundle(patient({ name: [{ text: 'A' }] })))).toStrictEqual([]);
    expect(found(definitions, bundle(patient({ active: true })))).toStrictEqual(['profile-min Bundle.entry']);
  });

  it.each([
    ['that nothing tells apart', [of('Patient.name:a', { min: 1 })]],
    ['by what nobody can follow', [of('Patient.name', slicing('value', 'a + b')), of('Patient.name:a', { min: 1 })]],
    [
      'by what leads out of the input',
      [
        of('Patient.generalPractitioner', slicing('value', 'resolve().name')),
        of('Patient.generalPractitioner:a', { min: 1, type: [{ code: 'Reference', targetProfile: [`${BASE}q`] }] }),
      ],
    ],
  ])('%s is said not to be checked', (_what, element) => {
    const q = profile('Organization', [of('Organization.name', { fixedString: 'A' })], { url: `${BASE}q` });
    const record = patient({ name: [{ text: 'A' }], generalPractitioner: [{ reference: 'Organization/1' }] });
    expect(found([profile('Patient', element), q], record)).toStrictEqual([
      expect.stringMatching(/^profile-part-not-checked Patient/),
    ]);
  });
});
