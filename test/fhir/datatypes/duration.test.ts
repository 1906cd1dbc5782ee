import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/fhir/datatypes/duration.js';
import { readScope } from '../../../src/fhir/scope.js';

const UCUM = 'http://unitsofmeasure.org';
const read = (value: unknown): number | undefined => minutes(10_080).read(value, readScope('Encounter', {}));
const ucum = (value: unknown, code: string, more: object = {}): object => ({ value, system: UCUM, code, ...more });

describe('minutes', () => {
  it('reads minutes, and hours, days and seconds where whole', () => {
    expect(read(ucum(45, 'min'))).toBe(45);
    expect(read(ucum(2, 'h'))).toBe(120);
    expect(read(ucum(0.5, 'h'))).toBe(30);
    expect(read(ucum(7, 'd'))).toBe(10_080);
    expect(read(ucum(180, 's'))).toBe(3);
    expect(read(ucum(0, 'min'))).toBe(0);
  });

  it('reads no part of a minute', () => {
    expect(read(ucum(90, 's'))).toBeUndefined();
    expect(read(ucum(0.01, 'h'))).toBeUndefined();
    expect(read(ucum(1.5, 'min'))).toBeUndefined();
  });

  it('reads nothing over the limit, and the limit itself', () => {
    expect(read(ucum(10_080, 'min'))).toBe(10_080);
    expect(read(ucum(10_081, 'min'))).toBeUndefined();
    expect(read(ucum(8, 'd'))).toBeUndefined();
  });

  it('reads nothing with a comparator', () => {
    for (const comparator of ['<', '<=', '>=', '>']) expect(read(ucum(45, 'min', { comparator }))).toBeUndefined();
  });

  it('reads no other unit', () => {
    for (const unit of ['a', 'mo', 'wk', 'ms', 'Min', 'constructor', 'toString'])
      expect(read(ucum(45, unit))).toBeUndefined();
  });

  it('reads a unit that is written like its code where no system says otherwise', () => {
    expect(read({ value: 45, unit: 'min' })).toBe(45);
    expect(read({ value: 45, code: 'min' })).toBe(45);
    expect(read({ value: 45, unit: 'min', system: UCUM })).toBeUndefined();
    expect(read({ value: 45, unit: 'min', system: 'http://example.org/units' })).toBeUndefined();
    expect(read({ value: 45, code: 'min', system: 'http://example.org/units' })).toBeUndefined();
    expect(read({ value: 45, unit: 'min', code: 'h', system: UCUM })).toBe(2_700);
  });

  it('reads nothing where a part is missing or of another type', () => {
    for (const value of [{ unit: 'min' }, { value: 45 }, ucum('45', 'min'), ucum(null, 'min'), 45, null, [45]]) {
      expect(read(value)).toBeUndefined();
    }
  });

  it('writes minutes of UCUM', () => {
    expect(minutes(10).write(5, readScope('Encounter', {}))).toStrictEqual({
      value: 5,
      unit: 'min',
      system: UCUM,
      code: 'min',
    });
  });
});
