import { describe, expect, it } from '@jest/globals';
import { boolean, integer, positiveInt } from '../../../src/fhir/datatypes/number.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';

const MAX = 2_147_483_647;
const reader = () => readScope('Task', {});

describe('an integer', () => {
  it('has 32 bits with a sign', () => {
    for (const value of [0, -1, MAX, -MAX - 1]) expect(integer().read(value, reader())).toBe(value);
    for (const value of [MAX + 1, -MAX - 2, 1.5, Number.NaN, '1', null, true]) {
      expect(integer().read(value, reader())).toBeUndefined();
    }
  });

  it('of a payload is refused outside them', () => {
    const scope = payloadScope({});
    expect(integer().admit(MAX + 1, scope)).toBeUndefined();
    expect(integer().admit(0, scope)).toBe(0);
    expect(scope.issues?.map((issue) => issue.id)).toStrictEqual(['integer-range']);
  });
});

describe('a positiveInt', () => {
  it('is at least one', () => {
    expect([1, MAX].map((value) => positiveInt().read(value, reader()))).toStrictEqual([1, MAX]);
    expect([0, -1, MAX + 1].map((value) => positiveInt().read(value, reader()))).toStrictEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a boolean', () => {
  it('is read as it is, false included', () => {
    expect([true, false, 'true', 0, null].map((value) => boolean().read(value, reader()))).toStrictEqual([
      true,
      false,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
