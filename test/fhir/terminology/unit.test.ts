import { describe, expect, it } from '@jest/globals';
import { unitTest } from '../../../src/fhir/terminology/unit.js';
import { loadTable } from '../../../src/tables.js';

const isUnit = unitTest(loadTable('units') ?? {});

describe('a unit of UCUM', () => {
  it.each([
    'm',
    'kg',
    'mm[Hg]',
    'mg/dL',
    '10*3/uL',
    '10*-6',
    '10^3',
    'm2',
    's-1',
    'm+2',
    '/min',
    '1',
    '%',
    '{score}',
    'kg/m2',
    'mL/min/{1.73_m2}',
    '[degF]',
    'Cel',
    '[in_i]',
    "[arb'U]/mL",
    'meq/L',
    'ug',
    '(8.h)',
    'mg/(24.h)',
    '/(m.s)',
    'm[H2O]',
    '[pH]',
    'ng/mL{FEU}',
    'B[10.nV]',
    '[m/s2/Hz^(1/2)]',
    'dag',
    'KiBy',
    'a_j',
    '{a b}',
    '10*',
    '2.54.cm',
    '[iU]',
    '{}',
    '{a}/{b}',
    'dB[SPL]',
  ])('may be %s', (code) => {
    expect(isUnit(code)).toBe(true);
  });

  it.each([
    ['that is a word', 'zzz'],
    ['that people write', 'mcg'],
    ['in other capitals', 'mmhg'],
    ['with a prefix before what takes none', 'k[in_i]'],
    ['of a prefix', 'k'],
    ['with two prefixes', 'kkg'],
    ['with a number before it', '2m'],
    ['with a space', 'mm Hg'],
    ['with an operator at its end', 'mg/'],
    ['with two operators', 'mg//dL'],
    ['with a dot at its beginning', '.m'],
    ['with a parenthesis that is open', '(m'],
    ['with a parenthesis that nothing opened', 'm)'],
    ['with nothing in parentheses', '()'],
    ['with a brace that is open', '{a'],
    ['with a brace that nothing opened', 'a}'],
    ['with two annotations', 'm{a}{b}'],
    ['with something after an annotation', '{a}m'],
    ['with something after a parenthesis', '(m)s'],
    ['with a bracket that is open', '[in_i'],
    ['with an exponent that is none', 'm2.5.'],
    ['with a sign alone', 'm-'],
    ['with letters that are not of ASCII', 'µg'],
    ['with such letters in an annotation', '{µ}'],
    ['that is empty', ''],
    ['of two words', 'beats/min'],
  ])('is none %s', (_, code) => {
    expect(isUnit(code)).toBe(false);
  });

  it('may be as deep as it likes', () => {
    const deep = 100_000;
    expect(isUnit(`${'('.repeat(deep)}m${')'.repeat(deep)}`)).toBe(true);
    expect(isUnit(`${'('.repeat(deep)}m${')'.repeat(deep - 1)}`)).toBe(false);
  });

  it('answers the same when it is asked again', () => {
    expect(['kg', 'zzz', 'kg', 'zzz'].map(isUnit)).toStrictEqual([true, false, true, false]);
  });
});
