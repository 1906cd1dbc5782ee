import { describe, expect, it } from '@jest/globals';
import { numbers } from '../../../src/convert/layout/numberList.js';

describe('a list of numbers', () => {
  it('keeps all that was added, the largest too, however long it grows', () => {
    const list = numbers();
    for (let index = 0; index < 5000; index += 1) list.push(index * 858_993);
    list.push(4_294_967_295);
    expect(list).toHaveLength(5001);
    for (let index = 0; index < 5000; index += 1) expect(list.at(index)).toBe(index * 858_993);
    expect([list.at(5000), list.at(5001)]).toStrictEqual([4_294_967_295, 0]);
  });
});
