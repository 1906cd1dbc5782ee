import { describe, expect, it } from '@jest/globals';
import { loadGuide, validate } from '../../../../src/index.js';
import type { JsonObject } from '../../../../src/lens/json.js';
import { BASE, profile } from '../support.js';

const R4 = 'http://hl7.org/fhir/StructureDefinition/';

/** Every finding but those of R4's own: the id and its place. */
function found(definitions: readonly unknown[], resource: unknown, asked: readonly string[] = []): string[] {
  const { issue } = validate(resource, { profiles: loadGuide(definitions), profile: asked });
  return issue.map(({ details, expression }) => `${details?.coding?.[0]?.code} ${expression?.join() ?? ''}`);
}

describe('a slice', () => {
  const NPI = 'http://hl7.org/fhir/sid/us-npi';
  const sliced = profile('Organization', [
    {
      id: 'Organization.identifier',
      path: 'Organization.identifier',
      slicing: { discriminator: [{ type: 'value', path: '$this' }], rules: 'open' },
    },
    {
      id: 'Organization.identifier:NPI',
      path: 'Organization.identifier',
      sliceName: 'NPI',
      max: '1',
      patternIdentifier: { system: NPI },
      constraint: [{ key: 'npi', severity: 'error', human: 'ten digits', expression: "value.matches('^[0-9]{10}$')" }],
    },
    { id: 'Organization.identifier:NPI.value', path: 'Organization.identifier.value', sliceName: 'NPI', maxLength: 10 },
  ]);
  const organization = (...values: readonly string[]): JsonObject => ({
    resourceType: 'Organization',
    identifier: values.map((value) => ({ system: NPI, value })),
  });

  it('is told by its discriminator, and asks the rest of what is in it', () => {
    expect(found([sliced], organization('0123456789'), [`${BASE}p`])).toStrictEqual(['valid ']);
    expect(found([sliced], organization('12'), [`${BASE}p`])).toStrictEqual(['npi Organization.identifier[0]']);
    expect(found([sliced], organization('01234567890'), [`${BASE}p`]).sort()).toStrictEqual([
      'npi Organization.identifier[0]',
      'profile-length Organization.identifier[0].value',
    ]);
  });

  it('counts what has a fault of another kind', () =>
    expect(found([sliced], organization('12', '0123456789'), [`${BASE}p`]).sort()).toStrictEqual([
      'npi Organization.identifier[0]',
      'profile-max Organization.identifier',
    ]));
});

const LOINC = 'http://loinc.org';
const weight = (more: JsonObject = {}, code = '29463-7'): JsonObject => ({
  resourceType: 'Observation',
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
  ],
  code: { coding: [{ system: LOINC, code }] },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2024-05-06',
  valueQuantity: { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more,
});

describe('R4’s own profiles', () => {
  it('hold a vital sign by its code, where any guide is given', () => {
    expect(found([], weight())).toStrictEqual(['valid ']);
    expect(found([], weight({ category: [{ text: 'vital' }] }))).toStrictEqual(['profile-min Observation.category']);
    expect(found([], weight({ subject: undefined }))).toStrictEqual(['profile-min Observation.subject']);
  });

  it('hold the unit of a vital sign to its required binding', () =>
    expect(
      found([], weight({ valueQuantity: { value: 70, system: 'http://unitsofmeasure.org', code: 'cm', unit: 'cm' } })),
    ).toStrictEqual(['profile-binding Observation.value.code']));

  it('hold nothing else by a category or a code', () => {
    expect(found([], weight({ subject: undefined }, '1742-6'))).toStrictEqual(['valid ']);
    expect(
      found([], weight({ subject: undefined, code: { coding: [{ system: BASE, code: '29463-7' }] } })),
    ).toStrictEqual(['valid ']);
  });

  it('are asked by nobody where no guide is given', () =>
    expect(validate(weight({ subject: undefined })).issue.map(({ severity }) => severity)).toStrictEqual([
      'information',
    ]));

  it('are checked where they are claimed, and where a guide is made of them', () => {
    const claimed = weight({ subject: undefined, meta: { profile: [`${R4}bodyweight`] } });
    expect(found([], claimed)).toStrictEqual(['profile-min Observation.subject']);
    const derived = profile('Observation', [], { baseDefinition: `${R4}vitalsigns` });
    expect(found([derived], weight({ subject: undefined }, '1742-6'), [`${BASE}p`]).sort()).toStrictEqual([
      'profile-binding-extensible Observation.code',
      'profile-min Observation.subject',
    ]);
  });
});

