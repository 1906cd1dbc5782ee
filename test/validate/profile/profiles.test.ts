import { describe, expect, it } from '@jest/globals';
import { loadGuide, validate } from '../../../src/index.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, patient, profile } from './support.js';

const of = (path: string, rules: JsonObject): JsonObject => ({ id: path, path, ...rules });

/** What is said of profiles: the ids with their places. */
function found(definitions: readonly unknown[], resource: unknown): string[] {
  const { issue } = validate(resource, { profiles: loadGuide(definitions), profile: [`${BASE}p`] });
  return issue
    .map(({ details, expression }) => `${details?.coding?.[0]?.code} ${expression?.join()}`)
    .filter((line) => line.startsWith('profile-'));
}

const a = { system: 'http://example.org/a', value: '1' };
const b = { system: 'http://example.org/b', value: '2' };

const codes = {
  resourceType: 'ValueSet',
  url: `${BASE}codes`,
  name: 'Codes',
  compose: { include: [{ system: `${BASE}system`, concept: [{ code: 'x' }] }] },
};
const bound = (strength: string, valueSet = `${BASE}codes`): JsonObject[] => [
  of('Patient.maritalStatus', { binding: { strength, valueSet } }),
];
const status = (system: string, code: string): JsonObject => patient({ maritalStatus: { coding: [{ system, code }] } });
const sliced = (rules: string, more: JsonObject = {}): JsonObject[] => [
  of('Patient.identifier', { slicing: { discriminator: [{ type: 'value', path: 'system' }], rules, ...more } }),
  { id: 'Patient.identifier:a', path: 'Patient.identifier', sliceName: 'a', min: 1, max: '1' },
  { id: 'Patient.identifier:a.system', path: 'Patient.identifier.system', fixedUri: a.system },
  { id: 'Patient.identifier:b', path: 'Patient.identifier', sliceName: 'b', min: 0, max: '1' },
  { id: 'Patient.identifier:b.system', path: 'Patient.identifier.system', fixedUri: b.system },
];

type Row = readonly [
  kind: string,
  element: readonly JsonObject[],
  fine: JsonObject,
  broken: JsonObject,
  says: string[],
];

const ROWS: readonly Row[] = [
  [
    'min',
    [of('Patient.name', { min: 1 })],
    patient({ name: [{ family: 'Lee' }] }),
    patient({}),
    ['profile-min Patient.name'],
  ],
  [
    'max',
    [of('Patient.name', { max: '1' })],
    patient({ name: [{ family: 'Lee' }] }),
    patient({ name: [{ family: 'Lee' }, { family: 'Li' }] }),
    ['profile-max Patient.name'],
  ],
  [
    'max 0',
    [of('Patient.gender', { max: '0' })],
    patient({}),
    patient({ gender: 'male' }),
    ['profile-max Patient.gender'],
  ],
  [
    'the types of a choice',
    [of('Patient.deceased[x]', { type: [{ code: 'boolean' }] })],
    patient({ deceasedBoolean: true }),
    patient({ deceasedDateTime: '2024' }),
    ['profile-type Patient.deceased'],
  ],
  [
    'a fixed value',
    [of('Patient.gender', { fixedCode: 'male' })],
    patient({ gender: 'male' }),
    patient({ gender: 'female' }),
    ['profile-fixed Patient.gender'],
  ],
  [
    'a pattern',
    [of('Patient.maritalStatus', { patternCodeableConcept: { text: 'x' } })],
    patient({ maritalStatus: { text: 'x', coding: [{ code: 'y' }] } }),
    patient({ maritalStatus: { text: 'y' } }),
    ['profile-pattern Patient.maritalStatus'],
  ],
  [
    'the length of a text, in characters',
    [of('Patient.name.family', { maxLength: 3 })],
    patient({ name: [{ family: 'L𝒆e' }] }),
    patient({ name: [{ family: 'Leee' }] }),
    ['profile-length Patient.name[0].family'],
  ],
  [
    'the least and the most value',
    [of('Patient.multipleBirth[x]', { minValueInteger: 1, maxValueInteger: 3 })],
    patient({ multipleBirthInteger: 3 }),
    patient({ multipleBirthInteger: 4 }),
    ['profile-range Patient.multipleBirth'],
  ],
  [
    'the target of a reference',
    [
      of('Patient.generalPractitioner', {
        type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }],
      }),
    ],
    patient({
      contained: [{ resourceType: 'Organization', id: 'o', name: 'O' }],
      generalPractitioner: [{ reference: '#o' }],
    }),
    patient({
      contained: [{ resourceType: 'Practitioner', id: 'o' }],
      generalPractitioner: [{ reference: '#o' }],
    }),
    ['profile-target Patient.generalPractitioner[0]'],
  ],
  [
    'a required binding',
    bound('required'),
    status(`${BASE}system`, 'x'),
    status(`${BASE}system`, 'y'),
    ['profile-binding Patient.maritalStatus'],
  ],
  [
    'an extensible binding, and a code of its system',
    bound('extensible'),
    status(`${BASE}other`, 'y'),
    status(`${BASE}system`, 'y'),
    ['profile-binding-extensible Patient.maritalStatus'],
  ],
  [
    'a binding to what no package has',
    bound('required', `${BASE}none`),
    patient({}),
    status(`${BASE}system`, 'y'),
    ['profile-binding-not-checked Patient.maritalStatus'],
  ],
  [
    'a slice that is required',
    sliced('open'),
    patient({ identifier: [a, { value: '3' }] }),
    patient({ identifier: [b] }),
    ['profile-min Patient.identifier'],
  ],
  [
    'closed slicing',
    sliced('closed'),
    patient({ identifier: [b, a] }),
    patient({ identifier: [a, { value: '3' }] }),
    ['profile-slice-closed Patient.identifier[1]'],
  ],
  [
    'ordered slicing',
    sliced('open', { ordered: true }),
    patient({ identifier: [a, b] }),
    patient({ identifier: [b, a] }),
    ['profile-slice-order Patient.identifier[1]'],
  ],
];

