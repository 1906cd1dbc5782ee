import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numbers } from '../../../src/convert/layout/numberList.js';

describe('a list of numbers', () => {
  it('keeps all that was added, the largest too, however long it grows', () => {
    const list = numbers();
    for (let index = 0; index < 5000; index += 1) list.push(index * 858_993);
    list.push(4_294_967_295);
    assert.equal(list.length, 5001);
    for (let index = 0; index < 5000; index += 1) assert.equal(list.at(index), index * 858_993);
    assert.deepEqual([list.at(5000), list.at(5001)], [4_294_967_295, 0]);
  });
});