describe('a code', () => {
  const system = {
    resourceType: 'CodeSystem',
    url: `${BASE}colours`,
    status: 'active',
    content: 'complete',
    concept: [{ code: 'red', concept: [{ code: 'scarlet' }] }],
  };
  const coded = (code: string): JsonObject => ({
    resourceType: 'Patient',
    maritalStatus: { coding: [{ system: `${BASE}colours`, code }] },
  });

  it('is one of its system, where a guide has all of it', () => {
    expect(found([system], coded('scarlet'))).toStrictEqual(['valid ']);
    expect(found([system], coded('blue'))).toStrictEqual(['code-unknown Patient.maritalStatus.coding[0].code']);
    expect(found([{ ...system, content: 'fragment' }], coded('blue'))).toStrictEqual(['valid ']);
  });

  it('without a system is not said to be one of a system that nobody can list', () => {
    const states = {
      resourceType: 'ValueSet',
      url: `${BASE}states`,
      compose: { include: [{ system: 'https://www.usps.com/' }] },
    };
    const bound = profile('Patient', [
      {
        id: 'Patient.address.state',
        path: 'Patient.address.state',
        binding: { strength: 'extensible', valueSet: `${BASE}states` },
      },
    ]);
    const resource = { resourceType: 'Patient', address: [{ state: 'XX' }] };
    expect(found([states, bound], resource, [`${BASE}p`])).toStrictEqual([
      'profile-binding-not-checked Patient.address[0].state',
    ]);
  });

  it('is held to a value set of R4 that R4 itself binds nothing to', () => {
    const bound = profile('Observation', [
      {
        id: 'Observation.value[x]',
        path: 'Observation.value[x]',
        binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/age-units' },
      },
    ]);
    const age = (code: string): JsonObject => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'age' },
      valueQuantity: { value: 7, system: 'http://unitsofmeasure.org', code },
    });
    expect(found([bound], age('a'), [`${BASE}p`])).toStrictEqual(['valid ']);
    expect(found([bound], age('m'), [`${BASE}p`])).toStrictEqual(['profile-binding Observation.value']);
  });
});

describe('a profile in another version', () => {
  const named = profile('Patient', [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }], { version: '2.0.0' });
  const claiming = (version: string): JsonObject => ({
    resourceType: 'Patient',
    meta: { profile: [`${BASE}p${version}`] },
  });

  it('is taken where the one that is claimed is not there, and that is said', () => {
    expect(found([named], claiming(''))).toStrictEqual(['profile-min Patient.gender']);
    expect(found([named], claiming('|2.0.0'))).toStrictEqual(['profile-min Patient.gender']);
    expect(found([named], claiming('|1.0.0'))).toStrictEqual([
      'profile-other-version Patient.meta.profile[0]',
      'profile-min Patient.gender',
    ]);
  });
});

describe('a path with a type in the place of a choice', () => {
  const short = profile('Observation', [{ id: 'Observation.valueQuantity', path: 'Observation.valueQuantity' }]);
  const observation = (more: JsonObject): JsonObject => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'weight' },
    ...more,
  });

  it('says that the choice has no other type', () => {
    expect(found([short], observation({ valueQuantity: { value: 3 } }), [`${BASE}p`])).toStrictEqual(['valid ']);
    expect(found([short], observation({ valueString: '3' }), [`${BASE}p`])).toStrictEqual([
      'profile-type Observation.value',
    ]);
  });
});

describe('an extension', () => {
  const parted = profile(
    'Extension',
    [
      { id: 'Extension.extension:colour', path: 'Extension.extension', sliceName: 'colour', min: 0 },
      { id: 'Extension.extension:colour.url', path: 'Extension.extension.url', fixedUri: 'colour' },
      { id: 'Extension.url', path: 'Extension.url', fixedUri: `${BASE}e` },
    ],
    {
      url: `${BASE}e`,
      context: [{ type: 'fhirpath', expression: 'Observation.value.ofType(CodeableConcept).coding' }],
    },
  );
  const placed = (part: string, key: string): JsonObject => {
    const extension = [{ url: `${BASE}e`, extension: [{ url: part, valueString: 'red' }] }];
    return {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'colour', ...(key === 'code' ? { extension } : {}) },
      valueCodeableConcept: { coding: [{ code: 'x', ...(key === 'value' ? { extension } : {}) }] },
    };
  };

  it('has no part with a short address that its definition does not know', () => {
    expect(found([parted], placed('colour', 'value'))).toStrictEqual(['valid ']);
    expect(found([parted], placed('size', 'value'))).toStrictEqual([
      'profile-slice-closed Observation.value.coding[0].extension[0].extension[0]',
    ]);
  });

  it('stands where an expression that is a path allows it', () =>
    expect(found([parted], placed('colour', 'code'))).toStrictEqual(['profile-context Observation.code.extension[0]']));
});