describe('a profile', () => {
  it.each(ROWS)('is held to: %s', (_kind, element, fine, broken, says) => {
    const definitions = [profile(String(fine.resourceType), element), codes];
    expect(found(definitions, fine)).toStrictEqual([]);
    expect(found(definitions, broken)).toStrictEqual(says);
  });

  it('says by its snapshot what it has no differential for', () => {
    const element = [of('Patient', {}), of('Patient.name', { min: 1, max: '*' })];
    const definitions = [profile('Patient', [], { differential: undefined, snapshot: { element } })];
    expect(found(definitions, patient({}))).toStrictEqual(['profile-min Patient.name']);
  });

  it('adds to the profile that it is made of', () => {
    const base = profile('Patient', [of('Patient.name', { min: 1 })], { url: `${BASE}base` });
    const derived = profile('Patient', [of('Patient.gender', { min: 1 })], { baseDefinition: `${BASE}base` });
    expect(found([derived, base], patient({})).sort()).toStrictEqual([
      'profile-min Patient.gender',
      'profile-min Patient.name',
    ]);
  });

  it('of an extension says where it may stand', () => {
    const context = [{ type: 'element', expression: 'Patient' }];
    const definition = profile('Extension', [], { url: `${BASE}e`, context });
    const guide = [definition, profile('Patient', [])];
    const extension = [{ url: `${BASE}e`, valueString: 'x' }];
    expect(found(guide, patient({ extension }))).toStrictEqual([]);
    const elsewhere = found(guide, patient({ name: [{ family: 'Lee', extension }] }));
    expect(elsewhere).toStrictEqual([expect.stringMatching(/^profile-context Patient\.name\[0\]\.extension\[0\]/)]);
  });

  it('that the guide does not have is said not to be checked', () =>
    expect(found([], patient({}))).toStrictEqual(['profile-not-checked Patient']));

  it('that cannot be used is said, and is a fault of the guide', () => {
    const guide = loadGuide([profile('Nothing', [])]);
    const { issue } = validate(patient({}), { profiles: guide, profile: [`${BASE}p`] });
    expect(issue.map(({ details }) => details?.coding?.[0]?.code)).toContain('profile-not-checked');
    expect(guide.faults()).toStrictEqual([{ url: `${BASE}p`, says: 'It is of no type that R4 has.' }]);
  });

  it.each([
    ['of itself', profile('Patient', [], { baseDefinition: `${BASE}p` })],
    ['with no path', profile('Patient', [{ min: 1 }])],
    [
      'with values of other types',
      profile('Patient', [of('Patient.name', { min: 'x', max: 7, type: 'x', slicing: [] })]),
    ],
    ['with no differential', profile('Patient', [], { differential: 'x', snapshot: [] })],
  ])('leaves what is sound readable: one %s', (_what, definition) => {
    const profiles = loadGuide([definition, null, 'x']);
    const { issue } = validate(patient({ name: [{ family: 'Lee' }] }), { profiles, profile: [`${BASE}p`] });
    // What is thrown on the way becomes this.
    expect(issue.map(({ details }) => details?.coding?.[0]?.code)).not.toContain('unreadable');
  });
});
