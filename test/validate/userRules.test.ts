import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import type { Engine } from '../../src/validate/fhirpath/engine.js';
import { faultInRule, type ValidationRule } from '../../src/validate/userRules.js';
import { type ValidateOptions, validate } from '../../src/validate/validate.js';
import { ABSENT, bundle, encounter, found, observation, patient } from '../support/validation.js';

const rule = (context: string, expression: string, more: Partial<ValidationRule> = {}): ValidationRule => ({
  id: 'own',
  context,
  severity: 'error',
  expression,
  message: 'This does not hold.',
  ...more,
});

const named: JsonObject = { ...patient, name: [{ family: 'a' }, { text: 'b', period: { start: '2024' } }] };

describe("a rule of the caller's own", () => {
  const rows: readonly [title: string, input: JsonObject, rule: ValidationRule, ...finds: string[]][] = [
    ['of a resource type', patient, rule('Patient', 'name.exists()'), 'error own Patient'],
    ['of another resource type', observation, rule('Patient', 'name.exists()')],
    ['of every resource', patient, rule('Resource', 'id.exists()'), 'error own Patient'],
    [
      'of every resource that may have a narrative',
      patient,
      rule('DomainResource', 'text.exists()'),
      'error own Patient',
    ],
    ['of a datatype', named, rule('HumanName', 'family.exists()'), 'error own Patient.name[1]'],
    ['of a path', named, rule('Patient.name', 'family.exists()'), 'error own Patient.name[1]'],
    [
      'of a path of primitives',
      { ...patient, birthDate: '2024' },
      rule('Patient.birthDate', "toString().matches('-')"),
      'error own Patient.birthDate',
    ],
    [
      'of a choice',
      { ...observation, valueString: 'a' },
      rule('Observation.value', '$this is Quantity'),
      'error own Observation.value',
    ],
    [
      'of a backbone element',
      { ...patient, contact: [{ name: { text: 'a' } }] },
      rule('Patient.contact', 'telecom.exists()'),
      'error own Patient.contact[0]',
    ],
    [
      'of a datatype in a contained resource',
      { ...encounter, subject: { reference: '#p' }, contained: [{ ...named, id: 'p' }] },
      rule('HumanName', 'family.exists()'),
      'error own Encounter.contained[0].name[1]',
    ],
    [
      'of a primitive that only extensions carry',
      { ...patient, _birthDate: ABSENT },
      rule('Patient', 'birthDate.exists()'),
    ],
    ['whose result is empty', patient, rule('Patient', "gender = 'male'"), 'error own Patient'],
    ['that holds', named, rule('Patient', 'name.exists()')],
    ['that warns', patient, rule('Patient', 'name.exists()', { severity: 'warning' }), 'warning own Patient'],
    ['that informs', patient, rule('Patient', 'name.exists()', { severity: 'information' }), 'information own Patient'],
    [
      'that asks for one item where there are two',
      { ...patient, name: [{ family: 'a' }, { family: 'b' }] },
      rule('Patient', "name.family.startsWith('a')"),
      'warning rule-not-evaluated Patient',
    ],
    ['of a type that R4 does not have', patient, rule('Colour', 'true'), 'error rule-invalid Resource'],
    ['of a path that R4 does not have', patient, rule('Patient.colour', 'true'), 'error rule-invalid Resource'],
    ['of a path through a datatype', named, rule('Patient.name.family', 'false'), 'error rule-invalid Resource'],
    ['of a path of a datatype', named, rule('HumanName.family', 'false'), 'error own Patient.name[0].family'],
    ['of a path of what no element is', patient, rule('Resource.meta', 'false'), 'error rule-invalid Resource'],
    ['of a type that no element is', patient, rule('Element', 'false'), 'error rule-invalid Resource'],
    ['of a path of resources', bundle, rule('Bundle.entry.resource', 'false'), 'error rule-invalid Resource'],
    ['that is no FHIRPath', patient, rule('Patient', 'name.'), 'error rule-invalid Resource'],
    [
      'that asks a server',
      patient,
      rule('Patient', "gender.memberOf('http://example.org')"),
      'error rule-invalid Resource',
    ],
    ['without a message', patient, rule('Patient', 'true', { message: '' }), 'error rule-invalid Resource'],
  ];
  for (const [title, input, own, ...finds] of rows) {
    it(`is looked at: ${title}`, () => expect(found(input, { rules: [own] })).toStrictEqual(finds));
  }

  it('is invalid where it cannot be read, and the record is validated', () => {
    const unreadable = Object.defineProperty({ ...rule('Patient', 'true') }, 'id', {
      get() {
        throw new Error('a getter');
      },
    });
    expect(found({ ...patient, gender: 'a' }, { rules: [unreadable] })).toStrictEqual([
      'error binding-required Patient.gender',
      'error rule-invalid Resource',
    ]);
  });

  it('is looked at beside others, of which one cannot be run', () => {
    const rules = [
      rule('Patient', 'name.'),
      rule('Patient', 'name.exists()'),
      rule('Patient', 'gender.exists()', { id: 'other' }),
    ];
    expect(found(patient, { rules })).toStrictEqual([
      'error other Patient',
      'error own Patient',
      'error rule-invalid Resource',
    ]);
  });
});

