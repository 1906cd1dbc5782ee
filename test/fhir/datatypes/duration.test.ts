import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minutes } from '../../../src/fhir/datatypes/duration.js';
import { readScope } from '../../../src/fhir/scope.js';

const UCUM = 'http://unitsofmeasure.org';
const read = (value: unknown): number | undefined => minutes(10_080).read(value, readScope('Encounter', {}));
const ucum = (value: unknown, code: string, more: object = {}): object => ({ value, system: UCUM, code, ...more });

describe('minutes', () => {
  it('reads minutes, and hours, days and seconds where whole', () => {
    assert.equal(read(ucum(45, 'min')), 45);
    assert.equal(read(ucum(2, 'h')), 120);
    assert.equal(read(ucum(0.5, 'h')), 30);
    assert.equal(read(ucum(7, 'd')), 10_080);
    assert.equal(read(ucum(180, 's')), 3);
    assert.equal(read(ucum(0, 'min')), 0);
  });

  it('reads no part of a minute', () => {
    assert.equal(read(ucum(90, 's')), undefined);
    assert.equal(read(ucum(0.01, 'h')), undefined);
    assert.equal(read(ucum(1.5, 'min')), undefined);
  });

  it('reads nothing over the limit, and the limit itself', () => {
    assert.equal(read(ucum(10_080, 'min')), 10_080);
    assert.equal(read(ucum(10_081, 'min')), undefined);
    assert.equal(read(ucum(8, 'd')), undefined);
  });

  it('reads nothing with a comparator', () => {
    for (const comparator of ['<', '<=', '>=', '>']) assert.equal(read(ucum(45, 'min', { comparator })), undefined);
  });

  it('reads no other unit', () => {
    for (const unit of ['a', 'mo', 'wk', 'ms', 'Min', 'constructor', 'toString'])
      assert.equal(read(ucum(45, unit)), undefined);
  });

  it('reads a unit that is written like its code where no system says otherwise', () => {
    assert.equal(read({ value: 45, unit: 'min' }), 45);
    assert.equal(read({ value: 45, code: 'min' }), 45);
    assert.equal(read({ value: 45, unit: 'min', system: UCUM }), undefined);
    assert.equal(read({ value: 45, unit: 'min', system: 'http://example.org/units' }), undefined);
    assert.equal(read({ value: 45, code: 'min', system: 'http://example.org/units' }), undefined);
    assert.equal(read({ value: 45, unit: 'min', code: 'h', system: UCUM }), 2_700);
  });

  it('reads nothing where a part is missing or of another type', () => {
    for (const value of [{ unit: 'min' }, { value: 45 }, ucum('45', 'min'), ucum(null, 'min'), 45, null, [45]]) {
      assert.equal(read(value), undefined);
    }
  });

  it('writes minutes of UCUM', () => {
    assert.deepEqual(minutes(10).write(5, readScope('Encounter', {})), {
      value: 5,
      unit: 'min',
      system: UCUM,
      code: 'min',
    });
  });
});
