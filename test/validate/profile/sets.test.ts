import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/lens/json.js';
import { BASE, found, of, patient, profile } from './support.js';

const SYSTEM = 'urn:s';
const set = (more: JsonObject): JsonObject => ({ resourceType: 'ValueSet', url: `${BASE}v`, ...more });
const system = (concept: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'CodeSystem',
  url: SYSTEM,
  content: 'complete',
  concept: [...concept],
  ...more,
});
const bound = (valueSet = `${BASE}v`): JsonObject =>
  profile('Patient', [of('Patient.maritalStatus', { binding: { strength: 'required', valueSet } })]);
const coded = (code: string): JsonObject => patient({ maritalStatus: { coding: [{ system: SYSTEM, code }] } });
const filtered = (property: string, op: string, value: string): JsonObject =>
  set({ compose: { include: [{ system: SYSTEM, filter: [{ property, op, value }] }] } });

const OUTSIDE = ['profile-binding Patient.maritalStatus'];
const UNKNOWN = ['profile-binding-not-checked Patient.maritalStatus'];
const OTHER = ['profile-part-not-checked Patient.maritalStatus'];

describe('an expansion', () => {
  const contains = [{ system: SYSTEM, code: 'a' }];
  const parameter = (name: string, more: JsonObject): JsonObject => ({ contains, parameter: [{ name, ...more }] });
  const extension = (name: string): JsonObject => ({
    contains,
    extension: [{ url: `http://hl7.org/fhir/StructureDefinition/${name}`, valueBoolean: true }],
  });

  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['that is whole', { contains }, OUTSIDE],
    [
      'with as many codes as its total',
      { contains, total: 1, parameter: [{ name: 'count', valueInteger: 1 }] },
      OUTSIDE,
    ],
    ['with fewer codes than the most that were asked for', parameter('count', { valueInteger: 100 }), OUTSIDE],
    ['with fewer codes than its total', { contains, total: 5000 }, UNKNOWN],
    ['with as many codes as were asked for', parameter('count', { valueInteger: 1 }), UNKNOWN],
    ['from an offset on', parameter('offset', { valueInteger: 10 }), UNKNOWN],
    ['from an offset of its own on', { contains, offset: 10 }, UNKNOWN],
    ['of a text that was looked for', parameter('filter', { valueString: 'a' }), UNKNOWN],
    ['that is not closed', extension('valueset-unclosed'), UNKNOWN],
    ['that is too costly', extension('valueset-toocostly'), UNKNOWN],
  ])('%s', (_name, expansion, says) => {
    const definitions = [bound(), set({ expansion })];
    expect(found(definitions, coded('a'))).toStrictEqual([]);
    expect(found(definitions, coded('b'))).toStrictEqual(says);
  });
});

describe('a filter by what is above and below', () => {
  const nested = system([{ code: 'p', concept: [{ code: 'a', concept: [{ code: 'b' }] }] }]);
  const named = system([
    { code: 'p', property: [{ code: 'child', valueCode: 'a' }] },
    { code: 'a' },
    { code: 'b', property: [{ code: 'parent', valueCode: 'a' }] },
  ]);

  it.each<readonly [string, string, string, readonly string[]]>([
    ['parent', '=', 'p', ['a']],
    ['parent', '=', 'a', ['b']],
    ['child', '=', 'b', ['a']],
    ['parent', 'exists', 'true', ['a', 'b']],
    ['parent', 'exists', 'false', ['p']],
    ['child', 'exists', 'true', ['p', 'a']],
    ['child', 'exists', 'false', ['b']],
    ['concept', 'descendent-of', 'p', ['a', 'b']],
  ])('%s %s %s', (property, op, value, inside) => {
    for (const codes of [nested, named]) {
      const definitions = [bound(), filtered(property, op, value), codes];
      for (const code of ['p', 'a', 'b'])
        expect([code, found(definitions, coded(code))]).toStrictEqual([code, inside.includes(code) ? [] : OUTSIDE]);
    }
  });

  it('of a code system that tells no place is unknown', () => {
    const definitions = [bound(), filtered('parent', '=', 'p'), system([{ code: 'p' }, { code: 'a' }])];
    expect(found(definitions, coded('a'))).toStrictEqual(UNKNOWN);
  });
});

describe('a version', () => {
  const compose = { include: [{ system: SYSTEM, concept: [{ code: 'a' }] }] };

  it('of a value set that is not there is said', () => {
    const definitions = (asked: string) => [bound(`${BASE}v|${asked}`), set({ version: '1.0.0', compose })];
    expect(found(definitions('1.0.0'), coded('a'))).toStrictEqual([]);
    expect(found(definitions('9.9'), coded('a'))).toStrictEqual(OTHER);
  });

  it('of a code system is the one that an include asks for, and one that is not there is said', () => {
    const definitions = (version: string) => [
      bound(),
      set({ compose: { include: [{ system: SYSTEM, version }] } }),
      system([{ code: 'a' }], { version: '1' }),
      system([{ code: 'b' }], { version: '2' }),
    ];
    expect(found(definitions('1'), coded('a'))).toStrictEqual([]);
    expect(found(definitions('1'), coded('b'))).toStrictEqual(OUTSIDE);
    expect(found(definitions('3'), coded('b'))).toStrictEqual(OTHER);
  });

  it('is the newest where none is asked for, whatever comes first', () => {
    const sets = ['10.0.0', '9.0.0', '10.0.0-ballot'].map((version) =>
      set({ version, compose: { include: [{ system: SYSTEM, concept: [{ code: version }] }] } }),
    );
    for (const all of [sets, [...sets].reverse()]) {
      expect(found([bound(), ...all], coded('10.0.0'))).toStrictEqual([]);
      expect(found([bound(), ...all], coded('9.0.0'))).toStrictEqual(OUTSIDE);
    }
  });
});

it('inactive codes are left out where a value set says so', () => {
  const codes = system([{ code: 'a' }, { code: 'b', property: [{ code: 'inactive', valueBoolean: true }] }]);
  const definitions = (inactive: boolean) => [
    bound(),
    set({ compose: { inactive, include: [{ system: SYSTEM }] } }),
    codes,
  ];
  expect(found(definitions(false), coded('a'))).toStrictEqual([]);
  expect(found(definitions(false), coded('b'))).toStrictEqual(OUTSIDE);
  expect(found(definitions(true), coded('b'))).toStrictEqual([]);
});
