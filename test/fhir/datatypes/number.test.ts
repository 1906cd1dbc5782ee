import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boolean, integer, positiveInt } from '../../../src/fhir/datatypes/number.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';

const MAX = 2_147_483_647;
const reader = () => readScope('Task', {});

describe('an integer', () => {
  it('has 32 bits with a sign', () => {
    for (const value of [0, -1, MAX, -MAX - 1]) assert.equal(integer().read(value, reader()), value);
    for (const value of [MAX + 1, -MAX - 2, 1.5, Number.NaN, '1', null, true]) {
      assert.equal(integer().read(value, reader()), undefined);
    }
  });

  it('of a payload is refused outside them', () => {
    const scope = payloadScope({});
    assert.equal(integer().admit(MAX + 1, scope), undefined);
    assert.equal(integer().admit(0, scope), 0);
    assert.deepEqual(
      scope.issues?.map((issue) => issue.id),
      ['integer-range'],
    );
  });
});

describe('a positiveInt', () => {
  it('is at least one', () => {
    assert.deepEqual(
      [1, MAX].map((value) => positiveInt().read(value, reader())),
      [1, MAX],
    );
    assert.deepEqual(
      [0, -1, MAX + 1].map((value) => positiveInt().read(value, reader())),
      [undefined, undefined, undefined],
    );
  });
});

describe('a boolean', () => {
  it('is read as it is, false included', () => {
    assert.deepEqual(
      [true, false, 'true', 0, null].map((value) => boolean().read(value, reader())),
      [true, false, undefined, undefined, undefined],
    );
  });
});