describe('a rule that cannot be run', () => {
  const whole = rule('Patient', 'true');

  it.each([
    ['what is no object', 'own', 'A rule is an object.'],
    ['null', null, 'A rule is an object.'],
    ['an id with a space', { ...whole, id: 'a b' }, 'The id of a rule is made of letters, digits, hyphens and dots.'],
    ['an id of 65 characters', { ...whole, id: 'a'.repeat(65) }, 'The id of a rule is made of letters, digits'],
    ['no id', { ...whole, id: undefined }, 'The id of a rule is made of letters, digits, hyphens and dots.'],
    ['no context', { ...whole, context: undefined }, 'The context of a rule is a type or a path of R4.'],
    ['a context of another type', { ...whole, context: 'Patient.name.family' }, 'The context of a rule is a type or'],
    ['no severity', { ...whole, severity: 'fatal' }, 'The severity of a rule is error, warning or information.'],
    ['an empty message', { ...whole, message: '' }, 'A rule has a message.'],
    ['no message', { ...whole, message: 7 }, 'A rule has a message.'],
    ['no expression', { ...whole, expression: 7 }, 'The expression of a rule is FHIRPath.'],
    ['what is no FHIRPath', { ...whole, expression: 'a +' }, 'The expression has a fault at line 1, column '],
  ])('is told what is wrong with it: %s', (_, given, fault) => {
    const said = faultInRule(given) ?? '';
    expect(said.slice(0, fault.length)).toBe(fault);
  });

  it.each(['error', 'warning', 'information'] as const)('is none whose severity is %s', (severity) => {
    expect(faultInRule({ ...whole, severity, id: `a-1.${'b'.repeat(60)}` })).toBeUndefined();
  });
});

describe('the engine that a call is given', () => {
  const engine = (holds: boolean): Engine => ({ faultIn: () => undefined, evaluation: () => () => [holds] });
  const ids = (fhirpath: unknown): readonly (string | undefined)[] => {
    const options = { rules: [once], fhirpath } as ValidateOptions;
    return validate(patient, options).issue.map(({ details }) => details?.coding?.[0]?.code);
  };
  const once = rule('Patient', 'name.exists()');

  it('is the one that is asked, in each call anew', () => {
    expect(ids(engine(true))).toStrictEqual(['valid']);
    expect(ids(engine(false))).toStrictEqual(['own']);
    expect(ids(engine(true))).toStrictEqual(['valid']);
    expect(ids(undefined)).toStrictEqual(['own']);
  });

  it('says what is wrong with a rule', () => {
    const fault = { line: 2, column: 3, message: 'this' };
    const { issue } = validate(patient, { rules: [once], fhirpath: { ...engine(true), faultIn: () => fault } });
    expect(issue.map(({ diagnostics }) => diagnostics)).toStrictEqual([
      'The expression has a fault at line 2, column 3: this',
    ]);
  });

  it.each([null, 7, {}, { faultIn: 1, evaluation: 2 }])('is what the entry exports, not %j', (other) => {
    expect(ids(other)).toStrictEqual(['rule-invalid', 'own']);
  });
});