describe('a base that no package has', () => {
  const base = `${BASE}base`;
  const differential = { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] };
  const snapshot = {
    element: [
      { id: 'Patient.name', path: 'Patient.name', min: 1, max: '*' },
      { id: 'Patient.gender', path: 'Patient.gender', min: 1, max: '1' },
    ],
  };

  it('is read from the snapshot of what is made of it', () => {
    const guide = [profile('Patient', [], { baseDefinition: base, differential, snapshot })];
    expect(found(guide, { resourceType: 'Patient' }, [`${BASE}p`]).sort()).toStrictEqual([
      'profile-min Patient.gender',
      'profile-min Patient.name',
    ]);
  });
});

describe('a rule of best practice', () => {
  const best = (valueBoolean: boolean): JsonObject =>
    profile('Patient', [
      {
        id: 'Patient',
        path: 'Patient',
        constraint: [
          {
            key: 'best-1',
            severity: 'error',
            human: 'a name',
            expression: 'name.exists()',
            extension: [
              { url: 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice', valueBoolean },
            ],
          },
        ],
      },
    ]);
  const severities = (definition: JsonObject): readonly string[] =>
    validate({ resourceType: 'Patient' }, { profiles: loadGuide([definition]), profile: [`${BASE}p`] }).issue.map(
      ({ severity }) => severity,
    );

  it('is a warning, whatever its severity', () => {
    expect(severities(best(true))).toStrictEqual(['warning']);
    expect(severities(best(false))).toStrictEqual(['error']);
  });
});

describe('a further binding', () => {
  const additional = (...parts: readonly JsonObject[]): JsonObject =>
    profile('Patient', [
      {
        id: 'Patient.maritalStatus',
        path: 'Patient.maritalStatus',
        binding: {
          strength: 'example',
          valueSet: `${BASE}none`,
          extension: [
            { url: 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding', extension: [...parts] },
          ],
        },
      },
    ]);
  const codes = {
    resourceType: 'ValueSet',
    url: `${BASE}codes`,
    compose: { include: [{ system: `${BASE}system`, concept: [{ code: 'x' }] }] },
  };
  const purpose = { url: 'purpose', valueCode: 'required' };
  const valueSet = { url: 'valueSet', valueCanonical: `${BASE}codes` };
  const coded = (code: string): JsonObject => ({
    resourceType: 'Patient',
    maritalStatus: { coding: [{ system: `${BASE}system`, code }] },
  });

  it('is looked at as the first one is, unless it is for some uses only', () => {
    const guide = [codes, additional(purpose, valueSet)];
    expect(found(guide, coded('x'), [`${BASE}p`])).toStrictEqual(['valid ']);
    expect(found(guide, coded('y'), [`${BASE}p`])).toStrictEqual(['profile-binding Patient.maritalStatus']);
    const some = [codes, additional(purpose, valueSet, { url: 'usage', valueUsageContext: {} })];
    expect(found(some, coded('y'), [`${BASE}p`])).toStrictEqual(['valid ']);
  });
});

describe('a least quantity', () => {
  const bound = profile('Observation', [
    {
      id: 'Observation.value[x]',
      path: 'Observation.value[x]',
      minValueQuantity: { value: 3, system: 'http://unitsofmeasure.org', code: 'kg' },
    },
  ]);
  const of = (value: number, code: string): JsonObject => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'weight' },
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code },
  });

  it('is compared with one of its unit', () => {
    expect(found([bound], of(3, 'kg'), [`${BASE}p`])).toStrictEqual(['valid ']);
    expect(found([bound], of(2, 'kg'), [`${BASE}p`])).toStrictEqual(['profile-range Observation.value']);
    expect(found([bound], of(2, 'g'), [`${BASE}p`])).toStrictEqual(['profile-part-not-checked Observation.value']);
  });
});
