import { describe, expect, it } from '@jest/globals';
import { distinct, keyOf } from '../../../src/validate/fhirpath/items.js';

describe('what tells items of a collection apart', () => {
  it('is one key for equal items, and another for any other', () => {
    const items = [{ a: 1, b: [2] }, { a: 1 }, [1], 'a', "'a", '{"a":1}', 1, '1', true, 'true', null];
    const keys = items.map(keyOf);
    expect(new Set(keys).size).toBe(items.length);
    expect(keyOf({ b: [2], a: 1 })).toBe(keys[0]);
  });

  it('leaves the first of equal ones, objects among them', () => {
    expect(distinct([{ a: 1 }, { a: 2 }, { a: 1 }, 1, 2, 1])).toStrictEqual([{ a: 1 }, { a: 2 }, 1, 2]);
  });
});
