import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, found, observation, of, patient, profile } from './support.js';

const NOTE = 'profile-part-not-checked';

describe('the least value', () => {
  const at = (minimum: JsonObject, value: JsonObject, id = 'Observation.effective[x]') =>
    found([profile('Observation', [of(id, minimum)])], observation(value));
  const minimum = { minValueDateTime: '2024-01-01T00:00:00Z' };

  it.each<readonly [string, readonly string[]]>([
    ['2024-01-01T01:00:00+01:00', []],
    ['2024-01-01T00:30:00+01:00', ['profile-range Observation.effective']],
    ['2023-12-31T23:30:00-01:00', []],
    ['2024-01-01T00:00:00.5Z', []],
    ['2023-12-31', ['profile-range Observation.effective']],
    ['2025', []],
    ['2024', [`${NOTE} Observation.effective`]],
  ])('of a dateTime, beside %s', (effectiveDateTime, says) => {
    expect(at(minimum, { effectiveDateTime })).toStrictEqual(says);
  });

  it('of a time, with parts of seconds', () => {
    const least = { minValueTime: '10:00:00' };
    expect(at(least, { valueTime: '10:00:00.000' }, 'Observation.value[x]')).toStrictEqual([]);
    expect(at(least, { valueTime: '09:59:59.999' }, 'Observation.value[x]')).toStrictEqual([
      'profile-range Observation.value',
    ]);
  });

  it('of a quantity of another unit is not compared, and that is said', () => {
    const least = { minValueQuantity: { value: 1, system: 'urn:u', code: 'kg' } };
    const says = [`${NOTE} Observation.value`];
    const valueQuantity = { value: 5, system: 'urn:u', code: 'g' };
    expect(at(least, { valueQuantity }, 'Observation.value[x]')).toStrictEqual(says);
    expect(at(least, { valueQuantity: { unit: 'g' } }, 'Observation.value[x]')).toStrictEqual([]);
  });
});

describe('where what a reference leads to may be', () => {
  const definitions = (...aggregation: string[]) => [
    profile('Patient', [of('Patient.generalPractitioner', { type: [{ code: 'Reference', aggregation }] })]),
  ];
  const contained = [{ resourceType: 'Practitioner', id: 'c', active: true }];
  const inside = patient({ contained, generalPractitioner: [{ reference: '#c' }] });
  const outside = patient({ generalPractitioner: [{ reference: 'Practitioner/1' }] });
  const named = patient({ generalPractitioner: [{ identifier: { value: '1' } }] });
  const error = ['profile-target Patient.generalPractitioner[0]'];
  const note = [`${NOTE} Patient.generalPractitioner[0]`];

  it.each<readonly [string, readonly string[], JsonObject, readonly string[]]>([
    ['contained, and is', ['contained'], inside, []],
    ['contained, and is not', ['contained'], outside, error],
    ['contained, and cannot be told', ['contained'], named, note],
    ['referenced, and is', ['referenced'], outside, []],
    ['referenced, and is contained', ['referenced'], inside, error],
    ['bundled, and is contained', ['bundled'], inside, error],
    ['bundled, and there is no Bundle', ['bundled'], outside, note],
    ['anywhere', ['contained', 'referenced', 'bundled'], named, []],
  ])('%s', (_name, modes, record, says) => {
    expect(found(definitions(...modes), record)).toStrictEqual(says);
  });

  it('bundled, in a Bundle', () => {
    const bundle = (id: string): JsonObject => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        {
          fullUrl: 'http://example.com/Patient/p',
          resource: patient({
            id: 'p',
            meta: { profile: [`${BASE}p`] },
            generalPractitioner: [{ reference: `Practitioner/${id}` }],
          }),
        },
        { fullUrl: 'http://example.com/Practitioner/1', resource: { resourceType: 'Practitioner', id: '1' } },
      ],
    });
    expect(found(definitions('bundled'), bundle('1'), [])).toStrictEqual([]);
    expect(found(definitions('bundled'), bundle('2'), [])).toStrictEqual([
      'profile-target Bundle.entry[0].resource.generalPractitioner[0]',
    ]);
  });
});

describe('where an extension may stand', () => {
  const extension = (more: JsonObject): JsonObject => profile('Extension', [], { kind: 'complex-type', ...more });
  const context = [{ type: 'element', expression: 'Patient' }];
  const record = (more: JsonObject): JsonObject =>
    patient({ extension: [{ url: `${BASE}p`, valueString: 'a' }], ...more });

  it('an expression of its definition says', () => {
    const definitions = [extension({ context, contextInvariant: ['active = true'] })];
    expect(found(definitions, record({ active: true }), [])).toStrictEqual([]);
    expect(found(definitions, record({ active: false }), [])).toStrictEqual(['profile-context Patient.extension[0]']);
  });

  it('what cannot be told is said', () => {
    const query = { type: 'fhirpath', expression: 'Patient.where(active).contact' };
    expect(found([extension({ context: [query] })], record({}), [])).toStrictEqual([`${NOTE} Patient.extension[0]`]);
    expect(found([extension({ context: [query, ...context] })], record({}), [])).toStrictEqual([]);
    const invariant = extension({ context, contextInvariant: ['%extension.exists()'] });
    expect(found([invariant], record({}), [])).toStrictEqual([`${NOTE} Patient.extension[0]`]);
  });
});

it('what a canonical leads to is not looked at, and that is said', () => {
  const type = [{ code: 'canonical', targetProfile: [`${BASE}questionnaire`] }];
  const definitions = [profile('QuestionnaireResponse', [of('QuestionnaireResponse.questionnaire', { type })])];
  const response = { resourceType: 'QuestionnaireResponse', status: 'completed' };
  expect(found(definitions, { ...response, questionnaire: 'urn:q' })).toStrictEqual([
    `${NOTE} QuestionnaireResponse.questionnaire`,
  ]);
  expect(found(definitions, response)).toStrictEqual([]);
});
