import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { validate } from '../../src/validate/validate.js';
import { found, holding, patient } from '../support/validation.js';

const boom = (): never => {
  throw new Error('read');
};

/** A Proxy that throws whatever is asked of it. */
const trapped = (target: object): object =>
  new Proxy(
    target,
    Object.fromEntries(
      Object.getOwnPropertyNames(Reflect)
        .filter((name) => typeof Reflect.get(Reflect, name) === 'function')
        .map((name) => [name, boom]),
    ),
  );

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const getting = (name: string, base: JsonObject = {}): JsonObject =>
  Object.defineProperty({ ...base }, name, { get: boom, enumerable: true });

class Person {
  readonly resourceType = 'Patient';
  readonly active = true;
}

describe('what is no resource', () => {
  const values: readonly unknown[] = [
    null,
    undefined,
    true,
    7,
    Number.NaN,
    7n,
    'Patient',
    '{"resourceType":"Patient"}',
    Symbol('Patient'),
    boom,
    Person,
    [],
    [patient],
    {},
    { resourceType: null },
    { resourceType: ['Patient'] },
    { resourceType: new String('Patient') },
    new Date(0),
    new Map([['resourceType', 'Patient']]),
    new Set(['Patient']),
    new Uint8Array(4),
    /Patient/,
    new Error('Patient'),
    Promise.resolve(patient),
    Object.create(null),
  ];
  for (const value of values) {
    it(`is said to be none: ${Object.prototype.toString.call(value)}`, () => {
      expect(found(value)).toStrictEqual(['fatal not-a-resource Resource']);
    });
  }
});

describe('what only looks like JSON', () => {
  const rows: readonly [title: string, value: unknown, ...finds: string[]][] = [
    ['a class instance', new Person()],
    ['an object without a prototype', Object.assign(Object.create(null), patient)],
    ['a Date for a text', { ...patient, birthDate: new Date(0) }, 'error wrong-json-type Patient.birthDate'],
    ['a Date for an object', { ...patient, name: [new Date(0)] }, 'error empty-value Patient.name[0]'],
    ['a Map for an object', { ...patient, name: [new Map([['text', 'a']])] }, 'error empty-value Patient.name[0]'],
    [
      'a function',
      { ...patient, active: boom, maritalStatus: boom },
      'error wrong-json-type Patient.active',
      'error wrong-json-type Patient.maritalStatus',
    ],
    ['a symbol', { ...patient, gender: Symbol('male') }, 'error wrong-json-type Patient.gender'],
    ['a bigint', { ...patient, multipleBirthInteger: 7n }, 'error wrong-json-type Patient.multipleBirth'],
    [
      'a number that JSON cannot write',
      { ...patient, ...holding('Decimal', Number.NaN) },
      'error format-decimal Patient.extension[0].value',
    ],
    ['a boxed text', { ...patient, gender: new String('male') }, 'error wrong-json-type Patient.gender'],
    ['a property under a symbol', { ...patient, [Symbol('a')]: 'a' }],
    [
      'a list with holes',
      { ...patient, name: new Array(2) },
      'error wrong-json-type Patient.name[0]',
      'error wrong-json-type Patient.name[1]',
    ],
    [
      'a list of texts with holes',
      { ...patient, name: [{ given: new Array(1) }] },
      'error wrong-json-type Patient.name[0].given[0]',
    ],
    [
      'an own property named __proto__',
      JSON.parse('{"resourceType":"Patient","__proto__":{"active":1}}'),
      'error unknown-element Patient.children()',
    ],
    [
      'own properties that every object inherits',
      JSON.parse('{"resourceType":"Patient","toString":1,"hasOwnProperty":1}'),
      'error unknown-element Patient.children()',
      'error unknown-element Patient.children()',
    ],
  ];
  for (const [title, value, ...finds] of rows) {
    it(`is looked at as it is: ${title}`, () => expect(found(value)).toStrictEqual(finds));
  }
});

describe('what throws when it is read', () => {
  const rows: readonly [title: string, value: unknown, expression: string][] = [
    ['a Proxy', trapped({}), 'Resource'],
    ['a revoked Proxy', revoked(), 'Resource'],
    ['a getter of the type', getting('resourceType'), 'Resource'],
    ['a getter', getting('birthDate', patient), 'Patient.birthDate'],
    [
      'a getter in an element',
      { ...patient, name: [{ text: 'a' }, getting('period', { text: 'b' })] },
      'Patient.name[1].period',
    ],
    ['a getter of what R4 does not have', getting('colour', patient), 'Patient'],
    ['a Proxy for an element', { ...patient, active: true, maritalStatus: trapped({}) }, 'Patient.maritalStatus'],
    ['a Proxy for an item', { ...patient, name: [{ text: 'a' }, trapped({})] }, 'Patient.name[1]'],
    ['a Proxy for a list', { ...patient, name: trapped([]) }, 'Patient.name'],
    ['a Proxy for a contained resource', { ...patient, contained: [trapped({})] }, 'Patient.contained[0]'],
  ];
  for (const [title, value, expression] of rows) {
    it(`is unreadable: ${title}`, () => {
      const fatal = found(value).filter((line) => line.startsWith('fatal'));
      expect(fatal).toStrictEqual([`fatal unreadable ${expression}`]);
    });
  }

  it('keeps what was found before', () => {
    expect(found(getting('birthDate', { ...patient, gender: 'x' }))).toStrictEqual([
      'error binding-required Patient.gender',
      'fatal unreadable Patient.birthDate',
    ]);
  });

  it('is said of the options, too', () => {
    const outcome = validate(patient, trapped({}));
    expect(outcome.issue.map(({ diagnostics }) => diagnostics)).toStrictEqual(['The options cannot be read.']);
  });
});
